// SPDX-License-Identifier: Apache-2.0
// Sessions: who logged in and when, identities that belong together, and what a login may require.
#include <optional>
#include <thread>

#include "sandbox_server/auth_fixture.hpp"

using raw_http::Answer;

namespace {

namespace json = boost::json;

class AuthSessions : public AuthFixture {
 protected:
  /// Adds a user with these further fields; its id.
  std::string add_user(const std::string& username, const std::string& more = {}) {
    const Answer answer = http.send_json("POST", value("URL") + "users",
                                         R"({"username":")" + username + '"' + more + '}');
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.text("id");
  }
  std::string make_policy(const std::string& more) {
    const std::string me = post(
        "projects",
        R"({"project": {"display_name": "p",
        "contact_email": "m@example.org", "admin_ids": [")" +
            http.get_as(value("AUTH_TOKEN"), auth("/v2/oauth2/userinfo")).text("sub") + "\"]}}",
        "project");
    return post("policies",
                R"({"policy": {"display_name": "p", "description": "d", "project_id": ")" + me +
                    '"' + more + "}}",
                "policy");
  }
  /// What a browser with a cookie gets: it keeps the cookie that it is sent.
  Answer visit(const raw_http::Pairs& fields, bool posts = false) {
    raw_http::Request request;
    request.url = auth("/v2/oauth2/authorize");
    if (!cookie.empty()) request.headers.emplace_back("Cookie", cookie);
    if (posts) {
      request.method = "POST";
      request.body = raw_http::encode(fields);
    } else {
      request.url += '?' + raw_http::encode(fields);
    }
    Answer answer = http.send(request);
    const std::string sent = answer.header("set-cookie");
    if (!sent.empty()) cookie = sent.substr(0, sent.find(';'));
    return answer;
  }
  Answer log_in(raw_http::Pairs fields, const std::string& username) {
    fields.emplace_back("username", username);
    fields.emplace_back("decision", "allow");
    return visit(fields, true);
  }
  std::string access_token(const Answer& redirect) {
    return exchange_app_code(redirected(redirect, "code")).text("access_token");
  }
  json::object authentications(const std::string& token) {
    const Answer answer =
        post_as_app("/v2/oauth2/token/introspect", {{"token", token}, {"include", "session_info"}});
    return answer.json().at("session_info").at("authentications").as_object();
  }
  static raw_http::Pairs with(raw_http::Pairs fields, const std::string& name,
                              const std::string& text) {
    fields.emplace_back(name, text);
    return fields;
  }
  static bool is_login_page(const Answer& answer) {
    return answer.status == 200 && answer.body.find("id=\"login\"") != std::string::npos;
  }

  std::string cookie;

 private:
  std::string post(const std::string& what, const std::string& body, const char* kind) {
    raw_http::Request request;
    request.method = "POST";
    request.url = auth("/v2/api/" + what);
    request.body = body;
    request.headers.emplace_back("Authorization", "Bearer " + value("AUTH_TOKEN"));
    const Answer answer = http.send(request);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return std::string(answer.json().at(kind).at("id").as_string());
  }
};

constexpr const char* set_scope =
    "openid profile urn:globus:auth:scope:auth.globus.org:view_identity_set";

