// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

/// A number that was given for a parameter.
///
/// @throws GlobusSDKUsageError when it is negative; names the parameter.
inline std::int64_t not_negative(std::string_view parameter, std::int64_t number) {
  if (number < 0) throw GlobusSDKUsageError(std::string(parameter) + " must not be negative");
  return number;
}
/// The same where it need not be given.
inline Field<std::int64_t> not_negative(std::string_view parameter,
                                        const Field<std::int64_t>& number) {
  if (number) not_negative(parameter, *number);
  return number;
}

}  // namespace globus_sdk::inline v0::detail
