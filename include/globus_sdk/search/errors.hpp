// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

/// An error of Globus Search.
class GLOBUS_SDK_EXPORT SearchAPIError : public GlobusAPIError {
 public:
  using GlobusAPIError::GlobusAPIError;
  ~SearchAPIError() override;

  /// What the service says besides code and message, for example which parts of a document are
  /// wrong; nothing when it says no more.
  std::optional<JsonView> error_data() const;
};

}  // namespace globus_sdk::inline v0
