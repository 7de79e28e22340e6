// SPDX-License-Identifier: Apache-2.0
// What the server of a login makes of requests, without sockets.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "login_flows/callback.hpp"
#include "login_flows/login_page.hpp"

namespace globus_sdk::detail {
namespace {

const ExpectedCallback expected{.port = 4711, .state = "the-state"};

CallbackVerdict judge(const std::string& target, const std::string& method = "GET",
                      const std::string& host = "127.0.0.1:4711") {
  return judge_callback({.method = method, .target = target, .host = host}, expected);
}

TEST(LoginCallback, TakesTheCodeOfItsOwnLogin) {
  const auto verdict = judge("/?code=a%2Bb%20c&state=the-state&session_state=x");
  EXPECT_EQ(verdict.status, 200);
  ASSERT_TRUE(verdict.callback);
  EXPECT_EQ(verdict.callback->code, "a+b c");
  EXPECT_EQ(verdict.callback->error, "");
  EXPECT_EQ(verdict.message.find("a+b"), std::string::npos) << "the page shows the code";
  EXPECT_TRUE(judge("/?state=the-state&code=c", "GET", "localhost:4711").callback);
}

TEST(LoginCallback, TakesAnErrorOfItsOwnLogin) {
  const auto verdict =
      judge("/?error=access_denied&error_description=not%20%3Cyou%3E&state=the-state");
  EXPECT_EQ(verdict.status, 200);
  ASSERT_TRUE(verdict.callback);
  EXPECT_EQ(verdict.callback->error, "access_denied");
  EXPECT_EQ(verdict.callback->error_description, "not <you>");
  EXPECT_EQ(verdict.callback->code, "");
}

TEST(LoginCallback, PassesOverEverythingElse) {
  struct Other {
    int status;
    std::string target;
    std::string method = "GET";
    std::string host = "127.0.0.1:4711";
  };
  const std::vector<Other> others{
      {400, "/"},
      {400, "/?"},
      {400, "/?code=c"},
      {400, "/?code=c&state="},
      {400, "/?code=c&state=the-stat"},
      {400, "/?code=c&state=the-statf"},
      {400, "/?code=c&state=the-state2"},
      {400, "/?code=c&state=the-state&state=the-state"},
      {400, "/?code=c&code=d&state=the-state"},
      {400, "/?code=c&error=e&state=the-state"},
      {400, "/?code=&state=the-state"},
      {400, "/?state=the-state"},
      {404, "/favicon.ico"},
      {404, "/callback?code=c&state=the-state"},
      {404, "//?code=c&state=the-state"},
      {404, "http://127.0.0.1:4711/?code=c&state=the-state"},
      {404, ""},
      {404, "*", "OPTIONS"},
      {405, "/?code=c&state=the-state", "POST"},
      {405, "/?code=c&state=the-state", "HEAD"},
      {421, "/?code=c&state=the-state", "GET", "evil.example:4711"},
      {421, "/?code=c&state=the-state", "GET", "127.0.0.1:4712"},
      {421, "/?code=c&state=the-state", "GET", "127.0.0.1"},
      {421, "/?code=c&state=the-state", "GET", ""},
  };
  for (const auto& other : others) {
    const auto verdict = judge(other.target, other.method, other.host);
    EXPECT_EQ(verdict.status, other.status) << other.method << ' ' << other.target;
    EXPECT_FALSE(verdict.callback) << other.method << ' ' << other.target;
  }
}

TEST(LoginPage, EscapesWhatComesFromElsewhere) {
  const std::string page = login_page("", "<b>&", "\"it's\" <script>alert(1)</script>");
  EXPECT_EQ(page.find("<script>"), std::string::npos);
  EXPECT_NE(page.find("<h1>&lt;b&gt;&amp;</h1>"), std::string::npos);
  EXPECT_NE(page.find("<p>&quot;it&#39;s&quot; &lt;script&gt;alert(1)&lt;/script&gt;</p>"),
            std::string::npos);
  EXPECT_EQ(page.find('$'), std::string::npos);
}

TEST(LoginPage, FillsATemplateOnce) {
  EXPECT_EQ(login_page("$login_result: ${post_login_message} $5 $$", "$post_login_message", "m"),
            "$post_login_message: m $5 $$");
}

}  // namespace
}  // namespace globus_sdk::detail
