// SPDX-License-Identifier: Apache-2.0
// Logins by a browser and a local server: what comes to the server, and what the login makes of it.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <deque>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/login_flows/local_server_login_flow_manager.hpp"
#include "support/browser.hpp"
#include "support/login_user.hpp"
#include "support/sandbox_world.hpp"
#include "support/scoped_file.hpp"
#include "support/scoped_folder.hpp"
#include "support/scoped_variable.hpp"
#include "support/willing_browser.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::between;
using globus_sdk_test::callback_url;
using globus_sdk_test::consenting_world;
using globus_sdk_test::LoginUser;
using globus_sdk_test::SandboxWorld;
using globus_sdk_test::ScopedFile;
using globus_sdk_test::ScopedFolder;
using globus_sdk_test::ScopedVariable;
using globus_sdk_test::WillingBrowser;
using raw_http::Answer;
using testing::HasSubstr;
using testing::Not;

const std::string transfer_scope = "urn:globus:auth:scope:transfer.api.globus.org:all";

Answer open_page(const std::string& url, const std::string& method = "GET",
                 raw_http::Pairs headers = {}) {
  raw_http::Request request;
  request.method = method;
  request.url = url;
  request.headers = std::move(headers);
  return raw_http::Client().send(request);
}

std::uint16_t port_of(const std::string& url) {
  return static_cast<std::uint16_t>(std::stoi(between(url, "127.0.0.1:", "/?")));
}

/// `http://127.0.0.1:PORT` of a login, out of the URL that it opens.
std::string server_of(const std::string& authorize_url) {
  return "http://127.0.0.1:" +
         between(authorize_url, "redirect_uri=http%3A%2F%2F127.0.0.1%3A", "&");
}

std::string state_of(const std::string& authorize_url) {
  return between(authorize_url, "state=", "&");
}

