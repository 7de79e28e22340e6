// SPDX-License-Identifier: Apache-2.0
// Eight hosts with the same users: one renewal an expiry, whatever becomes of a host and of its way
// to the server, and nobody is logged out.
//
// FLEET_USERS says how many users there are where they are many (400).
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "fleet/postgres_fixture.hpp"

namespace globus_sdk_test {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

double seconds_since(steady_clock::time_point begin) {
  return std::chrono::duration<double>(steady_clock::now() - begin).count();
}

std::size_t many_users() {
  const char* const text = std::getenv("FLEET_USERS");
  return text == nullptr ? 400 : static_cast<std::size_t>(std::max(1, std::atoi(text)));
}

std::int64_t renewals_of(const std::vector<HostReport>& reports) {
  return std::accumulate(
      reports.begin(), reports.end(), std::int64_t{0},
      [](std::int64_t sum, const HostReport& report) { return sum + report.renewals; });
}

void print_figures(const char* what, std::ptrdiff_t renewals, const std::vector<HostReport>& hosts,
                   std::size_t users) {
  const auto slowest = std::ranges::max(hosts, {}, &HostReport::slowest).slowest;
  const auto time = std::ranges::max(hosts, {}, &HostReport::seconds).seconds;
  std::cout << what << ": " << hosts.size() << " hosts, " << users << " users: " << renewals
            << " renewals, " << hosts.size() * users << " calls in " << time
            << " s, the slowest took " << slowest << " s\n";
}

struct RenewalOfAFleet : FleetOnOneServer {};

TEST_F(RenewalOfAFleet, IsOneAnExpiry) {
  const std::size_t users = options.users = many_users();
  const auto bound = seconds(120 + users / 10);
  Fleet fleet(*server, options);

  // by the clock
  auto reports = fleet.call_for_all(bound);
  EXPECT_TRUE(all_right(reports, users));
  EXPECT_TRUE(same_tokens(reports));
  const std::ptrdiff_t by_the_clock = fleet.renewals();
  EXPECT_EQ(by_the_clock, static_cast<std::ptrdiff_t>(users));
  EXPECT_EQ(renewals_of(reports), by_the_clock);
  print_figures("expired by the clock", by_the_clock, reports, users);
  const std::string before = reports.front().tokens;

  // as a service says that refuses them
  fleet.expire_all();
  fleet.renewals();
  reports = fleet.call_for_all(bound);
  EXPECT_TRUE(all_right(reports, users));
  EXPECT_TRUE(same_tokens(reports));
  const std::ptrdiff_t after_refusal = fleet.renewals();
  EXPECT_EQ(after_refusal, static_cast<std::ptrdiff_t>(users));
  EXPECT_NE(reports.front().tokens, before);
  print_figures("refused by the service", after_refusal, reports, users);
  EXPECT_LE(std::stoi(server->sql("SELECT count(*) FROM pg_stat_activity WHERE datname = '" +
                                  options.database + "'")),
            8 * 8 + 16)
      << "connections: 8 of each host, and the test's own";
}

TEST_F(RenewalOfAFleet, IsOneBehindASlowLine) {
  const std::size_t users = options.users = 20;
  Fleet fleet(*server, options);
  fleet.relay(0).slow_down(std::chrono::milliseconds(20));
  const auto reports = fleet.call_for_all();
  EXPECT_TRUE(all_right(reports, users));
  EXPECT_TRUE(same_tokens(reports));
  EXPECT_EQ(fleet.renewals(), static_cast<std::ptrdiff_t>(users));
}

/// Host 0 has the lock, and vanishes.
struct AFrozenHost : RenewalOfAFleet {
  AFrozenHost() { options.users = 1; }

