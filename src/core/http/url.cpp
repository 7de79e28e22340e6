// SPDX-License-Identifier: Apache-2.0
#include "core/http/url.hpp"

#include <arpa/inet.h>

#include <array>
#include <memory>

#include "core/base/ascii.hpp"
#include "core/http/curl_handles.hpp"
#include "core/http/curl_versions.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

struct TextDeleter {
  void operator()(char* text) const noexcept { curl_free(text); }
};

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return {};
  const std::unique_ptr<char, TextDeleter> owned(text);
  return owned.get();
}

/// Whether an `@` stands in what comes before the path, also where nothing is named before it.
bool has_at_sign(const std::string& text) {
  const std::size_t scheme = text.find("//");
  const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 2;
  return text.substr(begin, text.find_first_of("/?#", begin) - begin).find('@') !=
         std::string::npos;
}

bool is_ipv4(const std::string& host) {
  in_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1;
}

}  // namespace

std::string normalized_host(std::string host) {
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  in_addr address{};  // libcurl writes it so too, from 7.77 on
  std::array<char, INET_ADDRSTRLEN> text{};
  if (inet_aton(host.c_str(), &address) != 0 &&
      inet_ntop(AF_INET, &address, text.data(), text.size()) != nullptr) {
    return text.data();
  }
  return ascii_lowered(std::move(host));
}

Url::Url(const std::string& text, Form form) {
  const UrlHandle url(curl_url());
  unsigned flags = CURLU_NON_SUPPORT_SCHEME;
  if (form == Form::proxy) flags |= CURLU_GUESS_SCHEME;
  if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), flags) != CURLUE_OK) return;
  valid_ = true;
  scheme_ = ascii_lowered(part(url.get(), CURLUPART_SCHEME));
  const std::string host = part(url.get(), CURLUPART_HOST);
  host_ = normalized_host(host);
  if (is_ipv4(host_) && host != host_) curl_url_set(url.get(), CURLUPART_HOST, host_.c_str(), 0);
  port_ = part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  text_ = part(url.get(), CURLUPART_URL);
  user_ = part(url.get(), CURLUPART_USER, CURLU_URLDECODE);
  password_ = part(url.get(), CURLUPART_PASSWORD, CURLU_URLDECODE);
  has_user_ = has_at_sign(text) || !user_.empty() || !password_.empty();
  has_query_or_fragment_ = text.find_first_of("?#") != std::string::npos;
}

bool Url::is_loopback() const {
  if (host_ == "localhost") return true;
  // an older libcurl asks name servers for them, which may say what they like
  if (host_.ends_with(".localhost")) return resolves_names_below_localhost();
  in_addr ipv4{};
  if (inet_pton(AF_INET, host_.c_str(), &ipv4) == 1) return (ntohl(ipv4.s_addr) >> 24) == 127;
  in6_addr ipv6{};
  return inet_pton(AF_INET6, host_.c_str(), &ipv6) == 1 && IN6_IS_ADDR_LOOPBACK(&ipv6);
}

bool same_origin(const Url& a, const Url& b) {
  return a.valid() && b.valid() && a.scheme() == b.scheme() && a.host() == b.host() &&
         a.port() == b.port();
}

bool is_reference_within_origin(const std::string& url, const std::string& reference) {
  const UrlHandle there(curl_url());
  const bool is_read =
      there && curl_url_set(there.get(), CURLUPART_URL, url.c_str(), 0) == CURLUE_OK &&
      curl_url_set(there.get(), CURLUPART_URL, reference.c_str(), CURLU_URLENCODE) == CURLUE_OK;
  return is_read && same_origin(Url(url), Url(part(there.get(), CURLUPART_URL)));
}

bool is_authorization_page(std::string_view url) {
  const std::size_t question = url.find('?');
  if (question == std::string_view::npos) return false;
  const std::string query = "&" + std::string(url.substr(question + 1));
  return url.substr(0, question).ends_with("/authorize") &&
         (query.find("&client_id=") != std::string::npos ||
          query.find("&response_type=") != std::string::npos);
}

Destination destination_of(const Url& url) {
  Destination destination{.https = url.scheme() == "https", .loopback = url.is_loopback()};
  if (!destination.https && !destination.loopback) destination.plain_http_host = url.host();
  return destination;
}

}  // namespace globus_sdk::inline v0::detail