/// A connection that says what it is told to, and waits.
class Connection {
 public:
  explicit Connection(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~Connection() {
    if (socket_ >= 0) close(socket_);
  }
  Connection(Connection&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), connected_(other.connected_) {}

  bool connected() const { return connected_; }
  void say(std::string_view text) const {
    EXPECT_EQ(send(socket_, text.data(), text.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(text.size()));
  }
  /// As much of a text as the other side takes.
  void say_what_is_taken(std::string_view text) const {
    while (!text.empty()) {
      const auto count = send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  void await_answer() const {
    char first = 0;
    EXPECT_EQ(recv(socket_, &first, 1, MSG_PEEK), 1);
  }
  /// All that comes until the other side closes.
  std::string hear() const {
    std::string all;
    char buffer[4096];
    for (;;) {
      const auto count = recv(socket_, buffer, sizeof buffer, 0);
      if (count <= 0) return all;
      all.append(buffer, static_cast<std::size_t>(count));
    }
  }

 private:
  int socket_;
  bool connected_ = false;
};

class LocalServerLogin : public testing::Test {
 protected:
  LocalServerLoginFlowManager manager(const LoginUser& user,
                                      LocalServerLoginFlowOptions options = {}) const {
    options.open_browser = user.opener();
    options.fall_back_to_command_line = false;
    if (!options.timeout) options.timeout = 20s;
    return LocalServerLoginFlowManager(world.native_client(), options);
  }

  SandboxWorld world = consenting_world();
  const GlobusAuthorizationParameters asked{.required_scopes = {transfer_scope, "openid"}};
};

TEST_F(LocalServerLogin, LogsAUserIn) {
  std::string url;
  Answer page;
  LoginUser user([&](const std::string& authorize_url) {
    url = authorize_url;
    page = open_page(callback_url(authorize_url));
  });
  const auto tokens =
      manager(user, {.request_refresh_tokens = true, .native_prefill_named_grant = "app on host"})
          .run_login_flow(asked);
  user.wait();
  EXPECT_TRUE(tokens.by_resource_server().at("transfer.api.globus.org").refresh_token);
  EXPECT_TRUE(tokens.id_token());

  EXPECT_THAT(url, HasSubstr("code_challenge_method=S256"));
  EXPECT_THAT(url, HasSubstr("prefill_named_grant=app+on+host"));
  EXPECT_EQ(state_of(url).size(), 43U);
  EXPECT_NE(port_of(server_of(url)), 0);

  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("<h1>You are logged in</h1>"));
  EXPECT_THAT(page.body, HasSubstr("Go back to the program"));
  EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.header("cache-control"), "no-store");
  EXPECT_EQ(page.header("referrer-policy"), "no-referrer");
  EXPECT_THAT(page.header("content-security-policy"), HasSubstr("default-src 'none'"));
  // the server is there for the login alone
  EXPECT_FALSE(Connection(port_of(server_of(url))).connected());
}

TEST_F(LocalServerLogin, HasANewSecretAndVerifierEachTime) {
  std::vector<std::string> urls;
  LoginUser user([&](const std::string& authorize_url) {
    urls.push_back(authorize_url);
    open_page(callback_url(authorize_url));
  });
  const auto login = manager(user);
  for (int i = 0; i < 2; ++i) {
    login.run_login_flow(asked);
    user.wait();
  }
  ASSERT_EQ(urls.size(), 2U);
  EXPECT_NE(state_of(urls[0]), state_of(urls[1]));
  EXPECT_NE(between(urls[0], "code_challenge=", "&"), between(urls[1], "code_challenge=", "&"));
}

TEST_F(LocalServerLogin, GoesOnWaitingWhateverElseComes) {
  std::vector<Answer> answers;
  LoginUser user([&](const std::string& authorize_url) {
    const std::string server = server_of(authorize_url);
    const std::string state = state_of(authorize_url);
    for (const auto& path : {std::string("/favicon.ico"), std::string("/"),
                             std::string("/?code=stolen&state=_default"),
                             "/?code=stolen&state=" + std::string(state.size(), 'A')}) {
      answers.push_back(open_page(server + path));
    }
    const std::string forged = server + "/?code=forged&state=" + state;
    answers.push_back(open_page(forged, "POST"));
    answers.push_back(open_page(forged, "GET", {{"Host", "attacker.example"}}));
    answers.push_back(open_page(callback_url(authorize_url)));
  });
  EXPECT_NO_THROW(manager(user).run_login_flow(asked));
  user.wait();
  std::vector<long> statuses;
  for (const auto& answer : answers) statuses.push_back(answer.status);
  EXPECT_THAT(statuses, testing::ElementsAre(404, 400, 400, 400, 405, 421, 200));
  EXPECT_EQ(answers[4].header("allow"), "GET");
  for (std::size_t i = 0; i + 1 < answers.size(); ++i)
    EXPECT_THAT(answers[i].body, HasSubstr("This is not the login that the program waits for"));
}

TEST_F(LocalServerLogin, TakesOneCallbackOnly) {
  std::string second;
  LoginUser user([&](const std::string& authorize_url) {
    const std::string url = callback_url(authorize_url);
    const Connection first(port_of(url));
    const Connection other(port_of(url));
    const std::string rest =
        " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_of(url)) + "\r\n";
    other.say("GET /?code=forged&state=" + state_of(authorize_url) + rest);
    // the first is served, and not yet gone, when the other's request becomes whole
    first.say("GET /" + url.substr(url.find('?')) + rest + "\r\n");
    first.await_answer();
    other.say("\r\n");
    second = other.hear();
  });
  const auto tokens = manager(user).run_login_flow(asked);
  user.wait();
  EXPECT_THAT(second, HasSubstr("410 Gone"));
  EXPECT_THAT(second, HasSubstr("This login is over"));
}

TEST_F(LocalServerLogin, SaysWhatGlobusAuthRefused) {
  Answer page;
  LoginUser user([&](const std::string& authorize_url) {
    page =
        open_page(server_of(authorize_url) +
                  "/?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E%0Ano"
                  "&state=" +
                  state_of(authorize_url));
  });
  try {
    manager(user).run_login_flow(asked);
    ADD_FAILURE() << "no exception";
  } catch (const LoginRefusedError& error) {
    EXPECT_EQ(error.error(), "access_denied");
    EXPECT_EQ(error.error_description(), "<script>alert(1)</script>\nno");
    EXPECT_THAT(error.what(), HasSubstr("access_denied: <script>alert(1)</script> no"));
  }
  user.wait();
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("You are not logged in"));
  EXPECT_THAT(page.body, HasSubstr("&lt;script&gt;alert(1)"));
  EXPECT_THAT(page.body, Not(HasSubstr("<script>")));
}

TEST_F(LocalServerLogin, ForgedCodesAreForTheServiceToRefuse) {
  LoginUser user([&](const std::string& authorize_url) {
    open_page(server_of(authorize_url) + "/?code=made-up&state=" + state_of(authorize_url));
  });
  try {
    manager(user).run_login_flow(asked);
    ADD_FAILURE() << "no exception";
  } catch (const AuthAPIError& error) {
    EXPECT_EQ(error.code(), "invalid_grant");
    EXPECT_THAT(error.what(), Not(HasSubstr("made-up")));
  }
}

TEST_F(LocalServerLogin, IsNotHeldUpByConnectionsThatSayNothing) {
  std::vector<Connection> idle;
  LoginUser user([&](const std::string& authorize_url) {
    for (int i = 0; i < 200; ++i) {
      idle.emplace_back(port_of(server_of(authorize_url)));
      if (i % 2 == 0) idle.back().say("GET /?code=slow");
    }
    open_page(callback_url(authorize_url));
  });
  const auto before = std::chrono::steady_clock::now();
  EXPECT_NO_THROW(manager(user).run_login_flow(asked));
  EXPECT_LT(std::chrono::steady_clock::now() - before, 8s);
}

/// Another user of the machine can connect, too, again and again.
TEST_F(LocalServerLogin, IsNotHeldUpByAFloodOfConnections) {
  Answer page;
  LoginUser user([&](const std::string& authorize_url) {
    const std::string url = callback_url(authorize_url);
    std::atomic<int> count{0};
    std::vector<std::jthread> others;
    for (int i = 0; i < 2; ++i) {
      others.emplace_back([&](const std::stop_token& end) {
        std::deque<Connection> held;
        while (!end.stop_requested()) {
          held.emplace_back(port_of(url));
          ++count;
          if (held.size() > 100) held.pop_front();
        }
      });
    }
    while (count < 500) std::this_thread::sleep_for(1ms);
    // as a browser does, it tries again where a connection ends without an answer
    for (int tries = 0; page.status != 200 && tries < 100; ++tries) {
      try {
        page = open_page(url);
      } catch (const std::exception&) {
        continue;
      }
    }
  });
  EXPECT_NO_THROW(manager(user).run_login_flow(asked));
  user.wait();
  EXPECT_EQ(page.status, 200);
}

TEST_F(LocalServerLogin, AnswersWhatItCannotRead) {
  std::vector<std::string> answers;
  LoginUser user([&](const std::string& authorize_url) {
    const auto port = port_of(server_of(authorize_url));
    for (const std::string& bytes :
         {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS\r\n\r\n", 19),
          "GET /?" + std::string(64 * 1024, 'x') + " HTTP/1.1\r\n\r\n",
          std::string("GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n")}) {
      const Connection connection(port);
      connection.say_what_is_taken(bytes);
      answers.push_back(connection.hear());
    }
    open_page(callback_url(authorize_url));
  });
  EXPECT_NO_THROW(manager(user).run_login_flow(asked));
  user.wait();
  ASSERT_EQ(answers.size(), 3U);
  for (const auto& answer : answers) EXPECT_THAT(answer, HasSubstr("400 Bad Request"));
}

TEST_F(LocalServerLogin, EndsInTime) {
  LoginUser user([](const std::string&) {});
  EXPECT_THROW(manager(user, {.timeout = 50ms}).run_login_flow(asked), LoginTimeoutError);
  EXPECT_THROW(manager(user, {.timeout = 50ms}).run_login_flow(asked), LocalServerLoginError);
}

TEST_F(LocalServerLogin, MayTakeAsLongAsThereIsTime) {
  LoginUser user([](const std::string& authorize_url) { open_page(callback_url(authorize_url)); });
  EXPECT_NO_THROW(
      manager(user, {.timeout = std::chrono::milliseconds::max()}).run_login_flow(asked));
}

TEST_F(LocalServerLogin, CanBeStopped) {
  std::stop_source source;
  LoginUser user([&](const std::string&) { source.request_stop(); });
  const auto stoppable = manager(user, {.stop = source.get_token()});
  EXPECT_THROW(stoppable.run_login_flow(asked), CancelledError);
  EXPECT_THROW(stoppable.run_login_flow(asked), CancelledError) << "stopped before it begins";
}

TEST_F(LocalServerLogin, HasAPageOfOnesOwn) {
  Answer page;
  LoginUser user(
      [&](const std::string& authorize_url) { page = open_page(callback_url(authorize_url)); });
  manager(user, {.html_template = "<i>$login_result</i>"}).run_login_flow(asked);
  user.wait();
  EXPECT_EQ(page.body, "<i>You are logged in</i>");
}

TEST_F(LocalServerLogin, HasAPortOfOnesOwnWhichMustBeFree) {
  LoginUser user([](const std::string& authorize_url) { open_page(callback_url(authorize_url)); });
  std::uint16_t port = 0;
  {
    LoginUser first([&](const std::string& authorize_url) {
      port = port_of(server_of(authorize_url));
      LocalServerLoginFlowOptions options{.port = port};
      try {
        manager(user, options).run_login_flow(asked);
        ADD_FAILURE() << "no exception";
      } catch (const LocalServerLoginError& error) {
        EXPECT_THAT(error.what(), HasSubstr("127.0.0.1, port " + std::to_string(port)));
      }
      open_page(callback_url(authorize_url));
    });
    manager(first).run_login_flow(asked);
  }
  EXPECT_NO_THROW(manager(user, {.port = port}).run_login_flow(asked));
}

TEST_F(LocalServerLogin, TakesAConfidentialAppToo) {
  LoginUser user([](const std::string& authorize_url) { open_page(callback_url(authorize_url)); });
  LocalServerLoginFlowOptions options{.timeout = 20s, .open_browser = user.opener()};
  const LocalServerLoginFlowManager login(world.login_client(), options);
  EXPECT_EQ(login.run_login_flow(asked).by_resource_server().size(), 2U);
}

TEST_F(LocalServerLogin, ForAnAppIsForNativeOnesWithoutAnAddressOfTheirOwn) {
  const auto login =
      LocalServerLoginFlowManager::for_globus_app("my app", world.native_client(), {});
  EXPECT_THAT(*login.native_prefill_named_grant(), testing::StartsWith("my app"));
  EXPECT_THROW(LocalServerLoginFlowManager::for_globus_app("my app", world.login_client(), {}),
               GlobusSDKUsageError);
  EXPECT_THROW(LocalServerLoginFlowManager::for_globus_app(
                   "my app", world.native_client(), {.login_redirect_uri = "http://localhost/"}),
               GlobusSDKUsageError);
}

/// Without anything that shows pages, whatever the machine of the test has.
struct NoBrowser {
  ScopedVariable tty{"SSH_TTY", std::nullopt};
  ScopedVariable connection{"SSH_CONNECTION", std::nullopt};
  ScopedVariable display{"DISPLAY", std::nullopt};
  ScopedVariable wayland{"WAYLAND_DISPLAY", std::nullopt};
  ScopedVariable browser{"BROWSER", std::nullopt};
};

TEST_F(LocalServerLogin, SaysAtOnceWhyNoBrowserCanBeShown) {
  const NoBrowser machine;
  const LocalServerLoginFlowManager login(world.native_client(),
                                          {.fall_back_to_command_line = false});
  try {
    login.run_login_flow(asked);
    ADD_FAILURE() << "no exception";
  } catch (const LocalServerEnvironmentalLoginError& error) {
    EXPECT_THAT(error.what(), HasSubstr("there is no display"));
    EXPECT_THAT(error.what(), HasSubstr("CommandLineLoginFlowManager"));
  }
  EXPECT_THROW(login.run_login_flow({}), GlobusSDKUsageError) << "that is said first";
  const ScopedVariable failing("BROWSER", "/bin/false");
  EXPECT_THROW(login.run_login_flow(asked), LocalServerEnvironmentalLoginError);
  const ScopedVariable remote("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22");
  EXPECT_THROW(login.run_login_flow(asked), LocalServerEnvironmentalLoginError);
  const LocalServerLoginFlowManager refused(
      world.native_client(), {.fall_back_to_command_line = false,
                              .open_browser = [](const std::string&) { return false; }});
  EXPECT_THROW(refused.run_login_flow(asked), LocalServerEnvironmentalLoginError);
}

/// A machine on which `BROWSER` is a program, and the folder for temporary files is the test's.
struct MachineWithBrowser : NoBrowser {
  explicit MachineWithBrowser(const std::string& act = "open") : program(act) {}

