// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "globus_sdk/token_storage/file_token_storage.hpp"

namespace globus_sdk::inline v0 {

/// Keeps tokens in an SQLite file. Mirrors `globus_sdk.token_storage.SQLiteTokenStorage`, and can
/// share a file with it. It can also share the files of Python's older `SQLiteAdapter`:
/// `storage.db` of the `globus` command is one.
///
/// Any number of processes and threads may use one file at once. Each call opens the file and
/// closes it again, so nothing is held open over a fork, or when the file is replaced. The journal
/// is SQLite's rollback journal, whose locks work on network file systems too.
class GLOBUS_SDK_EXPORT SQLiteTokenStorage final : public FileTokenStorage {
 public:
  /// Does not read or write the file. Python makes the file here.
  ///
  /// @throws GlobusSDKUsageError when the file's name or an option is not valid. `:memory:` is not
  ///   a valid name: use MemoryTokenStorage for that.
  explicit SQLiteTokenStorage(const FilePath& filepath,
                              const FileTokenStorageOptions& options = {});
  ~SQLiteTokenStorage() override;
  SQLiteTokenStorage(const SQLiteTokenStorage&);
  SQLiteTokenStorage& operator=(const SQLiteTokenStorage&);

  /// The storage of an app, in the same file as with Python's apps:
  /// `~/.globus/app/CLIENT_ID/APP_NAME/tokens.db`, or `ENVIRONMENT-tokens.db` there when the
  /// environment is not `production`.
  ///
  /// @throws GlobusSDKUsageError when these cannot be parts of a file's name.
  static SQLiteTokenStorage for_globus_app(Text client_id, Text app_name, Text environment,
                                           Text namespace_);

  /// @throws TokenStorageError when the file cannot be read or written; it then stays as it was.
  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& token_data_by_resource_server) const override;
  /// @throws TokenStorageError when the file exists but cannot be read.
  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override;
  /// @throws TokenStorageError when the file cannot be read or written; it then stays as it was.
  bool remove_token_data(Text resource_server) const override;

  std::shared_ptr<const MultiUserTokenStorage> in_namespace(Text namespace_) const override;
  /// @throws TokenStorageError when the file exists but cannot be read.
  std::vector<std::string> iter_namespaces(const NamespacePage& page = {}) const override;
  /// @throws TokenStorageError when the file cannot be read or written; it then stays as it was.
  std::size_t remove_namespace(Text namespace_) const override;
  /// Reads every row: Python's tables have no index of times, and they are not changed.
  /// @throws TokenStorageError when the file exists but cannot be read.
  std::vector<TokenExpiry> tokens_by_expiry(const ExpiryPage& page = {}) const override;

 private:
  SQLiteTokenStorage(const SQLiteTokenStorage& storage, Text namespace_);
};

}  // namespace globus_sdk::inline v0
