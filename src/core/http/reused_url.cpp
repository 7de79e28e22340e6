// SPDX-License-Identifier: Apache-2.0
#include "core/http/reused_url.hpp"

#include <algorithm>

namespace globus_sdk::inline v0::detail {

namespace {

/// `https://host:port` of a URL whose path follows; empty for any other.
std::string_view origin_of(std::string_view url) {
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return {};
  const std::size_t path = url.find_first_of("/?#", scheme_end + 3);
  return path == std::string_view::npos || url[path] != '/' ? std::string_view()
                                                            : url.substr(0, path);
}

/// Whether libcurl takes a path and query alone for what it takes them for in a URL. It writes the
/// digits of `%2F` anew where they come alone.
bool is_plain(std::string_view path_and_query) {
  const bool has_odd_characters = std::ranges::any_of(path_and_query, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte >= 0x7F || c == '#' || c == '%';
  });
  return !has_odd_characters && path_and_query.find("/.") == std::string_view::npos;
}

}  // namespace

CURLU* ReusedUrl::read(const std::string& url) {
  if (!origin_.empty() && origin_of(url) == origin_ && read_path(url)) return handle_.get();
  origin_.clear();
  if (!read_whole(url)) return nullptr;
  origin_ = origin_of(url);
  return handle_.get();
}

bool ReusedUrl::read_whole(const std::string& url) {
  handle_.reset(curl_url());
  return handle_ && curl_url_set(handle_.get(), CURLUPART_URL, url.c_str(), 0) == CURLUE_OK;
}

bool ReusedUrl::read_path(std::string_view url) {
  const std::string_view rest = url.substr(origin_.size());
  if (!is_plain(rest)) return false;
  const std::size_t query = rest.find('?');
  const std::string path(rest.substr(0, query));
  const char* query_text = query == std::string_view::npos ? nullptr : &rest[query + 1];
  return curl_url_set(handle_.get(), CURLUPART_PATH, path.c_str(), 0) == CURLUE_OK &&
         curl_url_set(handle_.get(), CURLUPART_QUERY, query_text, 0) == CURLUE_OK &&
         curl_url_set(handle_.get(), CURLUPART_FRAGMENT, nullptr, 0) == CURLUE_OK;
}

}  // namespace globus_sdk::inline v0::detail
