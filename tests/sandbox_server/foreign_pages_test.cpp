// SPDX-License-Identifier: Apache-2.0
// What a page of another site, or a name of another site that leads to 127.0.0.1, can make the
// owner's browser send.
#include "sandbox_server/auth_fixture.hpp"
#include "support/loopback_socket.hpp"

namespace {

using globus_sdk_test::LoopbackSocket;
using raw_http::Answer;
using raw_http::Pairs;
using raw_http::Request;

class ForeignPages : public AuthFixture {
 protected:
  std::string port() const { return std::to_string(sandbox->port()); }
  std::string own(const char* host) const { return std::string(host) + ':' + port(); }

  /// The status line's number of what a request in bytes is answered with.
  std::string status_of(const std::string& request) const {
    const LoopbackSocket socket(sandbox->port());
    socket.write(request);
    const std::string answer = socket.read_all();
    return answer.substr(0, answer.find("\r\n")).substr(0, 12);
  }
  std::string status_with(const std::string& head) const {
    return status_of(head + "Connection: close\r\n\r\n");
  }

  long control_status(const std::string& method, const std::string& name, const Pairs& headers,
                      const std::optional<std::string>& body = std::nullopt) {
    return http
        .send({.method = method, .url = value("URL") + name, .headers = headers, .body = body})
        .status;
  }
  std::size_t users() const {
    return boost::json::parse(sandbox->control("GET", "state")).at("users").as_array().size();
  }

  static constexpr const char* user = R"({"username":"a@evil.example"})";
  static constexpr const char* good = "HTTP/1.1 200";
  static constexpr const char* refused = "HTTP/1.1 403";
  static constexpr const char* malformed = "HTTP/1.1 400";
};

}  // namespace

TEST_F(ForeignPages, NoPartAnswersToAnotherName) {
  for (const std::string& name :
       {std::string("attacker.example"), own("attacker.example"), own("127.0.0.1.nip.io"),
        own("localhost.attacker.example"), own("127.0.0.2"), own("0.0.0.0"), own("2130706433"),
        std::string("127.0.0.1:"), std::string("localhost:x"), std::string("127.0.0.1:1:1"),
        own("user@127.0.0.1"), own("[::]"), own("::1"), std::string("127.0.0.1:") + "0" + port(),
        std::string()})
    for (const char* path :
         {"/auth/jwk.json", "/_sandbox/state", "/transfer/v0.10/task_list", "/", "/no/such/path"})
      EXPECT_EQ(status_with("GET " + std::string(path) + " HTTP/1.1\r\nHost: " + name + "\r\n"),
                refused)
          << name << ' ' << path;
  for (const char* name : {"127.0.0.1", "localhost", "LocalHost", "[::1]"})
    for (const char* path : {"/auth/jwk.json", "/_sandbox/state"})
      EXPECT_EQ(
          status_with("GET " + std::string(path) + " HTTP/1.1\r\nHost: " + own(name) + "\r\n"),
          good)
          << name << ' ' << path;
  // who comes through a relay has the relay's port
  for (const char* name : {"127.0.0.1:1", "localhost:65535", "127.0.0.1"})
    EXPECT_EQ(status_with("GET /auth/jwk.json HTTP/1.1\r\nHost: " + std::string(name) + "\r\n"),
              good)
        << name;
}

TEST_F(ForeignPages, ARequestHasOneHost) {
  const std::string host = "Host: " + own("127.0.0.1") + "\r\n";
  const std::string foreign = "Host: attacker.example\r\n";
  const std::string line = "GET /auth/jwk.json HTTP/1.1\r\n";
  EXPECT_EQ(status_with(line), malformed);
  EXPECT_EQ(status_with(line + host + host), malformed);
  EXPECT_EQ(status_with(line + host + foreign), malformed);
  EXPECT_EQ(status_with(line + foreign + host), malformed);
  EXPECT_EQ(status_with("GET /_sandbox/state HTTP/1.1\r\n" + host + foreign), malformed);
  const std::string old = "GET /auth/jwk.json HTTP/1.0\r\n";
  EXPECT_EQ(status_with(old), good) << "HTTP/1.0 has none, and no browser speaks it";
  EXPECT_EQ(status_with(old + host), good);
  EXPECT_EQ(status_with(old + foreign), refused);
  EXPECT_EQ(status_with(old + host + foreign), malformed);
}

