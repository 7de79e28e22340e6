// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/file_token_storage.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace globus_sdk::inline v0 {

struct FileTokenStorage::State {
  std::string filepath;
  std::chrono::milliseconds lock_timeout;
};

namespace {

constexpr std::chrono::milliseconds default_lock_timeout{10'000};
constexpr std::chrono::milliseconds longest_lock_timeout = std::chrono::hours(24 * 7);

std::string absolute_path(const std::string& path) {
  if (path.empty() || path.ends_with('/')) {
    throw GlobusSDKUsageError("a token storage needs the name of a file, not '" + path + "'");
  }
  if (path.find('\0') != std::string::npos) {
    throw GlobusSDKUsageError("the name of a token storage's file holds a null character");
  }
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error);
  if (error) {
    throw TokenStorageError(path, "the current folder is not there (" + error.message() +
                                      "); name the file by its absolute path");
  }
  return absolute.string();
}

std::chrono::milliseconds checked(const Field<std::chrono::milliseconds>& timeout) {
  if (!timeout) return default_lock_timeout;
  if (timeout->count() < 0) throw GlobusSDKUsageError("lock_timeout may not be negative");
  return std::min(*timeout, longest_lock_timeout);
}

}  // namespace

FileTokenStorage::FileTokenStorage(const FilePath& filepath, const FileTokenStorageOptions& options)
    : TokenStorage(options.namespace_),
      state_(std::make_shared<const State>(
          State{absolute_path(filepath.str()), checked(options.lock_timeout)})) {}
FileTokenStorage::~FileTokenStorage() = default;
FileTokenStorage::FileTokenStorage(const FileTokenStorage&) = default;
FileTokenStorage& FileTokenStorage::operator=(const FileTokenStorage&) = default;

const std::string& FileTokenStorage::filepath() const noexcept {
  return state_->filepath;
}

std::chrono::milliseconds FileTokenStorage::lock_timeout() const noexcept {
  return state_->lock_timeout;
}

bool FileTokenStorage::file_exists() const {
  std::error_code error;
  return std::filesystem::exists(state_->filepath, error);
}

}  // namespace globus_sdk::inline v0
