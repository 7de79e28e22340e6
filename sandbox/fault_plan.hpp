// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <regex>
#include <string_view>

#include "sandbox.hpp"

namespace globus_sandbox {

/// The faults that wait for a request that matches. The oldest that matches is used first.
class FaultPlan {
 public:
  /// Throws std::invalid_argument, with a message that names the field, for a fault that makes no
  /// sense.
  void add(Fault fault);
  /// The fault that this request meets, if any; it is used up by one.
  std::optional<Fault> take(std::string_view method, std::string_view path);
  void clear();

 private:
  struct Planned {
    Fault fault;
    std::regex path;
    std::int64_t matched = 0;
  };
  std::mutex mutex_;
  std::list<Planned> planned_;
};

}  // namespace globus_sandbox
