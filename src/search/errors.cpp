// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/search/errors.hpp"

namespace globus_sdk::inline v0 {

SearchAPIError::~SearchAPIError() = default;

}  // namespace globus_sdk::inline v0
