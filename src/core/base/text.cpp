// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/text.hpp"

#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

void throw_null_text() {
  throw GlobusSDKUsageError("a text parameter is a null pointer");
}

}  // namespace globus_sdk::inline v0::detail
