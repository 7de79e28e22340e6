// SPDX-License-Identifier: Apache-2.0
#include "fleet/fleet.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <future>
#include <optional>
#include <ostream>
#include <thread>

#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "support/browser.hpp"
#include "support/raw_http.hpp"

namespace globus_sdk_test {

namespace {

using globus_sdk::ConfidentialAppAuthClient;
using globus_sdk::PostgresTokenStorage;

constexpr const char* resource_server = "auth.globus.org";
constexpr std::size_t threads_of_a_host = 4;

/// The database on a server, and on the one that may take its place.
std::string url_of(const std::string& database, std::uint16_t port,
                   std::optional<std::uint16_t> standby_port) {
  const std::string user = PostgresServer::user() + ":" + PostgresServer::password();
  const std::string first = "postgresql://" + user + "@127.0.0.1:" + std::to_string(port);
  if (!standby_port) return first + "/" + database;
  return first + ",127.0.0.1:" + std::to_string(*standby_port) + "/" + database +
         "?target_session_attrs=read-write";
}

/// Of what may not be there.
template <class Reached> std::optional<std::uint16_t> port_of(const Reached* reached) {
  return reached == nullptr ? std::nullopt : std::optional(reached->port());
}

/// A host, and what stands between it and the server.
struct Host {
  Host(const PostgresServer& server, const FleetOptions& options, const ServedSandbox& world)
      : relay(server.port()) {
    if (options.standby != nullptr) {
      relay_of_standby = std::make_unique<Relay>(options.standby->port());
    }
    const auto text = [](std::chrono::milliseconds time) { return std::to_string(time.count()); };
    const programs::Environment environment{
        {"GLOBUS_SDK_TOKEN_STORAGE_URL",
         url_of(options.database, relay.port(), port_of(relay_of_standby.get()))},
        {"HOST_AUTH_URL", world.variable("GLOBUS_SDK_SERVICE_URL_AUTH")},
        {"HOST_CLIENT_ID", world.value("CLIENT_ID")},
        {"HOST_CLIENT_SECRET", world.value("CLIENT_SECRET")},
        {"HOST_VANISHED_AFTER", text(options.vanished_after)},
        {"HOST_STATEMENT_TIMEOUT", text(options.statement_timeout)},
        {"HOST_CONNECT_TIMEOUT", text(options.connect_timeout)},
        {"HOST_LOCK_TIMEOUT", "60000"}};
    program = std::make_unique<programs::Program>(std::vector<std::string>{FLEET_HOST_PROGRAM},
                                                  environment);
  }
  ~Host() {
    program->send(SIGCONT);
    program->send(SIGKILL);
  }
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  Relay relay;
  std::unique_ptr<Relay> relay_of_standby{};
  std::unique_ptr<programs::Program> program{};
};

HostReport read_report(const std::string& line) {
  const auto parsed = boost::json::parse(line);
  const auto& document = parsed.as_object();
  const auto& calls = document.at("report").as_object();
  const auto number = [&](const char* name) { return calls.at(name).to_number<std::int64_t>(); };
  HostReport report;
  report.right = number("right");
  report.wrong = number("wrong");
  report.logged_out = number("logged_out");
  report.refused = number("refused");
  report.storage_errors = number("storage_errors");
  report.slowest = calls.at("slowest").to_number<double>();
  report.seconds = calls.at("seconds").to_number<double>();
  report.renewals = document.at("renewals").to_number<std::int64_t>();
  report.tokens = std::string(document.at("tokens").as_string());
  report.messages = serialize(calls.at("messages"));
  return report;
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const HostReport& report) {
  return out << report.right << " right, " << report.wrong << " wrong, " << report.logged_out
             << " logged out, " << report.refused << " refused, " << report.storage_errors
             << " errors of the storage, " << report.renewals << " renewals so far, slowest "
             << report.slowest << " s of " << report.seconds << " s " << report.messages;
}

struct Fleet::State {
  State(const PostgresServer& server, const FleetOptions& options)
      : world(options.sandbox),
        storage(url_of(options.database, server.port(), port_of(options.standby))) {
    log_in(options.users);
    for (std::size_t i = 0; i < options.hosts; ++i) {
      hosts.push_back(std::make_unique<Host>(server, options, world));
    }
    for (const auto& host : hosts) {
      if (const std::string line = host->program->line(); line != "ready")
        throw std::runtime_error("a host does not start: " + line);
    }
  }

