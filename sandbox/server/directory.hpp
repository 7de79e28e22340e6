// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/base/clock.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox {

/// An access token and the refresh token that goes with it.
struct TokenPair {
  std::string access;
  std::string refresh;
};

/// Who is who: what every service asks of the one that issues the tokens. Called from many threads.
class Directory {
 public:
  virtual ~Directory() = default;

  /// What a good access token stands for; nothing for any other text. What the user consented to as
  /// a dependency of the token's scopes counts as a scope of it, too.
  virtual std::optional<Caller> authenticate(std::string_view access_token) const = 0;
  /// Empty for an identity that is not known.
  virtual std::string user_name(const std::string& identity_id) const = 0;
  /// The identity that what the sandbox begins with belongs to.
  virtual std::string first_user() const = 0;
  /// Tokens of that identity with these scopes of one resource server, issued to the application
  /// that the sandbox begins with: the same ones as long as they are good. The identity's consents
  /// do not change.
  virtual TokenPair tokens_of_first_user(const std::vector<std::string>& scopes) = 0;
  /// Whether the session and the consents that a caller's token rests on have what these
  /// authorization parameters ask for: `session_required_...` and `required_scopes`.
  /// Authentications before `since` count for nothing.
  virtual bool meets(const Caller& caller, const boost::json::object& parameters,
                     Instant since) const = 0;
  /// Throws std::invalid_argument, with a message that names the field, for authorization
  /// parameters that make no sense. Fields that are none of them are somebody else's.
  virtual void check_authorization_parameters(const boost::json::object& parameters) const = 0;
};

/// The text after `Bearer `, if the request has such a header.
std::optional<std::string> bearer_of(const HttpRequest& request);

/// What follows the name of an authorization scheme in a request's header, if it has that.
std::optional<std::string> after_scheme(const HttpRequest& request, std::string_view scheme);

/// Who sends a request, by its access token. Throws a ServiceError (401).
Caller require_token(const Directory& directory, const HttpRequest& request);

/// Who sends a request to a service that takes access tokens with one certain scope of its own.
/// Throws a ServiceError (401 or 403).
Caller require_caller(const Directory& directory, const HttpRequest& request,
                      std::string_view resource_server, std::string_view scope);

}  // namespace globus_sandbox
