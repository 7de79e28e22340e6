// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/file_token_storage.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "core/base/base64.hpp"
#include "core/base/url_encoding.hpp"
#include "token_storage/file_lock.hpp"
#include "token_storage/files.hpp"
#include "token_storage/multi_user_page.hpp"
#include "token_storage/reserved_space.hpp"

namespace globus_sdk::inline v0 {

struct FileTokenStorage::State {
  std::string filepath;
  std::chrono::milliseconds lock_timeout;
  Field<TokenSealer> sealer;
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
    throw TokenStorageError(path, "the current folder does not exist (" + error.message() +
                                      "); name the file by its absolute path");
  }
  return absolute.string();
}

/// Names of a storage's own as part of a file's name; long ones by what they hash to, since a
/// file's name has 255 bytes at most.
std::string as_file_name(const std::string& namespace_, std::string_view resource_server) {
  std::string name = detail::quote(namespace_, "") + "." + detail::quote(resource_server, "");
  if (name.size() <= 120) return name;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  std::size_t size = 0;
  if (EVP_Q_digest(nullptr, "SHA256", nullptr, name.data(), name.size(), digest.data(), &size) !=
      1) {
    throw GlobusError("OpenSSL has no SHA256");
  }
  return detail::base64url_encode({reinterpret_cast<const char*>(digest.data()), size});
}

std::chrono::milliseconds checked(const Field<std::chrono::milliseconds>& timeout) {
  if (!timeout) return default_lock_timeout;
  if (timeout->count() < 0) throw GlobusSDKUsageError("lock_timeout may not be negative");
  return std::min(*timeout, longest_lock_timeout);
}

}  // namespace

FileTokenStorage::FileTokenStorage(const FilePath& filepath, const FileTokenStorageOptions& options)
    : MultiUserTokenStorage(options.namespace_),
      state_(std::make_shared<const State>(
          State{absolute_path(filepath.str()), checked(options.lock_timeout), options.sealer})) {}
FileTokenStorage::FileTokenStorage(const FileTokenStorage& storage, Text namespace_)
    : MultiUserTokenStorage(detail::checked_namespace(namespace_)), state_(storage.state_) {}
FileTokenStorage::~FileTokenStorage() = default;
FileTokenStorage::FileTokenStorage(const FileTokenStorage&) = default;
FileTokenStorage& FileTokenStorage::operator=(const FileTokenStorage&) = default;

const std::string& FileTokenStorage::filepath() const noexcept {
  return state_->filepath;
}

std::chrono::milliseconds FileTokenStorage::lock_timeout() const noexcept {
  return state_->lock_timeout;
}

const Field<TokenSealer>& FileTokenStorage::sealer() const noexcept {
  return state_->sealer;
}

TokenStorage::RenewalLock FileTokenStorage::lock_renewal(Text resource_server,
                                                         std::chrono::milliseconds timeout) const {
  detail::make_folders_above(filepath());
  const std::string target = detail::resolve_links(filepath());
  detail::exists_and_is_private(target);  // before a lock file is put beside what is none of ours
  const std::string lockfile =
      target + "." + as_file_name(namespace_(), resource_server) + ".renewal.lock";
  return std::make_shared<const detail::FileLock>(lockfile, target,
                                                  std::min(timeout, longest_lock_timeout));
}

TokenStorage::ReservedSpace FileTokenStorage::reserve_space() const {
  return std::make_shared<const detail::ReservedSpace>(detail::resolve_links(filepath()));
}

bool FileTokenStorage::file_exists() const {
  std::error_code error;
  return std::filesystem::exists(state_->filepath, error);
}

}  // namespace globus_sdk::inline v0
