// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// An absolute URL as libcurl reads it, which is how libcurl sends to it. Texts of URLs are not
/// compared: they can be written in several ways, and read in several ways.
class Url {
 public:
  /// How much of a URL has to be there.
  enum class Form {
    whole,  ///< with its scheme
    proxy,  ///< the scheme may be left out: libcurl then takes it for an HTTP proxy
  };

  explicit Url(const std::string& text, Form form = Form::whole);

  bool valid() const noexcept { return valid_; }
  /// In lower case.
  const std::string& scheme() const noexcept { return scheme_; }
  /// In lower case, without brackets around an IPv6 address; `127.1` is `127.0.0.1`.
  const std::string& host() const noexcept { return host_; }
  /// The scheme's own where the URL names none.
  const std::string& port() const noexcept { return port_; }
  /// As libcurl writes it.
  const std::string& text() const noexcept { return text_; }

  /// Whether it names a user or a password, or could be taken for that.
  bool has_user() const noexcept { return has_user_; }
  /// Decoded.
  const std::string& user() const noexcept { return user_; }
  /// Decoded.
  const std::string& password() const noexcept { return password_; }
  bool has_query_or_fragment() const noexcept { return has_query_or_fragment_; }

  /// True for an address that stays on this machine.
  bool is_loopback() const;

 private:
  bool valid_ = false;
  bool has_user_ = false;
  bool has_query_or_fragment_ = false;
  std::string scheme_{};
  std::string host_{};
  std::string port_{};
  std::string text_{};
  std::string user_{};
  std::string password_{};
};

/// Whether both are valid, and the same in scheme, host and port.
bool same_origin(const Url& a, const Url& b);

/// Whether what `reference` (a URL, or a part of one) leads to from `url` has the same origin.
bool is_reference_within_origin(const std::string& url, const std::string& reference);

/// Whether a URL is one that a browser is sent to so that its user logs in and consents (RFC 6749,
/// 4.1.1).
bool is_authorization_page(std::string_view url);

/// What matters of where a request goes.
struct Destination {
  bool https = false;
  bool loopback = false;
  /// The host, where a request would cross a network in plain text; empty elsewhere.
  std::string plain_http_host{};
};

Destination destination_of(const Url& url);

/// The host of a URL in the form in which `Url` has it: in lower case and without brackets, and an
/// IPv4 address by its four numbers.
std::string normalized_host(std::string host);

}  // namespace globus_sdk::inline v0::detail
