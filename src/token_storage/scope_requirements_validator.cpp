// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/scope_requirements_validator.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <sstream>

namespace globus_sdk::inline v0 {

namespace {

using ScopeRequirements = ScopeRequirementsValidator::ScopeRequirements;

/// The required scopes that a token has not, each with a space before it.
std::string missing_scopes(const TokenStorageData& data, const ScopeList& required) {
  std::set<std::string> granted;
  std::istringstream words(data.scope);
  for (std::string word; words >> word;) granted.insert(word);
  std::string missing;
  for (const Scope& scope : required) {
    if (!granted.contains(scope.scope_string())) missing += " " + scope.scope_string();
  }
  return missing;
}

bool has_dependencies(const ScopeList& scopes) {
  return std::ranges::any_of(scopes,
                             [](const Scope& scope) { return !scope.dependencies().empty(); });
}

const ScopeList* required_for(const ScopeRequirements& requirements,
                              const std::string& resource_server) {
  const auto found = requirements.find(resource_server);
  return found == requirements.end() ? nullptr : &found->second;
}

void require_own_scopes(const TokenStorageData& data, const ScopeList& required,
                        const ScopeRequirements& requirements) {
  const std::string missing = missing_scopes(data, required);
  if (missing.empty()) return;
  throw UnmetScopeRequirementsError("Unmet scope requirements: the token for " +
                                        data.resource_server + " lacks" + missing +
                                        "; log in again",
                                    requirements);
}

}  // namespace

struct ScopeRequirementsValidator::State {
  State(std::function<ScopeRequirements()> wanted, GetConsents get)
      : requirements(std::move(wanted)), get_consents(std::move(get)) {}

  /// Nothing when there are none yet.
  std::optional<ConsentForest> known_consents() {
    const std::lock_guard lock(mutex_);
    return consents_;
  }

  /// Not under the lock: it sends a request.
  ConsentForest fetch_consents(const std::string& identity_id) {
    ConsentForest fetched = get_consents(identity_id);
    const std::lock_guard lock(mutex_);
    consents_ = fetched;
    return fetched;
  }

  /// What scopes depend on, where that can be told.
  bool consents_meet(const ScopeList& required, const TokenValidationContext& context) {
    const auto known = known_consents();
    if (known && known->meets_scope_requirements(required.values())) return true;
    const auto& identity =
        context.token_data_identity_id ? context.token_data_identity_id : context.prior_identity_id;
    return !identity || fetch_consents(*identity).meets_scope_requirements(required.values());
  }

  const std::function<ScopeRequirements()> requirements;
  const GetConsents get_consents;

 private:
  std::mutex mutex_;
  std::optional<ConsentForest> consents_;
};

ScopeRequirementsValidator::ScopeRequirementsValidator(ScopeRequirements scope_requirements,
                                                       GetConsents get_consents)
    : ScopeRequirementsValidator([fixed = std::move(scope_requirements)] { return fixed; },
                                 std::move(get_consents)) {}

ScopeRequirementsValidator::ScopeRequirementsValidator(
    std::function<ScopeRequirements()> scope_requirements, GetConsents get_consents)
    : state_(std::make_shared<State>(std::move(scope_requirements), std::move(get_consents))) {}

ScopeRequirementsValidator::~ScopeRequirementsValidator() = default;
ScopeRequirementsValidator::ScopeRequirementsValidator(const ScopeRequirementsValidator&) = default;
ScopeRequirementsValidator& ScopeRequirementsValidator::operator=(
    const ScopeRequirementsValidator&) = default;

void ScopeRequirementsValidator::before_store(
    const TokenStorageDataByResourceServer& token_data_by_resource_server,
    const TokenValidationContext& /*context*/) const {
  const ScopeRequirements requirements = state_->requirements();
  for (const auto& [resource_server, data] : token_data_by_resource_server) {
    const ScopeList* required = required_for(requirements, resource_server);
    if (required != nullptr) require_own_scopes(data, *required, requirements);
  }
}

void ScopeRequirementsValidator::after_retrieve(
    const TokenStorageDataByResourceServer& token_data_by_resource_server,
    const TokenValidationContext& context) const {
  const ScopeRequirements requirements = state_->requirements();
  for (const auto& [resource_server, data] : token_data_by_resource_server) {
    const ScopeList* required = required_for(requirements, data.resource_server);
    if (required == nullptr) continue;
    require_own_scopes(data, *required, requirements);
    if (has_dependencies(*required) && !state_->consents_meet(*required, context)) {
      throw UnmetScopeRequirementsError("Unmet dependent scope requirements: consents for " +
                                            data.resource_server + " are missing; log in again",
                                        requirements);
    }
  }
}

}  // namespace globus_sdk::inline v0
