// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/auth/clients.hpp"
#include "sandbox/auth/scopes.hpp"
#include "sandbox/auth/session_requirements.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

struct AuthContext;

/// A request to authorize.
struct AuthorizationRequest {
  std::vector<NamedValue> parameters{};
  Client client{};
  std::string redirect_uri{};
  std::optional<std::string> state{};
  std::vector<RequestedScope> scopes{};
  SessionRequirements session{};
  bool offline = false;
  bool forbids_questions = false;  ///< `prompt=none`

  std::optional<std::string> get(std::string_view name) const;
};

/// Throws a Refusal that shows a page. For what makes a redirection unsafe (RFC 6749, 4.1.2.1).
[[noreturn]] void refuse_on_page(std::string_view error, const std::string& description);

/// An answer that sends the browser back to the client, or to the page that shows a code.
HttpResponse redirect(const AuthContext& context, const AuthorizationRequest& request,
                      std::vector<NamedValue> parameters, std::string body);

/// Throws a Refusal that goes back to the client.
[[noreturn]] void refuse_by_redirect(const AuthContext& context,
                                     const AuthorizationRequest& request, const std::string& error,
                                     const std::string& description);

/// Reads and checks the parameters. Throws a Refusal.
AuthorizationRequest read_authorization_request(const AuthContext& context,
                                                std::vector<NamedValue> parameters);

/// Of a request with `prompt=login`: since when a login counts. The pages send it again.
inline constexpr std::string_view login_since_field = "login_since";
/// How that time is written.
std::int64_t to_number(Instant since);

}  // namespace globus_sandbox::auth
