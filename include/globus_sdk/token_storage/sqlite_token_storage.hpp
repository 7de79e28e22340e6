// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "globus_sdk/token_storage/file_token_storage.hpp"

namespace globus_sdk::inline v0 {

/// Keeps tokens in an SQLite file. Mirrors `globus_sdk.token_storage.SQLiteTokenStorage`, with
/// which it can share a file, and the files of Python's older `SQLiteAdapter`, the `globus`
/// command's `storage.db` among them.
///
/// Any number of processes and threads may use one file at once. Each call opens the file and
/// closes it again, so that nothing is held in between: not over a fork, and not when the file is
/// replaced. The journal is SQLite's rollback journal, whose locks work on network file systems
/// too.
class GLOBUS_SDK_EXPORT SQLiteTokenStorage final : public FileTokenStorage {
 public:
  /// Neither reads nor writes. Python makes the file here.
  ///
  /// @throws GlobusSDKUsageError when the file's name or an option cannot be meant; `:memory:` is
  /// such a name: MemoryTokenStorage is for that.
  explicit SQLiteTokenStorage(const FilePath& filepath,
                              const FileTokenStorageOptions& options = {});
  ~SQLiteTokenStorage() override;
  SQLiteTokenStorage(const SQLiteTokenStorage&);
  SQLiteTokenStorage& operator=(const SQLiteTokenStorage&);

  /// Where an app keeps its tokens, as Python's apps do:
  /// `~/.globus/app/CLIENT_ID/APP_NAME/tokens.db`, or `ENVIRONMENT-tokens.db` there for another
  /// environment than `production`.
  ///
  /// @throws GlobusSDKUsageError when these cannot be parts of a file's name.
  static SQLiteTokenStorage for_globus_app(Text client_id, Text app_name, Text environment,
                                           Text namespace_);

  /// @throws TokenStorageError when the file cannot be read or written; it is then as it was.
  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& token_data_by_resource_server) const override;
  /// @throws TokenStorageError when the file is there and cannot be read.
  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override;
  /// @throws TokenStorageError when the file cannot be read or written; it is then as it was.
  bool remove_token_data(Text resource_server) const override;

  /// Every namespace that has tokens in the file.
  ///
  /// @throws TokenStorageError when the file is there and cannot be read.
  std::vector<std::string> iter_namespaces() const;
};

}  // namespace globus_sdk::inline v0
