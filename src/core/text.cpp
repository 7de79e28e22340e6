// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/text.hpp"

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/field.hpp"

namespace globus_sdk::inline v0::detail {

void throw_null_text() {
  throw GlobusSDKUsageError("a text parameter is a null pointer");
}

void throw_number_out_of_range() {
  throw GlobusSDKUsageError("a number is too large for its parameter");
}

}  // namespace globus_sdk::inline v0::detail
