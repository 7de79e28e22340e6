// SPDX-License-Identifier: Apache-2.0
// Who may use a collection's files over HTTPS, and what everybody else is told.
#include "sandbox_server/https_fixture.hpp"
#include "support/scoped_folder.hpp"

namespace {

namespace json = boost::json;
using raw_http::Answer;
using raw_http::Pairs;

class HttpsAccess : public HttpsFixture {
 protected:
  void SetUp() override {
    HttpsFixture::SetUp();
    write("a.txt", "content");
  }
  std::string scope(const std::string& name) const {
    return "https://auth.globus.org/scopes/" + source + '/' + name;
  }
  /// A token of the application itself.
  std::string client_token(const std::string& scopes) {
    const Answer answer =
        AuthFixture::token({{"grant_type", "client_credentials"}, {"scope", scopes}});
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.text("access_token");
  }
  Answer get_with(const std::string& access_token) {
    return ask_without_token("GET", "/a.txt", {{"Authorization", "Bearer " + access_token}});
  }
  json::value endpoint() {
    return http.get_as(value("TRANSFER_TOKEN"), transfer("/v0.10/endpoint/" + source)).json();
  }
  bool is_known(const std::string& scopes) { return ask(app_request(scopes)).status == 200; }
  using AuthFixture::ask;
  using HttpsFixture::ask;

  static Pairs query_of(const std::string& location) {
    Pairs query;
    std::string rest = location.substr(location.find('?') + 1);
    while (!rest.empty()) {
      const std::string pair = rest.substr(0, rest.find('&'));
      rest.erase(0, pair.size() + 1);
      query.emplace_back(pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1));
    }
    return query;
  }
};

TEST_F(HttpsAccess, ABrowserWithoutATokenIsSentToALogin) {
  for (const char* method : {"GET", "HEAD"}) {
    const Answer answer = ask_without_token(method, "/a.txt");
    EXPECT_EQ(answer.status, 302) << answer.body;
    EXPECT_EQ(answer.body.find("content"), std::string::npos);
    const std::string location = answer.header("location");
    EXPECT_TRUE(location.starts_with(auth("/v2/oauth2/authorize?"))) << location;
    const Pairs query = query_of(location);
    const auto is_client = [](const auto& each) { return each.first == "client_id"; };
    EXPECT_EQ(std::count_if(query.begin(), query.end(), is_client), 1);
    for (const auto& [name, expected] : Pairs{{"client_id", source},
                                              {"scope", raw_http::encode(scope("https"))},
                                              {"response_type", "code"},
                                              {"redirect_uri", raw_http::encode(file_url("/"))}})
      EXPECT_NE(std::find(query.begin(), query.end(), std::pair(name, expected)), query.end())
          << name << " in " << location;
    EXPECT_NE(redirected(answer, "state"), "");
  }
  EXPECT_EQ(ask_without_token("GET", "/nothing").status, 302) << "whether there is such a file";
  change({{"entity_type", "GCSv5_mapped_collection"}});
  EXPECT_EQ(redirected(ask_without_token("GET", "/a.txt"), "scope"),
            raw_http::encode(scope("https") + ' ' + scope("data_access")));
}

TEST_F(HttpsAccess, AScriptWithoutATokenIsToldWhatToAskFor) {
  const Pairs of_script{{"X-Requested-With", "XMLHttpRequest"}};
  for (const Answer& answer :
       {ask_without_token("GET", "/a.txt", of_script), ask_without_token("PUT", "/b.txt", {}, "b"),
        ask_without_token("DELETE", "/a.txt")}) {
    expect_error(answer, 401, "authentication_failed");
    EXPECT_TRUE(answer.header("www-authenticate").starts_with("Bearer"));
    const auto asked = answer.json().at("authorization_parameters").at("required_scopes");
    EXPECT_EQ(asked, json::value({scope("https")}));
  }
  EXPECT_EQ(ask_without_token("HEAD", "/a.txt", of_script).status, 401);
  EXPECT_EQ(names(), (std::vector<std::string>{"a.txt"}));
}

