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

/// Gives requests their `Authorization` header.
///
/// An authorizer is a handle: a copy shares its state, and every method may be called from many
/// threads at once. Derive from this class to write your own authorizer. Plain blocking code works
/// for blocking and asynchronous clients: asynchronous clients run it on a helper thread.
///
/// Mirrors `globus_sdk.authorizers.GlobusAuthorizer`.
class GLOBUS_SDK_EXPORT GlobusAuthorizer {
 public:
  virtual ~GlobusAuthorizer();

  /// The value of the `Authorization` header for a request that is about to be sent; an empty
  /// string for no header. This may block: it may have to fetch a new token.
  ///
  /// @param limits the deadline and the stop token of the call; they also end a wait here.
  /// @throws whatever fetching a token throws.
  virtual std::string get_authorization_header(const CallLimits& limits) const = 0;

  /// The same header, without ever blocking; nothing when the header is not ready right now.
  /// Asynchronous calls call this function first.
  virtual std::optional<std::string> try_get_authorization_header() const;

  /// Called after a 401. Must not block.
  ///
  /// @param rejected_header the header that the service refused.
  /// @return true when there is another header now, or another one can be fetched, so that a second
  ///   try makes sense.
  virtual bool handle_missing_authorization(std::string_view rejected_header) const;

  /// Called after a 403, to which in most cases there is no remedy. Must not block.
  ///
  /// @param rejected_header the header that did not suffice.
  /// @param answer the service's answer; its document may say what the service asks for.
  /// @return true when the next header will suffice, whatever it takes to get that header.
  virtual bool handle_insufficient_authorization(std::string_view rejected_header,
                                                 const Answer& answer) const;

  /// Called after a 401 that ends a call, because there is no other header, or another header was
  /// refused as well. Must not block.
  ///
  /// @param rejected_header the header that the service refused last.
  /// @return a remark on the refusal for the error's message, without a secret; empty for none.
  virtual std::string explain_refusal(std::string_view rejected_header) const;

  /// The helper that fetches the header for calls that must not block. All copies of this
  /// authorizer share it.
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

/// An authorizer as a parameter: an object of any authorizer class, by value or in a
/// `std::shared_ptr`.
using AnyAuthorizer = AnyOf<GlobusAuthorizer>;

}  // namespace globus_sdk::inline v0