TEST_F(AuthSessions, LinkedIdentitiesAreOneUser) {
  const std::string home = add_user("ada@home.example");
  const std::string work = add_user("ada@work.example", R"(,"linked_to":"ada@home.example")");
  const std::string token = access_token(log_in(app_request(set_scope), "ada@work.example"));
  const auto who = http.get_as(token, auth("/v2/oauth2/userinfo")).json();
  EXPECT_EQ(who.at("sub").as_string(), home);
  EXPECT_EQ(who.at("preferred_username"), "ada@home.example");
  const auto& set = who.at("identity_set").as_array();
  ASSERT_EQ(set.size(), 2U);
  EXPECT_EQ(set[0].at("sub").as_string(), home);
  EXPECT_TRUE(set[0].at("last_authentication").is_null()) << "only the other one logged in";
  EXPECT_EQ(set[1].at("sub").as_string(), work);
  EXPECT_EQ(set[1].at("last_authentication"), who.at("last_authentication"));
  const Answer introspected =
      post_as_app("/v2/oauth2/token/introspect",
                  {{"token", token}, {"include", "identity_set,identity_set_detail,session_info"}});
  const auto document = introspected.json();
  EXPECT_EQ(document.at("identity_set"), (json::array{json::string(home), json::string(work)}));
  EXPECT_EQ(document.at("identity_set_detail").at(1).at("username"), "ada@work.example");
  const auto& proved = document.at("session_info").at("authentications").as_object();
  ASSERT_EQ(proved.size(), 1U);
  EXPECT_EQ(proved.begin()->key(), work);
  EXPECT_EQ(http.send_json("POST", value("URL") + "users",
                           R"({"username":"x@y.example","linked_to":"nobody"})")
                .status,
            400);
}

TEST_F(AuthSessions, ALoginAddsToTheSessionThatTokensBelongTo) {
  const std::string home = add_user("ada@home.example");
  const std::string work = add_user("ada@work.example", R"(,"linked_to":")" + home + '"');
  const std::string first = access_token(log_in(app_request("openid"), "ada@home.example"));
  EXPECT_EQ(authentications(first).size(), 1U);
  const auto both = with(app_request("openid"), "session_required_identities", home + ',' + work);
  const Answer page = visit(both);
  ASSERT_TRUE(is_login_page(page)) << page.body;
  EXPECT_EQ(page.body.find(home), page.body.find("value=\"" + home + ',') + 7)
      << "no button for who is logged in already";
  const std::string second = access_token(log_in(both, "ada@work.example"));
  EXPECT_EQ(authentications(second).size(), 2U);
  EXPECT_EQ(authentications(first), authentications(second)) << "one session";
  EXPECT_EQ(visit(both).status, 302) << "nothing is open, and the consent is remembered";
  const std::string other = access_token(log_in(app_request("openid"), value("USERNAME")));
  EXPECT_EQ(authentications(other).size(), 1U) << "another user's session is another";
  EXPECT_EQ(authentications(first).size(), 2U);
}

TEST_F(AuthSessions, EachApplicationHasItsOwn) {
  const std::string home = add_user("ada@home.example");
  const std::string work = add_user("ada@work.example", R"(,"linked_to":")" + home + '"');
  const std::string app = access_token(log_in(app_request("openid"), "ada@home.example"));
  const auto native =
      native_request("https://auth.globus.org/scopes/" + value("CLIENT_ID") + "/all");
  const Answer page = visit(native);
  EXPECT_FALSE(is_login_page(page)) << "the browser is logged in";
  const std::string other =
      exchange_native_code(redirected(visit(with(native, "decision", "allow"), true), "code"),
                           verifier)
          .text("access_token");
  EXPECT_EQ(authentications(other), authentications(app)) << "begins with what was proved";
  log_in(with(app_request("openid"), "session_required_identities", work), "ada@work.example");
  EXPECT_EQ(authentications(app).size(), 2U);
  EXPECT_EQ(authentications(other).size(), 1U) << "which is not what was proved to another";
  const Answer known =
      post_as_app("/v2/oauth2/token/introspect", {{"token", app}, {"include", "session_info"}});
  cookie = "globus_sandbox_session=" +
           std::string(known.json().at("session_info").at("session_id").as_string());
  EXPECT_TRUE(is_login_page(visit(app_request("openid")))) << "the id of a session is no secret";
}

