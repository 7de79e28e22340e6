// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/authorization_request.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "sandbox/auth/context.hpp"
#include "sandbox/auth/errors.hpp"
#include "sandbox/auth/pages.hpp"
#include "sandbox/auth/redirect_uris.hpp"
#include "sandbox/base/clock.hpp"

namespace globus_sandbox::auth {

namespace {

/// Reads what is left once a redirection is known to be safe: what is wrong is told to the client.
class Reader {
 public:
  Reader(const AuthContext& context, AuthorizationRequest& request)
      : context_(context), request_(request) {}

  void read() {
    read_kind();
    read_scopes();
    read_challenge();
    read_session();
    read_prompt();
  }

 private:
  [[noreturn]] void refuse(const std::string& error, const std::string& description) const {
    refuse_by_redirect(context_, request_, error, description);
  }

  void read_kind() {
    const auto response_type = request_.get("response_type");
    if (!response_type) refuse("invalid_request", "Parameter 'response_type' is missing");
    if (*response_type != "code")
      refuse("unsupported_response_type", "Only the response type 'code' is served");
    if (!request_.client.may_use("authorization_code"))
      refuse("unauthorized_client", "The client may not use this grant type");
    const auto access_type = request_.get("access_type").value_or("online");
    if (access_type != "online" && access_type != "offline")
      refuse("invalid_request", "'access_type' must be 'online' or 'offline'");
    request_.offline = access_type == "offline";
  }

  void read_scopes() {
    try {
      request_.scopes = parse_scopes(request_.get("scope").value_or(""));
    } catch (const std::invalid_argument& error) {
      refuse("invalid_scope", error.what());
    }
    if (request_.scopes.empty()) refuse("invalid_scope", "Parameter 'scope' names no scope");
    // as at Globus, where the browser does not come back to the client from here
    const auto unknown = unknown_scopes(context_, request_.scopes);
    if (!unknown.empty())
      refuse_on_page(
          "UNKNOWN_SCOPE_ERROR",
          "client_id=" + request_.client.id + " requested unknown scopes: " + join(unknown, ", "));
  }

  void read_challenge() {
    const auto challenge = request_.get("code_challenge");
    if (request_.client.is_public && (!challenge || challenge->empty()))
      refuse("invalid_request", "A public client must send a 'code_challenge'");
    if (challenge && request_.get("code_challenge_method").value_or("plain") != "S256")
      refuse("invalid_request", "'code_challenge_method' must be 'S256'");
  }

  std::vector<std::string> list(std::string_view name) const {
    std::string text = request_.get(name).value_or("");
    std::replace(text.begin(), text.end(), ',', ' ');
    return split_words(text);
  }

  void read_session() {
    SessionRequirements& session = request_.session;
    session.identities = list("session_required_identities");
    for (const auto& domain : list("session_required_single_domain"))
      session.domains.push_back(lower_case(domain));
    for (const auto& id : list("session_required_policies")) {
      const auto policy = context_.policies.find(id);
      if (!policy) refuse("invalid_request", "There is no policy '" + id + "'");
      session.policies.push_back(*policy);
    }
    const std::string multi_factor = lower_case(request_.get("session_required_mfa").value_or(""));
    if (!multi_factor.empty() && multi_factor != "true" && multi_factor != "false")
      refuse("invalid_request", "'session_required_mfa' must be 'true' or 'false'");
    session.multi_factor = multi_factor == "true";
  }

  void read_prompt() {
    const auto prompt = request_.get("prompt").value_or("");
    if (!prompt.empty() && prompt != "login" && prompt != "none")
      refuse("invalid_request", "'prompt' must be 'login' or 'none'");
    request_.forbids_questions = prompt == "none";
    if (prompt == "login") request_.session.since = read_since();
  }

  /// The time that a page of ours sent, or now when this is the first that we see of the request.
  Instant read_since() const {
    const Instant now = current_time();
    const auto text = request_.get(login_since_field);
    if (!text) return now;
    std::int64_t number = 0;
    const char* end = text->data() + text->size();
    const auto [stopped, error] = std::from_chars(text->data(), end, number);
    const Instant since{std::chrono::microseconds{number}};
    if (error != std::errc{} || stopped != end || since < Instant{} || since > now)
      refuse("invalid_request", "'" + std::string(login_since_field) + "' is no time before now");
    return since;
  }

  const AuthContext& context_;
  AuthorizationRequest& request_;
};

AuthorizationRequest read_target(const AuthContext& context, std::vector<NamedValue> parameters) {
  AuthorizationRequest result;
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

}  // namespace

std::optional<std::string> AuthorizationRequest::get(std::string_view name) const {
  for (const auto& [key, value] : parameters)
    if (key == name) return value;
  return std::nullopt;
}

std::int64_t to_number(Instant since) {
  return since.time_since_epoch().count();
}

void refuse_on_page(std::string_view error, const std::string& description) {
  throw Refusal{html_response(400, error_page(error, description))};
}

HttpResponse redirect(const AuthContext& context, const AuthorizationRequest& request,
                      std::vector<NamedValue> parameters, std::string body) {
  if (request.state) parameters.emplace_back("state", *request.state);
  const std::string target = is_code_page(request.redirect_uri, context.settings.base_url)
                                 ? context.settings.base_url + "/v2/web/auth-code"
                                 : request.redirect_uri;
  HttpResponse response = html_response(302, std::move(body));
  response.headers.emplace_back("Location", with_parameters(target, parameters));
  return response;
}

void refuse_by_redirect(const AuthContext& context, const AuthorizationRequest& request,
                        const std::string& error, const std::string& description) {
  throw Refusal{redirect(context, request, {{"error", error}, {"error_description", description}},
                         error_page(error, description))};
}

AuthorizationRequest read_authorization_request(const AuthContext& context,
                                                std::vector<NamedValue> parameters) {
  AuthorizationRequest result = read_target(context, std::move(parameters));
  Reader(context, result).read();
  return result;
}

}  // namespace globus_sandbox::auth
