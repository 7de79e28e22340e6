// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "async/async_mode.hpp"
#include "collections/download_operations.hpp"
#include "collections/file_digest.hpp"
#include "core/call/blocking_mode.hpp"
#include "support/scoped_folder.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {

/// Downloads in each mode, to files of a folder of its own.
struct Downloads : testing::TestWithParam<bool> {
  globus_sdk::DownloadResult download(const PlainClient& client, const std::string& path,
                                      const globus_sdk::DownloadTarget& target,
                                      const globus_sdk::DownloadOptions& options = {}) const {
    using namespace globus_sdk;
    const auto& connection = client.connection();
    if (!GetParam()) {
      return Blocking::result(
          detail::download_file<Blocking>(connection, path, target, options, splitting));
    }
    return run_async(detail::download_file<Async>(connection, path, target, options, splitting));
  }

  std::string file(const std::string& name) const { return (folder.path / name).string(); }
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(file(name), std::ios::binary) << content;
  }
  static std::string content_of(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
  }
  std::string content(const std::string& name) const { return content_of(file(name)); }
  /// The names of all that is in the folder.
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path)) {
      names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }

  ScopedFolder folder{};
  globus_sdk::detail::Splitting splitting{};
};

/// Bytes of which no two pieces are the same.
inline std::string many_bytes(std::size_t count, unsigned seed = 1) {
  std::string text(count, '\0');
  std::uint32_t state = seed * 2654435761U + 1;
  for (char& byte : text) {
    state = state * 1664525U + 1013904223U;
    byte = static_cast<char>(state >> 24U);
  }
  return text;
}

inline PlainClient client_for(const std::string& url, std::int64_t max_retries = 3) {
  return PlainClient(options_for(url, max_retries));
}

}  // namespace globus_sdk_test
