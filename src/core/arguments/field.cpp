// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/field.hpp"

#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

void throw_number_out_of_range() {
  throw GlobusSDKUsageError("a number is too large for its parameter");
}

}  // namespace globus_sdk::inline v0::detail
