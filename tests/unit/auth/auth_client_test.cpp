// SPDX-License-Identifier: Apache-2.0
// What AuthClient's records do not show: nulls, links, lists by name.
#include "globus_sdk/auth/auth_client.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "support/simulated_mode.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

/// A client whose requests stay here.
class AuthClientDocuments : public testing::Test {
 protected:
  AuthClientDocuments() : AuthClientDocuments(simulate(detail::service_of<AuthClient>)) {}

  /// The last request's body, without what it is wrapped in.
  boost::json::value sent(std::string_view wrapper) const {
    const auto& body = simulation_->requests.back().body;
    return boost::json::parse(*body).at(wrapper);
  }
  static boost::json::value json(std::string_view text) { return boost::json::parse(text); }
  void answer(const std::string& body) {
    simulation_->answer = in_turn({simulated_answer(200, body)});
  }

  BasicAuthClient<Simulated> client_;

 private:
  explicit AuthClientDocuments(std::pair<detail::Connection, std::shared_ptr<Simulation>> world)
      : client_(std::move(world.first)), simulation_(std::move(world.second)) {
    answer("{}");
  }

  std::shared_ptr<Simulation> simulation_;
};

TEST_F(AuthClientDocuments, ClientsLinksGoTogether) {
  CreateClientOptions options;
  options.public_client = false;
  options.terms_and_conditions = "https://t.example/";
  options.privacy_policy = "https://p.example/";
  options.additional_fields = {{"name", "other"}, {"extra", 1}};
  client_.create_client("name", "project", options);
  EXPECT_EQ(sent("client"), json(R"({"name": "other", "project": "project",
      "public_client": false, "extra": 1, "links":
      {"terms_and_conditions": "https://t.example/", "privacy_policy": "https://p.example/"}})"));
}

TEST_F(AuthClientDocuments, NullRemovesWhatAClientHas) {
  client_.update_client("id", {.terms_and_conditions = nullptr,
                               .privacy_policy = nullptr,
                               .required_idp = nullptr,
                               .preselect_idp = nullptr});
  EXPECT_EQ(sent("client"), json(R"({"required_idp": null, "preselect_idp": null,
      "links": {"terms_and_conditions": null, "privacy_policy": null}})"));
}

TEST_F(AuthClientDocuments, PoliciesTellNoDomainFromAnyDomain) {
  client_.update_policy(
      "id", {.domain_constraints_include = nullptr, .domain_constraints_exclude = Strings()});
  EXPECT_EQ(sent("policy"),
            json(R"({"domain_constraints_include": null, "domain_constraints_exclude": []})"));
}

TEST_F(AuthClientDocuments, ScopesDependOnScopes) {
  client_.create_scope("client", "name", "description", "suffix",
                       {.dependent_scopes = {{"a", true, false}, {"b", false, true}}});
  EXPECT_EQ(sent("scope").at("dependent_scopes"), json(R"([
      {"scope": "a", "optional": true, "requires_refresh_token": false},
      {"scope": "b", "optional": false, "requires_refresh_token": true}])"));
  client_.update_scope("scope", {.dependent_scopes = std::vector<DependentScopeSpec>()});
  EXPECT_EQ(sent("scope").at("dependent_scopes"), json("[]"));
}

TEST_F(AuthClientDocuments, IdentitiesAreFoundByIdAndUsername) {
  answer(R"({"identities": [{"id": "1", "username": "a@example.org"},
                            {"id": "2", "username": "b@example.org"}]})");
  const GetIdentitiesResponse identities = client_.get_identities({.ids = {"1", "2", "3"}});
  EXPECT_EQ(identities.by_id("2").value()["username"], "b@example.org");
  EXPECT_EQ(identities.by_username("a@example.org").value()["id"], "1");
  EXPECT_FALSE(identities.by_id("3"));
  EXPECT_FALSE(identities.by_username("1"));
}

TEST_F(AuthClientDocuments, ConsentsAreAForest) {
  const auto consent = [](const char* id, const char* name, const char* path) {
    return std::string(R"({"id": )") + id + R"(, "scope_name": ")" + name +
           R"(", "dependency_path": )" + path +
           R"(, "client": "c", "scope": "s", "status": "approved",
             "effective_identity": "i", "allows_refresh": true, "auto_approved": false,
             "atomically_revocable": false, "created": "2026-01-02T03:04:05+00:00",
             "updated": "2026-01-02T03:04:05+00:00", "last_used": "2026-01-02T03:04:05+00:00"})";
  };
  answer(R"({"consents": [)" + consent("1", "transfer", "[1]") + "," +
         consent("2", "data_access", "[1, 2]") + "]}");
  const GetConsentsResponse consents = client_.get_consents("identity", {.all = true});
  EXPECT_EQ(consents.size(), 2u);
  const ConsentForest forest = consents.to_forest();
  EXPECT_TRUE(forest.meets_scope_requirements("transfer[data_access]"));
  EXPECT_FALSE(forest.meets_scope_requirements("data_access"));
}

}  // namespace
}  // namespace globus_sdk_test
