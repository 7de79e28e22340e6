// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/timestamp.hpp"

namespace globus_sdk::inline v0::detail {

/// A deadline as the Python SDK sends it, with a space between date and time.
inline Field<std::string> deadline_text(const Field<Timestamp>& deadline) {
  if (!deadline) return {};
  return deadline->str();
}

}  // namespace globus_sdk::inline v0::detail
