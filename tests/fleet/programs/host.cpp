// SPDX-License-Identifier: Apache-2.0
// One host of a fleet: it calls Globus Auth for users whose tokens are in PostgreSQL, as its
// standard input tells it to, and answers each line with a line of JSON.
//
//   all SEED THREADS           one call for each user, in an order of its own
//   load SEED THREADS SECONDS  calls for users at random, each after a look into the storage
//   call USER                  one call
//   read USER                  one look into the storage
//
// Environment: GLOBUS_SDK_TOKEN_STORAGE_URL, HOST_AUTH_URL, HOST_CLIENT_ID, HOST_CLIENT_SECRET, and
// in milliseconds HOST_VANISHED_AFTER, HOST_STATEMENT_TIMEOUT, HOST_CONNECT_TIMEOUT,
// HOST_LOCK_TIMEOUT.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/errors.hpp"
#include "globus_sdk/authorizers/errors.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/postgres/postgres_token_storage.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "globus_sdk/token_storage/stored_token_authorizer.hpp"

namespace {

using namespace globus_sdk;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* resource_server = "auth.globus.org";

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr) throw std::runtime_error(std::string("no variable ") + name);
  return value;
}
milliseconds time_variable(const char* name) {
  return milliseconds(std::stoll(variable(name)));
}

double seconds_since(steady_clock::time_point begin) {
  return std::chrono::duration<double>(steady_clock::now() - begin).count();
}

/// What became of calls. For many threads.
class Report {
 public:
  /// Counts what `call` does: it returns whether it got the right answer.
  void count(const std::function<bool()>& call) {
    const auto begin = steady_clock::now();
    std::string trouble;
    try {
      (call() ? right_ : wrong_) += 1;
    } catch (const LoginRequiredError& error) {
      ++logged_out_;
      trouble = error.what();
    } catch (const TokenStorageError& error) {
      ++storage_errors_;
      trouble = error.what();
    } catch (const AuthAPIError& error) {
      ++(error.http_status() == 401 ? refused_ : wrong_);
      trouble = error.what();
    } catch (const std::exception& error) {
      ++wrong_;
      trouble = error.what();
    }
    const std::lock_guard lock(mutex_);
    slowest_ = std::max(slowest_, seconds_since(begin));
    if (!trouble.empty()) ++messages_[trouble];
  }

  Json document() const {
    const std::lock_guard lock(mutex_);
    return {{"right", right_.load()},
            {"wrong", wrong_.load()},
            {"logged_out", logged_out_.load()},
            {"refused", refused_.load()},
            {"storage_errors", storage_errors_.load()},
            {"slowest", slowest_},
            {"seconds", seconds_since(begin_)},
            {"messages", messages_}};
  }

 private:
  const steady_clock::time_point begin_ = steady_clock::now();
  std::atomic<std::int64_t> right_ = 0;
  std::atomic<std::int64_t> wrong_ = 0;
  std::atomic<std::int64_t> logged_out_ = 0;
  std::atomic<std::int64_t> refused_ = 0;
  std::atomic<std::int64_t> storage_errors_ = 0;
  mutable std::mutex mutex_{};
  double slowest_ = 0;                              // guarded by mutex_
  std::map<std::string, std::int64_t> messages_{};  // guarded by mutex_
};

/// Runs `work` on so many threads.
void on_threads(std::size_t count, const std::function<void(std::size_t thread)>& work) {
  std::vector<std::jthread> threads;
  for (std::size_t thread = 0; thread < count; ++thread) threads.emplace_back(work, thread);
}

PostgresTokenStorage open_storage() {
  PostgresTokenStorageOptions options;
  options.max_connections = 8;
  options.connect_timeout = time_variable("HOST_CONNECT_TIMEOUT");
  options.statement_timeout = time_variable("HOST_STATEMENT_TIMEOUT");
  options.vanished_after = time_variable("HOST_VANISHED_AFTER");
  return PostgresTokenStorage(options);
}

