// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "globus_sdk/core/authorizer.hpp"

namespace globus_sdk::inline v0::detail {

/// A resource server's authorizer, for as long as it is good.
struct CachedAuthorizer {
  std::shared_ptr<const GlobusAuthorizer> authorizer{};
  /// In seconds since the epoch; nothing where the authorizer renews its token.
  std::optional<std::int64_t> expires_at{};

  bool is_good() const;
};

/// The authorizers that an app has made of what is stored, by resource server.
class AuthorizerCache {
 public:
  using Make = std::function<CachedAuthorizer()>;

  /// The authorizer that is kept. If there is none, `make` makes one, outside the lock. All threads
  /// get the same authorizer, and so share one renewal.
  CachedAuthorizer get_or_make(const std::string& resource_server, const Make& make);
  /// The authorizer that is kept, if it is still good.
  std::shared_ptr<const GlobusAuthorizer> get(const std::string& resource_server) const;

  /// Makes the authorizer for a resource server anew.
  void forget(const std::string& resource_server);
  void clear();
  /// Makes the authorizer for a resource server anew, and never uses this header again, which a
  /// service has refused. Does nothing and returns false in two cases: the authorizer renews its
  /// token; or this header replaced a refused one so shortly before that a new login would hardly
  /// help.
  bool refuse(const std::string& resource_server, std::string_view header);
  /// Whether this is the header that was last refused.
  bool is_refused(const std::string& resource_server, std::string_view header) const;
  /// Whether a header came so shortly before in place of one that was refused.
  bool is_fresh(const std::string& resource_server, std::string_view header) const;
  /// Makes all of them anew, since a login has brought other tokens.
  void replace();
  /// Whether the last login took this header out of use.
  bool is_replaced(std::string_view header) const;
  /// Forgets all authorizers: a logout ends the use of these headers.
  void log_out(std::vector<std::string> headers);
  bool is_logged_out(std::string_view header) const;

 private:
  /// A header that a service has refused before its expiry.
  struct Refused {
    std::string header{};
    std::optional<std::chrono::steady_clock::time_point> replaced_at{};
  };
  /// Needs the lock.
  bool is_in_place_of_refused(const std::string& resource_server, std::string_view header) const;

  mutable std::mutex mutex_;
  std::map<std::string, CachedAuthorizer> kept_;
  std::uint64_t generation_ = 0;  // another one for each time that something was forgotten
  std::vector<std::string> replaced_headers_;
  std::map<std::string, Refused> refused_;
  std::vector<std::string> logged_out_headers_;  // by the last logout
};

}  // namespace globus_sdk::inline v0::detail
