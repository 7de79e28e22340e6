// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <memory>
#include <utility>

#include "globus_sdk/core/language.hpp"

namespace globus_sdk::inline v0 {

/// A parameter that accepts an object of any class derived from `Interface`: by value, or in a
/// `std::shared_ptr`.
template <class Interface> class AnyOf {
 public:
  /// By value.
  template <std::derived_from<Interface> T>
  AnyOf(T object)  // NOLINT(google-explicit-constructor): a parameter type
      : object_(std::make_shared<const T>(std::move(object))) {}

  /// Shared with the caller.
  template <std::derived_from<Interface> T>
  AnyOf(std::shared_ptr<T> object)  // NOLINT(google-explicit-constructor)
      : object_(std::move(object)) {}

  /// The object.
  const std::shared_ptr<const Interface>& get() const noexcept { return object_; }

 private:
  std::shared_ptr<const Interface> object_;
};

}  // namespace globus_sdk::inline v0
