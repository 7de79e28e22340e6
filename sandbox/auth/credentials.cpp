// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/credentials.hpp"

#include <algorithm>

#include "sandbox/auth/errors.hpp"
#include "sandbox/base/base64.hpp"
#include "sandbox/base/uuid.hpp"
#include "sandbox/server/directory.hpp"

namespace globus_sandbox::auth {

namespace {

constexpr std::size_t most_fields = 1000;

[[noreturn]] void refuse_client() {
  throw Refusal{oauth_error(401, "invalid_client", "Client authentication failed")};
}

Client known_client(const AuthContext& context, const std::string& id, std::string_view secret) {
  const auto client = context.clients.find(id);
  if (!client || !context.clients.has_secret(client->id, secret)) refuse_client();
  return *client;
}

}  // namespace

Form::Form(const HttpRequest& request) : fields_(request.form()) {
  const std::string type = request.header("content-type").value_or("");
  if (!request.body.empty() && !type.starts_with("application/x-www-form-urlencoded"))
    throw Refusal{
        oauth_error(400, "invalid_request", "The body must be application/x-www-form-urlencoded")};
  if (fields_.size() > most_fields)
    throw Refusal{oauth_error(400, "invalid_request", "The form has too many parameters")};
  for (auto field = fields_.begin(); field != fields_.end(); ++field)
    if (std::any_of(fields_.begin(), field,
                    [&](const NamedValue& other) { return other.first == field->first; }))
      throw Refusal{
          oauth_error(400, "invalid_request", "Parameter '" + field->first + "' is there twice")};
}

std::optional<std::string> Form::get(std::string_view name) const {
  for (const auto& [key, value] : fields_)
    if (key == name) return value;
  return std::nullopt;
}

std::string Form::require(std::string_view name) const {
  const auto value = get(name);
  if (!value || value->empty())
    throw Refusal{
        oauth_error(400, "invalid_request", "Parameter '" + std::string(name) + "' is missing")};
  return *value;
}

std::optional<Client> client_of_header(const AuthContext& context, const HttpRequest& request) {
  const auto encoded = after_scheme(request, "Basic");
  if (!encoded) return std::nullopt;
  const auto pair = base64_decode(*encoded);
  const auto colon = pair ? pair->find(':') : std::string::npos;
  if (colon == std::string::npos) refuse_client();
  return known_client(context, pair->substr(0, colon), std::string_view(*pair).substr(colon + 1));
}

Client authenticate_client(const AuthContext& context, const HttpRequest& request,
                           const Form& form) {
  if (auto client = client_of_header(context, request)) {
    if (canonical_uuid(form.get("client_id").value_or(client->id)) != client->id)
      throw Refusal{oauth_error(400, "invalid_request",
                                "'client_id' is not the client that the header names")};
    return *client;
  }
  const auto id = form.get("client_id");
  if (!id) refuse_client();
  if (const auto secret = form.get("client_secret")) return known_client(context, *id, *secret);
  const auto client = context.clients.find(*id);
  if (!client || !client->is_public) refuse_client();
  return *client;
}

Token authenticate_bearer(const AuthContext& context, const HttpRequest& request) {
  const auto text = bearer_of(request);
  if (!text) throw unauthorized();
  auto token = context.tokens.find(*text);
  if (!token || token->is_refresh || !token->active()) throw unauthorized();
  if (token->resource_server != "auth.globus.org")
    throw forbidden("The access token is not for Globus Auth");
  return std::move(*token);
}

}  // namespace globus_sandbox::auth
