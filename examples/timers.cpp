// SPDX-License-Identifier: Apache-2.0
// A transfer that Globus makes every night
//
//     timers
//
// The program ends at once: Globus keeps the timer, and runs it whether anybody's machine is on or
// not.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main() try {
  TransferData data{std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE"),
                    std::getenv("GLOBUS_SANDBOX_COLLECTION_DESTINATION"),
                    {.label = "nightly backup", .sync_level = SyncLevel::checksum}};
  data.add_item("/data/", "/backup/", {.recursive = true});

  // from tomorrow, at two o'clock (UTC), for thirty nights
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const RecurringTimerSchedule nightly{
      24h, {.start = today + 26h, .end = {{"condition", "iterations"}, {"iterations", 30}}}};

  TimersClient timers{AccessTokenAuthorizer{std::getenv("GLOBUS_SANDBOX_TIMERS_TOKEN")}};
  const auto answer = timers.create_timer(TransferTimer{nightly, data, {.name = "my backup"}});
  const auto timer = answer["timer"];
  std::cout << "timer " << timer["job_id"] << " runs next at " << timer["next_run"] << '\n';
} catch (const TimersAPIError& error) {
  std::cerr << "there is no such timer: " << error.message() << '\n';
  return 1;
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 2;
}
//! [program]
