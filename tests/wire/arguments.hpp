// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "globus_sdk/auth/dependent_scope_spec.hpp"
#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/filter.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/core/timestamp.hpp"

namespace globus_sdk_test {

template <class T> inline constexpr bool is_choice = false;
template <class E> inline constexpr bool is_choice<globus_sdk::Choice<E>> = true;

/// A recorded argument as a T of the SDK's.
template <class T> T argument_as(const boost::json::value& value) {
  using globus_sdk::Json;
  if constexpr (std::is_same_v<T, std::string>) {
    return std::string(std::string_view(value.as_string()));
  } else if constexpr (std::is_same_v<T, bool>) {
    return value.as_bool();
  } else if constexpr (std::is_integral_v<T>) {
    return value.to_number<T>();
  } else if constexpr (std::is_same_v<T, Json>) {
    return Json(value);
  } else if constexpr (std::is_same_v<T, globus_sdk::Strings>) {
    return globus_sdk::Strings(Json(value).view());
  } else if constexpr (std::is_same_v<T, globus_sdk::Filter>) {
    return globus_sdk::Filter(Json(value));
  } else if constexpr (std::is_same_v<T, std::vector<globus_sdk::DependentScopeSpec>>) {
    T specs;
    for (const auto& element : value.as_array()) specs.emplace_back(Json(element));
    return specs;
  } else if constexpr (is_choice<T>) {
    return value.is_string() ? T(std::string_view(value.as_string()))
                             : throw std::invalid_argument("a choice that is no text");
  } else if constexpr (std::is_same_v<T, std::chrono::milliseconds>) {
    return std::chrono::milliseconds(std::llround(value.to_number<double>() * 1000));
  } else {
    static_assert(std::is_same_v<T, globus_sdk::Timestamp>, "an argument of another type");
    if (const auto* text = value.if_string()) return T(std::string_view(*text));
    // {"$datetime": "..."}: a point in time, where Python was given a datetime
    const auto& iso = value.as_object().at("$datetime").as_string();
    return T(T(std::string_view(iso)).time());
  }
}

/// The arguments of a recorded call, by name. It knows which were asked for: an argument that was
/// not is one that the call left out.
class Arguments {
 public:
  explicit Arguments(boost::json::object values) : values_(std::move(values)) {}

  /// An argument that has to be there.
  template <class T = std::string> T get(std::string_view name) const {
    used_.insert(std::string(name));
    return argument_as<T>(values_.at(name));
  }

  /// Sets an option, where the call has it.
  template <class T> void set(std::string_view name, globus_sdk::Field<T>& option) const {
    if (values_.contains(name)) option = get<T>(name);
  }
  template <class T> void set(std::string_view name, globus_sdk::Nullable<T>& option) const {
    if (!values_.contains(name)) return;
    option = values_.at(name).is_null() ? globus_sdk::Nullable<T>(nullptr) : get<T>(name);
    used_.insert(std::string(name));
  }
  void set(std::string_view name, bool& option) const {
    if (values_.contains(name)) option = get<bool>(name);
  }

  std::vector<std::string> unused() const {
    std::vector<std::string> names;
    for (const auto& member : values_) {
      const std::string name(member.key());
      if (!used_.contains(name)) names.push_back(name);
    }
    return names;
  }

 private:
  boost::json::object values_;
  mutable std::set<std::string> used_{};
};

}  // namespace globus_sdk_test
