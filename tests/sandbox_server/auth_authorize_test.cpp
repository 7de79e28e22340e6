// SPDX-License-Identifier: Apache-2.0
// The authorize endpoint: the page, the decision, the redirections, and what is refused.
#include "sandbox_server/auth_fixture.hpp"

using AuthAuthorize = AuthFixture;
using raw_http::Answer;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

raw_http::Pairs with(raw_http::Pairs fields, const std::string& name, const std::string& value) {
  for (auto& [key, old] : fields)
    if (key == name) {
      old = value;
      return fields;
    }
  fields.emplace_back(name, value);
  return fields;
}

raw_http::Pairs without(raw_http::Pairs fields, const std::string& name) {
  std::erase_if(fields, [&](const auto& field) { return field.first == name; });
  return fields;
}

}  // namespace

TEST_F(AuthAuthorize, PagesShowUsersThenClientAndScopes) {
  const auto fields = native_request(std::string("openid ") + transfer_scope);
  const Answer login = ask(fields);
  ASSERT_EQ(login.status, 200);
  EXPECT_TRUE(login.header("content-type").starts_with("text/html"));
  EXPECT_EQ(login.header("set-cookie"), "");
  EXPECT_TRUE(contains(login.body, "Sandbox Native Application"));
  EXPECT_TRUE(contains(login.body, value("USERNAME")));
  EXPECT_TRUE(contains(login.body, "second-user@globus-sandbox.example"));
  const Answer consent =
      http.post_form(auth("/v2/oauth2/authorize"), with(fields, "username", value("USERNAME")));
  ASSERT_EQ(consent.status, 200);
  EXPECT_TRUE(contains(consent.header("set-cookie"), "HttpOnly; SameSite=Lax"));
  EXPECT_TRUE(contains(consent.body, "Sandbox Native Application"));
  EXPECT_TRUE(contains(consent.body, value("NATIVE_CLIENT_ID")));
  EXPECT_TRUE(contains(consent.body, transfer_scope));
  EXPECT_TRUE(contains(consent.body, value("USERNAME")));
  EXPECT_FALSE(contains(consent.body, "second-user@globus-sandbox.example"));
}

TEST_F(AuthAuthorize, PageEscapesWhatItShows) {
  auto fields = native_request("openid");
  fields = with(fields, "state", "\"><script>alert(1)</script>");
  fields = with(fields, "session_message", "<b>&'");
  const std::string username = "<b>\"@html.example";
  fields = with(fields, "username", username);
  for (const Answer& page : {http.post_form(auth("/v2/oauth2/authorize"), fields), ask(fields)}) {
    ASSERT_EQ(page.status, 200) << page.body;
    EXPECT_FALSE(contains(page.body, "<script>"));
    EXPECT_FALSE(contains(page.body, "<b>"));
    EXPECT_TRUE(contains(page.body, "&lt;b&gt;&amp;&#39;"));
    EXPECT_TRUE(contains(page.body, "&quot;&gt;&lt;script&gt;"));
    EXPECT_TRUE(contains(page.body, "&lt;b&gt;&quot;@html.example"));
  }
  const Answer code = http.get(auth("/v2/web/auth-code?code=%3Cscript%3E&state=%22"));
  EXPECT_FALSE(contains(code.body, "<script>"));
  EXPECT_TRUE(contains(code.body, "<code id=\"auth-code\">&lt;script&gt;</code>"));
}

TEST_F(AuthAuthorize, CodePageShowsTheCode) {
  const Answer redirect = decide(native_request("openid"));
  ASSERT_EQ(redirect.status, 302);
  const std::string code = redirected(redirect, "code");
  EXPECT_TRUE(redirect.header("location").starts_with(auth("/v2/web/auth-code?")))
      << redirect.header("location");
  const std::string element = "id=\"auth-code\">" + code + '<';
  EXPECT_TRUE(contains(redirect.body, element));
  const Answer page = http.get(redirect.header("location"));
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(contains(page.body, element));
}

