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

/// Tokens must have the scopes that are required for their resource server; otherwise it throws
/// UnmetScopeRequirementsError. Mirrors `globus_sdk.token_storage.ScopeRequirementsValidator`.
///
/// Before tokens are stored, their own scopes are judged. After they were retrieved also what these
/// have to depend on, which only the user's consents tell: they are fetched when those that were
/// fetched before do not meet the requirements, and when it is known whose the tokens are;
/// otherwise this is left out.
class GLOBUS_SDK_EXPORT ScopeRequirementsValidator final : public TokenDataValidator {
 public:
  using ScopeRequirements = UnmetScopeRequirementsError::ScopeRequirements;
  /// Fetches the consents of an identity; its exceptions reach whoever retrieves tokens.
  using GetConsents = std::function<ConsentForest(const std::string& identity_id)>;

  /// @param scope_requirements scopes by resource server.
  /// @param get_consents where Python takes an AuthClient.
  ScopeRequirementsValidator(ScopeRequirements scope_requirements, GetConsents get_consents);

  /// @param scope_requirements asked each time, for requirements that change.
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
