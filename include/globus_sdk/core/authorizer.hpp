// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "globus_sdk/core/any_of.hpp"
#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/limits.hpp"

namespace globus_sdk::inline v0 {

struct Answer;

namespace detail {
class AuthorizationHelper;
}

/// What gives requests their `Authorization` header.
///
/// An authorizer is a handle: a copy shares its state, and every method may be called from many
/// threads at once. Derive from it to write one of your own; plain blocking code is right for
/// blocking and asynchronous clients alike, since the latter run it on a helper thread.
///
/// Mirrors `globus_sdk.authorizers.GlobusAuthorizer`.
class GLOBUS_SDK_EXPORT GlobusAuthorizer {
 public:
  virtual ~GlobusAuthorizer();

  /// The value of the `Authorization` header for a request that is about to be sent, or an empty
  /// string for none. May block: it may have to fetch a new token.
  ///
  /// @param limits the deadline and the stop token of the call that asks; a wait ends with them.
  /// @throws whatever fetching a token throws.
  virtual std::string get_authorization_header(const CallLimits& limits) const = 0;

  /// The same without ever blocking: nothing when the header is not at hand right now.
  /// Asynchronous calls ask this first.
  virtual std::optional<std::string> try_get_authorization_header() const;

  /// Called after a 401. Must not block.
  ///
  /// @param rejected_header the header that the service refused.
  /// @return true when there is another header now, or can be, so that a second try makes sense.
  virtual bool handle_missing_authorization(std::string_view rejected_header) const;

  /// Called after a 403, which mostly means that nothing will help. Must not block.
  ///
  /// @param rejected_header the header that did not suffice.
  /// @param answer of the service; what it asks for may be in its document.
  /// @return true when the next header will, after whatever it takes to get it.
  virtual bool handle_insufficient_authorization(std::string_view rejected_header,
                                                 const Answer& answer) const;

  /// Called after a 401 that ends a call, since no other header is to be had or another one was
  /// refused as well. Must not block.
  ///
  /// @param rejected_header the header that the service refused last.
  /// @return what the error's message is to say of it, without a secret; empty for nothing.
  virtual std::string explain_refusal(std::string_view rejected_header) const;

  /// What fetches the header for calls that cannot wait for it themselves, shared by all copies of
  /// this authorizer.
  detail::AuthorizationHelper& helper() const noexcept;

 protected:
  GlobusAuthorizer();
  GlobusAuthorizer(const GlobusAuthorizer&);
  GlobusAuthorizer(GlobusAuthorizer&&) noexcept;
  GlobusAuthorizer& operator=(const GlobusAuthorizer&);
  GlobusAuthorizer& operator=(GlobusAuthorizer&&) noexcept;

 private:
  std::shared_ptr<detail::AuthorizationHelper> helper_;
};

/// How clients take an authorizer: any of them, by value, or in a `std::shared_ptr`.
using AnyAuthorizer = AnyOf<GlobusAuthorizer>;

}  // namespace globus_sdk::inline v0