TEST_F(ForeignPages, TheTargetsHostIsLookedAtToo) {
  const std::string host = "Host: " + own("127.0.0.1") + "\r\n";
  const auto ask = [&](const std::string& target, const std::string& with) {
    return status_with("GET " + target + " HTTP/1.1\r\n" + with);
  };
  EXPECT_EQ(ask("http://" + own("127.0.0.1") + "/auth/jwk.json?x=1", host), good);
  EXPECT_EQ(ask("HTTP://" + own("localhost") + "/_sandbox/state", host), good);
  EXPECT_EQ(ask("http://" + own("127.0.0.1") + "/auth/jwk.json", "Host: attacker.example\r\n"),
            refused);
  for (const std::string& authority :
       {std::string("attacker.example"), own("attacker.example"),
        own("127.0.0.1") + "@attacker.example", "attacker.example\\@" + own("127.0.0.1"),
        "user@" + own("127.0.0.1"), std::string()})
    for (const char* path : {"/auth/jwk.json", "/_sandbox/state", "?/_sandbox/state"})
      EXPECT_EQ(ask("http://" + authority + path, host), refused) << authority << path;
  EXPECT_EQ(ask("http://" + own("127.0.0.1") + "?/auth/jwk.json", host), "HTTP/1.1 404");
  EXPECT_EQ(ask("ftp://" + own("127.0.0.1") + "/auth/jwk.json", host), malformed);
  EXPECT_EQ(ask("auth/jwk.json", host), malformed);
  EXPECT_EQ(status_with("CONNECT " + own("127.0.0.1") + " HTTP/1.1\r\n" + host), malformed);
  EXPECT_EQ(status_with("OPTIONS * HTTP/1.1\r\n" + host), "HTTP/1.1 404");
}

