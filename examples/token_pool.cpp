// SPDX-License-Identifier: Apache-2.0
// A server with many users: one storage, one pool, and metrics
//
//     token_pool STORE
//
// STORE is a SQLite file with the tokens of the users, each in a namespace of its own. The program
// counts each user's tasks. Then it writes the numbers of the pool as OpenMetrics text, as a server
// would at /metrics.
//! [program]
#include <algorithm>
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <mutex>
#include <string>
using namespace globus_sdk;

// What TokenPool's own numbers do not have. Events come from many threads.
struct Longest {
  std::mutex mutex;
  std::chrono::duration<double> renewal{0};
  std::chrono::duration<double> wait{0};

  void note(const TokenPoolEvent& event) {
    if (event.kind == TokenPoolEventKind::renewal_begun) return;
    const std::lock_guard lock(mutex);
    auto& longest = event.kind == TokenPoolEventKind::wait_ended ? wait : renewal;
    longest = std::max<std::chrono::duration<double>>(longest, event.duration);
  }
};

double seconds(std::chrono::duration<double> time) {
  return time.count();
}

void write_metrics(std::ostream& out, const TokenPoolStatistics& numbers, const Longest& longest) {
  out << "# TYPE globus_token_renewals counter\n"
      << "globus_token_renewals_total{outcome=\"renewed\"} " << numbers.renewed << '\n'
      << "globus_token_renewals_total{outcome=\"found\"} " << numbers.found << '\n'
      << "globus_token_renewals_total{outcome=\"login_required\"} " << numbers.login_required
      << '\n'
      << "globus_token_renewals_total{outcome=\"failed\"} " << numbers.failed << '\n'
      << "# TYPE globus_token_renewal_seconds counter\n"
      << "# UNIT globus_token_renewal_seconds seconds\n"
      << "globus_token_renewal_seconds_total " << seconds(numbers.renewing) << '\n'
      << "# TYPE globus_token_wait_seconds counter\n"
      << "# UNIT globus_token_wait_seconds seconds\n"
      << "globus_token_wait_seconds_total " << seconds(numbers.waited) << '\n'
      << "# TYPE globus_token_longest_seconds gauge\n"
      << "# UNIT globus_token_longest_seconds seconds\n"
      << "globus_token_longest_seconds{of=\"renewal\"} " << seconds(longest.renewal) << '\n'
      << "globus_token_longest_seconds{of=\"wait\"} " << seconds(longest.wait) << '\n'
      << "# TYPE globus_token_renewals_queued gauge\n"
      << "globus_token_renewals_queued " << numbers.queue_length << '\n'
      << "# TYPE globus_tokens_cached gauge\n"
      << "globus_tokens_cached " << numbers.cached_tokens << '\n'
      << "# EOF\n";
}

int main(int argc, char** argv) try {
  const SQLiteTokenStorage storage{argc > 1 ? argv[1] : "tokens.db"};
  const ConfidentialAppAuthClient client{std::getenv("GLOBUS_SANDBOX_CLIENT_ID"),
                                         std::getenv("GLOBUS_SANDBOX_CLIENT_SECRET")};
  Longest longest;
  const TokenPool pool{
      storage, client, {.on_event = [&](const TokenPoolEvent& event) { longest.note(event); }}};

  for (const std::string& user : storage.iter_namespaces()) {
    try {
      TransferClient tc{pool.authorizer(user, TransferScopes.resource_server)};
      std::cout << user << ": " << tc.task_list()["DATA"].size() << " tasks\n";
    } catch (const LoginRequiredError&) {
      std::cout << user << ": has to log in again\n";
    }
  }
  write_metrics(std::cout, pool.statistics(), longest);
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
