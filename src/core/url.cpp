// SPDX-License-Identifier: Apache-2.0
#include "url.hpp"

#include <arpa/inet.h>

#include "curl_handles.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

std::string part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

}  // namespace

Url::Url(const std::string& text) {
  const UrlHandle url(curl_url());
  if (!url ||
      curl_url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) {
    return;
  }
  valid_ = true;
  scheme_ = part(url.get(), CURLUPART_SCHEME);
  host_ = part(url.get(), CURLUPART_HOST);
  if (host_.size() > 2 && host_.front() == '[') host_ = host_.substr(1, host_.size() - 2);
}

bool Url::is_loopback() const {
  if (host_ == "localhost" || host_.ends_with(".localhost")) return true;
  in_addr ipv4{};
  if (inet_pton(AF_INET, host_.c_str(), &ipv4) == 1) return (ntohl(ipv4.s_addr) >> 24) == 127;
  in6_addr ipv6{};
  return inet_pton(AF_INET6, host_.c_str(), &ipv6) == 1 && IN6_IS_ADDR_LOOPBACK(&ipv6);
}

}  // namespace globus_sdk::inline v0::detail