  /// Meets the renewal of host 0 with a fault, and freezes the host once it has sent it.
  void freeze_with(Fleet& fleet, const std::string& fault) const {
    fleet.meet_renewal_with(fault);
    fleet.tell(0, "call " + fleet.users().front());
    fleet.await_renewal();
    fleet.freeze(0);
    fleet.relay(0).freeze();
  }
  static void thaw(Fleet& fleet) {
    fleet.relay(0).heal();
    fleet.thaw(0);
  }
  /// What the other hosts' calls come to, which wait for the lock.
  static std::vector<HostReport> others(Fleet& fleet) {
    const auto begin = steady_clock::now();
    for (std::size_t host = 1; host < fleet.hosts(); ++host)
      fleet.tell(host, "call " + fleet.users().front());
    std::vector<HostReport> reports;
    for (std::size_t host = 1; host < fleet.hosts(); ++host) reports.push_back(fleet.answer(host));
    std::cout << "the lock of a vanished host was free after " << seconds_since(begin) << " s\n";
    return reports;
  }
  /// All is well, also at the next expiry.
  ///
  /// @param has_own_token whether host 0 may have a good token that it could not store.
  static void expect_all_well(Fleet& fleet, bool has_own_token = false) {
    for (int expiry = 0; expiry < 2; ++expiry) {
      fleet.expire_all();
      fleet.renewals();
      const auto reports = fleet.call_for_all();
      EXPECT_TRUE(all_right(reports, 1));
      EXPECT_TRUE(has_own_token || same_tokens(reports));
      EXPECT_EQ(fleet.renewals(), 1);
    }
  }
};

TEST_F(AFrozenHost, HoldsNobodyUpForLong) {
  Fleet fleet(*server, options);
  freeze_with(fleet, R"({"status": 503, "headers": {"Retry-After": "1"}})");
  EXPECT_TRUE(all_right(others(fleet), 1));
  EXPECT_EQ(fleet.renewals(), 2) << "that of the frozen host, which was refused, and another one";
  thaw(fleet);
  EXPECT_TRUE(all_right({fleet.answer(0)}, 1));
  expect_all_well(fleet);
}

TEST_F(AFrozenHost, LogsNobodyOutWhereTheServerAllowsForIt) {
  options.sandbox.insert(options.sandbox.end(), {"--refresh-token-grace", "3600"});
  Fleet fleet(*server, options);
  freeze_with(fleet, R"({"delay": 1})");
  EXPECT_TRUE(all_right(others(fleet), 1));
  thaw(fleet);
  const HostReport thawed = fleet.answer(0);
  std::cout << "thawed: " << thawed << '\n';
  EXPECT_EQ(thawed.right + thawed.storage_errors, 1);
  expect_all_well(fleet, true);
}

TEST_F(AFrozenHost, StoresAfterwardsWhatOnlyItHas) {
  Fleet fleet(*server, options);
  freeze_with(fleet, R"({"delay": 1})");
  for (const HostReport& report : others(fleet)) {
    EXPECT_EQ(report.logged_out, 1) << "the one refresh token is spent: " << report;
  }
  thaw(fleet);
  const HostReport thawed = fleet.answer(0);
  std::cout << "thawed: " << thawed << '\n';
  EXPECT_EQ(thawed.right + thawed.storage_errors, 1);
  EXPECT_TRUE(all_right({fleet.ask(0, "call " + fleet.users().front())}, 1));
  expect_all_well(fleet);
}

/// A connection of host 0 is cut after so many bytes of one side.
struct ACutConnection : RenewalOfAFleet, testing::WithParamInterface<Relay::From> {
  /// More than either side sends for a renewal.
  static constexpr std::int64_t most_bytes = 3000;
};
INSTANTIATE_TEST_SUITE_P(FromEitherSide, ACutConnection,
                         testing::Values(Relay::From::client, Relay::From::server),
                         [](const auto& side) {
                           return side.param == Relay::From::client ? "Host" : "Server";
                         });

TEST_P(ACutConnection, EndsWithTheRightAnswerAfterAnyByte) {
  constexpr std::int64_t step = 50;
  options.hosts = 2;
  options.users = most_bytes / step;
  Fleet fleet(*server, options);
  std::int64_t failed = 0;
  for (std::size_t i = 0; i < options.users; ++i) {
    const std::string call = "call " + fleet.users()[i];
    fleet.relay(0).reset_after(GetParam(), static_cast<std::int64_t>(i) * step + 1, 1);
    const HostReport cut = fleet.ask(0, call);
    EXPECT_EQ(cut.right + cut.storage_errors, 1) << i << ": " << cut;
    failed += cut.storage_errors;
    fleet.relay(0).heal();
    EXPECT_TRUE(all_right({fleet.ask(0, call), fleet.ask(1, call)}, 1)) << i;
    ASSERT_EQ(fleet.renewals(), 1) << i;
  }
  std::cout << fleet.relay(0).resets() << " cuts: " << failed
            << " calls got the storage's error, and all others the right answer\n";
  EXPECT_GT(fleet.relay(0).resets(), static_cast<int>(options.users / 4));
  EXPECT_TRUE(same_tokens(fleet.call_for_all()));
}

}  // namespace
}  // namespace globus_sdk_test
