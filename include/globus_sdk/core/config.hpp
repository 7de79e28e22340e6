// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/log.hpp"
#include "globus_sdk/core/retry.hpp"
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
  /// How many asynchronous requests run at once; the others wait for their turn. Unset: 100.
  Field<std::int64_t> max_connections{};
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

/// Settings of a client, for its whole life. The names are those of Python's client parameters.
struct ClientOptions {
  /// The environment of Globus: `production` (the default), `preview`, ... Unset: as the variable
  /// `GLOBUS_SDK_ENVIRONMENT` says.
  Field<std::string> environment{};
  /// Base URL of the service. Unset: the variable `GLOBUS_SDK_SERVICE_URL_<SERVICE>` if there is
  /// one, else the URL of the service in the environment.
  Field<std::string> base_url{};
  /// For a client of an app: the scopes that the app's tokens must have for this client, in place
  /// of the service's default scopes.
  Field<Strings> app_scopes{};
  /// Name of the program, for the User-Agent header. Unset: the name of the app, where the client
  /// has an app.
  Field<std::string> app_name{};
  /// Connections to share with other clients. Unset: the client has its own.
  Field<Transport> transport{};
  /// When and how requests are sent again.
  Field<RetryConfig> retry_config{};
  /// Where log lines go. Unset: as the variable `GLOBUS_SDK_LOG` says.
  Field<Logger> logger{};
};

/// Settings of calls: what `client.with({...})` takes. An unset field keeps what the client has.
struct CallSettings {
  /// The longest time that the server may be silent; null for no limit.
  Nullable<std::chrono::milliseconds> timeout{};
  /// The longest time that a call may take in all, with retries, waits and token renewals; null for
  /// no limit.
  Nullable<std::chrono::milliseconds> deadline{};
  /// The time at which all calls end at the latest. This is for a batch job, which has one end,
  /// however many calls it makes. Null for never. With `deadline` set too, the earlier of the two
  /// counts. The time is of the steady clock, which nobody sets: a correction of the system clock
  /// neither ends a call nor keeps one going. For an end by the calendar, add the time that is
  /// left: `steady_clock::now() + (end - system_clock::now())`.
  Nullable<std::chrono::steady_clock::time_point> deadline_at{};
  /// How often one request may be sent again; 0 for never.
  Field<std::int64_t> max_retries{};
  /// Ends calls with CancelledError as soon as stop is requested, whatever they are doing.
  Field<std::stop_token> stop{};
};

/// Base URL of a service ("auth", "transfer", ...), as the Python SDK finds it.
///
/// @throws GlobusSDKUsageError for an environment that does not exist.
std::string get_service_url(Text service, const Field<std::string>& environment = {});

/// The environment that applies: `environment` if set, else `GLOBUS_SDK_ENVIRONMENT`, else
/// `production`. Mirrors `globus_sdk.config.get_environment_name`.
std::string get_environment_name(const Field<std::string>& environment = {});

namespace detail {

/// A proxy in the form that libcurl takes.
struct ProxyServer {
  std::string url{};  ///< empty: none
  bool https = false;
};

/// TransportSettings with the environment and the defaults filled in.
struct ResolvedTransportSettings {
  bool verify = true;
  std::string ca_file{};
  std::string ca_directory{};
  std::optional<std::chrono::milliseconds> http_timeout{60'000};
  ProxyServer http_proxy{};   ///< for http URLs
  ProxyServer https_proxy{};  ///< for https URLs
  bool proxy_for_loopback = false;
  std::string no_proxy{};                    ///< hosts without a proxy, in libcurl's form
  std::vector<std::string> proxy_secrets{};  ///< in the proxies' URLs; kept out of messages
  std::vector<std::string> allow_plain_http{};
  std::vector<std::string> connect_to{};
  std::int64_t max_response_size = std::int64_t{64} << 20;
  std::int64_t max_connections = 100;
};

ResolvedTransportSettings resolve(const TransportSettings& settings);

}  // namespace detail
}  // namespace globus_sdk::inline v0
