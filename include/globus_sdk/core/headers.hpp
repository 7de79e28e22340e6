// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// HTTP header fields in the order in which they came. Names are compared without case; a name may
/// come more than once.
class Headers {
 public:
  using value_type = std::pair<std::string, std::string>;
  using const_iterator = std::vector<value_type>::const_iterator;

  Headers() = default;
  /// These fields, in their order.
  Headers(std::initializer_list<std::pair<Text, Text>> fields);

  /// The first field of that name.
  std::optional<std::string> get(Text name) const;

  /// The fields of that name, in order.
  std::vector<std::string> all(Text name) const;

  /// Whether there is a field of that name.
  bool contains(Text name) const noexcept;

  /// Appends a field, whether or not there is one of that name.
  void add(Text name, Text value);

  /// Sets a field, in place of all fields of that name.
  void set(Text name, Text value);

  /// Removes the fields of that name.
  void remove(Text name);

  /// The fields, in their order.
  const_iterator begin() const noexcept { return fields_.begin(); }
  const_iterator end() const noexcept { return fields_.end(); }
  /// How many fields there are.
  std::size_t size() const noexcept { return fields_.size(); }
  /// Whether there are none.
  bool empty() const noexcept { return fields_.empty(); }

 private:
  std::vector<value_type> fields_{};
};

}  // namespace globus_sdk::inline v0
