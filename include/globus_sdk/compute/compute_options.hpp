// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/core/field.hpp"

namespace globus_sdk::inline v0 {

// Options of ComputeClientV2's methods, each struct named for its method.

/// Options of ComputeClientV2::get_version.
struct GetVersionOptions {
  /// The part of Compute whose version is meant, `all` for those of all parts; that of the API when
  /// unset.
  Field<std::string> service{};
};

/// Options of ComputeClientV2::get_endpoints.
struct GetEndpointsOptions {
  /// Which endpoints: `owner` for those of the user alone, `any` for all that the user may use.
  Field<std::string> role{};
};

}  // namespace globus_sdk::inline v0
