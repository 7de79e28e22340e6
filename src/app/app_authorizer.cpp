// SPDX-License-Identifier: Apache-2.0
#include "app/app_authorizer.hpp"

#include <utility>

#include "authorizers/grant_failure.hpp"
#include "core/call/authorization_helper.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/response.hpp"
#include "globus_sdk/gare/gare.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// What a service says that it takes; nothing where it just says no.
std::optional<GARE> gare_of(const Answer& answer) {
  try {
    return to_gare(GlobusHTTPResponse(answer).data());
  } catch (const GlobusError&) {  // no JSON
    return std::nullopt;
  }
}

}  // namespace

AppAuthorizer::AppAuthorizer(std::shared_ptr<const AppState> state, std::string resource_server)
    : state_(std::move(state)), resource_server_(std::move(resource_server)) {}
AppAuthorizer::~AppAuthorizer() = default;

std::string AppAuthorizer::get_authorization_header(const CallLimits& limits) const {
  if (auto header = try_get_authorization_header()) return *std::move(header);
  // a call that is a part of a login cannot wait for it
  if (state_->is_logging_in()) {
    return state_->authorizer(resource_server_)->get_authorization_header(limits);
  }
  // a login belongs to no call: it runs elsewhere, and a call with limits waits within them
  if (!limits.unlimited()) {
    return fetch_within(std::make_shared<const AppAuthorizer>(*this), limits);
  }
  return state_->authorization_header(resource_server_, limits);
}

std::optional<std::string> AppAuthorizer::try_get_authorization_header() const {
  const auto authorizer = state_->authorizer_at_hand(resource_server_);
  return authorizer ? authorizer->try_get_authorization_header() : std::nullopt;
}

bool AppAuthorizer::handle_missing_authorization(std::string_view rejected_header) const {
  if (state_->authorizers().is_logged_out(rejected_header)) return false;
  if (state_->authorizers().is_replaced(rejected_header)) return true;
  const auto authorizer = state_->authorizer_at_hand(resource_server_);
  if (!authorizer) return true;  // a login is due or pending
  const auto header = authorizer->try_get_authorization_header();
  if (header && *header != rejected_header) return true;  // somebody has logged in meanwhile
  if (authorizer->handle_missing_authorization(rejected_header)) return true;
  // one token, without a next: it is no token any more, and the next header takes a login
  return state_->authorizers().refuse(resource_server_, rejected_header);
}

std::string AppAuthorizer::explain_refusal(std::string_view rejected_header) const {
  const AuthorizerCache& authorizers = state_->authorizers();
  if (authorizers.is_logged_out(rejected_header)) {
    return "the app has logged out since the call began";
  }
  if (authorizers.is_fresh(resource_server_, rejected_header)) {
    return fresh_token_is_refused("a login brought it", "login");
  }
  const auto authorizer = state_->authorizer_at_hand(resource_server_);
  return authorizer ? authorizer->explain_refusal(rejected_header) : std::string();
}

bool AppAuthorizer::handle_insufficient_authorization(std::string_view rejected_header,
                                                      const Answer& answer) const {
  if (!state_->config.auto_redrive_gares) return false;
  const auto gare = gare_of(answer);
  if (!gare) return false;
  // of all the calls that were under way, the first one's login is for them all
  if (state_->authorizers().is_replaced(rejected_header)) return true;
  const auto authorizer = state_->authorizer_at_hand(resource_server_);
  const auto header = authorizer ? authorizer->try_get_authorization_header() : std::nullopt;
  if (!header || *header == rejected_header)
    state_->add_pending_login(gare->authorization_parameters);
  return true;
}

}  // namespace globus_sdk::inline v0::detail
