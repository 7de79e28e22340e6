// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/authorization_flow.hpp"

#include <mutex>
#include <optional>

#include "auth/proof_key.hpp"
#include "core/base/url_encoding.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/request.hpp"

namespace globus_sdk::inline v0 {

namespace {

std::string checked_scopes(const Strings& requested_scopes) {
  std::string scopes = requested_scopes.joined(' ');
  if (scopes.find_first_not_of(' ') == std::string::npos) {
    throw GlobusSDKUsageError("requested_scopes must name at least one scope");
  }
  return scopes;
}

}  // namespace

AuthorizationFlow::AuthorizationFlow(std::string authorize_url, Text client_id, Text redirect_uri,
                                     const Strings& requested_scopes,
                                     const Field<std::string>& state, bool refresh_tokens)
    : authorize_url_(std::move(authorize_url)),
      client_id_(client_id.str()),
      redirect_uri_(detail::require("redirect_uri", redirect_uri).str()),
      requested_scopes_(checked_scopes(requested_scopes)),
      state_(state.value_or("_default")),
      refresh_tokens_(refresh_tokens) {}

GlobusNativeAppFlowManager::GlobusNativeAppFlowManager(
    std::string authorize_url, Text client_id, Text redirect_uri, const Strings& requested_scopes,
    const Field<std::string>& state, bool refresh_tokens, const Field<std::string>& verifier,
    const Field<std::string>& prefill_named_grant)
    : AuthorizationFlow(std::move(authorize_url), client_id, redirect_uri, requested_scopes, state,
                        refresh_tokens) {
  verifier_ = verifier ? detail::checked_verifier(*verifier) : detail::random_verifier();
  prefill_named_grant_ = prefill_named_grant;
}

std::string AuthorizationFlow::get_authorize_url(const AuthorizeURLOptions& options) const {
  Request request("GET", "");
  request = std::move(request)
                .query("client_id", client_id_)
                .query("redirect_uri", redirect_uri_)
                .query("scope", requested_scopes_)
                .query("state", state_)
                .query("response_type", "code")
                .query("access_type", refresh_tokens_ ? "offline" : "online");
  if (!verifier_.empty()) {
    request = std::move(request)
                  .query("code_challenge", detail::code_challenge(verifier_))
                  .query("code_challenge_method", "S256");
  }
  request = std::move(request)
                .query("prefill_named_grant", prefill_named_grant_)
                .query("session_required_identities", options.session_required_identities)
                .query("session_required_single_domain", options.session_required_single_domain)
                .query("session_required_policies", options.session_required_policies)
                .query("session_required_mfa", options.session_required_mfa, BooleanStyle::word)
                .query("session_message", options.session_message)
                .query("prompt", options.prompt)
                .query_params(options.query_params);
  return authorize_url_ + "?" + detail::form_encode(request.query_pairs());
}

std::vector<std::pair<std::string, std::string>> AuthorizationFlow::exchange_form(
    Text auth_code) const {
  std::vector<std::pair<std::string, std::string>> form;
  form.reserve(6);  // the values are not copied on the way: some are secrets
  form.emplace_back("grant_type", "authorization_code");
  form.emplace_back("code", detail::require("auth_code", auth_code).view());
  form.emplace_back("redirect_uri", redirect_uri_);
  if (!verifier_.empty()) form.emplace_back("code_verifier", verifier_);
  return form;
}

namespace detail {

struct CurrentFlow::State {
  std::mutex mutex;
  std::optional<AuthorizationFlow> flow;
};

CurrentFlow::CurrentFlow() : state_(std::make_unique<State>()) {}
CurrentFlow::~CurrentFlow() = default;

void CurrentFlow::begin(AuthorizationFlow flow) {
  std::lock_guard lock(state_->mutex);
  state_->flow.emplace(std::move(flow));
}

AuthorizationFlow CurrentFlow::get(std::string_view doing) const {
  std::lock_guard lock(state_->mutex);
  if (!state_->flow) {
    throw GlobusSDKUsageError(std::string(doing) + " needs a login: call oauth2_start_flow first");
  }
  return *state_->flow;
}

}  // namespace detail
}  // namespace globus_sdk::inline v0
