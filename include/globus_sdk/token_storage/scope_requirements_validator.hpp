// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "globus_sdk/core/export.hpp"
#include "globus_sdk/scopes/consents.hpp"
#include "globus_sdk/scopes/scope.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "globus_sdk/token_storage/token_data_validator.hpp"

namespace globus_sdk::inline v0 {

/// Checks that tokens have the scopes that are required for their resource server; otherwise it
/// throws UnmetScopeRequirementsError. Mirrors
/// `globus_sdk.token_storage.ScopeRequirementsValidator`.
///
/// Before tokens are stored, their own scopes are checked. After tokens are retrieved, the scopes
/// that these must depend on are checked too. Only the user's consents tell those. The consents are
/// fetched when the consents that were fetched before do not meet the requirements, and the
/// identity of the tokens is known. If the identity is not known, dependencies are not checked.
class GLOBUS_SDK_EXPORT ScopeRequirementsValidator final : public TokenDataValidator {
 public:
  using ScopeRequirements = UnmetScopeRequirementsError::ScopeRequirements;
  /// Fetches the consents of an identity. Its exceptions reach the caller that retrieves tokens.
  using GetConsents = std::function<ConsentForest(const std::string& identity_id)>;

  /// @param scope_requirements scopes by resource server.
  /// @param get_consents fetches the consents; Python takes an AuthClient here.
  ScopeRequirementsValidator(ScopeRequirements scope_requirements, GetConsents get_consents);

  /// @param scope_requirements called each time, for requirements that change.
  ScopeRequirementsValidator(std::function<ScopeRequirements()> scope_requirements,
                             GetConsents get_consents);
  ~ScopeRequirementsValidator() override;
  ScopeRequirementsValidator(const ScopeRequirementsValidator&);
  ScopeRequirementsValidator& operator=(const ScopeRequirementsValidator&);

  void before_store(const TokenStorageDataByResourceServer& token_data_by_resource_server,
                    const TokenValidationContext& context) const override;
  void after_retrieve(const TokenStorageDataByResourceServer& token_data_by_resource_server,
                      const TokenValidationContext& context) const override;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk::inline v0
