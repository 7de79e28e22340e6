// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/call/base_url.hpp"
#include "core/process/single_flight.hpp"
#include "globus_sdk/core/connection.hpp"

namespace globus_sdk::inline v0::detail {

/// The resource server and the scopes of an app's client that finds them at its first use.
class LazyServerScopes {
 public:
  using Authorizer = std::shared_ptr<const GlobusAuthorizer>;

  /// @param connection the client's, without an authorizer.
  /// @param in_place_of_found what the app requires instead of the scopes that are found.
  LazyServerScopes(std::shared_ptr<const AppBinding> app, Connection connection,
                   FindServerScopes find, std::optional<Strings> in_place_of_found);

  /// The app's authorizer for the resource server, which is looked up if it is not known. After a
  /// look-up that failed the next caller looks up again.
  Authorizer authorizer();
  /// The same if the resource server is known. Never waits.
  Authorizer authorizer_at_hand() const;
  /// The service's base URL, where the look-up found one. Never waits.
  BaseURL base_url() const;
  /// Requires more scopes, at the latest when the resource server is known.
  void add(const Strings& scopes);

 private:
  Authorizer keep(const ServerScopes& found);

  const std::shared_ptr<const AppBinding> app_;
  const Connection connection_;
  const FindServerScopes find_;
  const std::optional<Strings> in_place_of_found_;
  SingleFlight<Authorizer> look_ups_;
  mutable std::mutex mutex_;
  std::vector<std::string> added_{};  // guarded by mutex_, as what follows
  std::string resource_server_{};
  BaseURL base_url_{};
  Authorizer authorizer_{};
};

/// Authorizes such a client.
class LazyAuthorizer final : public GlobusAuthorizer {
 public:
  explicit LazyAuthorizer(std::shared_ptr<LazyServerScopes> scopes);
  ~LazyAuthorizer() override;
  LazyAuthorizer(const LazyAuthorizer&) = default;
  LazyAuthorizer& operator=(const LazyAuthorizer&) = default;

  std::string get_authorization_header(const CallLimits& limits) const override;
  std::optional<std::string> try_get_authorization_header() const override;
  bool handle_missing_authorization(std::string_view rejected_header) const override;
  bool handle_insufficient_authorization(std::string_view rejected_header,
                                         const Answer& answer) const override;
  std::string explain_refusal(std::string_view rejected_header) const override;

 private:
  std::shared_ptr<LazyServerScopes> scopes_;
};

}  // namespace globus_sdk::inline v0::detail
