// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

/// An error of Globus Connect Server.
class GLOBUS_SDK_EXPORT GCSAPIError : public GlobusAPIError {
 public:
  using GlobusAPIError::GlobusAPIError;
  ~GCSAPIError() override;

  /// What the service says about the error besides its message: a text, or a document of a type of
  /// its own; nothing where it says no more.
  std::optional<JsonView> detail() const;
  /// The type of the document that detail() is: `missing_required_role#1.0.0`, for example. Nothing
  /// where detail() is no document, or has no `DATA_TYPE`.
  std::optional<std::string> detail_data_type() const;
};

}  // namespace globus_sdk::inline v0