  bool is_tidy() const { return std::filesystem::is_empty(temporary.path); }

  WillingBrowser program;
  ScopedFolder temporary{};
  ScopedVariable browser_variable{"BROWSER", program.command()};
  ScopedVariable runtime_folder{"XDG_RUNTIME_DIR", std::nullopt};
  ScopedVariable temporary_folder{"TMPDIR", temporary.path.string()};
  ScopedVariable proxies{"no_proxy", "*"};
};

TEST_F(LocalServerLogin, StartsTheUsersBrowserWithNoSecretInItsCommandLine) {
  const MachineWithBrowser machine;
  const LocalServerLoginFlowManager login(world.native_client(),
                                          {.timeout = 20s, .fall_back_to_command_line = false});
  EXPECT_EQ(login.run_login_flow(asked).by_resource_server().size(), 2U);
  const auto seen = machine.program.seen();
  ASSERT_EQ(seen.size(), 3U) << testing::PrintToString(seen);
  EXPECT_THAT(seen[0], testing::StartsWith("file:///"));
  EXPECT_THAT(seen[0], Not(HasSubstr("state")));
  EXPECT_THAT(seen[1], testing::StartsWith("600 " + machine.temporary.path.string()));
  EXPECT_THAT(seen[2], testing::StartsWith("700 " + machine.temporary.path.string()));
  EXPECT_TRUE(machine.is_tidy()) << "the page goes with the login";
}

TEST_F(LocalServerLogin, RemovesItsPageHoweverItEnds) {
  const auto login = [this](const LocalServerLoginFlowOptions& options) {
    LocalServerLoginFlowOptions given = options;
    given.fall_back_to_command_line = false;
    if (!given.timeout) given.timeout = 20s;
    LocalServerLoginFlowManager(world.native_client(), given).run_login_flow(asked);
  };
  const auto expect_tidy = [](const MachineWithBrowser& machine) {
    EXPECT_EQ(machine.program.seen().size(), 3U) << "there was a page";
    EXPECT_TRUE(machine.is_tidy());
  };
  {
    const MachineWithBrowser machine("refuse");
    EXPECT_THROW(login({}), LoginRefusedError);
    expect_tidy(machine);
  }
  {
    const MachineWithBrowser machine("forge");
    EXPECT_THROW(login({}), AuthAPIError);
    expect_tidy(machine);
  }
  {
    const MachineWithBrowser machine("fail");
    EXPECT_THROW(login({}), LocalServerEnvironmentalLoginError);
    expect_tidy(machine);
  }
  {
    const MachineWithBrowser machine("nothing");
    EXPECT_THROW(login({.timeout = 5s}), LoginTimeoutError);
    expect_tidy(machine);
  }
  {
    const MachineWithBrowser machine("nothing");
    std::stop_source source;
    const std::jthread user([&](const std::stop_token& end) {
      while (machine.program.seen().empty() && !end.stop_requested()) {
        std::this_thread::sleep_for(10ms);
      }
      source.request_stop();
    });
    EXPECT_THROW(login({.stop = source.get_token()}), CancelledError);
    expect_tidy(machine);
  }
  {
    // there, so that it is chosen, and no program of this machine
    const ScopedFile broken("#!/no/such/interpreter\n");
    const MachineWithBrowser machine;
    std::filesystem::permissions(broken.path(), std::filesystem::perms::owner_all);
    const ScopedVariable browser("BROWSER", broken.path());
    EXPECT_THROW(login({}), LocalServerEnvironmentalLoginError);
    EXPECT_TRUE(machine.is_tidy());
  }
}

TEST_F(LocalServerLogin, GivesTheBrowserTheUrlItselfWhenToldSo) {
  const MachineWithBrowser machine;
  const LocalServerLoginFlowManager login(
      world.native_client(),
      {.timeout = 20s, .fall_back_to_command_line = false, .use_redirect_file = false});
  EXPECT_EQ(login.run_login_flow(asked).by_resource_server().size(), 2U);
  const auto seen = machine.program.seen();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_THAT(seen[0], testing::AllOf(testing::StartsWith("http"), HasSubstr("state=")));
}

TEST_F(LocalServerLogin, SaysWhyItsPageCannotBeWritten) {
  const MachineWithBrowser machine;
  const rlimit no_room{0, RLIM_INFINITY};
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto signal_before = std::signal(SIGXFSZ, SIG_IGN);
  const LocalServerLoginFlowManager login(world.native_client(),
                                          {.fall_back_to_command_line = false});
  std::string said;
  setrlimit(RLIMIT_FSIZE, &no_room);
  try {
    login.run_login_flow(asked);
  } catch (const LocalServerEnvironmentalLoginError& error) {
    said = error.what();
  }
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, signal_before);
  EXPECT_THAT(said, HasSubstr(machine.temporary.path.string()));
  EXPECT_THAT(said, HasSubstr("File too large"));
  EXPECT_THAT(said, HasSubstr("use_redirect_file"));
  EXPECT_TRUE(machine.is_tidy());
}

}  // namespace
}  // namespace globus_sdk
