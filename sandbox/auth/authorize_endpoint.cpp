// SPDX-License-Identifier: Apache-2.0
#include "authorize_endpoint.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "errors.hpp"
#include "pages.hpp"
#include "redirect_uris.hpp"
#include "scopes.hpp"

namespace globus_sandbox::auth {

namespace {

constexpr std::string_view session_cookie = "globus_sandbox_session";

/// A request to authorize, once its client and its redirect URI are known to be good.
struct Authorization {
  std::vector<NamedValue> parameters;
  Client client;
  std::string redirect_uri;
  std::optional<std::string> state;
  std::vector<RequestedScope> scopes;
  bool offline = false;

  std::optional<std::string> get(std::string_view name) const {
    for (const auto& [key, value] : parameters)
      if (key == name) return value;
    return std::nullopt;
  }
};

[[noreturn]] void refuse_on_page(std::string_view error, const std::string& description) {
  throw Refusal{html_response(400, error_page(error, description))};
}

HttpResponse redirect(const Authorization& authorization, std::vector<NamedValue> parameters,
                      std::string body, const AuthContext& context) {
  if (authorization.state) parameters.emplace_back("state", *authorization.state);
  const std::string target = is_code_page(authorization.redirect_uri, context.settings.base_url)
                                 ? context.settings.base_url + "/v2/web/auth-code"
                                 : authorization.redirect_uri;
  HttpResponse response = html_response(302, std::move(body));
  response.headers.emplace_back("Location", with_parameters(target, parameters));
  return response;
}

[[noreturn]] void refuse_by_redirect(const AuthContext& context, const Authorization& authorization,
                                     const std::string& error, const std::string& description) {
  throw Refusal{redirect(authorization, {{"error", error}, {"error_description", description}},
                         error_page(error, description), context)};
}

/// What makes a redirection unsafe is told on a page (RFC 6749, 4.1.2.1).
Authorization read_target(const AuthContext& context, std::vector<NamedValue> parameters) {
  Authorization result;
  result.parameters = std::move(parameters);
  const auto client_id = result.get("client_id");
  if (!client_id) refuse_on_page("invalid_request", "Parameter 'client_id' is missing.");
  const auto client = context.clients.find(*client_id);
  if (!client) refuse_on_page("invalid_client", "There is no client with this 'client_id'.");
  result.client = *client;
  const auto redirect_uri = result.get("redirect_uri");
  if (!redirect_uri) refuse_on_page("invalid_request", "Parameter 'redirect_uri' is missing.");
  if (!may_redirect_to(*client, *redirect_uri, context.settings.base_url))
    refuse_on_page("invalid_request",
                   "The 'redirect_uri' is neither registered for this client nor on this machine.");
  result.redirect_uri = *redirect_uri;
  result.state = result.get("state");
  return result;
}

/// Everything else that is wrong is told to the client.
void read_rest(const AuthContext& context, Authorization& authorization) {
  const auto refuse = [&](const std::string& error, const std::string& description) {
    refuse_by_redirect(context, authorization, error, description);
  };
  const auto response_type = authorization.get("response_type");
  if (!response_type) refuse("invalid_request", "Parameter 'response_type' is missing");
  if (*response_type != "code")
    refuse("unsupported_response_type", "Only the response type 'code' is served");
  if (!authorization.client.may_use("authorization_code"))
    refuse("unauthorized_client", "The client may not use this grant type");
  try {
    authorization.scopes = parse_scopes(authorization.get("scope").value_or(""));
  } catch (const std::invalid_argument& error) {
    refuse("invalid_scope", error.what());
  }
  if (authorization.scopes.empty()) refuse("invalid_scope", "Parameter 'scope' names no scope");
  const auto access_type = authorization.get("access_type").value_or("online");
  if (access_type != "online" && access_type != "offline")
    refuse("invalid_request", "'access_type' must be 'online' or 'offline'");
  authorization.offline = access_type == "offline";
  const auto challenge = authorization.get("code_challenge");
  if (authorization.client.is_public && (!challenge || challenge->empty()))
    refuse("invalid_request", "A public client must send a 'code_challenge'");
  if (challenge && authorization.get("code_challenge_method").value_or("plain") != "S256")
    refuse("invalid_request", "'code_challenge_method' must be 'S256'");
}

std::vector<std::string> comma_separated(std::string text) {
  std::replace(text.begin(), text.end(), ',', ' ');
  return split_words(text);
}

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// The users that may answer: those that the session's requirements name, or everybody.
std::vector<Identity> candidates(const AuthContext& context, const Authorization& authorization) {
  const auto all = context.identities.users();
  const auto identities =
      comma_separated(authorization.get("session_required_identities").value_or(""));
  const auto domains =
      comma_separated(authorization.get("session_required_single_domain").value_or(""));
  const auto hint = authorization.get("login_hint").value_or("");
  std::vector<Identity> result;
  for (const auto& user : all) {
    if (user.status != "used") continue;
    if (!identities.empty() && !contains(identities, user.id) &&
        !contains(identities, user.username))
      continue;
    if (!domains.empty() && !contains(domains, domain_of(user.username))) continue;
    result.push_back(user);
  }
  std::stable_partition(result.begin(), result.end(),
                        [&](const Identity& user) { return user.username == hint; });
  return result;
}

HttpResponse consent(AuthContext& context, const Authorization& authorization,
                     const Session& session) {
  context.consents.record(session.identity, authorization.client.id, authorization.scopes,
                          authorization.offline);
  AuthorizationCode code;
  code.client = authorization.client.id;
  code.identity = session.identity;
  code.redirect_uri = authorization.redirect_uri;
  for (const auto& scope : authorization.scopes) code.scopes.push_back(scope.scope);
  code.challenge = authorization.get("code_challenge").value_or("");
  code.offline = authorization.offline;
  code.state = authorization.state;
  code.nonce = authorization.get("nonce").value_or("");
  code.session = session.id;
  code = context.codes.add(code);
  HttpResponse response = redirect(authorization, {{"code", code.code}},
                                   code_page(code.code, authorization.state.value_or("")), context);
  response.headers.emplace_back("Set-Cookie", std::string(session_cookie) + '=' + session.id +
                                                  "; Path=/auth/; HttpOnly; SameSite=Lax");
  return response;
}

Session log_in(AuthContext& context, const Authorization& authorization,
               const std::string& identity) {
  const auto mfa = authorization.get("session_required_mfa").value_or("");
  return context.codes.add_session(identity, mfa == "True" || mfa == "true");
}

std::string written(const RequestedScope& scope) {
  std::string text = (scope.optional ? "*" : "") + scope.scope;
  std::string inner;
  for (const auto& dependency : scope.dependencies)
    inner += (inner.empty() ? "" : " ") + written(dependency);
  return inner.empty() ? text : text + '[' + inner + ']';
}

HttpResponse ask(const Authorization& authorization, const std::vector<Identity>& users) {
  ConsentPage page;
  page.client_name = authorization.client.name;
  page.client_id = authorization.client.id;
  page.message = authorization.get("session_message").value_or("");
  for (const auto& scope : authorization.scopes) page.scopes.push_back(written(scope));
  for (const auto& user : users) page.users.push_back({user.id, user.username, user.name});
  for (const auto& field : authorization.parameters)
    if (field.first != "decision" && field.first != "identity") page.fields.push_back(field);
  return html_response(200, consent_page(page));
}

/// The session of a browser that logged in before, when it does for this request, too.
std::optional<Session> remembered(const AuthContext& context, const HttpRequest& request,
                                  const Authorization& authorization,
                                  const std::vector<Identity>& users) {
  static constexpr std::array asks_again{"prompt", "session_required_identities",
                                         "session_required_single_domain",
                                         "session_required_policies", "session_required_mfa"};
  for (const char* name : asks_again)
    if (authorization.get(name)) return std::nullopt;
  const std::string cookies = "; " + request.header("cookie").value_or("");
  const std::string wanted = "; " + std::string(session_cookie) + '=';
  const auto begin = cookies.find(wanted);
  if (begin == std::string::npos) return std::nullopt;
  const auto value = begin + wanted.size();
  const auto session = context.codes.find_session(
      std::string_view(cookies).substr(value, cookies.find(';', value) - value));
  if (!session || std::none_of(users.begin(), users.end(),
                               [&](const Identity& user) { return user.id == session->identity; }))
    return std::nullopt;
  if (!context.consents.cover(session->identity, authorization.client.id, authorization.scopes,
                              authorization.offline))
    return std::nullopt;
  return session;
}

/// What the user decided on the page.
HttpResponse decide(AuthContext& context, const Authorization& authorization,
                    const std::string& decision, const std::vector<Identity>& users) {
  if (decision != "allow")
    refuse_by_redirect(context, authorization, "access_denied", "The user did not consent");
  const auto chosen = authorization.get("identity").value_or(users.front().id);
  if (std::none_of(users.begin(), users.end(),
                   [&](const Identity& user) { return user.id == chosen; }))
    refuse_on_page("invalid_request", "There is no such user to log in as.");
  return consent(context, authorization, log_in(context, authorization, chosen));
}

}  // namespace

HttpResponse authorize_endpoint(AuthContext& context, const HttpRequest& request) {
  Authorization authorization =
      read_target(context, request.method == "POST" ? request.form() : request.query);
  read_rest(context, authorization);
  const auto users = candidates(context, authorization);
  if (users.empty())
    refuse_by_redirect(context, authorization, "access_denied",
                       "No user meets the session's requirements");
  if (request.method == "POST")
    if (const auto decision = authorization.get("decision"))
      return decide(context, authorization, *decision, users);
  if (context.settings.auto_consent)
    return consent(context, authorization, log_in(context, authorization, users.front().id));
  if (const auto session = remembered(context, request, authorization, users))
    return consent(context, authorization, *session);
  if (authorization.get("prompt").value_or("") == "none")
    refuse_by_redirect(context, authorization, "interaction_required", "The user has to be asked");
  return ask(authorization, users);
}

HttpResponse auth_code_page(const HttpRequest& request) {
  if (const auto error = request.query_value("error"))
    return html_response(400,
                         error_page(*error, request.query_value("error_description").value_or("")));
  const auto code = request.query_value("code");
  if (!code) return html_response(400, error_page("invalid_request", "There is no code to show."));
  return html_response(200, code_page(*code, request.query_value("state").value_or("")));
}

}  // namespace globus_sandbox::auth
