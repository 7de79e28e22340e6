// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/network_error.hpp"

#include "core/base/redacted_url.hpp"

namespace globus_sdk::inline v0 {

NetworkError::~NetworkError() = default;
GlobusConnectionError::~GlobusConnectionError() = default;
GlobusTimeoutError::~GlobusTimeoutError() = default;
GlobusConnectionTimeoutError::~GlobusConnectionTimeoutError() = default;

struct NetworkError::Place {
  std::string method;
  std::string url;
  bool surely_not_processed;
};

namespace {

/// "GET https://...: ", or nothing where an error is about no request.
std::string place_text(const std::string& method, const std::string& url) {
  return method.empty() && url.empty() ? std::string() : method + " " + url + ": ";
}

}  // namespace

NetworkError::NetworkError(Text message, Text method, Text url, bool surely_not_processed)
    : GlobusError(place_text(method.str(), detail::redacted_url(url)) + message.str()),
      place_(std::make_shared<const Place>(
          Place{method.str(), detail::redacted_url(url), surely_not_processed})) {}

const std::string& NetworkError::method() const noexcept {
  return place_->method;
}
const std::string& NetworkError::url() const noexcept {
  return place_->url;
}
bool NetworkError::surely_not_processed() const noexcept {
  return place_->surely_not_processed;
}

}  // namespace globus_sdk::inline v0
