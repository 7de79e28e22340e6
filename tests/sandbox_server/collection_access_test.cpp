// SPDX-License-Identifier: Apache-2.0
// What collections ask of their callers: consents, and sessions that do for their policies.
#include <thread>

#include "sandbox_server/auth_fixture.hpp"
#include "support/scoped_folder.hpp"

using raw_http::Answer;

namespace {

namespace json = boost::json;

class CollectionAccess : public AuthFixture {
 protected:
  void SetUp() override {
    AuthFixture::SetUp();
    source = value("COLLECTION_SOURCE");
  }
  Answer change(const std::string& more) {
    return http.send_json("PATCH", value("URL") + "collections",
                          R"({"collection":")" + source + R"(",)" + more + '}');
  }
  Answer ls(const std::string& token) {
    return http.get_as(token, transfer("/v0.10/operation/endpoint/" + source + "/ls"));
  }
  json::value endpoint() {
    return http.get_as(value("TRANSFER_TOKEN"), transfer("/v0.10/endpoint/" + source)).json();
  }
  std::string data_access() const {
    return "https://auth.globus.org/scopes/" + source + "/data_access";
  }
  /// A token for Transfer of a login with these further parameters.
  std::string log_in(const std::string& username, const raw_http::Pairs& more = {}) {
    auto fields = app_request(transfer_scope);
    fields.insert(fields.end(), more.begin(), more.end());
    fields.emplace_back("username", username);
    return exchange_app_code(redirected(decide(fields), "code")).text("access_token");
  }
  /// The authorization parameters of a refusal.
  static json::object asked_by(const Answer& answer) {
    EXPECT_EQ(answer.status, 403) << answer.body;
    EXPECT_EQ(answer.text("code"), "ExternalError.DirListingFailed.LoginFailed");
    return answer.json().at("authorization_parameters").as_object();
  }

  std::string source;
};

TEST_F(CollectionAccess, DataAccessIsForMappedOnesWithoutHighAssurance) {
  const std::string scope = std::string(transfer_scope) + "[*" + data_access() + ']';
  const auto is_known = [&] {
    const Answer page = ask(app_request(scope));
    const Answer granted = token({{"grant_type", "client_credentials"}, {"scope", scope}});
    EXPECT_EQ(page.status, granted.status) << granted.body;
    if (page.status == 400) {
      EXPECT_NE(page.body.find("UNKNOWN_SCOPE_ERROR"), std::string::npos);
      EXPECT_EQ(granted.text("error"), "invalid_scope");
    }
    return page.status == 200;
  };
  const auto kind = [&](const std::string& type, bool high_assurance) {
    EXPECT_EQ(change(R"("entity_type":")" + type + R"(","high_assurance":)" +
                     (high_assurance ? "true" : "false"))
                  .status,
              200);
    const auto document = endpoint();
    EXPECT_EQ(document.at("entity_type").as_string(), type);
    EXPECT_EQ(document.at("high_assurance").as_bool(), high_assurance);
    EXPECT_EQ(document.at("is_globus_connect").as_bool(), type.starts_with("GCP"));
    return ls(value("TRANSFER_TOKEN")).status;
  };
  EXPECT_FALSE(is_known()) << "as it was made";
  EXPECT_EQ(kind("GCSv5_mapped_collection", false), 403);
  EXPECT_TRUE(is_known());
  for (const auto& [type, high_assurance] :
       std::vector<std::pair<std::string, bool>>{{"GCSv5_mapped_collection", true},
                                                 {"GCSv5_guest_collection", false},
                                                 {"GCP_mapped_collection", false},
                                                 {"GCP_guest_collection", false}}) {
    EXPECT_EQ(kind(type, high_assurance), 200) << type;
    EXPECT_FALSE(is_known()) << type;
  }
}

TEST_F(CollectionAccess, ADomainIsAskedFor) {
  http.send_json("POST", value("URL") + "users", R"({"username":"ada@work.example"})");
  ASSERT_EQ(change(R"("session_required_single_domain":["work.example"],
                      "session_message":"Work only")")
                .status,
            200);
  const auto asked = asked_by(ls(log_in(value("USERNAME"))));
  EXPECT_EQ(json::serialize(asked.at("session_required_single_domain")), R"(["work.example"])");
  EXPECT_EQ(json::serialize(asked.at("session_required_identities")), "[]");
  EXPECT_EQ(asked.at("session_required_mfa"), false);
  EXPECT_EQ(asked.at("session_message"), "Work only");
  EXPECT_FALSE(asked.contains("prompt"));
  EXPECT_EQ(ls(log_in("ada@work.example")).status, 200);
}

TEST_F(CollectionAccess, AnOldLoginIsAskedForAnew) {
  ASSERT_EQ(change(R"("high_assurance":true,"authentication_assurance_timeout":1)").status, 200);
  EXPECT_EQ(endpoint().at("authentication_assurance_timeout").as_int64(), 1);
  const std::string token = log_in(value("USERNAME"));
  EXPECT_EQ(ls(token).status, 200);
  std::this_thread::sleep_for(std::chrono::milliseconds(1200));
  const auto asked = asked_by(ls(token));
  EXPECT_EQ(asked.at("session_message"), "Session reauthentication required (Globus Transfer)");
  EXPECT_EQ(asked.at("prompt"), "login");
  EXPECT_EQ(ls(log_in(value("USERNAME"), {{"prompt", "login"}})).status, 200);
  EXPECT_EQ(change(R"("authentication_assurance_timeout":null)").status, 200);
  EXPECT_EQ(ls(token).status, 200);
}

TEST_F(CollectionAccess, ASecondFactorIsAskedFor) {
  ASSERT_EQ(change(R"("session_required_mfa":true)").status, 200);
  EXPECT_TRUE(endpoint().at("mfa_required").as_bool());
  EXPECT_EQ(asked_by(ls(log_in(value("USERNAME")))).at("session_required_mfa"), true);
  EXPECT_EQ(ls(log_in(value("USERNAME"), {{"session_required_mfa", "true"}})).status, 200);
}

TEST_F(CollectionAccess, TasksAreSubjectToIt) {
  ASSERT_EQ(change(R"("session_required_mfa":true)").status, 200);
  const auto submit = [&](const std::string& token) {
    raw_http::Request request;
    request.method = "POST";
    request.url = transfer("/v0.10/delete");
    request.headers = {{"Authorization", "Bearer " + token}};
    const std::string id = http.get_as(token, transfer("/v0.10/submission_id")).text("value");
    request.body = R"({"DATA_TYPE":"delete","submission_id":")" + id + R"(","endpoint":")" +
                   source + R"(","DATA":[{"DATA_TYPE":"delete_item","path":"/nothing"}]})";
    return http.send(request);
  };
  const Answer refused = submit(log_in(value("USERNAME")));
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.text("code"), "PermissionDenied");
  EXPECT_TRUE(refused.json().as_object().contains("authorization_parameters"));
  const Answer accepted = submit(log_in(value("USERNAME"), {{"session_required_mfa", "true"}}));
  EXPECT_EQ(accepted.status, 200) << accepted.body;
}

