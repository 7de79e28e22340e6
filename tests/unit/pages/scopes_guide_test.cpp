// SPDX-License-Identifier: Apache-2.0
// What docs/guide/scopes.md shows beside its first program, compiled and run.
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using namespace globus_sdk;

namespace {

/// What `work` writes to std::cout.
std::string printed_by(const auto& work) {
  std::ostringstream written;
  std::streambuf* before = std::cout.rdbuf(written.rdbuf());
  work();
  std::cout.rdbuf(before);
  return written.str();
}

const std::string collection_id = "c1";
const std::string other_id = "c2";

void values() {
  //! [values]
  const Scope foo{"foo"};
  const Scope bar{"bar", {.optional = true, .dependencies = {foo, AuthScopes.openid}}};

  std::cout << foo.with_dependency(bar) << '\n';  // foo[*bar[foo openid]]
  std::cout << bar.scope_string() << ' ' << bar.optional() << '\n';
  for (const Scope& dependency : bar.dependencies()) std::cout << dependency << '\n';
  //! [values]
}

TEST(ScopesGuide, Values) {
  EXPECT_EQ(printed_by(values), "foo[*bar[foo openid]]\nbar 1\nfoo\nopenid\n");
}

void several() {
  //! [several]
  std::vector<Scope> access;
  for (const auto& id : {collection_id, other_id})
    access.push_back(GCSCollectionScopes{id}.data_access.with_optional(true));

  const Scope transfer = TransferScopes.all.with_dependencies(access);
  //! [several]
  std::cout << transfer;
}

TEST(ScopesGuide, Several) {
  EXPECT_EQ(printed_by(several), TransferScopes.all.str() +
                                     "[*https://auth.globus.org/scopes/c1/data_access "
                                     "*https://auth.globus.org/scopes/c2/data_access]");
}

void taken(const ConfidentialAppAuthClient& client) {
  //! [taken]
  client.oauth2_start_flow("https://app.example/callback", TransferScopes.all);
  client.oauth2_start_flow("https://app.example/callback", {TransferScopes.all, "openid email"});
  client.oauth2_start_flow("https://app.example/callback", ScopeParser::parse("openid email"));
  //! [taken]
}

TEST(ScopesGuide, Taken) {
  const ConfidentialAppAuthClient client{"id", "secret"};
  taken(client);
  EXPECT_NE(client.oauth2_get_authorize_url().find("scope=openid+email"), std::string::npos);
}

void parsing() {
  //! [parsing]
  for (const Scope& scope : ScopeParser::parse("openid foo[bar] foo[*baz]"))
    std::cout << scope << '\n';  // openid, and foo[bar *baz]

  const auto merged =
      ScopeParser::merge_scopes("foo[*bar]", {Scope{"foo"}, Scope::parse("foo[bar]")});
  std::cout << ScopeParser::serialize(merged) << '\n';  // foo[bar]

  try {
    ScopeParser::parse("foo[bar");
  } catch (const ScopeCycleError&) {  // a scope depends on itself
  } catch (const ScopeParseError& error) {
    std::cout << error.what() << '\n';  // scopes cannot be read: no ']' for this '[', at byte 3
  }
  //! [parsing]
}

TEST(ScopesGuide, Parsing) {
  EXPECT_EQ(printed_by(parsing),
            "openid\nfoo[bar *baz]\nfoo[bar]\n"
            "scopes cannot be read: no ']' for this '[', at byte 3\n");
}

//! [own]
struct MyServiceScopeCollection {
  static constexpr std::string_view resource_server{"my.service.example"};
  StaticScope read{"https://auth.globus.org/scopes/my.service.example/read"};
  StaticScope write{"https://auth.globus.org/scopes/my.service.example/write"};
};
inline constexpr MyServiceScopeCollection MyServiceScopes{};
//! [own]

TEST(ScopesGuide, OwnCollection) {
  EXPECT_EQ(MyServiceScopes.resource_server, "my.service.example");
  EXPECT_EQ(MyServiceScopes.read.with_dependency(MyServiceScopes.write).str(),
            "https://auth.globus.org/scopes/my.service.example/read"
            "[https://auth.globus.org/scopes/my.service.example/write]");
}

}  // namespace