class Host {
 public:
  Json all(unsigned seed, std::size_t threads) {
    std::vector<std::string> users = storage_.iter_namespaces();
    std::ranges::shuffle(users, std::minstd_rand(seed));
    Report report;
    std::atomic<std::size_t> next = 0;
    on_threads(threads, [&](std::size_t) {
      for (std::size_t i = next++; i < users.size(); i = next++) {
        report.count([&] { return call(users[i]); });
      }
    });
    return with_tokens(report.document());
  }

  Json load(unsigned seed, std::size_t threads, std::chrono::seconds time) {
    const std::vector<std::string> users = storage_.iter_namespaces();
    const auto end = steady_clock::now() + time;
    Report report;
    on_threads(threads, [&](std::size_t thread) {
      std::minstd_rand random(static_cast<unsigned>(seed + 1000 * thread));
      while (steady_clock::now() < end) {
        const std::string& user = users[random() % users.size()];
        report.count([&] { return read(user) && call(user); });
      }
    });
    return with_tokens(report.document());
  }

  Json one(const std::function<bool()>& act) {
    Report report;
    report.count(act);
    return with_tokens(report.document());
  }

  bool call(const std::string& user) {
    const AuthClient client = user_of(user).client;
    return client.userinfo()["sub"] == user;
  }
  bool read(const std::string& user) {
    const auto data = storage_.in_namespace(user)->get_token_data(resource_server);
    return data && data->refresh_token && data->identity_id == user;
  }

 private:
  struct User {
    StoredTokenAuthorizer authorizer;
    AuthClient client;
  };

  /// Kept, as a server keeps it: with the token in memory.
  User user_of(const std::string& name) {
    const std::lock_guard lock(mutex_);
    const auto found = users_.find(name);
    if (found != users_.end()) return found->second;
    const StoredTokenAuthorizer authorizer(
        storage_.in_namespace(name), resource_server, login_client_,
        {.lock_timeout = lock_timeout_,
         .on_refresh = [this](const OAuthTokenResponse&) { ++renewals_; }});
    return users_.emplace(name, User{authorizer, AuthClient(authorizer, auth_)}).first->second;
  }

  /// A report, with what this host has renewed so far and what its users' tokens are.
  Json with_tokens(const Json& report) {
    std::string tokens;
    const std::lock_guard lock(mutex_);
    for (const auto& [name, user] : users_) {
      tokens += name + ' ' + user.authorizer.try_get_authorization_header().value_or("none") + '\n';
    }
    return {{"report", report},
            {"renewals", renewals_.load()},
            {"tokens", std::to_string(std::hash<std::string>()(tokens))}};
  }

  const milliseconds lock_timeout_ = time_variable("HOST_LOCK_TIMEOUT");
  /// Shared by the clients of all users, as what they have open.
  const ClientOptions auth_{.base_url = variable("HOST_AUTH_URL"), .transport = Transport()};
  const ConfidentialAppAuthClient login_client_{variable("HOST_CLIENT_ID"),
                                                variable("HOST_CLIENT_SECRET"), auth_};
  const PostgresTokenStorage storage_ = open_storage();
  std::atomic<std::int64_t> renewals_ = 0;
  std::mutex mutex_{};
  std::map<std::string, User> users_{};  // guarded by mutex_
};

Json obey(Host& host, const std::string& line) {
  std::istringstream words(line);
  std::string what;
  words >> what;
  if (what == "all" || what == "load") {
    unsigned seed = 0;
    std::size_t threads = 1;
    std::int64_t seconds = 0;
    words >> seed >> threads >> seconds;
    if (what == "all") return host.all(seed, threads);
    return host.load(seed, threads, std::chrono::seconds(seconds));
  }
  std::string user;
  words >> user;
  if (what == "call") return host.one([&] { return host.call(user); });
  if (what == "read") return host.one([&] { return host.read(user); });
  throw std::runtime_error("what is '" + line + "'?");
}

}  // namespace

int main() {
  try {
    Host host;
    std::cout << "ready" << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
      std::cout << obey(host, line).dump() << std::endl;
    }
    return 0;
  } catch (const std::exception& error) {
    std::cout << "host: " << error.what() << std::endl;
    return 1;
  }
}
