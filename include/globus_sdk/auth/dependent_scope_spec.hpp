// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// A scope that another scope depends on: an element of `dependent_scopes` in
/// AuthClient::create_scope and AuthClient::update_scope. Mirrors `globus_sdk.DependentScopeSpec`.
class DependentScopeSpec {
 public:
  /// @param scope the id of the scope that the other one depends on, a UUID.
  /// @param optional whether a user may decline the scope without declining all.
  /// @param requires_refresh_token whether the dependency needs a refresh token.
  /// @throws GlobusSDKUsageError when the scope is empty.
  DependentScopeSpec(Text scope, bool optional, bool requires_refresh_token);
  /// A document of your own, sent as it is.
  explicit DependentScopeSpec(Json document) noexcept : document_(std::move(document)) {}

  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }
  // NOLINTNEXTLINE(google-explicit-constructor): a list of these is a list of JSON
  operator Json() const { return document_; }

 private:
  Json document_;
};

}  // namespace globus_sdk::inline v0
