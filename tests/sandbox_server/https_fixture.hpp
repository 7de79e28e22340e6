// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "sandbox_server/auth_fixture.hpp"

/// A sandbox's files over HTTPS, without the SDK.
class HttpsFixture : public AuthFixture {
 protected:
  void SetUp() override { begin({}); }
  void begin(globus_sandbox::SandboxOptions options) {
    start(std::move(options));
    source = value("COLLECTION_SOURCE");
    folder = sandbox->folder("SOURCE");
    token = value("SOURCE_HTTPS_TOKEN");
  }

  std::string file_url(const std::string& path) const {
    return sandbox->url() + "/https/" + source + path;
  }
  /// A request for a path of the collection, with the user's token.
  raw_http::Answer ask(const std::string& method, const std::string& path,
                       raw_http::Pairs headers = {}, std::optional<std::string> body = {}) {
    headers.emplace_back("Authorization", "Bearer " + token);
    return ask_without_token(method, path, std::move(headers), std::move(body));
  }
  raw_http::Answer ask_without_token(const std::string& method, const std::string& path,
                                     raw_http::Pairs headers = {},
                                     std::optional<std::string> body = {}) {
    raw_http::Request request;
    request.method = method;
    request.url = file_url(path);
    request.headers = std::move(headers);
    request.body = std::move(body);
    request.ca_file = sandbox->ca_file().string();
    return http.send(request);
  }
  raw_http::Answer get(const std::string& path, raw_http::Pairs headers = {}) {
    return ask("GET", path, std::move(headers));
  }
  raw_http::Answer put(const std::string& path, const std::string& content,
                       raw_http::Pairs headers = {}) {
    return ask("PUT", path, std::move(headers), content);
  }
  /// What `/_sandbox/collections` changes of the collection.
  void change(boost::json::object changes) {
    changes["collection"] = source;
    sandbox->control("PATCH", "collections", boost::json::serialize(changes));
  }

  void write(const std::string& name, std::string_view content) const {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << content;
  }
  std::string content(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder / name, std::ios::binary).rdbuf();
    return text.str();
  }
  /// Names in the collection's root.
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      result.push_back(entry.path().filename().string());
    std::sort(result.begin(), result.end());
    return result;
  }
  /// Bytes of all values, and different ones in each place.
  static std::string bytes(std::size_t count) {
    std::string result(count, '\0');
    std::uint32_t state = 1;
    for (char& byte : result) {
      state = state * 1664525U + 1013904223U;
      byte = static_cast<char>(state >> 24U);
    }
    return result;
  }

  std::string source;
  std::filesystem::path folder;
  std::string token;
};

/// The same, plain and with TLS.
class HttpsBothWays : public HttpsFixture, public testing::WithParamInterface<bool> {
 protected:
  void SetUp() override {
    globus_sandbox::SandboxOptions options;
    options.tls = GetParam();
    begin(std::move(options));
  }
};

inline std::string tls_or_plain(const testing::TestParamInfo<bool>& info) {
  return info.param ? "Tls" : "Plain";
}

inline void expect_error(const raw_http::Answer& answer, long status, const char* code) {
  EXPECT_EQ(answer.status, status) << answer.body;
  ASSERT_EQ(answer.header("content-type"), "application/json") << answer.body;
  EXPECT_EQ(answer.text("code"), code) << answer.body;
  EXPECT_EQ(answer.json().at("http_response_code").as_int64(), status) << answer.body;
  EXPECT_FALSE(answer.text("message").empty()) << answer.body;
}