TEST_F(CollectionAccess, MayBeSaidWhenACollectionIsAdded) {
  const std::string folder = sandbox->folder("SOURCE").string();
  const auto add = [&](const std::string& more) {
    return http.send_json("POST", value("URL") + "collections",
                          R"({"name":"NEW","path":")" + folder + '"' + more + '}');
  };
  EXPECT_EQ(add(R"(,"entity_type":"a tape")").status, 400);
  EXPECT_EQ(add(R"(,"session_required_policies":[")" + source + R"("])").status, 400);
  EXPECT_EQ(add(R"(,"session_required_mfa":"yes")").status, 400);
  EXPECT_EQ(add(R"(,"authentication_assurance_timeout":-1)").status, 400);
  EXPECT_EQ(add(R"(,"colour":"red")").status, 400);
  const Answer added = add(R"(,"entity_type":"GCSv5_guest_collection","high_assurance":true)");
  ASSERT_EQ(added.status, 200) << added.body;
  EXPECT_EQ(added.text("entity_type"), "GCSv5_guest_collection");
  const Answer again = add("");
  EXPECT_EQ(again.body, added.body) << "what is not said stays";
  EXPECT_EQ(change(R"("name":"other")").status, 400);
}

TEST_F(CollectionAccess, IsKeptInTheState) {
  globus_sandbox::SandboxOptions options;
  const globus_sdk_test::ScopedFolder folder;
  options.state = folder.path / "state.db";
  start(options);
  source = value("COLLECTION_SOURCE");
  ASSERT_EQ(change(R"("session_required_mfa":true,"entity_type":"GCP_guest_collection")").status,
            200);
  const std::string token = log_in(value("USERNAME"), {{"session_required_mfa", "true"}});
  start(options);
  EXPECT_EQ(value("COLLECTION_SOURCE"), source);
  EXPECT_EQ(endpoint().at("entity_type"), "GCP_guest_collection");
  EXPECT_EQ(ls(value("TRANSFER_TOKEN")).status, 403);
  EXPECT_EQ(ls(token).status, 200) << "and so is the session";
  sandbox.reset();
}

}  // namespace
