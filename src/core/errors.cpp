// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/errors.hpp"

#include <algorithm>

#include "globus_sdk/core/url_encoding.hpp"

namespace globus_sdk::inline v0 {

GlobusError::GlobusError(std::string message)
    : message_(std::make_shared<const std::string>(std::move(message))) {}

const char* GlobusError::what() const noexcept {
  return message_->c_str();
}

GlobusError::~GlobusError() = default;
GlobusSDKUsageError::~GlobusSDKUsageError() = default;
ValidationError::~ValidationError() = default;
JsonError::~JsonError() = default;
CancelledError::~CancelledError() = default;
NetworkError::~NetworkError() = default;
GlobusConnectionError::~GlobusConnectionError() = default;
GlobusTimeoutError::~GlobusTimeoutError() = default;
GlobusConnectionTimeoutError::~GlobusConnectionTimeoutError() = default;
GlobusAPIError::~GlobusAPIError() = default;
AuthAPIError::~AuthAPIError() = default;
TransferAPIError::~TransferAPIError() = default;

struct NetworkError::Place {
  std::string method;
  std::string url;
};

NetworkError::NetworkError(Text message, Text method, Text url)
    : GlobusError(method.str() + " " + detail::redacted_url(url) + ": " + message.str()),
      place_(std::make_shared<const Place>(Place{method.str(), detail::redacted_url(url)})) {}

const std::string& NetworkError::method() const noexcept {
  return place_->method;
}
const std::string& NetworkError::url() const noexcept {
  return place_->url;
}

namespace detail {

namespace {

void replace_all(std::string& text, std::string_view secret) {
  constexpr std::string_view mask = "***";
  for (std::size_t at = text.find(secret); at != std::string::npos;
       at = text.find(secret, at + mask.size())) {
    text.replace(at, secret.size(), mask);
  }
}

}  // namespace

std::string mask_secrets(std::string text, const std::vector<std::string>& secrets) {
  std::vector<std::string> forms;
  for (const std::string& secret : secrets) {
    if (secret.empty()) continue;
    forms.push_back(secret);
    forms.push_back(quote(secret, ""));
    forms.push_back(quote_plus(secret));
  }
  // The longest first: a part of it may be a secret of its own.
  std::ranges::sort(forms, std::ranges::greater(), &std::string::size);
  for (const std::string& form : forms) replace_all(text, form);
  return text;
}

}  // namespace detail
}  // namespace globus_sdk::inline v0