TEST_F(AuthAuthorize, LoopbackGetsCodeAndState) {
  const Answer redirect = decide(app_request("openid", "http://127.0.0.1:1234/cb?x=1"));
  ASSERT_EQ(redirect.status, 302);
  EXPECT_TRUE(redirect.header("location").starts_with("http://127.0.0.1:1234/cb?x=1&code="));
  EXPECT_EQ(redirected(redirect, "state"), "a%20state");
}

TEST_F(AuthAuthorize, UserMayChooseWho) {
  auto fields = app_request("openid profile");
  const auto state = http.get(value("URL") + "state").json();
  const auto& second = state.at("users").at(1);
  fields.emplace_back("identity", std::string(second.at("id").as_string()));
  const Answer tokens = exchange_app_code(redirected(decide(fields), "code"));
  const Answer who = http.get_as(tokens.text("access_token"), auth("/v2/oauth2/userinfo"));
  EXPECT_EQ(who.text("preferred_username"), second.at("username").as_string());
  fields.back().second = "nobody";
  EXPECT_EQ(decide(fields).status, 400);
}

TEST_F(AuthAuthorize, DenialGoesBack) {
  const Answer redirect = decide(app_request("openid"), "deny");
  ASSERT_EQ(redirect.status, 302);
  EXPECT_EQ(redirected(redirect, "error"), "access_denied");
  EXPECT_EQ(redirected(redirect, "state"), "a%20state");
  EXPECT_EQ(redirected(redirect, "code"), "");
}

TEST_F(AuthAuthorize, UnsafeTargetsGetAPageAndNoRedirection) {
  const auto good = app_request("openid");
  for (const auto& fields :
       {without(good, "client_id"), with(good, "client_id", "nobody"),
        without(good, "redirect_uri"), with(good, "redirect_uri", "https://evil.example/cb"),
        with(good, "redirect_uri", "http://localhost.evil.example/cb"),
        with(good, "redirect_uri", "http://localhost@evil.example/cb"),
        with(good, "redirect_uri", "http://localhost:80/cb#fragment"),
        with(good, "redirect_uri", "javascript:alert(1)")}) {
    const Answer page = ask(fields);
    EXPECT_EQ(page.status, 400) << raw_http::encode(fields);
    EXPECT_EQ(page.header("location"), "");
    EXPECT_TRUE(contains(page.body, "id=\"error\""));
  }
}

TEST_F(AuthAuthorize, OtherMistakesGoBackToTheClient) {
  const auto error_of = [&](const raw_http::Pairs& fields) {
    const Answer answer = ask(fields);
    EXPECT_EQ(answer.status, 302) << answer.body;
    return redirected(answer, "error");
  };
  const auto app = app_request("openid");
  const auto native = native_request("openid", loopback);
  EXPECT_EQ(error_of(without(app, "response_type")), "invalid_request");
  EXPECT_EQ(error_of(with(app, "response_type", "token")), "unsupported_response_type");
  EXPECT_EQ(error_of(without(app, "scope")), "invalid_scope");
  EXPECT_EQ(error_of(with(app, "scope", "unheard-of")), "invalid_scope");
  EXPECT_EQ(error_of(with(app, "scope", "*openid")), "invalid_scope");
  EXPECT_EQ(error_of(with(app, "scope", "openid]")), "invalid_scope");
  EXPECT_EQ(error_of(with(app, "access_type", "sometimes")), "invalid_request");
  EXPECT_EQ(error_of(without(native, "code_challenge")), "invalid_request");
  EXPECT_EQ(error_of(with(native, "code_challenge_method", "plain")), "invalid_request");
  EXPECT_EQ(error_of(with(app, "prompt", "none")), "interaction_required");
  EXPECT_EQ(error_of(with(app, "prompt", "dinner")), "invalid_request");
  EXPECT_EQ(error_of(with(app, "session_required_mfa", "perhaps")), "invalid_request");
  EXPECT_EQ(error_of(with(app, "session_required_policies", value("CLIENT_ID"))),
            "invalid_request");
  EXPECT_EQ(error_of(with(with(app, "prompt", "login"), "login_since", "1e300")),
            "invalid_request");
}

