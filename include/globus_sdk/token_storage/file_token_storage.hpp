// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "globus_sdk/token_storage/errors.hpp"
#include "globus_sdk/token_storage/file_path.hpp"
#include "globus_sdk/token_storage/multi_user_token_storage.hpp"
#include "globus_sdk/token_storage/token_sealer.hpp"

namespace globus_sdk::inline v0 {

/// Options of a storage in a file.
struct FileTokenStorageOptions {
  /// The namespace; `DEFAULT` when unset.
  Field<std::string> namespace_{};
  /// How long to wait for another process that is writing; 10 s when unset.
  Field<std::chrono::milliseconds> lock_timeout{};
  /// Seals what is stored, and opens it again; tokens are stored as they are when unset. What was
  /// stored before is read as it is, and sealed when it is stored the next time.
  Field<TokenSealer> sealer{};
};

/// What storages in files have in common. Mirrors `globus_sdk.token_storage.FileTokenStorage`.
///
/// Files are made with mode 0600, and missing folders with mode 0700, at the first write. Existing
/// folders stay as they are. A file that belongs to another user, or that others may read or write,
/// is refused.
class GLOBUS_SDK_EXPORT FileTokenStorage : public MultiUserTokenStorage {
 public:
  ~FileTokenStorage() override;

  /// The absolute path of the file.
  const std::string& filepath() const noexcept GLOBUS_SDK_LIFETIMEBOUND;

  /// Whether the file exists.
  bool file_exists() const;

  /// Locks a file beside this one. Each namespace and resource server has its own:
  /// `FILE.NAMESPACE.RESOURCE_SERVER.renewal.lock`.
  ///
  /// @throws TokenStorageError when the lock file cannot be made, or another process holds the lock
  ///   for longer than `timeout`.
  RenewalLock lock_renewal(Text resource_server, std::chrono::milliseconds timeout) const override;
  /// Reserves room for the file and somewhat more, where its file system can do that.
  ReservedSpace reserve_space() const override;

 protected:
  /// @param filepath the file; a relative path starts at the present working directory.
  /// @throws GlobusSDKUsageError for an empty name, a name that ends in a slash, or a negative lock
  ///   timeout.
  FileTokenStorage(const FilePath& filepath, const FileTokenStorageOptions& options);
  FileTokenStorage(const FileTokenStorage&);
  /// The same storage as another user sees it.
  /// @throws GlobusSDKUsageError when the namespace is empty.
  FileTokenStorage(const FileTokenStorage& storage, Text namespace_);
  FileTokenStorage& operator=(const FileTokenStorage&);

  /// How long to wait for another process that is writing.
  std::chrono::milliseconds lock_timeout() const noexcept;

  /// What seals the tokens, if anything does.
  const Field<TokenSealer>& sealer() const noexcept GLOBUS_SDK_LIFETIMEBOUND;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

namespace detail {

/// The file where an app keeps its tokens, as Python's apps do:
/// `~/.globus/app/CLIENT_ID/APP_NAME/tokens.EXTENSION`. The file's name begins with `ENVIRONMENT-`
/// unless the environment is `production`.
///
/// @param app_name is changed so that it can be the name of a folder.
/// @throws GlobusSDKUsageError when nothing is left of that name, it is a name that some systems
///   reserve, or client_id or environment has a slash.
std::string globus_app_filepath(Text client_id, Text app_name, Text environment, Text extension);

/// The name of an app as the name of a folder: in lower case, without characters that are trouble
/// for file systems or shells.
/// @throws GlobusSDKUsageError as above.
std::string slugify_app_name(Text app_name);

}  // namespace detail
}  // namespace globus_sdk::inline v0
