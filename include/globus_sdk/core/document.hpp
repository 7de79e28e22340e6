// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <initializer_list>
#include <utility>

#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

/// A class that makes a document: TransferData, DeleteData, and their kind.
template <class T>
concept PayloadClass = requires(const T& payload) {
  { payload.document() } -> std::convertible_to<Json>;
};

}  // namespace detail

/// A document as a parameter: an object of any payload class, a Payload, or any Json, also in
/// braces.
class Document {
 public:
  using BraceElement = Json;

  // NOLINTBEGIN(google-explicit-constructor): a parameter type
  /// A document of your own.
  template <std::convertible_to<Json> T>
    requires(!detail::PayloadClass<T>)
  Document(const T& json) : json_(json) {}
  /// The same, in braces.
  Document(std::initializer_list<Json> braces) : json_(braces) {}
  /// What the payload holds now.
  Document(const Payload& payload) : json_(payload.json()) {}
  /// The document that an object of a payload class makes.
  template <detail::PayloadClass T> Document(const T& payload) : json_(payload.document()) {}
  // NOLINTEND(google-explicit-constructor)

  /// The document that is sent.
  const Json& json() const noexcept { return json_; }

 private:
  Json json_;
};

}  // namespace globus_sdk::inline v0
