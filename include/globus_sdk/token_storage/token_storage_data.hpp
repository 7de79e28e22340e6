// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>

#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0 {

/// A token and what must be known about it, as it is stored. Mirrors
/// `globus_sdk.token_storage.TokenStorageData`. Printing it shows no token. In an optional member
/// an empty text means the same as no value.
struct TokenStorageData {
  std::string resource_server{};             ///< the service that the token is for
  std::optional<std::string> identity_id{};  ///< whom it was issued to, if that is known
  std::string scope{};                       ///< scopes, separated by spaces
  /// A secret: the token that authorizes requests.
  std::string access_token{};
  std::optional<std::string> refresh_token{};  ///< when offline access was asked for
  /// When the access token expires, in seconds since the epoch; `unknown_expiry` when that was not
  /// told.
  std::int64_t expires_at_seconds = 0;
  std::optional<std::string> token_type{};  ///< `Bearer`
  /// Members that a stored document has and this SDK does not know: an object, or null.
  Json extra{};

  /// Wipes the tokens.
  ~TokenStorageData();

  /// Reads a JSON object. A missing member counts as null. Where null is allowed, an empty text
  /// counts as null, too: some programs store it when there is no refresh token.
  ///
  /// @throws ValidationError when `data` is no object, or a member is of the wrong kind.
  static TokenStorageData from_dict(const Json& data);

  /// As a JSON object, without the members that have no value.
  ///
  /// @param include_extra whether `extra` is a part of it.
  Json to_dict(bool include_extra = false) const;

  friend bool operator==(const TokenStorageData& a, const TokenStorageData& b) = default;
  friend std::ostream& operator<<(std::ostream& out, const TokenStorageData& data) {
    return data.print(out);
  }

 private:
  std::ostream& print(std::ostream& out) const;
};

/// Tokens by the resource server that each is for.
using TokenStorageDataByResourceServer = std::map<std::string, TokenStorageData>;

}  // namespace globus_sdk::inline v0
