// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// What a login ends with: a code, or an error.
struct Callback {
  std::string code{};
  std::string error{};
  std::string error_description{};
};

/// The callback that is waited for.
struct ExpectedCallback {
  std::uint16_t port = 0;
  /// What only the login knows that is waited for.
  std::string state{};
};

/// A request that came to the callback's address.
struct CallbackRequest {
  std::string_view method{};
  std::string_view target{};
  std::string_view host{};
};

/// What to answer, and what the request brought, if it is the one that is waited for.
struct CallbackVerdict {
  int status = 200;
  std::string result{};
  std::string message{};
  std::optional<Callback> callback{};
};

/// Judges one request. Anything may come: other pages and programs can send here too.
CallbackVerdict judge_callback(const CallbackRequest& request, const ExpectedCallback& expected);

/// What comes after the callback has been received.
CallbackVerdict late_callback();

/// What is no HTTP, or too long.
CallbackVerdict unreadable_request();

}  // namespace globus_sdk::inline v0::detail