TEST_F(AuthSessions, ALogoutEndsTheBrowsersOnly) {
  const std::string token = access_token(log_in(app_request("openid"), value("USERNAME")));
  const std::string before = cookie;
  const auto out = [&](const std::string& query) {
    return http.get(auth("/v2/web/logout?" + query), {{"Cookie", cookie}});
  };
  const Answer page = out("client_id=" + value("CLIENT_ID") +
                          "&redirect_uri=https://a.example/%22&redirect_name=%3Cb%3E");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.header("set-cookie").find("globus_sandbox_session=; "), std::string::npos);
  EXPECT_NE(page.header("set-cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_NE(page.body.find("Logged out of Sandbox Application"), std::string::npos);
  EXPECT_NE(page.body.find("href=\"https://a.example/&quot;\">Continue to &lt;b&gt;</a>"),
            std::string::npos)
      << page.body;
  EXPECT_EQ(out("redirect_uri=javascript:alert(1)&redirect_name=x").body.find("javascript"),
            std::string::npos);
  cookie = before;
  EXPECT_TRUE(is_login_page(visit(app_request("openid")))) << "a cookie that was kept is worthless";
  EXPECT_EQ(userinfo_status(token), 200);
  EXPECT_EQ(authentications(token).size(), 1U);
}

TEST_F(AuthSessions, PromptLoginAsksAgain) {
  const std::string before = access_token(log_in(app_request("openid"), value("USERNAME")));
  EXPECT_EQ(visit(app_request("openid")).status, 302);
  const auto fields = with(app_request("openid"), "prompt", "login");
  const Answer page = visit(fields);
  ASSERT_TRUE(is_login_page(page)) << page.body;
  const std::string name = "name=\"login_since\" value=\"";
  const auto at = page.body.find(name) + name.size();
  const auto since = page.body.substr(at, page.body.find('"', at) - at);
  auto allowed = with(with(fields, "login_since", since), "decision", "allow");
  EXPECT_TRUE(is_login_page(visit(allowed, true))) << "a decision is no login";
  const auto old = authentications(before).begin()->value().at("auth_time").as_int64();
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  allowed.emplace_back("username", value("USERNAME"));
  const std::string after = access_token(visit(allowed, true));
  EXPECT_GT(authentications(after).begin()->value().at("auth_time").as_int64(), old);
}

TEST_F(AuthSessions, SomebodyNewMayLogIn) {
  const Answer redirect = log_in(app_request("openid profile"), "new@user.example");
  const Answer who = http.get_as(access_token(redirect), auth("/v2/oauth2/userinfo"));
  EXPECT_EQ(who.text("preferred_username"), "new@user.example");
  EXPECT_EQ(log_in(app_request("openid"), "no-domain").status, 400);
  EXPECT_EQ(log_in(app_request("openid"), value("CLIENT_ID") + "@clients.auth.globus.org").status,
            400);
  http.get_as(value("AUTH_TOKEN"),
              auth("/v2/api/identities?usernames=later@user.example&provision=true"));
  EXPECT_EQ(log_in(app_request("openid"), "later@user.example").status, 302);
}

TEST_F(AuthSessions, AnotherUserMayTakeOver) {
  log_in(app_request("openid"), value("USERNAME"));
  const auto fields = app_request("urn:globus:auth:scope:groups.api.globus.org:all");
  const Answer consent = visit(fields);
  EXPECT_NE(consent.body.find("value=\"switch\""), std::string::npos) << consent.body;
  const Answer login = visit(with(fields, "decision", "switch"), true);
  ASSERT_TRUE(is_login_page(login)) << login.body;
  EXPECT_NE(login.body.find("second-user@"), std::string::npos);
}

TEST_F(AuthSessions, ADomainIsOneOfSeveral) {
  add_user("ada@home.example");
  add_user("ada@work.example", R"(,"linked_to":"ada@home.example")");
  log_in(app_request("openid"), "ada@home.example");
  const auto fields =
      with(app_request("openid"), "session_required_single_domain", "Work.Example,other.example");
  const Answer page = visit(fields);
  ASSERT_TRUE(is_login_page(page)) << page.body;
  EXPECT_EQ(page.body.find(value("USERNAME")), std::string::npos);
  EXPECT_NE(page.body.find("ada@work.example"), std::string::npos);
  EXPECT_TRUE(is_login_page(log_in(fields, "ada@home.example"))) << "the wrong one";
  EXPECT_EQ(log_in(fields, "ada@work.example").status, 302);
  EXPECT_EQ(visit(fields).status, 302);
}

TEST_F(AuthSessions, ASecondFactorNeedsOneWhoHasIt) {
  add_user("plain@home.example", R"(,"mfa":false)");
  const auto fields = with(app_request("openid"), "session_required_mfa", "True");
  EXPECT_EQ(ask(fields).body.find("plain@home.example"), std::string::npos);
  EXPECT_TRUE(is_login_page(log_in(fields, "plain@home.example")));
  log_in(app_request("openid"), value("USERNAME"));
  EXPECT_TRUE(is_login_page(visit(fields))) << "that login had one factor";
  const auto known = authentications(access_token(log_in(fields, value("USERNAME"))));
  EXPECT_EQ(json::serialize(known.begin()->value().at("amr")), R"(["pwd","mfa"])");
  EXPECT_EQ(visit(fields).status, 302);
}

TEST_F(AuthSessions, APolicyLimitsDomainsAndTime) {
  add_user("ada@home.example");
  add_user("ada@work.example", R"(,"linked_to":"ada@home.example")");
  const std::string timed = make_policy(
      R"(,"high_assurance":true,"authentication_assurance_timeout":1,"required_mfa":true,
          "domain_constraints_include":["work.example"])");
  const auto fields = with(app_request("openid"), "session_required_policies", timed);
  EXPECT_TRUE(is_login_page(log_in(fields, "ada@home.example"))) << "another domain";
  EXPECT_EQ(log_in(fields, "ada@work.example").status, 302);
  EXPECT_EQ(visit(fields).status, 302);
  std::this_thread::sleep_for(std::chrono::milliseconds(1200));
  EXPECT_TRUE(is_login_page(visit(fields))) << "its time is over";
  const std::string excluding =
      make_policy(R"(,"high_assurance":true,"domain_constraints_exclude":["work.example"])");
  const auto other = with(app_request("openid"), "session_required_policies", excluding);
  EXPECT_EQ(visit(other).status, 302) << "the session has the identity at home";
  cookie.clear();
  EXPECT_TRUE(is_login_page(log_in(other, "ada@work.example")));
  EXPECT_EQ(log_in(other, "ada@home.example").status, 302);
}

TEST_F(AuthSessions, APolicyWithoutHighAssuranceIsAboutTheUser) {
  add_user("ada@home.example");
  add_user("ada@work.example", R"(,"linked_to":"ada@home.example")");
  const std::string policy = make_policy(R"(,"domain_constraints_include":["work.example"])");
  const auto fields = with(app_request("openid"), "session_required_policies", policy);
  EXPECT_EQ(log_in(fields, "ada@home.example").status, 302) << "the identity is linked";
  const Answer page = ask(fields);
  EXPECT_EQ(page.body.find(value("USERNAME")), std::string::npos);
  const std::string nobodys = make_policy(R"(,"domain_constraints_include":["nowhere.example"])");
  EXPECT_EQ(
      redirected(ask(with(app_request("openid"), "session_required_policies", nobodys)), "error"),
      "access_denied");
}

TEST_F(AuthSessions, AutoConsentLogsInAsOftenAsItTakes) {
  globus_sandbox::SandboxOptions options;
  options.auto_consent = true;
  start(options);
  const std::string home = add_user("ada@home.example");
  const std::string work = add_user("ada@work.example", R"(,"linked_to":")" + home + '"');
  const auto fields = with(with(app_request("openid"), "prompt", "login"),
                           "session_required_identities", work + ',' + home);
  const auto known = authentications(access_token(visit(fields)));
  EXPECT_EQ(known.size(), 2U);
  const auto hinted = with(app_request("openid profile"), "login_hint", value("USERNAME"));
  cookie.clear();
  const Answer who = http.get_as(access_token(visit(hinted)), auth("/v2/oauth2/userinfo"));
  EXPECT_EQ(who.text("preferred_username"), value("USERNAME"));
}

}  // namespace
