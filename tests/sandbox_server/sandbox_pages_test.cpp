// SPDX-License-Identifier: Apache-2.0
// What the pages about the sandbox say beside what it has: its options, its variables, and the
// users, clients and tokens that it starts with.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "sandbox_server/auth_fixture.hpp"
#include "support/program.hpp"

namespace {

using Names = std::set<std::string>;
using Row = std::vector<std::string>;

std::string page(const std::string& path) {
  std::ifstream file(std::string(GLOBUS_SDK_SOURCE_DIR) + '/' + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string manual() {
  return std::regex_replace(page("docs/globus-sandbox.1"), std::regex(R"(\\-)"), "-");
}

std::string output_of(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), GLOBUS_SANDBOX_PROGRAM);
  programs::Program program(arguments);
  EXPECT_EQ(program.finish(), 0);
  return program.output();
}

Names matches(const std::string& text, const char* pattern) {
  const std::regex expression(pattern);
  Names names;
  for (std::sregex_iterator match(text.begin(), text.end(), expression), end; match != end; ++match)
    names.insert(match->str());
  return names;
}

Names options_of_program() {
  return matches(
      output_of({"--help"}) + output_of({"serve", "--help"}) + output_of({"exec", "--help"}),
      "--[a-z][a-z-]+");
}

/// The rows of the table of a page whose first row is this one.
std::vector<Row> table(const std::string& text, const std::string& head) {
  std::vector<Row> rows;
  const auto begin = text.find(head);
  if (begin == std::string::npos) return rows;
  std::istringstream lines(text.substr(begin + head.size()));
  std::string line;
  std::getline(lines, line);  // the rest of the head
  std::getline(lines, line);  // |---|---|
  while (std::getline(lines, line) && line.starts_with("| ")) {
    Row row;
    std::istringstream cells(line.substr(1));
    for (std::string cell; std::getline(cells, cell, '|');)
      row.push_back(std::regex_replace(cell, std::regex("^ +| +$|`"), ""));
    rows.push_back(row);
  }
  return rows;
}

/// Users, clients and tokens are compared with a sandbox that has just been started.
class SandboxPage : public AuthFixture {
 protected:
  /// What a cell means that may name variables of the sandbox's.
  std::string meant(const std::string& cell) const {
    static const std::regex name("GLOBUS_SANDBOX_[A-Z0-9_]+");
    const auto variables = sandbox->environment();
    std::smatch match;
    if (!std::regex_search(cell, match, name)) return cell;
    const auto found = variables.find(match.str());
    if (found == variables.end()) return cell;
    return match.prefix().str() + found->second + match.suffix().str();
  }
  boost::json::value state_of_sandbox() { return http.get(value("URL") + "state").json(); }
  const std::string text = page("docs/sandbox.md");
};

}  // namespace

TEST(SandboxPages, ManualHasEveryOption) {
  const std::string text = manual();
  for (const auto& option : options_of_program())
    EXPECT_TRUE(text.find(option) != std::string::npos) << option;
}

TEST(SandboxPages, ReadmeHasEveryOption) {
  Names options = options_of_program();
  options.erase("--help");
  const std::string text = page("README.md");
  for (const auto& option : options) EXPECT_TRUE(text.find(option) != std::string::npos) << option;
}

TEST(SandboxPages, ManualAndHelpHaveEveryVariable) {
  const globus_sandbox::Sandbox sandbox;
  const std::string help = output_of({"exec", "--help"});
  const std::string text = manual();
  const std::string collections = "_COLLECTION_";
  const std::string prefix = "GLOBUS_SANDBOX";
  for (const auto& [name, value] : sandbox.environment()) {
    if (!name.starts_with(prefix)) continue;
    // the name of a collection may be any, and the help leaves the prefix of some away
    std::string shown = name.substr(prefix.size());
    if (shown.starts_with(collections)) shown = collections;
    if (const auto https = shown.find("_HTTPS_"); https != std::string::npos) shown.erase(0, https);
    EXPECT_TRUE(text.find(shown) != std::string::npos) << shown;
    EXPECT_TRUE(help.find(shown) != std::string::npos) << shown;
  }
}

TEST_F(SandboxPage, HasTheUsersThatThereAre) {
  std::map<std::string, std::string> said;
  for (const auto& row : table(text, "| User |")) said[row.at(0)] = row.at(1);
  std::map<std::string, std::string> users;
  const auto state = state_of_sandbox();
  for (const auto& user : state.at("users").as_array())
    users[std::string(user.at("username").as_string())] = user.at("name").as_string();
  EXPECT_EQ(said, users);
  const auto rows = table(text, "| User |");
  ASSERT_FALSE(rows.empty());
  EXPECT_EQ(meant(rows[0].at(2)), rows[0].at(0)) << "the variable of the first user";
}

TEST_F(SandboxPage, HasTheClientsThatThereAre) {
  std::map<std::string, Row> said;
  for (const auto& row : table(text, "| Client |"))
    said[row.at(0)] = {row.at(1), meant(row.at(2)), row.at(4)};
  std::map<std::string, Row> clients;
  const auto state = state_of_sandbox();
  for (const auto& client : state.at("clients").as_array()) {
    std::string grants;
    for (const auto& grant : client.at("grant_types").as_array())
      grants += (grants.empty() ? "" : ", ") + std::string(grant.as_string());
    clients[std::string(client.at("name").as_string())] = {
        std::string(client.at("client_type").as_string()), std::string(client.at("id").as_string()),
        grants};
  }
  EXPECT_EQ(said, clients);
  for (const auto& row : table(text, "| Client |")) {
    if (row.at(3) == "none") continue;
    const auto answer = http.post_form(
        auth("/v2/oauth2/token"), {{"grant_type", "client_credentials"}, {"scope", transfer_scope}},
        meant(row.at(2)), meant(row.at(3)));
    EXPECT_EQ(answer.status, 200) << "the secret of " << row.at(0);
  }
}

TEST_F(SandboxPage, HasTheTokensThatThereAre) {
  Names said;
  for (const auto& row : table(text, "| Token of the first user |")) {
    said.insert(row.at(0));
    const bool is_native = row.at(1) == "Sandbox Native Application";
    raw_http::Pairs fields{{"token", meant(row.at(0))}};
    if (is_native) {
      fields.insert(fields.begin(), {{"grant_type", "refresh_token"},
                                     {"client_id", value("NATIVE_CLIENT_ID")},
                                     {"refresh_token", meant(row.at(0))}});
      const auto answer = http.post_form(auth("/v2/oauth2/token"), fields);
      EXPECT_EQ(answer.text("scope"), meant(row.at(2)));
    } else {
      const auto answer = post_as_app("/v2/oauth2/token/introspect", fields);
      EXPECT_EQ(answer.text("client_id"), value("CLIENT_ID")) << row.at(0);
      EXPECT_EQ(answer.text("scope"), meant(row.at(2))) << row.at(0);
    }
  }
  Names tokens;
  for (const auto& [name, value] : sandbox->environment())
    if (name.ends_with("_TOKEN")) tokens.insert(name);
  EXPECT_EQ(said, tokens);
}
