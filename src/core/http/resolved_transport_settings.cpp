// SPDX-License-Identifier: Apache-2.0
#include "core/http/resolved_transport_settings.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "core/base/ascii.hpp"
#include "core/base/base64.hpp"
#include "core/http/transport.hpp"
#include "core/http/url.hpp"
#include "core/process/environment_variable.hpp"
#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0 {

namespace {

using detail::environment_variable;

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

void set_ca_bundle(detail::ResolvedTransportSettings& resolved, const std::string& path,
                   const std::string& from) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    resolved.ca_directory = path;
  } else if (std::filesystem::exists(path, error)) {
    resolved.ca_file = path;
  } else {
    throw GlobusSDKUsageError(from + " names a CA bundle that does not exist: " + path);
  }
}

void resolve_verification(detail::ResolvedTransportSettings& resolved,
                          const Field<VerifySSL>& verify_ssl) {
  if (verify_ssl) {
    resolved.verify = verify_ssl->verify();
    if (!verify_ssl->ca_bundle().empty()) {
      return set_ca_bundle(resolved, verify_ssl->ca_bundle(), "verify_ssl");
    }
    if (!resolved.verify) return;
  } else if (const auto value = environment_variable("GLOBUS_SDK_VERIFY_SSL")) {
    const std::string word = detail::ascii_lowered(*value);
    if (is_one_of(word, {"n", "no", "f", "false", "off", "0"})) {
      resolved.verify = false;
      return;
    }
    if (!is_one_of(word, {"y", "yes", "t", "true", "on", "1"})) {
      return set_ca_bundle(resolved, *value, "GLOBUS_SDK_VERIFY_SSL");
    }
  }
  for (const char* name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"}) {
    if (const auto path = environment_variable(name)) return set_ca_bundle(resolved, *path, name);
  }
}

std::optional<std::chrono::milliseconds> timeout_from_environment() {
  const auto value = environment_variable("GLOBUS_SDK_HTTP_TIMEOUT");
  if (!value) return std::chrono::milliseconds(60'000);
  double seconds = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), seconds);
  const bool whole = error == std::errc() && end == value->data() + value->size();
  if (!whole || !std::isfinite(seconds) || seconds > 1e9) {
    throw GlobusSDKUsageError(
        "GLOBUS_SDK_HTTP_TIMEOUT must be a number of seconds, or -1 for no "
        "timeout, not '" +
        *value + "'");
  }
  if (seconds == -1) return std::nullopt;
  if (seconds <= 0) {
    throw GlobusSDKUsageError("GLOBUS_SDK_HTTP_TIMEOUT must be more than 0, or -1 for no timeout");
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(seconds * 1000)));
}

/// A proxy's URL, from a setting or a variable that is called `from`. The URL may hold a password:
/// it is in no message.
detail::ProxyServer read_proxy(detail::ResolvedTransportSettings& resolved, const std::string& text,
                               const std::string& from) {
  const detail::Url url(text, detail::Url::Form::proxy);
  const bool is_proxy =
      url.valid() && !url.host().empty() &&
      is_one_of(url.scheme(), {"http", "https", "socks4", "socks4a", "socks5", "socks5h"});
  if (!is_proxy) {
    throw GlobusSDKUsageError(from +
                              " must be the URL of a proxy, such as http://proxy.example:3128");
  }
  if (!url.password().empty()) {
    resolved.proxy_secrets.push_back(url.password());
    resolved.proxy_secrets.push_back(detail::base64_encode(url.user() + ":" + url.password()));
  }
  return {.url = text, .https = url.scheme() == "https"};
}

/// The first of these variables that is set, as a proxy.
detail::ProxyServer proxy_of_environment(detail::ResolvedTransportSettings& resolved,
                                         std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const auto url = environment_variable(name)) return read_proxy(resolved, *url, name);
  }
  return {};
}

/// As libcurl asks the environment: `HTTP_PROXY` does not count, since a web server's environment
/// has a header of the caller's there.
void resolve_proxies(detail::ResolvedTransportSettings& resolved,
                     const Nullable<std::string>& proxy) {
  if (proxy.has_value()) {
    if (proxy->empty()) {
      throw GlobusSDKUsageError(
          "proxy must be a URL: null is for no proxy, unset for that of the environment");
    }
    resolved.http_proxy = resolved.https_proxy = read_proxy(resolved, *proxy, "proxy");
    resolved.proxy_for_loopback = true;
  }
  if (!proxy.is_unset()) return;
  const std::string exceptions =
      environment_variable("no_proxy").value_or(environment_variable("NO_PROXY").value_or(""));
  if (exceptions == "*") return;
  resolved.http_proxy = proxy_of_environment(resolved, {"http_proxy", "all_proxy", "ALL_PROXY"});
  resolved.https_proxy =
      proxy_of_environment(resolved, {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
  // of use where a redirect leads to this machine: what begins there has no proxy anyway
  resolved.no_proxy = (exceptions.empty() ? "" : exceptions + ",") + "localhost,127.0.0.1,::1";
}

std::int64_t positive(const Field<std::int64_t>& value, std::int64_t otherwise, const char* name) {
  if (!value) return otherwise;
  if (*value <= 0) throw GlobusSDKUsageError(std::string(name) + " must be more than 0");
  return *value;
}

}  // namespace

Transport::Transport(TransportSettings settings)
    : implementation_(std::make_shared<detail::Transport>(detail::resolve(settings))) {}

namespace detail {

ResolvedTransportSettings resolve(const TransportSettings& settings) {
  ResolvedTransportSettings resolved;
  resolve_verification(resolved, settings.verify_ssl);
  if (settings.http_timeout.has_value()) {
    if (*settings.http_timeout <= std::chrono::milliseconds(0)) {
      throw GlobusSDKUsageError("http_timeout must be more than 0, or null for no timeout");
    }
    resolved.http_timeout = *settings.http_timeout;
  } else if (settings.http_timeout.is_null()) {
    resolved.http_timeout.reset();
  } else {
    resolved.http_timeout = timeout_from_environment();
  }
  resolve_proxies(resolved, settings.proxy);
  if (settings.allow_plain_http) {
    for (const std::string& host : settings.allow_plain_http->values()) {
      resolved.allow_plain_http.push_back(normalized_host(host));
    }
  }
  if (settings.connect_to) resolved.connect_to = settings.connect_to->values();
  resolved.max_response_size =
      positive(settings.max_response_size, resolved.max_response_size, "max_response_size");
  resolved.max_connections =
      positive(settings.max_connections, resolved.max_connections, "max_connections");
  resolved.io_threads = positive(settings.io_threads, resolved.io_threads, "io_threads");
  constexpr std::int64_t most_threads = 64;
  if (resolved.io_threads > most_threads)
    throw GlobusSDKUsageError("io_threads must be 64 or less");
  return resolved;
}

}  // namespace detail
}  // namespace globus_sdk::inline v0
