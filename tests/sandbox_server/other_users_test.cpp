// SPDX-License-Identifier: Apache-2.0
// A machine with other users: whoever did not start the sandbox gets nothing from it.
#include <gtest/gtest.h>
#include <sys/syscall.h>

#include <cerrno>
#include <filesystem>
#include <thread>

#include "sandbox_server/served_program.hpp"
#include "support/loopback_socket.hpp"
#include "support/other_user.hpp"
#include "support/raw_http.hpp"
#include "support/scoped_folder.hpp"
#include "support/system_call_filter.hpp"

namespace {

namespace fs = std::filesystem;
using globus_sdk_test::as_other_user;
using globus_sdk_test::LoopbackSocket;
using globus_sdk_test::other_user;
using globus_sdk_test::ScopedFolder;
using globus_sdk_test::under_filter;
using raw_http::Answer;
using raw_http::Pairs;
using raw_http::Request;

constexpr const char* secret_variable = "GLOBUS_SANDBOX_CONTROL_SECRET";

/// The status and the body of what another user is answered.
std::string asked_by_other_user(const Request& request) {
  return as_other_user([&] {
    const Answer answer = raw_http::Client().send(request);
    return std::to_string(answer.status) + ' ' + answer.body;
  });
}

Request form(const std::string& url, const Pairs& fields) {
  return {.method = "POST",
          .url = url,
          .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
          .body = raw_http::encode(fields)};
}

Request json(const std::string& method, const std::string& url, const std::string& document) {
  return {.method = method,
          .url = url,
          .headers = {{"Content-Type", "application/json"}},
          .body = document};
}

Request bearing(Request request, const std::string& secret) {
  request.headers.emplace_back("Authorization", "Bearer " + secret);
  return request;
}

boost::json::value state_of(const ServedProgram& sandbox) {
  return raw_http::Client().get(sandbox.text("control") + "state").json();
}

std::size_t users_of(const ServedProgram& sandbox) {
  return state_of(sandbox).at("users").as_array().size();
}

/// Nothing but the path tells one request from another.
std::vector<Request> requests_for_every_part(const ServedProgram& sandbox) {
  const std::string control = sandbox.text("control");
  const std::string native_client = sandbox.variable("GLOBUS_SANDBOX_NATIVE_CLIENT_ID");
  const Pairs login{{"client_id", native_client},
                    {"redirect_uri", "https://auth.globus.org/v2/web/auth-code"},
                    {"scope", "openid"},
                    {"response_type", "code"},
                    {"code_challenge", std::string(43, 'x')},
                    {"username", "other@evil.example"},
                    {"decision", "allow"}};
  return {{.url = sandbox.url("/auth/jwk.json")},
          {.url = sandbox.url("/auth/.well-known/openid-configuration")},
          {.url = sandbox.url("/auth/v2/oauth2/authorize?") + raw_http::encode(login)},
          form(sandbox.url("/auth/v2/oauth2/authorize"), login),
          form(sandbox.url("/auth/v2/oauth2/token"), {{"client_id", native_client}}),
          json("POST", sandbox.url("/auth/v2/api/clients"),
               R"({"client":{"template_id":"95fdeba8-fac2-42bd-a357-e068d82ff78e","name":"x"}})"),
          bearing({.url = sandbox.url("/transfer/v0.10/task_list")},
                  sandbox.variable("GLOBUS_SANDBOX_TRANSFER_TOKEN")),
          {.url = sandbox.url("/groups/anything")},
          {.url = sandbox.url("/")},
          {.url = sandbox.url("/no/such/path")},
          {.method = "OPTIONS", .url = sandbox.url("/auth/jwk.json")},
          {.url = control + "state"},
          {.url = control + "requests"},
          {.url = control + "nothing"},
          {.method = "POST", .url = control + "reset"},
          {.method = "DELETE", .url = control + "requests"},
          json("POST", control + "users", R"({"username":"other@evil.example"})"),
          json("POST", control + "collections", R"({"name":"HOME","path":"/"})")};
}

class OtherUsers : public testing::Test {
 protected:
  void SetUp() override {
    if (!globus_sdk_test::may_become_another_user())
      GTEST_SKIP() << "only root can become another user";
  }
};

/// Runs `action` in a thread whose programs have no netlink sockets: in some containers the kernel
/// tells of connections by its tables alone.
template <class Action> void without_netlink(Action action) {
  under_filter({BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[0])),
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_NETLINK, 0, 1),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)},
               action);
}

}  // namespace

