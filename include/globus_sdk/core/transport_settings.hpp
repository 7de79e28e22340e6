// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <memory>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// How a server's certificate is verified: against the system's certificates, against a CA bundle,
/// or not at all.
class VerifySSL {
 public:
  /// True: against the system's own certificates. False: not at all.
  template <std::same_as<bool> B>
  VerifySSL(B verify)  // NOLINT(google-explicit-constructor): a parameter type
      : verify_(verify) {}
  /// @param ca_bundle path of a PEM file, or of a folder of hashed certificates.
  template <std::convertible_to<Text> T>
    requires(!std::same_as<T, bool>)
  VerifySSL(const T& ca_bundle)  // NOLINT(google-explicit-constructor)
      : ca_bundle_(Text(ca_bundle).str()) {}

  /// Whether certificates are verified.
  bool verify() const noexcept { return verify_; }
  /// The path of the CA bundle; empty for the system's own certificates.
  const std::string& ca_bundle() const noexcept { return ca_bundle_; }

 private:
  bool verify_ = true;
  std::string ca_bundle_{};
};

/// How requests are sent. An unset field takes its value from the environment, and otherwise its
/// default.
struct TransportSettings {
  /// How certificates are verified. Unset: as one of these variables says, in this order:
  /// `GLOBUS_SDK_VERIFY_SSL`, `SSL_CERT_FILE`, `CURL_CA_BUNDLE`, `REQUESTS_CA_BUNDLE`.
  Field<VerifySSL> verify_ssl{};
  /// The longest time that the server may be silent, while connecting or answering; null for no
  /// limit. Unset: `GLOBUS_SDK_HTTP_TIMEOUT` in seconds (-1 for no limit), else 60 s.
  Nullable<std::chrono::milliseconds> http_timeout{};
  /// The URL of a proxy for every request; null for no proxy. Unset: the proxy that the environment
  /// names (`https_proxy`, `HTTPS_PROXY`, `http_proxy`, `all_proxy`, `ALL_PROXY`; `no_proxy`,
  /// `NO_PROXY`), and no proxy for loopback.
  Nullable<std::string> proxy{};
  /// Hosts, besides loopback, to which a request with a secret in it may be sent over plain http.
  Field<Strings> allow_plain_http{};
  /// Other hosts and ports to connect to, under the same name in the URL:
  /// `HOST:PORT:CONNECT-TO-HOST:CONNECT-TO-PORT`.
  Field<Strings> connect_to{};
  /// The largest answer that is accepted, in bytes after decompression. Unset: 64 MiB, which is
  /// more than the largest listing of Transfer (100,000 entries) has.
  Field<std::int64_t> max_response_size{};
  /// How many asynchronous requests run at once; the others wait. Clients that share the transport
  /// have turns one after another, so that one with many requests holds no other up. Unset: 100.
  Field<std::int64_t> max_connections{};
  /// How many threads of the SDK send asynchronous requests, 64 at most; each starts when it is
  /// needed. One is enough for some 40,000 calls a second. Each has connections of its own, and its
  /// share of `max_connections`. Unset: 1.
  Field<std::int64_t> io_threads{};
};

namespace detail {
class Transport;
}

/// A pool of connections with its settings. It is a handle that several clients may share. A client
/// that is given no Transport makes its own.
class Transport {
 public:
  /// @throws GlobusSDKUsageError when a setting, or the environment variable that stands for it,
  ///   has no valid value.
  explicit Transport(TransportSettings settings = {});

  /// For the SDK's own use.
  const std::shared_ptr<detail::Transport>& implementation() const noexcept {
    return implementation_;
  }

 private:
  std::shared_ptr<detail::Transport> implementation_;
};

}  // namespace globus_sdk::inline v0
