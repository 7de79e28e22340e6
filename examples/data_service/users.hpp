// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <globus_sdk/globus_sdk.hpp>
#include <memory>
#include <stop_token>
#include <string>

#include "data_service/settings.hpp"

namespace data_service {

/// Opens the storage that the settings name: each user has a namespace in it. All instances of the
/// service share it.
std::shared_ptr<const globus_sdk::MultiUserTokenStorage> open_storage(const Settings& settings);

struct User {
  std::string id;
  std::string name;
};

/// The users and their tokens. Every method may be called from many threads.
///
/// Nothing is kept in memory: what a user's request needs is in the storage, so that any instance
/// serves any user, and one that starts goes on where another one ended.
class Users {
 public:
  Users(globus_sdk::ConfidentialAppAuthClient app,
        std::shared_ptr<const globus_sdk::MultiUserTokenStorage> storage);

  /// Who sent this token, if it is one that was made for this service.
  User authenticate(const std::string& token, const globus_sdk::CallSettings& calls) const;

  /// The user's client of Transfer. The token of a request is exchanged only where the storage has
  /// no token of this user. One instance does that for all.
  globus_sdk::TransferClient transfer_of(const User& user, const std::string& token,
                                         const globus_sdk::CallSettings& calls) const;

  /// For an error that needs a new login: the token of the user's next request is exchanged.
  void forget(const User& user) const;

  /// Whether the service can work: the storage can store, and the service's own id and secret are
  /// good. A token of its own is fetched where it has none.
  ///
  /// @throws what is wrong.
  void check(const std::stop_token& stop) const;

 private:
  globus_sdk::ConfidentialAppAuthClient app_;
  std::shared_ptr<const globus_sdk::MultiUserTokenStorage> storage_;
  globus_sdk::Transport transport_{};
  globus_sdk::ClientCredentialsAuthorizer own_;
};

}  // namespace data_service
