// SPDX-License-Identifier: Apache-2.0
#include "token_storage/id_token_subject.hpp"

#include "core/base/base64.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// The second of three parts with dots between.
std::string_view payload_of(std::string_view token) {
  const auto first = token.find('.');
  if (first == std::string_view::npos) return {};
  const auto second = token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return {};
  }
  return token.substr(first + 1, second - first - 1);
}

}  // namespace

std::string id_token_subject(std::string_view id_token) {
  const auto payload = base64url_decode(payload_of(id_token));
  const auto claims = payload ? parse_json(*payload) : std::nullopt;
  if (!claims || !claims->is_object()) throw ValidationError("the id token cannot be read");
  const auto subject = claims->get("sub");
  if (!subject || !subject->is_string() || *subject == "") {
    throw ValidationError("the id token does not say which identity it is for (sub)");
  }
  return *subject;
}

}  // namespace globus_sdk::inline v0::detail
