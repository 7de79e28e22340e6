// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/errors.hpp"

namespace globus_sdk::inline v0 {

TransferAPIError::~TransferAPIError() = default;

}  // namespace globus_sdk::inline v0
