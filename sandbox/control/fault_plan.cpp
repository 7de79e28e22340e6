// SPDX-License-Identifier: Apache-2.0
#include "sandbox/control/fault_plan.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

namespace globus_sandbox {

namespace json = boost::json;

namespace {

/// A count that nothing uses up.
constexpr int no_end = std::numeric_limits<int>::max();

/// The standard library's matcher recurses for each character: what is longer is cut for it.
constexpr std::size_t longest_path = 4096;

void require(bool good, const char* message) {
  if (!good) throw std::invalid_argument(message);
}

void check(const Fault& fault) {
  require(fault.count >= 0, "'count' must be at least 1");
  require(fault.every >= 1, "'every' must be at least 1");
  require(fault.status == 0 || (fault.status >= 200 && fault.status <= 599),
          "'status' must be from 200 to 599");
  require(std::isfinite(fault.delay) && fault.delay >= 0, "'delay' must not be negative");
  require(fault.truncate_at >= -1, "'truncate' must not be negative");
  require(fault.reset_at >= -1, "'reset' must not be negative");
  require(fault.stall_at >= -1, "'stall' must not be negative");
  require(fault.cut_upload_at >= -1, "'cut_upload' must not be negative");
  require(fault.bytes_per_second >= 0, "'bytes_per_second' must be at least 1");
  const std::array<bool, 10> kinds{fault.status != 0,        fault.delay > 0,
                                   fault.drop_before,        fault.drop_after,
                                   fault.truncate_at >= 0,   fault.reset_at >= 0,
                                   fault.stall_at >= 0,      fault.bytes_per_second > 0,
                                   fault.cut_upload_at >= 0, !fault.require.empty()};
  require(std::count(kinds.begin(), kinds.end(), true) == 1,
          "exactly one of 'status', 'delay', 'drop', 'truncate', 'reset', 'stall', "
          "'bytes_per_second', 'cut_upload' and 'require' must be given");
  require(fault.status != 0 || (fault.headers.empty() && fault.body.empty()),
          "'headers' and 'body' go with 'status' only");
  const bool stalls = std::isfinite(fault.stall_seconds) && fault.stall_seconds > 0;
  require(fault.stall_at >= 0 ? stalls : fault.stall_seconds == 0,
          "'stall' takes 'seconds', which must be more than 0, and nothing else does");
}

json::object read_requirement(const std::string& text) {
  boost::system::error_code error;
  const json::value document = json::parse(text, error);
  require(!error && document.is_object() && !document.get_object().empty(),
          "'require' must be an object of authorization parameters");
  return document.get_object();
}

std::regex compile(const std::string& pattern) {
  try {
    return std::regex(pattern, std::regex::ECMAScript | std::regex::optimize);
  } catch (const std::regex_error&) {
    throw std::invalid_argument("'path' is not a regular expression");
  }
}

}  // namespace

void FaultPlan::add(Fault fault) {
  check(fault);
  Planned planned{fault, compile(fault.path)};
  if (!fault.require.empty()) planned.require = read_requirement(fault.require);
  if (fault.count == 0) planned.fault.count = fault.require.empty() ? 1 : no_end;
  planned.since = current_time();
  const std::lock_guard lock(mutex_);
  planned.id = ++last_id_;
  planned_.push_back(std::move(planned));
}

bool FaultPlan::Planned::matches(std::string_view method, std::string_view request_path) const {
  return (fault.method.empty() || fault.method == method) &&
         std::regex_search(request_path.begin(), request_path.end(), path);
}

bool FaultPlan::use(std::list<Planned>::iterator planned) {
  if (++planned->matched % planned->fault.every != 0) return false;
  if (planned->fault.count != no_end && --planned->fault.count == 0) planned_.erase(planned);
  return true;
}

std::optional<Fault> FaultPlan::take(std::string_view method, std::string_view path) {
  path = path.substr(0, longest_path);
  const std::lock_guard lock(mutex_);
  for (auto it = planned_.begin(); it != planned_.end(); ++it) {
    if (!it->require.empty() || !it->matches(method, path)) continue;
    const Fault met = it->fault;
    if (use(it)) return met;
  }
  return std::nullopt;
}

json::object FaultPlan::take_requirement(std::string_view method, std::string_view path,
                                         const Check& has) {
  path = path.substr(0, longest_path);
  std::list<Planned> matching;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& planned : planned_)
      if (!planned.require.empty() && planned.matches(method, path)) matching.push_back(planned);
  }
  for (const auto& open : matching) {
    if (has(open.require, open.since)) continue;  // looks into the state: not under our lock
    const std::lock_guard lock(mutex_);
    const auto planned = std::find_if(planned_.begin(), planned_.end(),
                                      [&](const Planned& each) { return each.id == open.id; });
    if (planned != planned_.end() && use(planned)) return open.require;
  }
  return {};
}

void FaultPlan::clear() {
  const std::lock_guard lock(mutex_);
  planned_.clear();
}

}  // namespace globus_sandbox
