// SPDX-License-Identifier: Apache-2.0
#include "fault_plan.hpp"

#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

namespace globus_sandbox {

namespace {

/// The standard library's matcher recurses for each character: what is longer is cut for it.
constexpr std::size_t longest_path = 4096;

void require(bool good, const char* message) {
  if (!good) throw std::invalid_argument(message);
}

void check(const Fault& fault) {
  require(fault.count >= 1, "'count' must be at least 1");
  require(fault.every >= 1, "'every' must be at least 1");
  require(fault.status == 0 || (fault.status >= 200 && fault.status <= 599),
          "'status' must be from 200 to 599");
  require(std::isfinite(fault.delay) && fault.delay >= 0, "'delay' must not be negative");
  require(fault.truncate_at >= -1, "'truncate' must not be negative");
  const int kinds = (fault.status != 0 ? 1 : 0) + (fault.delay > 0 ? 1 : 0) +
                    (fault.drop_before ? 1 : 0) + (fault.drop_after ? 1 : 0) +
                    (fault.truncate_at >= 0 ? 1 : 0);
  require(kinds == 1, "exactly one of 'status', 'delay', 'drop' and 'truncate' must be given");
  require(fault.status != 0 || (fault.headers.empty() && fault.body.empty()),
          "'headers' and 'body' go with 'status' only");
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
  std::regex path = compile(fault.path);
  const std::lock_guard lock(mutex_);
  planned_.push_back({std::move(fault), std::move(path), 0});
}

std::optional<Fault> FaultPlan::take(std::string_view method, std::string_view path) {
  path = path.substr(0, longest_path);
  const std::lock_guard lock(mutex_);
  for (auto it = planned_.begin(); it != planned_.end(); ++it) {
    if (!it->fault.method.empty() && it->fault.method != method) continue;
    if (!std::regex_search(path.begin(), path.end(), it->path)) continue;
    if (++it->matched % it->fault.every != 0) continue;
    Fault met = it->fault;
    if (--it->fault.count == 0) planned_.erase(it);
    return met;
  }
  return std::nullopt;
}

void FaultPlan::clear() {
  const std::lock_guard lock(mutex_);
  planned_.clear();
}

}  // namespace globus_sandbox