TEST_F(OtherUsers, GetNothingFromAnyPartOfTheSandbox) {
  const ServedProgram sandbox;
  std::string refusal;
  for (const Request& request : requests_for_every_part(sandbox)) {
    const std::string answer = asked_by_other_user(request);
    EXPECT_TRUE(answer.starts_with("403 "))
        << request.method << ' ' << request.url << ' ' << answer;
    if (refusal.empty()) refusal = answer;
    EXPECT_EQ(answer, refusal) << "what there is and what not, looks the same";
  }
  EXPECT_NE(refusal.find("--serve-everyone"), std::string::npos) << refusal;
  const auto state = state_of(sandbox);
  EXPECT_EQ(state.at("users").as_array().size(), 2U);
  EXPECT_EQ(state.at("collections").as_array().size(), 2U);
  const auto requests = raw_http::Client().get(sandbox.text("control") + "requests").json();
  EXPECT_TRUE(requests.at("requests").as_array().empty()) << boost::json::serialize(requests);
}

TEST_F(OtherUsers, GetNothingForWhatIsNoRequest) {
  const ServedProgram sandbox;
  for (const std::string text :
       {"nonsense\r\n\r\n", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET  / HTTP/9.9\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"}) {
    const std::string answer = as_other_user([&] {
      const LoopbackSocket socket(sandbox.port());
      socket.write(text);
      return socket.read_all();
    });
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 403 ")) << text << answer;
  }
}

TEST_F(OtherUsers, GetNothingOverTlsAndFromMappedAddresses) {
  const ServedProgram encrypted({"--tls"});
  EXPECT_TRUE(asked_by_other_user({.url = encrypted.url("/auth/jwk.json"), .verify = false})
                  .starts_with("403 "));
  const ServedProgram sandbox;
  const auto ask = [&] {
    const LoopbackSocket socket(sandbox.port(), LoopbackSocket::Address::mapped);
    socket.write("GET /auth/jwk.json HTTP/1.0\r\n\r\n");
    return socket.read_all();
  };
  EXPECT_TRUE(as_other_user(ask).starts_with("HTTP/1.1 403 "));
  EXPECT_TRUE(ask().starts_with("HTTP/1.1 200 ")) << "the owner is known by that address too";
}

TEST_F(OtherUsers, ChangeNothingByClosingAtOnce) {
  const ServedProgram sandbox;
  const std::string document = R"({"username":"other@evil.example"})";
  const std::string request =
      "POST /_sandbox/users HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(sandbox.port()) +
      "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(document.size()) +
      "\r\n\r\n" + document;
  as_other_user([&] {
    for (int i = 0; i < 500; ++i) {
      LoopbackSocket socket(sandbox.port());
      socket.write(request);
      if (i % 2 == 0) socket.reset();
    }
    return std::string();
  });
  // connections are taken in their order: what came before this one has been looked at
  for (int i = 0; i < 20; ++i) EXPECT_EQ(users_of(sandbox), 2U);
}

TEST_F(OtherUsers, RootIsOneWhereAnOrdinaryUserServes) {
  const std::string id = std::to_string(other_user);
  const ServedProgram sandbox(
      {}, {"/usr/bin/setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups"});
  EXPECT_EQ(raw_http::Client().get(sandbox.url("/auth/jwk.json")).status, 403);
  EXPECT_TRUE(asked_by_other_user({.url = sandbox.url("/auth/jwk.json")}).starts_with("200 "));
  EXPECT_TRUE(asked_by_other_user({.url = sandbox.text("control") + "state"}).starts_with("200 "));
}

TEST_F(OtherUsers, SteerTheSandboxByItsSecretAlone) {
  const ServedProgram sandbox;
  const std::string secret = sandbox.text("control_secret");
  EXPECT_EQ(secret, sandbox.variable(secret_variable));
  EXPECT_GE(secret.size(), 40U);
  const Request state{.url = sandbox.text("control") + "state"};
  EXPECT_TRUE(asked_by_other_user(bearing(state, secret)).starts_with("200 "));
  EXPECT_TRUE(asked_by_other_user(bearing(state, secret + "x")).starts_with("403 "));
  EXPECT_TRUE(asked_by_other_user(bearing(state, "")).starts_with("403 "));
  EXPECT_TRUE(asked_by_other_user(bearing(state, sandbox.variable("GLOBUS_SANDBOX_AUTH_TOKEN")))
                  .starts_with("403 "));
  EXPECT_TRUE(asked_by_other_user(bearing({.url = sandbox.url("/auth/jwk.json")}, secret))
                  .starts_with("403 "))
      << "the services have no use for it";
}

TEST_F(OtherUsers, AreServedWhereThatIsAskedFor) {
  const ServedProgram sandbox({"--serve-everyone"});
  EXPECT_TRUE(asked_by_other_user({.url = sandbox.url("/auth/jwk.json")}).starts_with("200 "));
  const Request state{.url = sandbox.text("control") + "state"};
  const std::string refusal = asked_by_other_user(state);
  EXPECT_TRUE(refusal.starts_with("401 ")) << "any folder of the owner's would be theirs";
  EXPECT_NE(refusal.find(secret_variable), std::string::npos) << refusal;
  EXPECT_TRUE(
      asked_by_other_user(bearing(state, sandbox.text("control_secret"))).starts_with("200 "));
  EXPECT_EQ(raw_http::Client().get(state.url).status, 200);
}

TEST_F(OtherUsers, AreToldApartByTheKernelsTablesWhereItAnswersNoQuestions) {
  without_netlink([] {
    ASSERT_EQ(socket(AF_NETLINK, SOCK_RAW, 0), -1);
    const ServedProgram sandbox;
    EXPECT_EQ(raw_http::Client().get(sandbox.url("/auth/jwk.json")).status, 200);
    const LoopbackSocket mapped(sandbox.port(), LoopbackSocket::Address::mapped);
    mapped.write("GET /auth/jwk.json HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(mapped.read_all().starts_with("HTTP/1.1 200 "));
    EXPECT_TRUE(asked_by_other_user({.url = sandbox.url("/auth/jwk.json")}).starts_with("403 "));
  });
}

TEST(Owner, HasTheFoldersOfTheSandboxAlone) {
  const ScopedFolder folder;
  fs::permissions(folder.path, fs::perms(0755));
  const std::string state = (folder.path / "state.db").string();
  const auto mode = [](const fs::path& path) { return fs::status(path).permissions(); };
  {
    const ServedProgram sandbox;
    const fs::path source(
        std::string(sandbox.description().at("collections").at(0).at("path").as_string()));
    EXPECT_EQ(mode(source.parent_path()), fs::perms(0700));
  }
  fs::create_directory(state + ".collections");
  fs::permissions(state + ".collections", fs::perms(0777));
  const ServedProgram sandbox({"--state", state});
  EXPECT_EQ(mode(state + ".collections"), fs::perms(0700));
}

TEST(UnknownUsers, AreRefusedAndToldWhatToDo) {
  // a user namespace without a map: every user looks like every other
  const std::vector<std::string> without_users{"/usr/bin/unshare", "--user"};
  programs::Program probe({"/usr/bin/unshare", "--user", "/bin/true"});
  if (probe.finish() != 0) GTEST_SKIP() << "no user namespaces here: " << probe.output();
  raw_http::Client http;
  const ServedProgram sandbox({}, without_users);
  const Answer refusal = http.get(sandbox.url("/auth/jwk.json"));
  EXPECT_EQ(refusal.status, 403) << refusal.body;
  EXPECT_NE(refusal.body.find("--serve-everyone"), std::string::npos) << refusal.body;
  EXPECT_EQ(http.get(sandbox.text("control") + "state").status, 403);
  EXPECT_EQ(
      http.send(bearing({.url = sandbox.text("control") + "state"}, sandbox.text("control_secret")))
          .status,
      200);
  const ServedProgram open({"--serve-everyone"}, without_users);
  EXPECT_EQ(http.get(open.url("/auth/jwk.json")).status, 200);
  EXPECT_EQ(http.get(open.text("control") + "state").status, 401);
}

TEST(Owner, NeedsNoSecretButNotAWrongOne) {
  const ServedProgram sandbox;
  raw_http::Client http;
  const Request state{.url = sandbox.text("control") + "state"};
  EXPECT_EQ(http.send(state).status, 200);
  EXPECT_EQ(http.send(bearing(state, sandbox.text("control_secret"))).status, 200);
  EXPECT_EQ(http.send(bearing(state, "of another sandbox")).status, 401);
}
