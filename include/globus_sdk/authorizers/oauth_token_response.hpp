// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "globus_sdk/core/response.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// The expiry of a token whose answer does not say how long it is valid: 9999-01-01, in seconds
/// since the epoch. Such a token is used until a service refuses it. Every reader of stored tokens,
/// also the Python SDK, can compare this time.
inline constexpr std::int64_t unknown_expiry = 253'370'764'800;

/// The tokens that a client got for one resource server. Mirrors the items of Python's
/// `by_resource_server`.
struct TokenData {
  /// Empty when the answer does not say, as with servers other than Globus' own.
  std::string resource_server{};
  std::string scope{};  ///< scopes, separated by spaces; empty when the answer does not say
  /// A secret: the token that authorizes requests.
  std::string access_token{};
  std::optional<std::string> refresh_token{};  ///< when offline access was asked for
  /// When the access token expires, in seconds since the epoch; `unknown_expiry` when the answer
  /// does not say.
  std::int64_t expires_at_seconds = 0;
  /// `Bearer`; empty when the answer does not say.
  std::string token_type{};

  /// Wipes the tokens.
  ~TokenData();
};

/// Tokens by their scopes: `by_scopes()["openid profile"]` finds the token that has all of these
/// scopes, in whatever order they are named.
class ByScopes {
 public:
  /// For the SDK's own use: OAuthTokenResponse makes it.
  explicit ByScopes(std::shared_ptr<const std::vector<TokenData>> tokens)
      : tokens_(std::move(tokens)) {}

  /// The token that has every one of these scopes (separated by spaces).
  ///
  /// @throws GlobusSDKUsageError when no token has all of them.
  const TokenData& operator[](Text scopes) const;
  /// Whether one token has every one of these scopes (separated by spaces).
  bool contains(Text scopes) const;
  /// Every scope that there is a token for; each element is one scope.
  std::vector<std::string> scopes() const;

 private:
  const TokenData* find(Text scopes) const;

  std::shared_ptr<const std::vector<TokenData>> tokens_;
};

/// An answer of Globus Auth's token endpoint: tokens for one resource server or several.
/// Mirrors `globus_sdk.OAuthTokenResponse`. Printing it shows no token.
///
/// A member that OAuth2 lets an answer leave out is not required here. A member that is null, or of
/// the wrong kind, counts as missing.
class OAuthTokenResponse : public GlobusHTTPResponse {
 public:
  /// Reads the tokens out of an answer that has just come: their expiry counts from now.
  ///
  /// @throws GlobusError when the answer has no access token.
  explicit OAuthTokenResponse(GlobusHTTPResponse response);

  /// The tokens by the resource server that they are for.
  ///
  /// @throws GlobusError when this is the answer to a refresh and has no access token: see
  ///   OAuthRefreshTokenResponse.
  const std::map<std::string, TokenData>& by_resource_server() const&;
  /// The same for a temporary object.
  std::map<std::string, TokenData> by_resource_server() && { return tokens().by_resource_server; }
  /// The tokens by their scopes.
  ///
  /// @throws GlobusError as by_resource_server().
  ByScopes by_scopes() const;

  /// The signed id token, not decoded; there is one when `openid` was among the scopes.
  std::optional<std::string> id_token() const;

  /// Whether this is the answer to a refresh. Its tokens then belong to the identity that the
  /// refresh token belonged to. A copy as an OAuthTokenResponse keeps this flag.
  bool is_refresh() const noexcept { return is_refresh_; }

  /// The claims of the id token, verified by a decoder: `decode_id_token(IDTokenDecoder{client})`.
  /// For several id tokens use one decoder: it keeps the keys that it fetched.
  ///
  /// @param options options for the decoder's `decode`: `.nonce`, `.access_token`.
  /// @returns what the decoder's mode returns: the claims, or an operation that yields them.
  /// @throws GlobusError when the answer has no id token; IDTokenError when the id token is
  ///   refused.
  template <class Decoder>
  auto decode_id_token(
      const Decoder& decoder,
      typename Decoder::template Options<typename Decoder::DecodeOptions> options = {}) const {
    return decoder.decode(required_id_token(), options);
  }

  friend std::ostream& operator<<(std::ostream& out, const OAuthTokenResponse& response) {
    return response.print(out);
  }

 protected:
  /// The forms that an answer can have: one token with `other_tokens` (also after a refresh), or a
  /// list of tokens.
  enum class Form { token_with_others, list, refresh };
  /// Reads the tokens of an answer of that form.
  OAuthTokenResponse(GlobusHTTPResponse response, Form form);

 private:
  std::ostream& print(std::ostream& out) const;
  std::string required_id_token() const;

  /// The tokens that were read, or the error that prevented it.
  struct Tokens {
    std::vector<TokenData> all{};
    std::map<std::string, TokenData> by_resource_server{};
    std::exception_ptr trouble{};
  };
  static Tokens read(const GlobusHTTPResponse& response, Form form);
  const Tokens& tokens() const;

  std::shared_ptr<const Tokens> tokens_;
  bool is_refresh_ = false;
};

/// The answer to a refresh. What it does not name (the refresh token, unless it rotates) stays as
/// it was.
///
/// An answer without an access token throws only when it is asked for its tokens. So a new refresh
/// token in that answer can still be kept: the old refresh token is spent by then.
class OAuthRefreshTokenResponse : public OAuthTokenResponse {
 public:
  explicit OAuthRefreshTokenResponse(GlobusHTTPResponse response)
      : OAuthTokenResponse(std::move(response), Form::refresh) {}
};

/// The answer to an authorization code.
class OAuthAuthorizationCodeResponse : public OAuthTokenResponse {
 public:
  using OAuthTokenResponse::OAuthTokenResponse;
};

/// The answer to client credentials.
class OAuthClientCredentialsResponse : public OAuthTokenResponse {
 public:
  using OAuthTokenResponse::OAuthTokenResponse;
};

/// Tokens for the services that a service depends on: a list, one item for each of them.
/// Mirrors `globus_sdk.OAuthDependentTokenResponse`.
class OAuthDependentTokenResponse : public OAuthTokenResponse {
 public:
  explicit OAuthDependentTokenResponse(GlobusHTTPResponse response)
      : OAuthTokenResponse(std::move(response), Form::list) {}
};

}  // namespace globus_sdk::inline v0
