// SPDX-License-Identifier: Apache-2.0
#include "local_endpoint/local_file.hpp"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "globus_sdk/local_endpoint/errors.hpp"

namespace globus_sdk::inline v0 {

LocalEndpointError::LocalEndpointError(Text filepath, Text problem)
    : GlobusError(filepath.str() + ": " + problem.str()),
      filepath_(std::make_shared<const std::string>(filepath.str())) {}
LocalEndpointError::~LocalEndpointError() = default;

namespace detail {

namespace {

[[noreturn]] void fail(const std::string& filepath, int error) {
  throw LocalEndpointError(filepath, std::generic_category().message(error));
}

}  // namespace

std::optional<std::string> read_local_file(const std::string& filepath) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(filepath.c_str(), "re"),
                                                             &std::fclose);
  if (!file) {
    if (errno == ENOENT) return std::nullopt;
    fail(filepath, errno);
  }
  std::string content;
  char buffer[4096];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, file.get())) {
    content.append(buffer, count);
  }
  if (std::ferror(file.get()) != 0) fail(filepath, errno);
  return content;
}

}  // namespace detail
}  // namespace globus_sdk::inline v0
