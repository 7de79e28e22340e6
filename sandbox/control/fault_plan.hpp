// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <regex>
#include <string_view>

#include "sandbox/base/clock.hpp"
#include "sandbox/sandbox.hpp"

namespace globus_sandbox {

/// The faults that wait for a request that matches. The oldest that matches is used first.
class FaultPlan {
 public:
  /// Whether a request has what these authorization parameters ask for, logins since that time.
  using Check = std::function<bool(const boost::json::object& parameters, Instant since)>;

  /// Throws std::invalid_argument, with a message that names the field, for a fault that makes no
  /// sense.
  void add(Fault fault);
  /// The fault that this request meets, if any, of those that require nothing; it is used up by
  /// one.
  std::optional<Fault> take(std::string_view method, std::string_view path);
  /// The authorization parameters that this request would need and does not have; empty for none.
  /// They are used up by one.
  boost::json::object take_requirement(std::string_view method, std::string_view path,
                                       const Check& has);
  void clear();

 private:
  struct Planned {
    Fault fault;
    std::regex path;
    boost::json::object require{};
    Instant since{};  ///< it was added
    std::int64_t matched = 0;
    std::uint64_t id = 0;

    bool matches(std::string_view method, std::string_view request_path) const;
  };
  /// Counts a request that matches; whether the fault is for this one. Ends what is used up.
  bool use(std::list<Planned>::iterator planned);

  std::mutex mutex_;
  std::list<Planned> planned_;
  std::uint64_t last_id_ = 0;
};

}  // namespace globus_sandbox
