// SPDX-License-Identifier: Apache-2.0
#include "auth/json_web_signature.hpp"

#include <array>

#include "core/base/ascii.hpp"
#include "core/base/base64.hpp"
#include "globus_sdk/auth/id_token_error.hpp"
#include "globus_sdk/core/json_view.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw IDTokenError(IDTokenFault::malformed, message);
}

std::array<std::string_view, 3> parts_of(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t second = first == token.npos ? token.npos : token.find('.', first + 1);
  if (second == token.npos || token.find('.', second + 1) != token.npos) {
    refuse("it does not have three parts with dots between them");
  }
  return {token.substr(0, first), token.substr(first + 1, second - first - 1),
          token.substr(second + 1)};
}

std::string decoded(std::string_view part, const char* name) {
  auto bytes = base64url_decode(part);
  if (!bytes) refuse(std::string("its ") + name + " is not base64url without padding");
  return std::move(*bytes);
}

/// A member of the header that is a text, if it is there at all.
std::optional<std::string> text_member(const JsonView& header, const char* name) {
  const auto member = header.get(name);
  if (!member) return std::nullopt;
  if (!member->is_string()) refuse(std::string("its header's ") + name + " is no text");
  return member->as<std::string>();
}

}  // namespace

JsonWebSignature parse_signed_token(std::string_view token) {
  if (token.size() > max_token_size) {
    refuse("it is longer than " + std::to_string(max_token_size) + " bytes");
  }
  const auto [header_part, payload_part, signature_part] = parts_of(token);
  const auto header = parse_json(decoded(header_part, "header"));
  if (!header || !header->is_object()) refuse("its header is no JSON object");
  if (header->contains("crit")) refuse("its header names critical extensions (crit)");
  const auto type = text_member(*header, "typ");
  if (type && !ascii_equal(*type, "jwt")) refuse("its header's typ is not JWT");
  auto algorithm = text_member(*header, "alg");
  if (!algorithm) refuse("its header has no alg");

  JsonWebSignature parsed;
  parsed.algorithm = std::move(*algorithm);
  parsed.key_id = text_member(*header, "kid");
  parsed.signing_input = token.substr(0, header_part.size() + 1 + payload_part.size());
  parsed.payload = decoded(payload_part, "payload");
  parsed.signature = decoded(signature_part, "signature");
  return parsed;
}

}  // namespace globus_sdk::inline v0::detail
