// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/choice.hpp"

#include <algorithm>

#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

[[noreturn]] void refuse(std::string_view parameter, const std::string& given,
                         const std::string& allowed) {
  throw GlobusSDKUsageError(std::string(parameter) + ": " + given + " is not one of " + allowed);
}

std::string listed(std::span<const std::string_view> names) {
  std::string list;
  for (std::string_view name : names) {
    if (!list.empty()) list += ", ";
    list.append("'").append(name).append("'");
  }
  return list;
}

std::string listed(std::span<const std::int64_t> integers) {
  std::string list;
  for (std::int64_t integer : integers) {
    if (!list.empty()) list += ", ";
    list += std::to_string(integer);
  }
  return list;
}

}  // namespace

std::optional<std::size_t> choice_index(std::string_view parameter,
                                        std::span<const std::string_view> names, bool closed,
                                        std::string_view text) {
  const auto found = std::ranges::find(names, text);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  if (closed || text.empty()) refuse(parameter, "'" + std::string(text) + "'", listed(names));
  return std::nullopt;
}

std::size_t choice_index(std::string_view parameter, std::span<const std::int64_t> integers,
                         std::int64_t integer) {
  const auto found = std::ranges::find(integers, integer);
  if (found == integers.end()) refuse(parameter, std::to_string(integer), listed(integers));
  return static_cast<std::size_t>(found - integers.begin());
}

std::size_t checked_choice(std::string_view parameter, std::size_t count, std::size_t index) {
  if (index < count) return index;
  throw GlobusSDKUsageError(std::string(parameter) + ": the enum has no value " +
                            std::to_string(index));
}

}  // namespace globus_sdk::inline v0::detail
