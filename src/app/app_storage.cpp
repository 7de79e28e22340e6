// SPDX-License-Identifier: Apache-2.0
#include "app/app_storage.hpp"

#include <map>
#include <utility>

#include "authorizers/renewal_under_way.hpp"
#include "globus_sdk/scopes/scope_parser.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "globus_sdk/token_storage/json_token_storage.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "globus_sdk/token_storage/sqlite_token_storage.hpp"
#include "token_storage/stored_form.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

template <class Storage> AnyTokenStorage storage_for(const AppTokenStorageOptions& app) {
  return Storage::for_globus_app(app.client_id, app.app_name, app.environment, app.namespace_);
}

std::shared_ptr<const TokenStorage> make_storage(const GlobusAppConfig& config,
                                                 const AppTokenStorageOptions& app) {
  static const std::map<std::string, TokenStorageChoice::Provider> known{
      {"json", &storage_for<JSONTokenStorage>},
      {"sqlite", &storage_for<SQLiteTokenStorage>},
      {"memory", &storage_for<MemoryTokenStorage>}};
  return config.token_storage.value_or(TokenStorageChoice("json"))
      .make("token_storage", known, app);
}

/// As an answer of Globus Auth names them.
std::string without_dependencies(const Strings& scopes) {
  std::vector<std::string> names;
  for (const Scope& scope : ScopeParser::parse(scopes.joined(' '))) {
    names.push_back(scope.scope_string());
  }
  return Strings(std::move(names)).joined(' ');
}

}  // namespace

AppStorage::AppStorage(const GlobusAppConfig& config, const AppTokenStorageOptions& options)
    : inner_(make_storage(config, options)),
      is_made_for_app_(!config.token_storage || !config.token_storage->is_callers_object()),
      renewal_lock_timeout_(config.renewal_lock_timeout.value_or(default_renewal_lock_timeout)),
      validating_(inner_),
      renewable_(std::make_shared<const RenewableStorage>(inner_)) {}

std::shared_ptr<const RenewableStorage> AppStorage::renewable() const {
  const std::lock_guard lock(mutex_);
  return renewable_;
}

void AppStorage::store(const OAuthTokenResponse& tokens, const ScopeRequirements& asked_for) const {
  const RenewalUnderWay under_way;  // a process that ends now loses no login either
  Locks locks;
  for (const auto& [resource_server, token] : tokens.by_resource_server()) {
    try {
      locks.push_back(renewable()->lock_renewal(resource_server, renewal_lock_timeout_));
    } catch (const TokenStorageError&) {
      // a login is not lost because somebody holds on to a lock
    }
  }
  validating_.store_token_data_by_resource_server(form_of(tokens, asked_for));
}

TokenStorageDataByResourceServer AppStorage::form_of(const OAuthTokenResponse& tokens,
                                                     const ScopeRequirements& asked_for) const {
  auto form = stored_form(tokens, validating_.extract_identity_id(tokens), *inner_);
  for (auto& [resource_server, data] : form) {
    const auto asked = asked_for.by_resource_server().find(resource_server);
    if (!data.scope.empty() || asked == asked_for.by_resource_server().end()) continue;
    data.scope = without_dependencies(asked->second);
  }
  return form;
}

std::vector<TokenStorageData> AppStorage::stored(const Which& which) const {
  std::vector<TokenStorageData> those;
  for (const auto& [resource_server, data] : inner_->get_token_data_by_resource_server()) {
    if (which(resource_server)) those.push_back(data);
  }
  return those;
}

AppStorage::Locks AppStorage::lock_renewals(const Which& which) const {
  Locks locks;
  for (const TokenStorageData& data : stored(which)) {
    locks.push_back(renewable()->lock_renewal(data.resource_server, renewal_lock_timeout_));
  }
  return locks;
}

void AppStorage::retire_renewals() {
  const std::lock_guard lock(mutex_);
  auto next = std::make_shared<const RenewableStorage>(*renewable_, inner_);
  renewable_->retire();
  renewable_ = std::move(next);
}

void AppStorage::close() const {
  if (is_made_for_app_) inner_->close();
}

}  // namespace globus_sdk::inline v0::detail
