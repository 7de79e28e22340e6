// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/scopes/consents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "globus_sdk/core/json.hpp"
#include "globus_sdk/scopes/dynamic_scope_collections.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/scopes/scope_parser.hpp"

namespace {

using namespace globus_sdk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// What a temporary holds is given by value.
static_assert(!std::is_reference_v<decltype(std::declval<ConsentForest>().nodes())>);
static_assert(!std::is_reference_v<decltype(std::declval<ConsentForest>().get_node(1))>);
static_assert(!std::is_reference_v<decltype(std::declval<ConsentTree>().root())>);
static_assert(!std::is_reference_v<decltype(std::declval<ConsentTree>().get_node(1))>);

/// A consent to `scope_name`, reached by way of `path`.
Consent consent(std::string scope_name, std::vector<std::int64_t> path) {
  Consent made;
  made.client = "client-" + std::to_string(path.back());
  made.scope_name = std::move(scope_name);
  made.id = path.back();
  made.dependency_path = std::move(path);
  return made;
}

/// What the service answered to a question for consents, as it was recorded.
Json recorded_answer() {
  std::ifstream file(std::string(GLOBUS_SDK_TEST_RECORDS) + "/answers.json");
  std::ostringstream text;
  text << file.rdbuf();
  const Json records = Json::parse(text.str());
  for (const JsonView record : records.view()["answers"]) {
    const auto body = record.get("body");
    if (body && body->contains("consents")) return *body;
  }
  return nullptr;
}

TEST(Consent, IsReadFromItsDocument) {
  const JsonView document = recorded_answer().view()["consents"][1];
  const Consent read = Consent::load(document);
  EXPECT_EQ(read.id, 433892);
  EXPECT_EQ(read.client, "2fbdda78-a599-4cb5-ac3d-1fbcfbc6a754");
  EXPECT_EQ(read.scope, "fe334c19-4fe6-4d03-ac73-8992beb231b6");
  EXPECT_EQ(read.scope_name,
            "https://auth.globus.org/scopes/542a86fc-1766-450d-841f-065488a2ec01/data_access");
  EXPECT_EQ(read.effective_identity, "8ca28797-3541-4a5d-a264-05b00f91e608");
  EXPECT_THAT(read.dependency_path, ElementsAre(142632, 433892));
  EXPECT_EQ(read.created, document["created"].as<std::chrono::system_clock::time_point>());
  EXPECT_EQ(read.updated, document["updated"].as<std::chrono::system_clock::time_point>());
  EXPECT_EQ(read.last_used, document["last_used"].as<std::chrono::system_clock::time_point>());
  EXPECT_EQ(read.status, "approved");
  EXPECT_TRUE(read.allows_refresh);
  EXPECT_FALSE(read.auto_approved);
  EXPECT_TRUE(read.atomically_revocable);
  EXPECT_EQ(read.str(),
            "Consent [433892]: Client [" + read.client + "] -> Scope [" + read.scope_name + "]");
}

TEST(Consent, IsRefusedWithoutAnyOfItsMembers) {
  const JsonView whole = recorded_answer().view()["consents"][0];
  std::size_t members = 0;
  for (const auto& [removed, value] : whole.items()) {
    for (const bool is_wrong : {false, true}) {
      boost::json::object document(whole.value().as_object(), boost::json::storage_ptr());
      document.erase(std::string_view(removed));
      // an object is the kind of no member
      if (is_wrong) document[std::string_view(removed)] = boost::json::object();
      const Json broken = document;
      try {
        Consent::load(broken.view());
        FAIL() << removed;
      } catch (const ConsentParseError& error) {
        EXPECT_THAT(error.what(), HasSubstr('"' + std::string(removed) + '"'));
        EXPECT_EQ(error.raw_consent(), broken.view());
      }
    }
    ++members;
  }
  EXPECT_EQ(members, 13U);
  EXPECT_THROW(Consent::load(Json("text").view()), ConsentParseError);
}

TEST(ConsentForest, IsReadFromTheServicesAnswer) {
  const Json answer = recorded_answer();
  const ConsentForest forest{answer.view()};
  ASSERT_EQ(forest.nodes().size(), 2U);
  ASSERT_EQ(forest.trees().size(), 1U);
  const GCSCollectionScopes collection{"542a86fc-1766-450d-841f-065488a2ec01"};
  EXPECT_TRUE(forest.meets_scope_requirements(TransferScopes.all));
  EXPECT_TRUE(
      forest.meets_scope_requirements(TransferScopes.all.with_dependency(collection.data_access)));
  EXPECT_FALSE(forest.meets_scope_requirements(collection.data_access));
  EXPECT_FALSE(
      forest.meets_scope_requirements(TransferScopes.all.with_dependency(collection.https)));
  // the array alone does as well
  EXPECT_EQ(ConsentForest{answer.view()["consents"]}.nodes(), forest.nodes());
  EXPECT_THROW(ConsentForest{Json({{"x", 1}}).view()}, JsonError);
  EXPECT_THROW(ConsentForest{Json("text").view()}, JsonError);
  EXPECT_THROW(ConsentForest{Json::array({1}).view()}, ConsentParseError);
}

const ConsentForest& sample() {
  static const ConsentForest forest{std::vector<Consent>{
      consent("a", {1}), consent("b", {1, 2}), consent("c", {1, 2, 3}), consent("d", {1, 4}),
      consent("x", {5}), consent("b", {5, 6}), consent("e", {5, 6, 7})}};
  return forest;
}

TEST(ConsentForest, MeetsWhatIsConsentedTo) {
  for (const char* scopes :
       {"", "a", "*a", "x", "a x", "a[b]", "a[b[c]]", "a[b[c] d]", "a[*b[*c]] x", "a[d] a[b]"}) {
    EXPECT_TRUE(sample().meets_scope_requirements(scopes)) << scopes;
  }
  for (const char* scopes : {"b", "c", "y", "a y", "a[c]", "a[b[d]]", "a[b[e]]", "x[b[c]]", "x[d]",
                             "a[b[c[z]]]", "a[b c]"}) {
    EXPECT_FALSE(sample().meets_scope_requirements(scopes)) << scopes;
  }
  EXPECT_THROW(sample().meets_scope_requirements("a["), ScopeParseError);
}

TEST(ConsentForest, TakesScopesInEveryForm) {
  const Scope met = Scope::parse("a[b[c]]");
  const Scope unmet = Scope::parse("a[c]");
  EXPECT_TRUE(sample().meets_scope_requirements(met));
  EXPECT_FALSE(sample().meets_scope_requirements(unmet));
  EXPECT_FALSE(sample().meets_scope_requirements(TransferScopes.all));
  EXPECT_TRUE(sample().meets_scope_requirements(std::vector<Scope>{met, Scope("x")}));
  EXPECT_FALSE(sample().meets_scope_requirements(std::vector<Scope>{met, unmet}));
  EXPECT_TRUE(sample().meets_scope_requirements(std::vector<Scope>{}));
  EXPECT_TRUE(sample().meets_scope_requirements({met, "x[b]", "a x"}));
  EXPECT_FALSE(sample().meets_scope_requirements({met, "x[c]"}));
  // two texts are read apart; in one, b is one scope that needs both c and e
  EXPECT_TRUE(sample().meets_scope_requirements({"a[b[c]]", "x[b[e]]"}));
  EXPECT_FALSE(sample().meets_scope_requirements("a[b[c]] x[b[e]]"));
  EXPECT_FALSE(sample().meets_scope_requirements(AuthScopes.scopes()));
}

TEST(ConsentForest, ReadsScopesAsTheyAre) {
  // two consents to b: neither has both of its dependencies
  const ConsentForest forest{std::vector<Consent>{consent("a", {1}), consent("b", {1, 2}),
                                                  consent("b", {1, 3}), consent("c", {1, 2, 4}),
                                                  consent("d", {1, 3, 5})}};
  const Scope apart = Scope("a").with_dependencies({Scope::parse("b[c]"), Scope::parse("b[d]")});
  EXPECT_TRUE(forest.meets_scope_requirements(apart));
  EXPECT_FALSE(forest.meets_scope_requirements(apart.str()));
  EXPECT_FALSE(forest.meets_scope_requirements("a[b[c d]]"));
}

TEST(ConsentForest, HasTrees) {
  const auto trees = sample().trees();
  ASSERT_EQ(trees.size(), 2U);
  EXPECT_EQ(trees[0].root().scope_name, "a");
  EXPECT_EQ(trees[0].nodes().size(), 4U);
  EXPECT_EQ(trees[0].nodes().front(), trees[0].root());
  EXPECT_EQ(trees[0].max_depth(), 3U);
  EXPECT_THAT(trees[0].edges(1), ElementsAre(2, 4));
  EXPECT_THAT(trees[0].edges(3), IsEmpty());
  EXPECT_EQ(trees[1].get_node(6).scope_name, "b");
  EXPECT_THROW(static_cast<void>(trees[1].get_node(2)), GlobusSDKUsageError);
  EXPECT_TRUE(trees[0].meets_scope_requirements(Scope("a")));
  EXPECT_FALSE(trees[1].meets_scope_requirements(Scope("a")));
  EXPECT_THAT(sample().edges(5), ElementsAre(6));
  EXPECT_EQ(sample().get_node(7).scope_name, "e");
  EXPECT_THROW(static_cast<void>(sample().get_node(8)), GlobusSDKUsageError);
}

TEST(ConsentForest, IsPrinted) {
  const ConsentForest forest{std::vector<Consent>{consent("a", {1}), consent("b", {1, 2}),
                                                  consent("d", {1, 3}), consent("c", {1, 2, 4})}};
  EXPECT_EQ(forest.trees()[0].str(),
            " - Consent [1]: Client [client-1] -> Scope [a]\n"
            "   - Consent [2]: Client [client-2] -> Scope [b]\n"
            "     - Consent [4]: Client [client-4] -> Scope [c]\n"
            "   - Consent [3]: Client [client-3] -> Scope [d]\n");
  EXPECT_THAT(forest.str(), HasSubstr("ConsentForest\n  nodes\n    Consent [1]: Client"));
  EXPECT_THAT(forest.str(), HasSubstr("  trees\n     - Consent [1]: Client"));
}

TEST(ConsentForest, RefusesAPathThatIsBroken) {
  const std::vector<Consent> consents{consent("a", {1}), consent("c", {1, 2, 3})};
  try {
    const ConsentForest forest{consents};
    FAIL() << forest;
  } catch (const ConsentTreeConstructionError& error) {
    EXPECT_THAT(error.what(), HasSubstr("consent 3 depends on consent 2"));
    EXPECT_EQ(error.consents(), consents);
  }
}

TEST(ConsentForest, EndsWherePathsGoInCircles) {
  const ConsentForest forest{std::vector<Consent>{consent("a", {1}), consent("b", {1, 2}),
                                                  consent("b", {2, 2}), consent("c", {4, 3}),
                                                  consent("d", {3, 4})}};
  ASSERT_EQ(forest.trees().size(), 1U);
  EXPECT_EQ(forest.trees()[0].max_depth(), 2U);
  EXPECT_EQ(forest.trees()[0].nodes().size(), 2U);
  EXPECT_TRUE(forest.meets_scope_requirements("a[b]"));
  EXPECT_FALSE(forest.meets_scope_requirements("c[d]"));
  EXPECT_THAT(forest.trees()[0].str(), HasSubstr("Scope [b]"));
}

TEST(ConsentForest, MayBeVeryDeep) {
  constexpr std::int64_t levels = 100'000;
  std::vector<Consent> consents{consent("s0", {0})};
  std::string scopes = "s0";
  for (std::int64_t i = 1; i < levels; ++i) {
    consents.push_back(consent('s' + std::to_string(i), {i - 1, i}));
    scopes += "[s" + std::to_string(i);
  }
  scopes += std::string(levels - 1, ']');
  const ConsentForest forest{std::move(consents)};
  EXPECT_EQ(forest.trees()[0].max_depth(), static_cast<std::size_t>(levels));
  EXPECT_TRUE(forest.meets_scope_requirements(Scope::parse(scopes)));
}

TEST(ConsentForest, IsEmptyWhereNothingIsConsentedTo) {
  const ConsentForest forest{std::vector<Consent>{}};
  EXPECT_THAT(forest.trees(), IsEmpty());
  EXPECT_FALSE(forest.meets_scope_requirements("a"));
  EXPECT_TRUE(forest.meets_scope_requirements(""));
}

}  // namespace
