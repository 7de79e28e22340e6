// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

/// A file of a local endpoint exists but cannot be read. `what()` names the file and says why.
class GLOBUS_SDK_EXPORT LocalEndpointError : public GlobusError {
 public:
  /// @param problem why it cannot be read.
  LocalEndpointError(Text filepath, Text problem);
  ~LocalEndpointError() override;

  /// The file that the error is about.
  const std::string& filepath() const noexcept GLOBUS_SDK_LIFETIMEBOUND { return *filepath_; }

 private:
  std::shared_ptr<const std::string> filepath_;
};

}  // namespace globus_sdk::inline v0
