// SPDX-License-Identifier: Apache-2.0
#pragma once

// A little HTTP client on plain libcurl, for tests that must not depend on the SDK.
// Everything is inline, so that a test program needs nothing but libcurl.

#include <curl/curl.h>

#include <boost/json.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace raw_http {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// A request, as it is to be sent.
struct Request {
  std::string method = "GET";
  std::string url{};
  Pairs headers{};
  std::optional<std::string> body{};
  std::string user{};  ///< with `password`: a Basic header
  std::string password{};
  std::string ca_file{};  ///< trusted under https; the system's otherwise
  bool verify = true;     ///< of certificates
  double timeout = 20;    ///< seconds
};

/// What came back. `code` says whether anything did.
struct Answer {
  CURLcode code = CURLE_OK;
  long status = 0;
  Pairs headers{};  ///< names in lower case
  std::string body{};

  std::string header(std::string_view name) const {
    for (const auto& [key, value] : headers)
      if (key == name) return value;
    return {};
  }
  boost::json::value json() const { return boost::json::parse(body); }
  /// A text of a JSON object, by its key.
  std::string text(std::string_view key) const { return std::string(json().at(key).as_string()); }
};

/// Text as a form or a query has it.
inline std::string encode(std::string_view text) {
  const std::unique_ptr<char, void (*)(void*)> encoded(
      curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size())), curl_free);
  return encoded.get();
}

inline std::string encode(const Pairs& fields) {
  std::string result;
  for (const auto& [name, value] : fields)
    result += (result.empty() ? "" : "&") + encode(name) + '=' + encode(value);
  return result;
}

/// One libcurl handle: requests of one client share its connection. For one thread at a time.
class Client {
 public:
  Client() : handle_(make_handle(), curl_easy_cleanup) {}

  Answer send(const Request& request) {
    Answer answer;
    curl_easy_reset(handle_.get());
    HeaderList list = header_list(request);
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    if (request.method == "HEAD") set(CURLOPT_NOBODY, 1L);
    if (request.body) {
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body->size()));
      set(CURLOPT_POSTFIELDS, request.body->c_str());
    }
    if (!request.user.empty()) {
      set(CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
      set(CURLOPT_USERNAME, request.user.c_str());
      set(CURLOPT_PASSWORD, request.password.c_str());
    }
    if (!request.ca_file.empty()) set(CURLOPT_CAINFO, request.ca_file.c_str());
    if (!request.verify) {
      set(CURLOPT_SSL_VERIFYPEER, 0L);
      set(CURLOPT_SSL_VERIFYHOST, 0L);
    }
    set(CURLOPT_HTTPHEADER, list.get());
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout * 1000));
    set(CURLOPT_WRITEFUNCTION, &on_body);
    set(CURLOPT_WRITEDATA, &answer.body);
    set(CURLOPT_HEADERFUNCTION, &on_header);
    set(CURLOPT_HEADERDATA, &answer.headers);
    answer.code = curl_easy_perform(handle_.get());
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    return answer;
  }

  Answer get(const std::string& url, Pairs headers = {}) {
    Request request;
    request.url = url;
    request.headers = std::move(headers);
    return send(request);
  }

  /// With an access token.
  Answer get_as(const std::string& token, const std::string& url) {
    return get(url, {{"Authorization", "Bearer " + token}});
  }

  Answer post_form(const std::string& url, const Pairs& fields, const std::string& user = {},
                   const std::string& password = {}) {
    Request request;
    request.method = "POST";
    request.url = url;
    request.body = encode(fields);
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.user = user;
    request.password = password;
    return send(request);
  }

  Answer send_json(const std::string& method, const std::string& url, const std::string& document,
                   Pairs headers = {}) {
    Request request;
    request.method = method;
    request.url = url;
    request.body = document;
    request.headers = std::move(headers);
    request.headers.emplace_back("Content-Type", "application/json");
    return send(request);
  }

 private:
  using HeaderList = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

  static CURL* make_handle() {
    static const CURLcode initialized = curl_global_init(CURL_GLOBAL_DEFAULT);
    CURL* handle = initialized == CURLE_OK ? curl_easy_init() : nullptr;
    if (!handle) throw std::runtime_error("libcurl does not start");
    return handle;
  }

  static HeaderList header_list(const Request& request) {
    curl_slist* list = nullptr;
    bool has_type = false;
    for (const auto& [name, value] : request.headers) {
      list = curl_slist_append(list, (name + ": " + value).c_str());
      has_type = has_type || name == "Content-Type";
    }
    if (!has_type) list = curl_slist_append(list, "Content-Type:");
    return {list, curl_slist_free_all};
  }

  template <class T> void set(CURLoption option, T value) {
    if (curl_easy_setopt(handle_.get(), option, value) != CURLE_OK)
      throw std::runtime_error("libcurl refuses an option");
  }

  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* to) {
    static_cast<std::string*>(to)->append(data, size * count);
    return size * count;
  }

  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* to) {
    std::string_view line(data, size * count);
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return size * count;
    std::string name(line.substr(0, colon));
    for (char& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const auto begin = std::min(line.find_first_not_of(' ', colon + 1), line.size());
    static_cast<Pairs*>(to)->emplace_back(std::move(name), line.substr(begin));
    return size * count;
  }

  std::unique_ptr<CURL, void (*)(CURL*)> handle_;
};

}  // namespace raw_http
