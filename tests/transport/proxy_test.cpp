// SPDX-License-Identifier: Apache-2.0
// Through a proxy that is not ours: Debian's tinyproxy.
#include <gmock/gmock.h>

#include <fstream>
#include <list>
#include <thread>

#include "support/curl_version.hpp"
#include "support/loopback_port.hpp"
#include "support/program.hpp"
#include "support/recording_server.hpp"
#include "support/scoped_variable.hpp"
#include "transport/tls_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* tinyproxy = "/usr/bin/tinyproxy";

/// A tinyproxy that runs. It takes no port 0, so another program may be faster to take the port:
/// then it is tried again.
class Proxy {
 public:
  explicit Proxy(const std::string& more_configuration = "") {
    for (int attempt = 0; attempt < 5; ++attempt) {
      if (start(more_configuration)) return;
    }
    throw std::runtime_error("tinyproxy does not start: " + log());
  }

  std::string url(const std::string& user = "") const {
    return "http://" + user + "127.0.0.1:" + std::to_string(port_);
  }
  /// What it was asked for so far, among other things.
  std::string log() const {
    std::ifstream file(log_.path());
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  bool start(const std::string& more_configuration) {
    port_ = free_port();
    configuration_.emplace("Listen 127.0.0.1\nPort " + std::to_string(port_) + "\nLogFile \"" +
                           log_.path() + "\"\nLogLevel Connect\nTimeout 30\n" + more_configuration);
    program_.emplace(std::vector<std::string>{tinyproxy, "-d", "-c", configuration_->path()});
    for (int wait = 0; wait < 500; ++wait) {
      if (accepts_connections(port_)) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }

  std::uint16_t port_ = 0;
  ScopedFile log_{""};
  std::optional<ScopedFile> configuration_;
  std::optional<programs::Program> program_;
};

class ThroughAProxy : public TlsInBothModes {
 protected:
  void SetUp() override {
    if (access(tinyproxy, X_OK) != 0) GTEST_SKIP() << "tinyproxy is not installed";
    for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                             "no_proxy", "NO_PROXY"}) {
      unset_.emplace_back(name, std::nullopt);
    }
  }
  /// `HOST:PORT`
  static std::string place(const std::string& url) { return url.substr(url.find("://") + 3); }
  static std::string connect_to(const TlsServer& server) {
    return "CONNECT " + place(server.url());
  }

  /// A server that goes by the name of another machine, which a proxy of the environment counts
  /// for.
  struct Elsewhere {
    explicit Elsewhere(const CertificateAuthority& authority)
        : server([&authority] {
            TlsServerOptions options;
            options.certificate = authority.issue({.names = "DNS:service.example"});
            return options;
          }()) {
      settings.connect_to = "service.example:443:" + place(server.url());
    }
    std::string url = "https://service.example";
    TlsServer server;
    TransportSettings settings{};
  };

  std::list<ScopedVariable> unset_;
};
INSTANTIATE_TEST_SUITE_P(Transport, ThroughAProxy, testing::Values(false, true), mode_of);

TEST_P(ThroughAProxy, ThatASettingNames) {
  const Proxy proxy;
  const TlsServer server(server_options());
  TransportSettings settings;
  settings.proxy = proxy.url();
  EXPECT_EQ(get(client(server.url(), settings), "/x").http_status(), 200);
  EXPECT_THAT(proxy.log(), HasSubstr(connect_to(server)));
  EXPECT_EQ(server.processed(), std::vector<std::string>{"h2 GET /x 0"});
}

TEST_P(ThroughAProxy, ThatAVariableNames) {
  const Proxy proxy;
  for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    const ScopedVariable variable(name, proxy.url());
    const Elsewhere elsewhere(authority);
    EXPECT_EQ(get(client(elsewhere.url, elsewhere.settings), "/x").http_status(), 200) << name;
    EXPECT_THAT(proxy.log(), HasSubstr(connect_to(elsewhere.server))) << name;
  }
}

TEST_P(ThroughAProxy, WithoutTls) {
  const Proxy proxy;
  const RecordingServer server([](const RecordedRequest&) { return RecordedAnswer(); });
  TransportSettings settings;
  settings.proxy = proxy.url();
  EXPECT_EQ(get(client(server.url(), settings), "/x").http_status(), 200);
  EXPECT_THAT(server.requests().at(0).header("via"), HasSubstr("tinyproxy"));
}

TEST_P(ThroughAProxy, NotWhereNoProxySaysSo) {
  const Proxy proxy;
  const ScopedVariable variable("https_proxy", proxy.url());
  for (const char* exceptions : {"example.org,service.example", ".example", "*"}) {
    for (const char* name : {"no_proxy", "NO_PROXY"}) {
      const ScopedVariable exception(name, exceptions);
      const Elsewhere elsewhere(authority);
      EXPECT_EQ(get(client(elsewhere.url, elsewhere.settings), "/x").http_status(), 200);
      EXPECT_THAT(proxy.log(), Not(HasSubstr(connect_to(elsewhere.server))));
    }
  }
}

TEST_P(ThroughAProxy, NotWhenASettingSaysNone) {
  const Proxy proxy;
  const ScopedVariable variable("https_proxy", proxy.url());
  Elsewhere elsewhere(authority);
  elsewhere.settings.proxy = nullptr;
  EXPECT_EQ(get(client(elsewhere.url, elsewhere.settings), "/x").http_status(), 200);
  EXPECT_THAT(proxy.log(), Not(HasSubstr(connect_to(elsewhere.server))));
}

