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

/// What an app is to the clients that are built from it. Apps know clients; clients know an app by
/// this alone.
class GLOBUS_SDK_EXPORT AppBinding {
 public:
  virtual ~AppBinding();

  /// What the clients of the app have in common, where their own options say nothing: environment
  /// and app_name always, transport and logger where the app has them.
  virtual ClientOptions client_defaults() const = 0;

  /// Gives a client's requests the app's tokens for a resource server, as they are at that time.
  virtual std::shared_ptr<const GlobusAuthorizer> authorizer_for(
      std::string_view resource_server) const = 0;

  /// More scopes that tokens for a resource server have to have.
  virtual void require_scopes(std::string_view resource_server, const Strings& scopes) const = 0;

  /// Collections whose data a client works with: a consent for each is required that takes one.
  ///
  /// @param transfer asks of what kind they are.
  virtual void require_data_access(const Strings& collection_ids,
                                   const Connection& transfer) const = 0;

 protected:
  AppBinding() = default;
  AppBinding(const AppBinding&) = default;
  AppBinding& operator=(const AppBinding&) = default;
};

/// An app, as clients take it: GlobusApp, and what derives from it.
template <class A>
concept AppHandle = requires(const A& app) {
  { app.binding() } -> std::convertible_to<std::shared_ptr<const AppBinding>>;
};

}  // namespace detail
}  // namespace globus_sdk::inline v0
