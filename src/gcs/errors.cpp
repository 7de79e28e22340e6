// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gcs/errors.hpp"

namespace globus_sdk::inline v0 {

GCSAPIError::~GCSAPIError() = default;

}  // namespace globus_sdk::inline v0
