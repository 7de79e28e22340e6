// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/login_flows/errors.hpp"

#include "core/base/one_line.hpp"

namespace globus_sdk::inline v0 {

namespace {

std::string refusal(Text error, Text error_description) {
  std::string text = "Globus Auth sent the user back without a code: " + error.str();
  if (!error_description.view().empty()) text += ": " + error_description.str();
  return detail::one_line(std::move(text));
}

}  // namespace

LoginFlowError::~LoginFlowError() = default;
CommandLineLoginFlowEOFError::~CommandLineLoginFlowEOFError() = default;
LocalServerLoginError::~LocalServerLoginError() = default;
LocalServerEnvironmentalLoginError::~LocalServerEnvironmentalLoginError() = default;
LoginTimeoutError::~LoginTimeoutError() = default;

LoginRefusedError::LoginRefusedError(Text error, Text error_description)
    : LocalServerLoginError(refusal(error, error_description)),
      error_(std::make_shared<const std::string>(error.str())),
      error_description_(std::make_shared<const std::string>(error_description.str())) {}
LoginRefusedError::~LoginRefusedError() = default;

}  // namespace globus_sdk::inline v0