TEST_F(HttpsAccess, ATokenHasToBeGood) {
  EXPECT_EQ(get_with(token).body, "content");
  expect_error(get_with("nonsense"), 401, "authentication_failed");
  expect_error(ask_without_token("GET", "/a.txt", {{"Authorization", "Basic YTpi"}}), 401,
               "authentication_failed");
  sandbox->expire(token);
  expect_error(get_with(token), 401, "authentication_failed");
  const std::string revoked = client_token(scope("https"));
  EXPECT_EQ(get_with(revoked).status, 200);
  sandbox->revoke(revoked);
  for (const char* method : {"GET", "PUT", "DELETE"})
    EXPECT_EQ(
        ask_without_token(method, "/a.txt", {{"Authorization", "Bearer " + revoked}}, "b").status,
        401)
        << method;
  EXPECT_EQ(content("a.txt"), "content");
}

TEST_F(HttpsAccess, ATokenHasToHaveTheScopes) {
  const auto expect_asked = [&](const Answer& answer, const json::array& scopes) {
    expect_error(answer, 403, "ConsentRequired");
    EXPECT_EQ(answer.json().at("required_scopes"), json::value(scopes));
    EXPECT_EQ(answer.json().at("authorization_parameters").at("required_scopes"),
              json::value(scopes));
  };
  const std::string https = scope("https");
  const std::string data_access = scope("data_access");
  expect_asked(get_with(value("TRANSFER_TOKEN")), {https});
  expect_asked(get_with(value("DESTINATION_HTTPS_TOKEN")), {https});
  expect_asked(ask_without_token("PUT", "/b.txt",
                                 {{"Authorization", "Bearer " + value("TRANSFER_TOKEN")}}, "b"),
               {https});
  expect_asked(ask_without_token("DELETE", "/a.txt",
                                 {{"Authorization", "Bearer " + value("TRANSFER_TOKEN")}}),
               {https});
  change({{"entity_type", "GCSv5_mapped_collection"}});
  expect_asked(get_with(token), {https, data_access});
  expect_asked(get_with(client_token(data_access)), {https, data_access});
  EXPECT_EQ(get_with(client_token(https + ' ' + data_access)).status, 200);
  EXPECT_EQ(get_with(client_token(https + '[' + data_access + ']')).status, 200)
      << "as a dependency, too";
  change({{"high_assurance", true}});
  EXPECT_EQ(get_with(token).status, 200) << "such a collection has no data_access";
  EXPECT_EQ(names(), (std::vector<std::string>{"a.txt"}));
}

TEST_F(HttpsAccess, EveryGrantGivesTokens) {
  const std::string code = redirected(decide(native_request(scope("https"))), "code");
  const Answer native = exchange_native_code(code, verifier);
  EXPECT_EQ(native.text("resource_server"), source) << native.body;
  EXPECT_EQ(native.text("scope"), scope("https"));
  EXPECT_EQ(get_with(native.text("access_token")).status, 200);
  const Answer renewed =
      http.post_form(auth("/v2/oauth2/token"), {{"grant_type", "refresh_token"},
                                                {"client_id", value("NATIVE_CLIENT_ID")},
                                                {"refresh_token", native.text("refresh_token")}});
  EXPECT_EQ(get_with(renewed.text("access_token")).status, 200) << renewed.body;
  const Answer confidential = exchange_app_code(app_code(scope("https")));
  EXPECT_EQ(get_with(confidential.text("access_token")).status, 200) << confidential.body;
  EXPECT_EQ(get_with(client_token(scope("https"))).status, 200);
  const Answer of_variable = refresh(value("SOURCE_HTTPS_REFRESH_TOKEN"));
  EXPECT_EQ(get_with(of_variable.text("access_token")).status, 200) << of_variable.body;
}

TEST_F(HttpsAccess, APublicCollectionIsReadByEverybody) {
  change({{"public", true}});
  for (const Pairs& headers : {Pairs{}, Pairs{{"Authorization", "Bearer nonsense"}},
                               Pairs{{"X-Requested-With", "XMLHttpRequest"}}}) {
    EXPECT_EQ(ask_without_token("GET", "/a.txt", headers).body, "content");
    EXPECT_EQ(ask_without_token("HEAD", "/a.txt", headers).status, 200);
  }
  EXPECT_EQ(ask_without_token("GET", "/a.txt", {{"Range", "bytes=1-2"}}).body, "on");
  EXPECT_EQ(ask_without_token("GET", "/nothing").status, 404);
  EXPECT_EQ(ask_without_token("PUT", "/a.txt", {}, "b").status, 401);
  EXPECT_EQ(ask_without_token("DELETE", "/a.txt").status, 401);
  EXPECT_EQ(content("a.txt"), "content");
  change({{"public", nullptr}});
  EXPECT_EQ(ask_without_token("GET", "/a.txt").status, 302);
}

