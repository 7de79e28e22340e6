// SPDX-License-Identifier: Apache-2.0
#include "core/call/lazy_server_scopes.hpp"

#include <utility>

#include "core/call/authorization_helper.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

LazyServerScopes::LazyServerScopes(std::shared_ptr<const AppBinding> app, Connection connection,
                                   FindServerScopes find, std::optional<Strings> in_place_of_found)
    : app_(std::move(app)),
      connection_(std::move(connection)),
      find_(std::move(find)),
      in_place_of_found_(std::move(in_place_of_found)) {}

LazyServerScopes::Authorizer LazyServerScopes::authorizer() {
  if (auto known = authorizer_at_hand()) return known;
  return look_ups_.join_or_run({}, [this] {
    if (auto known = authorizer_at_hand()) return known;  // since this caller asked
    return keep(find_(connection_));
  });
}

LazyServerScopes::Authorizer LazyServerScopes::authorizer_at_hand() const {
  const std::lock_guard lock(mutex_);
  return authorizer_;
}

BaseURL LazyServerScopes::base_url() const {
  const std::lock_guard lock(mutex_);
  return base_url_;
}

void LazyServerScopes::add(const Strings& scopes) {
  const std::lock_guard lock(mutex_);
  if (authorizer_) {
    app_->require_scopes(resource_server_, scopes);
  } else {
    added_.insert(added_.end(), scopes.begin(), scopes.end());
  }
}

LazyServerScopes::Authorizer LazyServerScopes::keep(const ServerScopes& found) {
  if (found.resource_server.empty()) {
    throw GlobusError("the service does not tell whose tokens its client needs");
  }
  const BaseURL base_url = found.base_url.empty() ? BaseURL() : read_base_url(found.base_url);
  std::vector<std::string> scopes = in_place_of_found_.value_or(found.scopes).values();
  const std::lock_guard lock(mutex_);
  scopes.insert(scopes.end(), added_.begin(), added_.end());
  app_->require_scopes(found.resource_server, scopes);
  resource_server_ = found.resource_server;
  base_url_ = base_url;
  authorizer_ = app_->authorizer_for(resource_server_);
  return authorizer_;
}

LazyAuthorizer::LazyAuthorizer(std::shared_ptr<LazyServerScopes> scopes)
    : scopes_(std::move(scopes)) {}
LazyAuthorizer::~LazyAuthorizer() = default;

std::string LazyAuthorizer::get_authorization_header(const CallLimits& limits) const {
  if (const auto known = scopes_->authorizer_at_hand()) {
    return known->get_authorization_header(limits);
  }
  // the look-up is for all calls: it runs elsewhere, and a call with limits waits within them
  if (!limits.unlimited()) {
    return fetch_within(std::make_shared<const LazyAuthorizer>(*this), limits);
  }
  return scopes_->authorizer()->get_authorization_header(limits);
}

std::optional<std::string> LazyAuthorizer::try_get_authorization_header() const {
  const auto known = scopes_->authorizer_at_hand();
  return known ? known->try_get_authorization_header() : std::nullopt;
}

bool LazyAuthorizer::handle_missing_authorization(std::string_view rejected_header) const {
  const auto known = scopes_->authorizer_at_hand();
  return known && known->handle_missing_authorization(rejected_header);
}

bool LazyAuthorizer::handle_insufficient_authorization(std::string_view rejected_header,
                                                       const Answer& answer) const {
  const auto known = scopes_->authorizer_at_hand();
  return known && known->handle_insufficient_authorization(rejected_header, answer);
}

std::string LazyAuthorizer::explain_refusal(std::string_view rejected_header) const {
  const auto known = scopes_->authorizer_at_hand();
  return known ? known->explain_refusal(rejected_header) : std::string();
}

}  // namespace globus_sdk::inline v0::detail
