// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/http/url.hpp"
#include "globus_sdk/core/answer.hpp"
#include "globus_sdk/core/body.hpp"
#include "globus_sdk/core/network_failure.hpp"

namespace globus_sdk::inline v0::detail {

/// A request as it goes on the wire: absolute, and complete but for Authorization.
///
/// What it holds of secrets is wiped when it goes.
struct OutgoingRequest {
  OutgoingRequest() = default;
  OutgoingRequest(const OutgoingRequest&) = default;
  OutgoingRequest(OutgoingRequest&&) noexcept = default;
  OutgoingRequest& operator=(const OutgoingRequest&) = default;
  OutgoingRequest& operator=(OutgoingRequest&&) noexcept = default;
  ~OutgoingRequest() {
    if (!secrets.empty()) wipe_secrets();
  }

  std::string method{};
  std::string url{};  ///< as libcurl reads it: nothing else is compared
  Destination destination{};
  std::vector<std::string> header_lines{};  ///< `Name: value`
  std::string authorization{};              ///< value of the header; none when empty
  std::optional<std::string> body{};
  std::shared_ptr<BodySource> source{};  ///< of the body, where it is not in memory
  std::int64_t source_size = 0;
  std::shared_ptr<BodySink> sink{};    ///< of a success' body, where it is not kept in memory
  std::vector<std::string> secrets{};  ///< never to stand in a message
  /// How many bytes of a body are sent.
  std::int64_t body_size() const noexcept {
    return source ? source_size : static_cast<std::int64_t>(body ? body->size() : 0);
  }

  /// A secret stands in it besides Authorization: a redirect would carry it along.
  bool carries_secret = false;
  bool repeatable = false;
  std::uint64_t client = 0;       ///< which client it is of
  std::int64_t most_at_once = 0;  ///< of its asynchronous requests; 0 for no limit
  bool on_new_connection = false;
  /// Longest silence of the server; none when unset.
  std::optional<std::chrono::milliseconds> timeout{};

 private:
  void wipe_secrets() noexcept;
};

/// How an attempt ended. Monostate: something that has no outcome of its own (a sleep) ended as
/// planned.
using Outcome = std::variant<std::monostate, Answer, NetworkFailure>;

}  // namespace globus_sdk::inline v0::detail
