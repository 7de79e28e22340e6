// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// Says of a scope that another depends on it: what AuthClient::create_scope and
/// AuthClient::update_scope take as `dependent_scopes`. Mirrors `globus_sdk.DependentScopeSpec`.
class DependentScopeSpec {
 public:
  /// @param scope the id of the scope that is depended on, a UUID.
  /// @param optional whether a user may decline it without declining all.
  /// @param requires_refresh_token whether the dependency needs a refresh token.
  /// @throws GlobusSDKUsageError when the scope is empty.
  DependentScopeSpec(Text scope, bool optional, bool requires_refresh_token);
  /// A document of one's own, sent as it is.
  explicit DependentScopeSpec(Json document) noexcept : document_(std::move(document)) {}

  /// What is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same, of a temporary.
  Json document() && { return document_; }
  // NOLINTNEXTLINE(google-explicit-constructor): a list of these is a list of JSON
  operator Json() const { return document_; }

 private:
  Json document_;
};

}  // namespace globus_sdk::inline v0
