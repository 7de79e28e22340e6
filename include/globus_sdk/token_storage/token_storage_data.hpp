// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>

#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0 {

/// A token and what has to be known about it, as it is stored.
/// Mirrors `globus_sdk.token_storage.TokenStorageData`. Printing it shows no token. An empty text
/// of an optional member means the same as none.
struct TokenStorageData {
  std::string resource_server{};             ///< the service that the token is for
  std::optional<std::string> identity_id{};  ///< who it was issued to, where that is known
  std::string scope{};                       ///< scopes, separated by spaces
  /// A secret: what a request is authorized with.
  std::string access_token{};
  std::optional<std::string> refresh_token{};  ///< where offline access was asked for
  /// Of the access token, since the epoch; `unknown_expiry` where that was not told.
  std::int64_t expires_at_seconds = 0;
  std::optional<std::string> token_type{};  ///< `Bearer`
  /// Members that a stored document has and this SDK does not know: an object, or null.
  Json extra{};

  /// Wipes the tokens.
  ~TokenStorageData();

  /// What `data` says. A member that is not there counts as null, and so does an empty text where
  /// null may stand: some writers store no refresh token as one.
  ///
  /// @throws ValidationError when it is no object, or a member is of another kind.
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
