// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/token_endpoint.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>

#include "sandbox/auth/credentials.hpp"
#include "sandbox/auth/errors.hpp"
#include "sandbox/auth/issue.hpp"
#include "sandbox/auth/scopes.hpp"
#include "sandbox/base/base64.hpp"
#include "sandbox/base/clock.hpp"
#include "sandbox/base/digest.hpp"
#include "sandbox/base/random.hpp"
#include "sandbox/base/secret_record.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

HttpResponse token_response(const json::value& document) {
  HttpResponse response = json_response(200, document);
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("Pragma", "no-cache");
  return response;
}

[[noreturn]] void refuse(int status, std::string_view error, std::string_view description = {}) {
  throw Refusal{oauth_error(status, error, description)};
}

/// RFC 7636, section 4.6.
void check_verifier(const AuthorizationCode& code, const std::optional<std::string>& verifier) {
  if (code.challenge.empty()) {
    if (verifier) refuse(401, "invalid_grant");
    return;
  }
  if (verifier) record_secret(*verifier);
  if (!verifier || !equal_secrets(base64url_encode(sha256(*verifier)), code.challenge))
    refuse(401, "invalid_grant");
}

/// The tokens for a code. A bad code gets a 401, which is what Globus Auth answers.
json::value authorization_code_grant(AuthContext& context, const Client& client, const Form& form) {
  const auto code = context.codes.find(form.require("code"));
  if (!code || code->client != client.id || current_time() >= code->expires)
    refuse(401, "invalid_grant");
  if (code->used) {
    // Somebody has it who should not: what it was exchanged for ends, too (RFC 6749, 4.1.2).
    context.tokens.revoke_grant(code->grant);
    refuse(401, "invalid_grant");
  }
  if (form.require("redirect_uri") != code->redirect_uri) refuse(401, "invalid_grant");
  check_verifier(*code, form.get("code_verifier"));
  if (!context.codes.use(code->code)) refuse(401, "invalid_grant");

  Issue issue;
  issue.client = issue.root_client = client.id;
  issue.identity = code->identity;
  issue.paths = code->scopes;
  issue.session = code->session;
  issue.grant = code->grant;
  issue.refresh_tokens = code->offline;
  issue.id_token = true;
  issue.state = code->state;
  issue.nonce = code->nonce;
  return issue_answer(context, issue);
}

/// The paths of a token that a narrower scope leaves.
std::vector<std::string> narrowed(const Token& token, const std::optional<std::string>& scope) {
  if (!scope || scope->empty()) return token.paths;
  std::vector<std::string> paths;
  for (const auto& word : split_words(*scope)) {
    const auto path =
        std::find_if(token.paths.begin(), token.paths.end(),
                     [&](const std::string& p) { return last_scope(p) == canonical_scope(word); });
    if (path == token.paths.end())
      refuse(400, "invalid_scope", "The refresh token has no scope '" + word + "'");
    paths.push_back(*path);
  }
  return paths;
}

void spend(AuthContext& context, const std::string& refresh_token) {
  if (context.settings.refresh_token_grace.count() > 0) {
    context.tokens.begin_to_expire(refresh_token, context.settings.refresh_token_grace);
  } else if (!context.tokens.revoke(refresh_token)) {
    // of two that redeem it at the same time, one gets the next
    refuse(400, "invalid_grant");
  }
}

json::value refresh_token_grant(AuthContext& context, const Client& client, const Form& form) {
  const std::string text = form.require("refresh_token");
  const auto token = context.tokens.find(text);
  if (!token || !token->is_refresh || token->client != client.id || !token->active())
    refuse(400, "invalid_grant");
  Issue issue;
  issue.paths = narrowed(*token, form.get("scope"));
  const bool rotate = context.settings.rotate_refresh_tokens;
  if (rotate) spend(context, text);
  issue.client = client.id;
  issue.identity = token->identity;
  issue.root_client = token->root_client;
  issue.session = token->session;
  issue.grant = token->grant;
  json::object answer = issue_answer(context, issue);
  // Always there, as clients store what the answer has in place of what they had.
  answer["refresh_token"] = text;
  if (rotate) {
    Token next = *token;
    next.text.clear();
    next.expires.reset();
    answer["refresh_token"] = context.tokens.add(next).text;
  }
  return answer;
}

std::vector<RequestedScope> read_scopes(const std::string& text) {
  try {
    return parse_scopes(text);
  } catch (const std::invalid_argument& error) {
    refuse(400, "invalid_scope", error.what());
  }
}

