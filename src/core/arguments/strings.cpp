// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/strings.hpp"

#include "globus_sdk/core/json_view.hpp"

namespace globus_sdk::inline v0 {

Strings::Strings(const JsonView& view) {
  if (view.is_array()) {
    values_ = view.as<std::vector<std::string>>();
  } else {
    values_.push_back(view.as<std::string>());
    is_one_text_ = true;
  }
}

std::string Strings::joined(char separator) const {
  std::string joined;
  for (const std::string& value : values_) {
    if (&value != &values_.front()) joined += separator;
    joined += value;
  }
  return joined;
}

}  // namespace globus_sdk::inline v0
