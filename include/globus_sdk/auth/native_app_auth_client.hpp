// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>

#include "globus_sdk/auth/login_client.hpp"

namespace globus_sdk::inline v0 {

/// Options of NativeAppAuthClient::oauth2_start_flow.
struct NativeAppFlowOptions {
  /// Where the code is sent. Unset: a page of Globus Auth that shows the code.
  Field<std::string> redirect_uri{};
  /// A text that comes back with the code; `_default` when unset.
  Field<std::string> state{};
  /// The PKCE verifier: 43 to 128 characters of [A-Za-z0-9~_.-]; random when unset.
  Field<std::string> verifier{};
  /// Whether to ask for refresh tokens too.
  bool refresh_tokens = false;
  /// The name of the consent in the user's list.
  Field<std::string> prefill_named_grant{};
};

namespace detail {
std::string web_code_page(const Connection& connection);
}  // namespace detail

/// Globus Auth for an app on a user's own machine, which cannot keep a secret.
/// Mirrors `globus_sdk.NativeAppAuthClient`.
template <class Mode>
class BasicNativeAppAuthClient : public BasicAuthLoginClient<BasicNativeAppAuthClient, Mode> {
  using Base = BasicAuthLoginClient<BasicNativeAppAuthClient, Mode>;

 public:
  template <class T> using Result = typename Base::template Result<T>;

  /// @param client_id the app's id, a UUID.
  /// @throws GlobusSDKUsageError when the id is empty.
  explicit BasicNativeAppAuthClient(Text client_id, const ClientOptions& options = {})
      : Base(nullptr,
             std::make_shared<detail::LoginState>(detail::require("client_id", client_id).str(),
                                                  true),
             options) {}
  BasicNativeAppAuthClient(detail::Connection connection, std::shared_ptr<detail::LoginState> login)
      : Base(std::move(connection), std::move(login)) {}

  /// Begins a login with PKCE; oauth2_get_authorize_url and oauth2_exchange_code_for_tokens
  /// continue it.
  ///
  /// @param requested_scopes a scope or several: `Scope`, or text.
  /// @throws GlobusSDKUsageError when the verifier does not have the form that NativeAppFlowOptions
  ///   says.
  GlobusNativeAppFlowManager oauth2_start_flow(const Strings& requested_scopes,
                                               const NativeAppFlowOptions& options = {}) const {
    GlobusNativeAppFlowManager flow(
        detail::authorize_url(this->connection_), this->client_id(),
        options.redirect_uri.value_or(detail::web_code_page(this->connection_)), requested_scopes,
        options.state, options.refresh_tokens, options.verifier, options.prefill_named_grant);
    this->login_->flow.begin(flow);
    return flow;
  }

  /// Makes a separate client for this installation, from a template.
  Result<GlobusHTTPResponse> create_native_app_instance(Text template_id, Text name) const {
    return this->send(
        detail::post("/v2/api/clients")
            .json(Payload().set("client",
                                Payload()
                                    .set("template_id", detail::require("template_id", template_id))
                                    .set("name", detail::require("name", name))))
            .unauthenticated());
  }
};

extern template class BasicAuthLoginClient<BasicNativeAppAuthClient, Blocking>;
extern template class BasicNativeAppAuthClient<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using NativeAppAuthClient = BasicNativeAppAuthClient<Blocking>;

}  // namespace globus_sdk::inline v0
