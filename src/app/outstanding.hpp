// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "globus_sdk/core/connection.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/gare/globus_authorization_parameters.hpp"

namespace globus_sdk::inline v0::detail {

/// Collections of whose kind nothing is known yet, and who can tell.
struct CollectionsToLookUp {
  std::vector<std::string> collection_ids{};
  std::optional<Connection> transfer{};
};

/// What an app has to do before its next request. It is outstanding until it has ended, so that
/// whatever becomes of it nothing is lost, and who needs it waits.
class Outstanding {
 public:
  bool is_empty() const;

  /// Calls for a login, which joins the one that is called for already.
  void call_for_login(const GlobusAuthorizationParameters& parameters);
  std::optional<GlobusAuthorizationParameters> login() const;
  /// After a login that went well, what was called for since is still to be done; after another
  /// one nothing is, since the requests that needed it have failed.
  void end_login(const GlobusAuthorizationParameters& parameters, bool well) noexcept;

  void look_up(const Strings& collection_ids, const Connection& transfer);
  CollectionsToLookUp collections() const;
  /// The first of them have been looked up; more may have come meanwhile.
  void end_look_up(const CollectionsToLookUp& done) noexcept;

 private:
  mutable std::mutex mutex_;
  std::optional<GlobusAuthorizationParameters> login_;
  CollectionsToLookUp collections_;
};

}  // namespace globus_sdk::inline v0::detail