json::value client_credentials_grant(AuthContext& context, const Client& client, const Form& form) {
  const auto scopes = read_scopes(form.require("scope"));
  if (scopes.empty()) refuse(400, "invalid_scope", "'scope' names no scope");
  const auto unknown = unknown_scopes(context, scopes);
  if (!unknown.empty()) refuse(400, "invalid_scope", "unknown scopes: " + join(unknown, ", "));
  context.consents.record(client.id, client.id, scopes, false);
  Issue issue;
  issue.client = issue.root_client = issue.identity = client.id;
  for (const auto& scope : scopes) issue.paths.push_back(scope.scope);
  issue.session = context.sessions.start(client.id, {{}, client.id, {}}).id;
  context.sessions.authenticate(issue.session, client.id, false);
  issue.id_token = true;
  issue.grant = random_uuid();
  return issue_answer(context, issue);
}

/// The paths that lead one scope beyond a token's own.
std::vector<std::string> dependent_paths(const AuthContext& context, const Token& token) {
  std::vector<std::string> result;
  for (const auto& path : token.paths)
    for (const auto& longer : context.consents.paths_below(token.identity, token.root_client, path))
      if (longer.find(' ', path.size() + 1) == std::string::npos) result.push_back(longer);
  return result;
}

/// The path to a scope that the user consented to as a dependency of one of the token's own.
std::optional<std::string> path_to(const AuthContext& context, const Token& token,
                                   const RequestedScope& scope) {
  for (const auto& path : token.paths)
    if (context.consents.cover(token.identity, token.root_client, {scope}, false, path))
      return path + ' ' + scope.scope;
  return std::nullopt;
}

/// What a login would have to ask for so that the token gets the scope as a dependency.
std::string scope_with(const Token& token, const RequestedScope& dependency) {
  RequestedScope scope = dependency;
  const auto path = split_words(token.paths.front());
  for (auto above = path.rbegin(); above != path.rend(); ++above)
    scope = RequestedScope{*above, false, {scope}};
  return written(scope);
}

/// The same as `dependent_paths`, but only those to the scopes that are asked for.
std::vector<std::string> chosen_paths(const AuthContext& context, const Token& token,
                                      const std::string& wanted) {
  std::vector<std::string> paths;
  std::vector<std::string> unapproved;
  for (const auto& scope : read_scopes(wanted)) {
    if (auto path = path_to(context, token, scope))
      paths.push_back(std::move(*path));
    else
      unapproved.push_back(scope_with(token, scope));
  }
  if (!unapproved.empty()) throw Refusal{dependent_consent_required(unapproved)};
  return paths;
}

json::value dependent_token_grant(AuthContext& context, const Client& client, const Form& form) {
  const auto token = context.tokens.find(form.require("token"));
  if (!token || token->is_refresh || !token->active())
    refuse(400, "invalid_grant", "The token is not active");
  if (token->resource_server != client.id)
    refuse(400, "invalid_grant", "The token is not one for this resource server");
  Issue issue;
  issue.client = client.id;
  issue.identity = token->identity;
  issue.root_client = token->root_client;
  issue.session = token->session;
  issue.grant = token->grant;
  issue.refresh_tokens = form.get("access_type").value_or("online") == "offline";
  const std::string scope = form.get("scope").value_or("");
  issue.paths =
      scope.empty() ? dependent_paths(context, *token) : chosen_paths(context, *token, scope);
  json::array answer;
  for (auto& tokens : issue_tokens(context, issue)) answer.emplace_back(std::move(tokens));
  return answer;
}

}  // namespace

HttpResponse token_endpoint(AuthContext& context, const HttpRequest& request) {
  const Form form(request);
  const Client client = authenticate_client(context, request, form);
  const std::string grant = form.require("grant_type");
  using GrantFunction = json::value (*)(AuthContext&, const Client&, const Form&);
  static constexpr std::pair<std::string_view, GrantFunction> grants[] = {
      {"authorization_code", authorization_code_grant},
      {"refresh_token", refresh_token_grant},
      {"client_credentials", client_credentials_grant},
      {"urn:globus:auth:grant_type:dependent_token", dependent_token_grant}};
  for (const auto& [name, run] : grants) {
    if (name != grant) continue;
    if (!client.may_use(grant))
      return oauth_error(400, "unauthorized_client", "The client may not use this grant type");
    return token_response(run(context, client, form));
  }
  return oauth_error(400, "unsupported_grant_type", "Unknown grant type '" + grant + "'");
}

}  // namespace globus_sandbox::auth
