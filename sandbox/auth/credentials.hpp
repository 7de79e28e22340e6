// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/auth/context.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

/// The fields of a form that was posted.
class Form {
 public:
  /// Throws a Refusal unless the body is a form without a field that is there twice.
  explicit Form(const HttpRequest& request);
  std::optional<std::string> get(std::string_view name) const;
  /// Throws a Refusal that names the field when it is missing or empty.
  std::string require(std::string_view name) const;

 private:
  std::vector<NamedValue> fields_;
};

/// The client that sends a request, known by its Basic header, by its id and secret in the form,
/// or, when it is a public one, by its id in the form. Throws a Refusal (401 `invalid_client`)
/// otherwise.
Client authenticate_client(const AuthContext& context, const HttpRequest& request,
                           const Form& form);

/// The client whose id and secret are in the Basic header; nothing when there is no such header.
/// Throws a Refusal when they are wrong.
std::optional<Client> client_of_header(const AuthContext& context, const HttpRequest& request);

/// The good access token for Auth that came with a request. Throws a Refusal without one.
Token authenticate_bearer(const AuthContext& context, const HttpRequest& request);

}  // namespace globus_sandbox::auth
