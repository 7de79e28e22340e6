// SPDX-License-Identifier: Apache-2.0
#pragma once

// Whether typed views agree with their documents, member by member.

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "globus_sdk/core/json_member.hpp"
#include "globus_sdk/core/response.hpp"

namespace globus_sdk_test {

/// Goes over the members of a view: `Members<Task>::check(task, check)` calls `check` with the keys
/// that a member may have, and the member. generate_calls.py writes one for each view.
template <class View> struct Members;

/// What views and their documents differ in, a line each.
struct Disagreement {
  std::string lines{};
  int views = 0;  ///< how many views there were
};

/// The seconds since 1970 that a text in ISO 8601 names, if it is one with an offset of nothing or
/// zero. Written apart from the SDK's own, so that a mistake there shows.
inline std::optional<std::int64_t> seconds_of(const std::string& text) {
  std::tm time{};
  int used = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2d%*1[T ]%2d:%2d:%2d%n", &time.tm_year, &time.tm_mon,
                  &time.tm_mday, &time.tm_hour, &time.tm_min, &time.tm_sec, &used) != 6) {
    return std::nullopt;
  }
  std::string rest = text.substr(static_cast<std::size_t>(used));
  if (rest.starts_with('.'))
    rest.erase(0, std::min(rest.find_first_not_of(".0123456789"), rest.size()));
  if (!rest.empty() && rest != "Z" && rest != "+00:00") return std::nullopt;
  time.tm_year -= 1900;
  time.tm_mon -= 1;
  return timegm(&time);
}

template <class View> std::string lines_of(const View& view);

/// Whether a value of a member is the one of the document.
template <class T> bool agrees(const T& value, const boost::json::value& raw) {
  if constexpr (std::is_same_v<T, bool>) {
    return raw == boost::json::value(value);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return raw.is_number() && raw.to_number<T>() == value;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return raw.is_string() && raw.get_string() == value;
  } else if constexpr (globus_sdk::detail::is_choice<T>) {
    return raw.is_string() && raw.get_string() == value.str();
  } else if constexpr (std::is_same_v<T, globus_sdk::JsonView>) {
    return raw == value.value();
  } else if constexpr (std::is_same_v<T, std::chrono::sys_seconds>) {
    return raw.is_string() &&
           seconds_of(std::string(raw.get_string())) == value.time_since_epoch().count();
  } else if constexpr (globus_sdk::detail::is_vector<T>) {
    const auto& elements = raw.as_array();
    return std::equal(
        value.begin(), value.end(), elements.begin(), elements.end(),
        [](const auto& one, const boost::json::value& other) { return agrees(one, other); });
  } else {
    return raw == value.document.value() && lines_of(value).empty();
  }
}

/// Compares the members of a view with its document.
class MemberCheck {
 public:
  explicit MemberCheck(const globus_sdk::JsonView& document)
      : document_(document.value().as_object()) {}

  template <class T>
  void operator()(std::initializer_list<const char*> keys,
                  const globus_sdk::JsonMember<T>& member) {
    const boost::json::value* raw = nullptr;
    for (const char* key : keys) {
      if (raw == nullptr) raw = document_.if_contains(key);
    }
    const bool empty = raw == nullptr || raw->is_null() || is_no_time<T>(*raw);
    if (empty ? !member.has_value() : member.has_value() && agrees(*member, *raw)) return;
    wrong_ += std::string(*keys.begin()) + " is not as in the document\n";
  }

  const std::string& wrong() const { return wrong_; }

 private:
  template <class T> static bool is_no_time(const boost::json::value& raw) {
    if constexpr (std::is_same_v<T, std::chrono::sys_seconds>) {
      return !seconds_of(std::string(raw.as_string()));
    } else {
      return false;
    }
  }

  const boost::json::object& document_;
  std::string wrong_{};
};

/// What a view and its document differ in, a line each.
template <class View> std::string lines_of(const View& view) {
  MemberCheck check(view.document);
  Members<View>::check(view, check);
  return check.wrong();
}

/// The same for the view of an answer.
template <class View> Disagreement disagreement_of(const globus_sdk::GlobusHTTPResponse& response) {
  return {lines_of(View{response}), 1};
}

/// The same for the views of a list.
template <class View> Disagreement disagreement_of_items(const globus_sdk::JsonView& items) {
  Disagreement all;
  for (const globus_sdk::JsonView& item : items) {
    all.lines += lines_of(View{item});
    ++all.views;
  }
  return all;
}

/// Reads an answer by the view that there is for a method; no views where there is none.
Disagreement view_disagreement(std::string_view client, std::string_view method,
                               const globus_sdk::GlobusHTTPResponse& response);

}  // namespace globus_sdk_test
