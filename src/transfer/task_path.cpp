// SPDX-License-Identifier: Apache-2.0
#include "transfer/task_path.hpp"

#include <algorithm>
#include <vector>

#include "core/base/one_line.hpp"
#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

std::string joined(std::string_view base, std::string_view path) {
  if (base.empty() || path.starts_with('/')) return std::string(path);
  std::string whole(base);
  if (!path.empty() && !base.ends_with('/')) whole += '/';
  return whole.append(path);
}

/// Goes one step on from where the steps so far lead.
void take(std::vector<std::string_view>& steps, std::string_view step, bool is_absolute) {
  if (step.empty() || step == ".") return;
  if (step != "..") {
    steps.push_back(step);
  } else if (!is_absolute && steps.size() == 1 && steps.front() == "~") {
    throw GlobusSDKUsageError("a path does not lead above ~: write it from / on");
  } else if (!steps.empty() && steps.back() != "..") {
    steps.pop_back();
  } else if (!steps.empty() || !is_absolute) {
    steps.push_back(step);  // above the folder where a relative path begins
  }
}

}  // namespace

std::string task_path(std::string_view base, std::string_view path) {
  const std::string whole = joined(base, path);
  const bool is_absolute = whole.starts_with('/');
  std::vector<std::string_view> steps;
  for (std::size_t begin = 0; begin <= whole.size();) {
    const std::size_t end = std::min(whole.find('/', begin), whole.size());
    take(steps, std::string_view(whole).substr(begin, end - begin), is_absolute);
    begin = end + 1;
  }
  // globus-cli makes nothing of `.`, and `/` of `./`
  if (!is_absolute && steps.empty() && !whole.empty()) {
    throw GlobusSDKUsageError('"' + one_line(whole) +
                              "\" is the folder where it begins: write that folder's path");
  }
  std::string result = is_absolute ? "/" : "";
  for (std::size_t i = 0; i < steps.size(); ++i) result.append(i == 0 ? "" : "/").append(steps[i]);
  if (whole.ends_with('/') && whole != "/") result += '/';
  return result;
}

}  // namespace globus_sdk::inline v0::detail