/// What stays on this machine is not shown to another.
TEST_P(ThroughAProxy, OfTheEnvironmentNothingGoesToThisMachine) {
  const Proxy proxy;
  std::list<ScopedVariable> variables;
  for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    variables.emplace_back(name, proxy.url());
  }
  const TlsServer encrypted(server_options());
  EXPECT_EQ(get(client(encrypted.url()), "/x").http_status(), 200);
  const RecordingServer server([](const RecordedRequest&) { return RecordedAnswer(); });
  const std::string port = server.url().substr(server.url().rfind(':'));
  for (const char* host : {"http://127.0.0.1", "http://localhost", "http://127.1",
                           "HTTP://LOCALHOST", "http://sandbox.localhost", "http://2130706433"}) {
    if (asks_name_servers_for_localhost() && std::string(host).ends_with(".localhost")) continue;
    EXPECT_EQ(get(client(host + port), "/x").http_status(), 200) << host;
  }
  // nor by a redirect from elsewhere
  const RecordingServer outside([&](const RecordedRequest&) {
    return RecordedAnswer{302, "", {{"Location", server.url() + "/y"}}};
  });
  ClientOptions options = options_for("http://service.example");
  options.transport = Transport({.connect_to = "service.example:80:" + place(outside.url())});
  EXPECT_EQ(get(PlainClient(options), "/x").http_status(), 200);
  for (const RecordedRequest& request : server.requests()) EXPECT_EQ(request.header("via"), "");
  EXPECT_THAT(proxy.log(), AllOf(HasSubstr("CONNECT " + place(outside.url())),
                                 Not(HasSubstr("CONNECT " + place(server.url())))));
}

TEST_P(ThroughAProxy, WithAPassword) {
  const Proxy proxy("BasicAuth somebody the-password\n");
  const TlsServer server(server_options());
  TransportSettings settings;
  settings.proxy = proxy.url("somebody:the-password@");
  EXPECT_EQ(get(client(server.url(), settings), "/x").http_status(), 200);
  settings.proxy = proxy.url("somebody:another-password@");
  try {
    get(client(server.url(), settings), "/x");
    FAIL() << "no exception";
  } catch (const GlobusConnectionError& error) {
    EXPECT_THAT(error.what(),
                AllOf(HasSubstr("CONNECT"), HasSubstr("401"), Not(HasSubstr("-password"))));
  }
}

/// Whatever goes wrong with a proxy, its password is in no message and no log.
TEST_P(ThroughAProxy, WhosePasswordIsNowhere) {
  const TlsServer server(server_options());
  const RecordingServer plain([](const RecordedRequest&) { return RecordedAnswer(); });
  const std::string port = std::to_string(free_port());
  for (const std::string& proxy :
       {"http://somebody:pass%2Fword@127.0.0.1:" + port, "somebody:pass%2Fword@127.0.0.1:" + port,
        std::string("http://somebody:pass%2Fword@[::1"), std::string("http://:pass%2Fword@ :1"),
        std::string("gopher://somebody:pass%2Fword@127.0.0.1:1"),
        "socks5://somebody:pass%2Fword@127.0.0.1:" + port,
        "https://somebody:pass%2Fword@127.0.0.1:" + port,
        std::string("http://somebody:pass%2Fword@no-such-proxy.invalid:1")}) {
    for (const std::string& url : {server.url(), plain.url()}) {
      std::string said;
      try {
        ClientOptions options = options_for(url);
        options.logger = Logger{LogLevel::debug, [&said](LogLevel, std::string_view line) {
                                  said += std::string(line) + '\n';
                                }};
        TransportSettings settings;
        settings.verify_ssl = trusted.path();
        settings.proxy = proxy;
        options.transport = Transport(settings);
        get(PlainClient(options), "/x");
        ADD_FAILURE() << "no exception: " << proxy;
      } catch (const GlobusError& error) {
        said += error.what();
      }
      EXPECT_THAT(said, AllOf(Not(HasSubstr("pass/word")), Not(HasSubstr("pass%2Fword"))));
    }
  }
}

TEST_P(ThroughAProxy, ThatIsNoneIsRefusedByTheNameOfWhatNamedIt) {
  for (const char* proxy :
       {"http://u:p@[::1", "gopher://127.0.0.1:1", "http://", " ", "http://a b"}) {
    EXPECT_THROW(Transport({.proxy = proxy}), GlobusSDKUsageError) << proxy;
    const ScopedVariable variable("https_proxy", proxy);
    try {
      const PlainClient client(options_for("https://service.example"));
      ADD_FAILURE() << "no exception: " << proxy;
    } catch (const GlobusSDKUsageError& error) {
      EXPECT_THAT(error.what(), HasSubstr("https_proxy"));
    }
  }
}

TEST_P(ThroughAProxy, ThatDoesNotAnswer) {
  const TlsServer server(server_options());
  TransportSettings settings;
  settings.proxy = "http://127.0.0.1:" + std::to_string(free_port());
  EXPECT_THROW(get(client(server.url(), settings), "/x"), GlobusConnectionError);
  EXPECT_EQ(server.processed(), std::vector<std::string>{});
}

}  // namespace
}  // namespace globus_sdk_test
