// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "auth/context.hpp"
#include "settings.hpp"

namespace globus_sandbox {

/// What a new sandbox knows from the start: two users, a confidential client that may use every
/// grant, a native client, and tokens of the first user: access and refresh tokens that were issued
/// to the confidential client, and refresh tokens that were issued to the native one.
struct InitialAccounts {
  std::string first_user{};
  std::string first_username{};
  std::string second_user{};
  std::string client_id{};
  std::string client_secret{};
  std::string native_client_id{};
  std::string auth_token{};
  std::string auth_refresh_token{};
  std::string transfer_token{};
  std::string transfer_refresh_token{};
  std::string native_auth_refresh_token{};
  std::string native_transfer_refresh_token{};
};

/// Makes whatever of this the state lacks, under the ids that it had before, if it had any. A token
/// that is no longer good is replaced by a new one.
InitialAccounts ensure_initial_accounts(auth::AuthContext& context, Settings& settings);

}  // namespace globus_sandbox
