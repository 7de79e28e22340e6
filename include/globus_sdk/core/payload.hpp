// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/core/timestamp.hpp"

namespace globus_sdk::inline v0 {

/// A JSON object that is filled member by member. Fields without a value are left out. Copies are
/// deep.
class Payload {
 public:
  /// An object without members.
  Payload();
  Payload(const Payload& other);
  Payload(Payload&& other) noexcept;
  Payload& operator=(const Payload& other);
  Payload& operator=(Payload&& other) noexcept;
  ~Payload();

  /// Sets a member; an existing member is replaced.
  Payload& set(std::string_view name, const Json& value);
  /// The same, with an object as the value.
  Payload& set(std::string_view name, const Payload& value);
  /// The same; an unset field changes nothing.
  template <class T> Payload& set(std::string_view name, const Field<T>& value) {
    return value ? set(name, to_json(*value)) : *this;
  }
  /// The same; a null field sets the member to JSON's null.
  template <class T> Payload& set(std::string_view name, const Nullable<T>& value) {
    if (value.is_null()) return set(name, Json(nullptr));
    return value.has_value() ? set(name, to_json(*value)) : *this;
  }
  /// Adds every member of a JSON object; existing members are replaced.
  Payload& merge(const Field<Json>& members);
  /// Appends an element to a member that is a list.
  Payload& append(std::string_view list, Payload element);

  /// Whether there is a member of that name.
  bool contains(std::string_view name) const;
  /// A copy of the object.
  Json json() const;
  /// The object in Boost.JSON's form.
  const boost::json::object& object() const noexcept { return *object_; }

 private:
  template <class T> static Json to_json(const T& value) {
    if constexpr (requires { value.json(); }) {
      return value.json();  // a Document
    } else {
      return Json(value);
    }
  }
  static Json to_json(const Timestamp& value);
  static Json to_json(const Strings& values);
  template <class E> static Json to_json(const Choice<E>& value) { return Json(value.str()); }

  std::unique_ptr<boost::json::object> object_;
};

}  // namespace globus_sdk::inline v0
