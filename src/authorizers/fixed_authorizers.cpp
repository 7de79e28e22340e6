// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/authorizers/basic_authorizer.hpp"
#include "globus_sdk/authorizers/null_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/url_encoding.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// The text, if it may stand in a header and is not empty. Its value is never part of the message.
std::string checked(const char* parameter, std::string_view text) {
  if (text.empty()) {
    throw GlobusSDKUsageError(std::string(parameter) + " must not be empty");
  }
  for (const char letter : text) {
    if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) {
      throw GlobusSDKUsageError(
          std::string(parameter) +
          " must not hold control characters (a line end at its end, perhaps)");
    }
  }
  return std::string(text);
}

std::shared_ptr<const std::string> basic_header(std::string_view username,
                                                std::string_view password) {
  if (checked("username", username).find(':') != std::string::npos) {
    throw GlobusSDKUsageError("username must not hold a colon");
  }
  const std::string credentials = std::string(username) + ":" + std::string(password);
  return std::make_shared<const std::string>("Basic " + detail::base64_encode(credentials));
}

}  // namespace

NullAuthorizer::~NullAuthorizer() = default;

std::string NullAuthorizer::get_authorization_header(const CallLimits&) const {
  return {};
}

std::optional<std::string> NullAuthorizer::try_get_authorization_header() const {
  return std::string();
}

AccessTokenAuthorizer::AccessTokenAuthorizer(Text access_token)
    : header_(
          std::make_shared<const std::string>("Bearer " + checked("access_token", access_token))) {}

AccessTokenAuthorizer::~AccessTokenAuthorizer() = default;

std::string AccessTokenAuthorizer::get_authorization_header(const CallLimits&) const {
  return *header_;
}

std::optional<std::string> AccessTokenAuthorizer::try_get_authorization_header() const {
  return *header_;
}

BasicAuthorizer::BasicAuthorizer(Text username, Text password)
    : header_(basic_header(username, password)) {}

BasicAuthorizer::~BasicAuthorizer() = default;

std::string BasicAuthorizer::get_authorization_header(const CallLimits&) const {
  return *header_;
}

std::optional<std::string> BasicAuthorizer::try_get_authorization_header() const {
  return *header_;
}

}  // namespace globus_sdk::inline v0
