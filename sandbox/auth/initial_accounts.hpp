// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/server/directory.hpp"

namespace globus_sandbox::auth {

struct AuthContext;

/// The first user's tokens for one service.
struct InitialTokens {
  std::string access{};          ///< issued to the confidential client
  std::string refresh{};         ///< likewise
  std::string native_refresh{};  ///< issued to the native client
};

/// What a new sandbox knows from the start: two users, a confidential client that may use every
/// grant, a native client, and tokens of the first user.
struct InitialAccounts {
  std::string first_user{};
  std::string first_username{};
  std::string second_user{};
  std::string client_id{};
  std::string client_secret{};
  std::string native_client_id{};
  std::map<std::string, InitialTokens> tokens{};  ///< by the name of the service

  /// By their names after `GLOBUS_SANDBOX_`.
  std::map<std::string, std::string> variables() const;
};

/// The scope of the confidential client as a resource server.
std::string scope_of_application(const InitialAccounts& accounts);

/// Makes whatever of this the state lacks, under the ids that it had before, if it had any. A token
/// that is no longer good is replaced by a new one.
/// @param granted names of services, each with the scopes that the first user's tokens for it hold
InitialAccounts ensure_initial_accounts(
    AuthContext& context,
    const std::vector<std::pair<std::string, std::vector<std::string>>>& granted);

/// Further tokens of the first user's, issued to the confidential client: the same ones as long as
/// they are good. No consent is recorded.
TokenPair ensure_tokens(AuthContext& context, const InitialAccounts& accounts,
                        const std::vector<std::string>& scopes);

}  // namespace globus_sandbox::auth
