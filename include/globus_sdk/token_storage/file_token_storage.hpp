// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <concepts>
#include <memory>
#include <string>
#include <string_view>

#include "globus_sdk/token_storage/errors.hpp"
#include "globus_sdk/token_storage/token_storage.hpp"

namespace globus_sdk::inline v0 {

/// A file's name as a parameter: any text, or a `std::filesystem::path`.
class FilePath {
 public:
  /// A text.
  template <class T>
    requires(detail::TextLike<T> && !std::same_as<T, FilePath>)
  FilePath(const T& path)  // NOLINT(google-explicit-constructor): a parameter type
      : path_(detail::text_of(path)) {}

  /// A `std::filesystem::path`.
  template <class P>
    requires(!detail::TextLike<P> &&
             requires(const P& path) {
               { path.native() } -> std::convertible_to<std::string>;
             })
  FilePath(const P& path)  // NOLINT(google-explicit-constructor): a parameter type
      : path_(path.native()) {}

  /// The name, as it was given.
  const std::string& str() const noexcept GLOBUS_SDK_LIFETIMEBOUND { return path_; }

 private:
  std::string path_;
};

/// How a storage in a file is set up.
struct FileTokenStorageOptions {
  /// `DEFAULT` when unset.
  Field<std::string> namespace_{};
  /// How long to wait for another process that is writing; 10 s when unset.
  Field<std::chrono::milliseconds> lock_timeout{};
};

/// What storages in files have in common. Mirrors `globus_sdk.token_storage.FileTokenStorage`.
///
/// Files are made with mode 0600, and folders that are missing with 0700, at the first write;
/// existing folders are left as they are. A file that belongs to another user, or that others may
/// read or write, is refused.
class GLOBUS_SDK_EXPORT FileTokenStorage : public TokenStorage {
 public:
  ~FileTokenStorage() override;

  /// The file, by its absolute path.
  const std::string& filepath() const noexcept GLOBUS_SDK_LIFETIMEBOUND;

  /// Whether the file is there.
  bool file_exists() const;

  /// Locks a file beside this one, of its own for each namespace and resource server:
  /// `FILE.NAMESPACE.RESOURCE_SERVER.renewal.lock`.
  ///
  /// @throws TokenStorageError when it cannot be made, or another process holds it for too long.
  RenewalLock lock_renewal(Text resource_server, std::chrono::milliseconds timeout) const override;
  /// As large as the file, and somewhat larger; where its file system can do that.
  ReservedSpace reserve_space() const override;

 protected:
  /// @param filepath a relative one counts from where the process stands now.
  /// @throws GlobusSDKUsageError for an empty name or one that ends in a slash, and for a lock
  /// timeout that is negative.
  FileTokenStorage(const FilePath& filepath, const FileTokenStorageOptions& options);
  FileTokenStorage(const FileTokenStorage&);
  FileTokenStorage& operator=(const FileTokenStorage&);

  /// How long to wait for another process that is writing.
  std::chrono::milliseconds lock_timeout() const noexcept;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

namespace detail {

/// Where an app keeps its tokens, as Python's apps do:
/// `~/.globus/app/CLIENT_ID/APP_NAME/tokens.EXTENSION`, with `ENVIRONMENT-` before the file's name
/// unless that is `production`.
///
/// @param app_name is made fit for a file's name.
/// @throws GlobusSDKUsageError when nothing is left of it, the name is one that some systems
/// reserve, or client_id or environment hold a slash.
std::string globus_app_filepath(Text client_id, Text app_name, Text environment, Text extension);

/// A name of an app as a folder's: lower case, without what file systems or shells stumble over.
/// @throws GlobusSDKUsageError as above.
std::string slugify_app_name(Text app_name);

}  // namespace detail
}  // namespace globus_sdk::inline v0
