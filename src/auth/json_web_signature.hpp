// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// How long a signed token may be: one with hundreds of identities in it is shorter.
inline constexpr std::size_t max_token_size = std::size_t{256} * 1024;

/// A signed token taken apart; nothing of it has been verified.
struct JsonWebSignature {
  std::string signing_input{};  ///< what was signed: header and payload as they were written
  std::string algorithm{};      ///< the header's `alg`
  std::optional<std::string> key_id{};  ///< the header's `kid`
  std::string payload{};
  std::string signature{};
};

/// Takes a token in compact serialization (RFC 7515, section 7.1) apart. Keys, or addresses of
/// keys, that its header names (`jwk`, `jku`, `x5c`, `x5u`) are not looked at.
///
/// @throws IDTokenError malformed, where it is none; also where its header has `crit`, since none
///   of the extensions that it could name is understood, and where its `typ` is not JWT.
JsonWebSignature parse_signed_token(std::string_view token);

}  // namespace globus_sdk::inline v0::detail