TEST_F(HttpsAccess, ASessionHasToMeetTheRequirements) {
  change({{"session_required_mfa", true}});
  const Answer answer = get_with(token);
  expect_error(answer, 403, "AuthorizationRequired");
  EXPECT_EQ(answer.json().at("authorization_parameters").at("session_required_mfa"), true);
}

TEST_F(HttpsAccess, TheDocumentAtTransferSaysWhere) {
  EXPECT_TRUE(endpoint().at("https_server").is_null()) << "Globus Connect Personal has none";
  EXPECT_EQ(value("SOURCE_HTTPS_URL"), file_url(""));
  for (const char* kind : {"GCSv5_mapped_collection", "GCSv5_guest_collection"}) {
    change({{"entity_type", kind}});
    EXPECT_EQ(endpoint().at("https_server"), json::value(file_url(""))) << kind;
  }
  change({{"https", false}});
  EXPECT_TRUE(endpoint().at("https_server").is_null());
  expect_error(get_with(token), 404, "not_found");
  EXPECT_FALSE(is_known(scope("https")));
  change({{"https", true}, {"entity_type", "GCP_guest_collection"}});
  EXPECT_EQ(endpoint().at("https_server"), json::value(file_url("")));
  EXPECT_EQ(get_with(token).status, 200);
  change({{"https", nullptr}});
  EXPECT_TRUE(endpoint().at("https_server").is_null());
  EXPECT_EQ(get_with(token).status, 200) << "it is served all the same";
  EXPECT_TRUE(is_known(scope("https")));
  EXPECT_THROW(change({{"https", "yes"}}), std::invalid_argument);
  EXPECT_THROW(change({{"public", 1}}), std::invalid_argument);
}

TEST_F(HttpsAccess, ACollectionHasToBeThere) {
  const std::string nobody = "5f2f1ab0-7ab4-4b0d-9f0b-5d9ac0a1d2a3";
  for (const std::string& path :
       {std::string(""), std::string("/"), "/" + nobody + "/a.txt", std::string("/SOURCE/a.txt")})
    expect_error(http.get_as(token, sandbox->url() + "/https" + path), 404, "not_found");
  std::string capitals = file_url("/a.txt");
  for (char& c : capitals)
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
  capitals.replace(0, sandbox->url().size() + 7, sandbox->url() + "/https/");
  const auto end = capitals.find('/', sandbox->url().size() + 7);
  capitals.replace(end, std::string::npos, "/a.txt");
  EXPECT_EQ(http.get_as(token, capitals).status, 200) << capitals;
  sandbox->set_credentials_expired(source, true);
  expect_error(get_with(token), 403, "login_failed");
  sandbox->set_credentials_expired(source, false);
  std::filesystem::remove_all(folder);
  expect_error(get_with(token), 502, "endpoint_error");
}

TEST_F(HttpsAccess, IsKeptInTheStateAndOverAReset) {
  globus_sandbox::SandboxOptions options;
  const globus_sdk_test::ScopedFolder state;
  options.state = state.path / "state.db";
  begin(options);
  change({{"public", true}, {"https", true}});
  const std::string first = token;
  begin(options);
  EXPECT_EQ(token, first) << "as long as it is good";
  EXPECT_EQ(ask_without_token("HEAD", "/").status, 404) << "public, still";
  EXPECT_EQ(endpoint().at("https_server"), json::value(file_url("")));
  sandbox->expire(token);
  begin(options);
  EXPECT_NE(token, first);
  sandbox->control("POST", "reset");
  token = value("SOURCE_HTTPS_TOKEN");
  write("a.txt", "again");
  EXPECT_EQ(get_with(token).body, "again");
  sandbox.reset();
}

}  // namespace
