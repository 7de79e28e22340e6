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

/// Whether and against what a server's certificate is verified: yes, no, or by this CA bundle.
class VerifySSL {
 public:
  /// Against the system's own certificates, or not at all.
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
  /// Empty for the system's own.
  const std::string& ca_bundle() const noexcept { return ca_bundle_; }

 private:
  bool verify_ = true;
  std::string ca_bundle_{};
};

/// How requests travel. A field that is unset takes its value from the environment, else the
/// default.
struct TransportSettings {
  /// Unset: `GLOBUS_SDK_VERIFY_SSL`, then `SSL_CERT_FILE`, `CURL_CA_BUNDLE`, `REQUESTS_CA_BUNDLE`.
  Field<VerifySSL> verify_ssl{};
  /// Longest silence of the server, while connecting or answering; null for no limit.
  /// Unset: `GLOBUS_SDK_HTTP_TIMEOUT` in seconds (-1 for none), else 60 s.
  Nullable<std::chrono::milliseconds> http_timeout{};
  /// A proxy URL, for every request; null for none at all. Unset: what the environment says
  /// (`https_proxy`, `HTTPS_PROXY`, `http_proxy`, `all_proxy`, `ALL_PROXY`; `no_proxy`,
  /// `NO_PROXY`), and none for loopback.
  Nullable<std::string> proxy{};
  /// Hosts to which requests with a secret in them may go over plain http, besides loopback.
  Field<Strings> allow_plain_http{};
  /// Connect elsewhere under the same name, as `HOST:PORT:CONNECT-TO-HOST:CONNECT-TO-PORT`.
  Field<Strings> connect_to{};
  /// Longest answer taken, in bytes after decompression; 64 MiB when unset, which is more than the
  /// largest listing of Transfer, of 100,000 entries, has.
  Field<std::int64_t> max_response_size{};
  /// Asynchronous requests under way at once; the others wait their turn. 100 when unset.
  Field<std::int64_t> max_connections{};
};

namespace detail {
class Transport;
}

/// A pool of connections with its settings: a handle that several clients may share.
/// A client that is given none makes one of its own.
class Transport {
 public:
  /// @throws GlobusSDKUsageError when a setting, or an environment variable that stands for it, is
  /// no valid value.
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
  /// `production` (the default), `preview`, ...; unset: `GLOBUS_SDK_ENVIRONMENT`.
  Field<std::string> environment{};
  /// Base URL of the service; unset: by service and environment, where the variable
  /// `GLOBUS_SDK_SERVICE_URL_<SERVICE>` comes first.
  Field<std::string> base_url{};
  /// With an app: scopes that its tokens have to have for this client, in place of the service's
  /// own.
  Field<Strings> app_scopes{};
  /// Name of the program, for the User-Agent; unset: the app's, where the client has one.
  Field<std::string> app_name{};
  /// Connections that are shared with other clients; unset: some of its own.
  Field<Transport> transport{};
  /// When and how requests are sent again.
  Field<RetryConfig> retry_config{};
  /// Unset: as `GLOBUS_SDK_LOG` says.
  Field<Logger> logger{};
};

/// Settings of calls: what `client.with({...})` takes. An unset field keeps what the client has.
struct CallSettings {
  /// Longest silence of the server; null for no limit.
  Nullable<std::chrono::milliseconds> timeout{};
  /// Longest that a call may take as a whole, retries, waits and renewals included; null for no
  /// limit.
  Nullable<std::chrono::milliseconds> deadline{};
  /// When all calls end, at the latest: a batch job has one end, however many calls it makes. Null
  /// for never; with `deadline` the earlier counts. It is of the clock that nobody sets, so that a
  /// correction of the time neither ends a call nor keeps one going; for an end by the calendar add
  /// what is left: `steady_clock::now() + (end - system_clock::now())`.
  Nullable<std::chrono::steady_clock::time_point> deadline_at{};
  /// How often one request may be sent again; 0 for never.
  Field<std::int64_t> max_retries{};
  /// Ends calls, wherever they are, with CancelledError.
  Field<std::stop_token> stop{};
};

/// Base URL of a service ("auth", "transfer", ...), as the Python SDK finds it.
///
/// @throws GlobusSDKUsageError for an environment that does not exist.
std::string get_service_url(Text service, const Field<std::string>& environment = {});

/// The environment that is meant where nothing else is said: `GLOBUS_SDK_ENVIRONMENT`, else
/// `production`. Mirrors `globus_sdk.config.get_environment_name`.
std::string get_environment_name(const Field<std::string>& environment = {});

namespace detail {

/// A proxy as libcurl takes it.
struct ProxyServer {
  std::string url{};  ///< empty: none
  bool https = false;
};

/// TransportSettings after the environment has been asked.
struct ResolvedTransportSettings {
  bool verify = true;
  std::string ca_file{};
  std::string ca_directory{};
  std::optional<std::chrono::milliseconds> http_timeout{60'000};
  ProxyServer http_proxy{};   ///< for http URLs
  ProxyServer https_proxy{};  ///< for https URLs
  bool proxy_for_loopback = false;
  std::string no_proxy{};                    ///< hosts for which there is none, as libcurl has it
  std::vector<std::string> proxy_secrets{};  ///< of the proxies' URLs, never to stand in a message
  std::vector<std::string> allow_plain_http{};
  std::vector<std::string> connect_to{};
  std::int64_t max_response_size = std::int64_t{64} << 20;
  std::int64_t max_connections = 100;
};

ResolvedTransportSettings resolve(const TransportSettings& settings);

}  // namespace detail
}  // namespace globus_sdk::inline v0
