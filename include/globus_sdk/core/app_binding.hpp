// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <memory>
#include <string_view>

#include "globus_sdk/core/config.hpp"
#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0 {

class GlobusAuthorizer;

namespace detail {

struct Connection;

/// An app as the clients that are built from it see it. Apps know clients, but clients know an app
/// through this interface only.
class GLOBUS_SDK_EXPORT AppBinding {
 public:
  virtual ~AppBinding();

  /// Options for all clients of the app, used where their own options are unset: environment and
  /// app_name always, transport and logger where the app has them.
  virtual ClientOptions client_defaults() const = 0;

  /// Makes an authorizer that gives requests the app's current tokens for a resource server.
  virtual std::shared_ptr<const GlobusAuthorizer> authorizer_for(
      std::string_view resource_server) const = 0;

  /// Requires more scopes of the tokens for a resource server.
  virtual void require_scopes(std::string_view resource_server, const Strings& scopes) const = 0;

  /// Requires access to the data of collections: a consent for each collection that needs one.
  ///
  /// @param transfer a connection to Transfer, which tells the kind of each collection.
  virtual void require_data_access(const Strings& collection_ids,
                                   const Connection& transfer) const = 0;

 protected:
  AppBinding() = default;
  AppBinding(const AppBinding&) = default;
  AppBinding& operator=(const AppBinding&) = default;
};

/// An app as the parameter of a client: GlobusApp, or a class that is derived from it.
template <class A>
concept AppHandle = requires(const A& app) {
  { app.binding() } -> std::convertible_to<std::shared_ptr<const AppBinding>>;
};

}  // namespace detail
}  // namespace globus_sdk::inline v0
