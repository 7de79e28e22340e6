// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "globus_sdk/core/config.hpp"
#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0 {

class GlobusAuthorizer;

namespace detail {

/// Scopes, and the resource server whose tokens must have them.
struct ServerScopes {
  std::string resource_server{};
  Strings scopes{};
  /// Where a look-up finds this as well: the base URL of the service.
  std::string base_url{};
};

/// A look-up that an app makes before its next request, since it finds scopes that the app
/// requires: one login is then enough.
struct ScopeLookUp {
  /// The resource server whose tokens the look-up itself needs.
  std::string resource_server{};
  /// Looks up, with an authorizer for that resource server. It may find no scopes, and may block.
  std::function<ServerScopes(std::shared_ptr<const GlobusAuthorizer> authorizer)> find{};
};

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

  /// Requires the scopes that a look-up finds.
  virtual void require_scopes_of(ScopeLookUp look_up) const = 0;

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
