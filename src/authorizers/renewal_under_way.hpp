// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

namespace globus_sdk::inline v0::detail {

/// While it lives, the process has a token to renew, or what came of it to store: it does not end
/// before, for some seconds.
class RenewalUnderWay {
 public:
  RenewalUnderWay();
  ~RenewalUnderWay();
  RenewalUnderWay(const RenewalUnderWay&) = delete;
  RenewalUnderWay& operator=(const RenewalUnderWay&) = delete;

 private:
  const std::uint64_t process_;
};

/// Waits until there is none; false when the time is over before.
bool await_renewals(std::chrono::milliseconds timeout);

}  // namespace globus_sdk::inline v0::detail
