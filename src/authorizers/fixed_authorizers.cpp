// SPDX-License-Identifier: Apache-2.0
#include "authorizers/bearer_header.hpp"
#include "core/base/base64.hpp"
#include "core/base/wipe.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/authorizers/basic_authorizer.hpp"
#include "globus_sdk/authorizers/null_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// The text, if it may stand in a header and is not empty. Its value is never part of the message.
std::string_view checked(const char* parameter, std::string_view text) {
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
  return text;
}

/// A text that is wiped when nobody has it any more.
std::shared_ptr<const std::string> wiped_at_its_end(std::string text) {
  return {new std::string(std::move(text)), [](std::string* kept) {
            detail::wipe(*kept);
            delete kept;
          }};
}

/// The texts together, in one piece of memory.
std::string joined(std::initializer_list<std::string_view> texts) {
  std::size_t size = 0;
  for (const std::string_view text : texts) size += text.size();
  std::string all;
  all.reserve(size);
  for (const std::string_view text : texts) all += text;
  return all;
}

std::shared_ptr<const std::string> bearer_header(std::string_view access_token) {
  return wiped_at_its_end(detail::bearer_header(checked("access_token", access_token)));
}

std::shared_ptr<const std::string> basic_header(std::string_view username,
                                                std::string_view password) {
  if (checked("username", username).find(':') != std::string::npos) {
    throw GlobusSDKUsageError("username must not hold a colon");
  }
  std::string credentials = joined({username, ":", password});
  std::string encoded = detail::base64_encode(credentials);
  auto header = wiped_at_its_end(joined({"Basic ", encoded}));
  detail::wipe(credentials);
  detail::wipe(encoded);
  return header;
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
    : header_(bearer_header(access_token)) {}

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