  /// Logs new users in, each in a namespace of its own; the access tokens count as expired.
  void log_in(std::size_t count) {
    const ConfidentialAppAuthClient login = world.login_client();
    for (std::size_t i = 0; i < count; ++i) {
      raw_http::Client browser;  // each user's own, which nobody else is logged in at
      const std::string username = "user-" + std::to_string(i) + "@example.org";
      const std::string id =
          control("users", boost::json::value{{"username", username}}).at("id").as_string().c_str();
      const auto flow = login.oauth2_start_flow(
          "http://127.0.0.1:9/callback", {"openid", "email", "profile"}, {.refresh_tokens = true});
      const auto answer =
          browser.get(flow.get_authorize_url() + "&login_hint=" + raw_http::encode(username));
      const auto tokens = login.oauth2_exchange_code_for_tokens(
          flow, between(answer.header("location"), "code=", "&"));
      const auto own = storage.in_namespace(id);
      own->store_token_response(tokens);
      auto stored = own->get_token_data_by_resource_server();
      stored.at(resource_server).expires_at_seconds = 1;
      own->store_token_data_by_resource_server(stored);
      users.push_back(id);
    }
  }
  boost::json::value control(const std::string& what, const boost::json::value& document) const {
    const auto answer =
        raw_http::Client().send_json("POST", world.value("URL") + what, serialize(document));
    if (answer.status != 200) throw std::runtime_error(what + ": " + answer.body);
    return answer.json();
  }

  const ServedSandbox world;
  const PostgresTokenStorage storage;
  std::vector<std::string> users{};
  std::vector<std::unique_ptr<Host>> hosts{};
};

Fleet::Fleet(const PostgresServer& server, const FleetOptions& options)
    : state_(std::make_unique<State>(server, options)) {
  renewals();
}

Fleet::~Fleet() = default;

std::size_t Fleet::hosts() const {
  return state_->hosts.size();
}
const std::vector<std::string>& Fleet::users() const {
  return state_->users;
}
const ServedSandbox& Fleet::world() const {
  return state_->world;
}
Relay& Fleet::relay(std::size_t host) {
  return state_->hosts.at(host)->relay;
}

void Fleet::tell(std::size_t host, const std::string& what) {
  state_->hosts.at(host)->program->write(what + '\n');
}

HostReport Fleet::answer(std::size_t host, std::chrono::seconds bound) {
  programs::Program& program = *state_->hosts.at(host)->program;
  auto line = std::async(std::launch::async, [&program] { return program.line(); });
  if (line.wait_for(bound) != std::future_status::ready) {
    program.send(SIGKILL);
    ADD_FAILURE() << "host " << host << " hangs";
  }
  const std::string text = line.get();
  if (text.starts_with('{')) return read_report(text);
  throw std::runtime_error("host " + std::to_string(host) + " has ended: " + text);
}

HostReport Fleet::ask(std::size_t host, const std::string& what) {
  tell(host, what);
  return answer(host);
}

std::vector<HostReport> Fleet::answers(std::chrono::seconds bound) {
  std::vector<HostReport> reports;
  for (std::size_t host = 0; host < hosts(); ++host) reports.push_back(answer(host, bound));
  return reports;
}

std::vector<HostReport> Fleet::call_for_all(std::chrono::seconds bound) {
  for (std::size_t host = 0; host < hosts(); ++host) {
    tell(host, "all " + std::to_string(host + 1) + ' ' + std::to_string(threads_of_a_host));
  }
  return answers(bound);
}

void Fleet::begin_load(std::chrono::seconds time) {
  for (std::size_t host = 0; host < hosts(); ++host) {
    tell(host, "load " + std::to_string(host + 1) + " 2 " + std::to_string(time.count()));
  }
}

void Fleet::freeze(std::size_t host) {
  state_->hosts.at(host)->program->send(SIGSTOP);
}
void Fleet::thaw(std::size_t host) {
  state_->hosts.at(host)->program->send(SIGCONT);
}

std::string Fleet::token(const std::string& user) const {
  const auto data = state_->storage.in_namespace(user)->get_token_data(resource_server);
  if (!data) throw std::runtime_error("nothing is stored for " + user);
  return data->access_token;
}

void Fleet::expire(const std::string& user) const {
  world().expire(token(user));
}

void Fleet::expire_all() const {
  for (const auto& user : users()) expire(user);
}

std::ptrdiff_t Fleet::renewals() {
  const std::ptrdiff_t count = world().count("/v2/oauth2/token");
  raw_http::Client().send_json("DELETE", world().value("URL") + "requests", "{}");
  return count;
}

void Fleet::await_renewal() const {
  for (int waits = 0; waits < 2000; ++waits) {
    if (world().count("/v2/oauth2/token") > 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ADD_FAILURE() << "nobody renews";
}

void Fleet::meet_renewal_with(const std::string& fault) const {
  auto document = boost::json::parse(fault);
  document.as_object()["path"] = "/oauth2/token$";
  state_->control("faults", document);
}

testing::AssertionResult all_right(const std::vector<HostReport>& reports, std::size_t each) {
  auto result = testing::AssertionSuccess();
  for (std::size_t host = 0; host < reports.size(); ++host) {
    if (reports[host].right == static_cast<std::int64_t>(each)) continue;
    if (result) result = testing::AssertionFailure();
    result << "host " << host << ": " << reports[host] << '\n';
  }
  return result;
}

testing::AssertionResult same_tokens(const std::vector<HostReport>& reports) {
  const bool same = std::ranges::all_of(
      reports, [&](const HostReport& report) { return report.tokens == reports.front().tokens; });
  return same ? testing::AssertionSuccess()
              : testing::AssertionFailure() << "the hosts have different tokens";
}

}  // namespace globus_sdk_test