TEST_F(ForeignPages, ControlTakesJsonOnly) {
  for (const Pairs& headers :
       {Pairs{}, Pairs{{"Content-Type", "text/plain"}}, Pairs{{"Content-Type", "text/plain;json"}},
        Pairs{{"Content-Type", "application/x-www-form-urlencoded"}},
        Pairs{{"Content-Type", "multipart/form-data"}},
        Pairs{{"Content-Type", "application/jsonx"}},
        Pairs{{"Content-Type", "text/plain"}, {"Content-Type", "application/json"}}})
    for (const char* method : {"POST", "PUT", "PATCH", "DELETE", "GET"})
      EXPECT_EQ(control_status(method, "users", headers, user), 415)
          << method << ' ' << raw_http::encode(headers);
  EXPECT_EQ(users(), 2U);
  EXPECT_EQ(status_of("POST /_sandbox/users HTTP/1.1\r\nHost: " + own("127.0.0.1") +
                      "\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "1e\r\n{\"username\":\"a@evil.example\"} \r\n0\r\n\r\n"),
            "HTTP/1.1 415");
  EXPECT_EQ(users(), 2U);
  const Answer refusal =
      http.send({.method = "POST", .url = value("URL") + "users", .body = std::string(user)});
  EXPECT_NE(refusal.text("error").find("Content-Type: application/json"), std::string::npos);
  EXPECT_EQ(control_status("POST", "users", {{"Content-Type", "application/json"}}, user), 200);
  EXPECT_EQ(control_status("POST", "users", {{"Content-Type", "Application/JSON; charset=utf-8"}},
                           R"({"username":"b@c.example"})"),
            200);
  EXPECT_EQ(control_status("POST", "reset", {}), 200) << "what has no body needs no type";
  EXPECT_EQ(control_status("DELETE", "requests", {}), 200);
}

TEST_F(ForeignPages, NoPartAnswersToAnotherOrigin) {
  for (const std::string& origin :
       {std::string("http://attacker.example"), std::string("null"),
        std::string("http://127.0.0.1:1"), "https://" + own("127.0.0.1"),
        "http://" + own("localhost.attacker.example"), std::string("file://"), std::string("x")}) {
    const Pairs headers{{"Content-Type", "application/json"}, {"Origin", origin}};
    EXPECT_EQ(control_status("GET", "state", headers), 403) << origin;
    EXPECT_EQ(control_status("POST", "reset", headers), 403) << origin;
    EXPECT_EQ(control_status("DELETE", "requests", headers), 403) << origin;
    EXPECT_EQ(control_status("POST", "users", headers, user), 403) << origin;
    EXPECT_EQ(control_status("OPTIONS", "users", headers), 403) << origin;
    EXPECT_EQ(http.get(auth("/jwk.json"), {{"Origin", origin}}).status, 403) << origin;
  }
  EXPECT_EQ(control_status("GET", "state",
                           {{"Origin", "http://" + own("127.0.0.1")}, {"Origin", "null"}}),
            403);
  EXPECT_EQ(users(), 2U);
  for (const char* host : {"127.0.0.1", "localhost"})
    EXPECT_EQ(control_status("POST", "reset", {{"Origin", "http://" + own(host)}}), 200);
}

TEST_F(ForeignPages, NoUserIsLoggedInByOne) {
  auto fields = native_request("openid");
  fields.insert(fields.end(), {{"username", "a@evil.example"}, {"decision", "allow"}});
  Request login{.method = "POST",
                .url = auth("/v2/oauth2/authorize"),
                .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                .body = raw_http::encode(fields)};
  for (const Pairs& more : {Pairs{{"Origin", "http://attacker.example"}}, Pairs{{"Origin", "null"}},
                            Pairs{{"Sec-Fetch-Site", "cross-site"},
                                  {"Sec-Fetch-Mode", "navigate"},
                                  {"Sec-Fetch-Dest", "document"}},
                            Pairs{{"Sec-Fetch-Site", "same-site"}}}) {
    Request foreign = login;
    foreign.headers.insert(foreign.headers.end(), more.begin(), more.end());
    const Answer answer = http.send(foreign);
    EXPECT_EQ(answer.status, 403) << raw_http::encode(more);
    EXPECT_EQ(answer.header("location"), "");
    EXPECT_EQ(answer.header("set-cookie"), "");
    foreign.url = auth("/v2/oauth2/token");
    EXPECT_EQ(http.send(foreign).status, 403) << raw_http::encode(more);
  }
  EXPECT_EQ(users(), 2U);
  login.headers.insert(login.headers.end(), {{"Origin", "http://" + own("127.0.0.1")},
                                             {"Sec-Fetch-Site", "same-origin"}});
  EXPECT_EQ(http.send(login).status, 302) << "the sandbox's own page";
}

TEST_F(ForeignPages, ALinkLeadsToALoginButToNothingElse) {
  const std::string page =
      auth("/v2/oauth2/authorize?") + raw_http::encode(native_request("openid"));
  const Pairs link{{"Sec-Fetch-Site", "cross-site"},
                   {"Sec-Fetch-Mode", "navigate"},
                   {"Sec-Fetch-Dest", "document"}};
  EXPECT_EQ(http.get(page, link).status, 200) << "how applications send their users";
  EXPECT_EQ(control_status("GET", "state", link), 403);
  EXPECT_EQ(control_status("GET", "state", {{"Sec-Fetch-Site", "none"}}), 200)
      << "a person at the keyboard";
  const Pairs frame{{"Sec-Fetch-Site", "cross-site"},
                    {"Sec-Fetch-Mode", "navigate"},
                    {"Sec-Fetch-Dest", "iframe"}};
  EXPECT_EQ(http.get(page, frame).status, 403);
  for (const char* site : {"cross-site", "same-site"}) {
    const Pairs image{
        {"Sec-Fetch-Site", site}, {"Sec-Fetch-Mode", "no-cors"}, {"Sec-Fetch-Dest", "image"}};
    EXPECT_EQ(http.get(page, image).status, 403);
    EXPECT_EQ(control_status("GET", "state", image), 403);
    EXPECT_EQ(control_status("POST", "reset", image), 403);
  }
}

TEST_F(ForeignPages, WhatIsRefusedIsNotCounted) {
  http.get(auth("/jwk.json"), {{"Host", "attacker.example"}});
  http.get(auth("/jwk.json"), {{"Origin", "null"}});
  EXPECT_TRUE(sandbox->requests().empty());
  http.get(auth("/jwk.json"));
  EXPECT_EQ(sandbox->requests().size(), 1U);
}