TEST_F(AuthAuthorize, AutoConsentRedirectsAtOnce) {
  globus_sandbox::SandboxOptions options;
  options.auto_consent = true;
  start(options);
  const Answer redirect = ask(app_request("openid profile"));
  ASSERT_EQ(redirect.status, 302) << redirect.body;
  const Answer tokens = exchange_app_code(redirected(redirect, "code"));
  const Answer who = http.get_as(tokens.text("access_token"), auth("/v2/oauth2/userinfo"));
  EXPECT_EQ(who.text("preferred_username"), value("USERNAME"));
  const Answer shown = ask(native_request("openid"));
  EXPECT_EQ(shown.status, 302);
  EXPECT_TRUE(contains(shown.body, "id=\"auth-code\""));
}

TEST_F(AuthAuthorize, SessionRequirementsChooseTheUser) {
  globus_sandbox::SandboxOptions options;
  options.auto_consent = true;
  start(options);
  const std::string second = "second-user@globus-sandbox.example";
  auto fields = app_request("openid profile");
  fields = with(fields, "session_required_identities", second);
  fields = with(fields, "session_required_mfa", "True");
  fields = with(fields, "prompt", "login");
  const Answer tokens = exchange_app_code(redirected(ask(fields), "code"));
  ASSERT_EQ(tokens.status, 200) << tokens.body;
  const Answer introspected =
      post_as_app("/v2/oauth2/token/introspect",
                  {{"token", tokens.text("access_token")}, {"include", "session_info"}});
  EXPECT_EQ(introspected.text("username"), second);
  const auto info = introspected.json().at("session_info").at("authentications").as_object();
  ASSERT_EQ(info.size(), 1U);
  EXPECT_EQ(boost::json::serialize(info.begin()->value().at("amr")), "[\"pwd\",\"mfa\"]");
  const Answer nobody =
      ask(with(app_request("openid"), "session_required_single_domain", "no.where"));
  EXPECT_EQ(redirected(nobody, "error"), "access_denied");
}

TEST_F(AuthAuthorize, ConsentsAreRememberedForABrowserThatIsLoggedIn) {
  const Answer first = decide(app_request("openid profile"));
  const std::string cookie = first.header("set-cookie");
  const raw_http::Pairs headers{{"Cookie", "a=b; " + cookie.substr(0, cookie.find(';'))}};
  const auto again = [&](const raw_http::Pairs& fields) {
    return http.get(auth("/v2/oauth2/authorize?") + raw_http::encode(fields), headers);
  };
  EXPECT_EQ(again(app_request("openid")).status, 302);
  EXPECT_EQ(again(app_request("urn:globus:auth:scope:groups.api.globus.org:all")).status, 200)
      << "a new scope is asked for";
  EXPECT_EQ(again(with(app_request("openid"), "prompt", "login")).status, 200);
  EXPECT_EQ(ask(app_request("openid")).status, 200) << "another browser is asked";
}

TEST_F(AuthAuthorize, ConsentsAreListedForTheirIdentity) {
  sandbox->set_requires_data_access(value("COLLECTION_SOURCE"), true);
  const std::string data_access =
      "https://auth.globus.org/scopes/" + value("COLLECTION_SOURCE") + "/data_access";
  const Answer tokens = exchange_app_code(
      app_code(std::string("openid ") + transfer_scope + "[*" + data_access + "]"));
  const std::string me =
      http.get_as(tokens.text("access_token"), auth("/v2/oauth2/userinfo")).text("sub");
  const Answer answer =
      http.get_as(tokens.text("access_token"), auth("/v2/api/identities/" + me + "/consents"));
  ASSERT_EQ(answer.status, 200) << answer.body;
  bool found = false;
  const auto document = answer.json();
  for (const auto& consent : document.at("consents").as_array()) {
    if (consent.at("scope_name").as_string() != data_access) continue;
    found = true;
    EXPECT_EQ(consent.at("dependency_path").as_array().size(), 2U);
    EXPECT_EQ(consent.at("dependency_path").at(1), consent.at("id"));
    EXPECT_TRUE(consent.at("atomically_revocable").as_bool());
    EXPECT_EQ(consent.at("status"), "approved");
  }
  EXPECT_TRUE(found);
  EXPECT_EQ(http.get_as(tokens.text("access_token"),
                        auth("/v2/api/identities/" + value("CLIENT_ID") + "/consents"))
                .status,
            403);
}
