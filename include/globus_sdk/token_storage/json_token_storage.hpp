// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/token_storage/file_token_storage.hpp"

namespace globus_sdk::inline v0 {

/// Keeps tokens in a JSON file. Mirrors `globus_sdk.token_storage.JSONTokenStorage`, with which it
/// can share a file: format 2.0 is written, 1.0 (that of Python's older `SimpleJSONFileAdapter`) is
/// read too, and becomes 2.0 with the first write.
///
/// Any number of processes and threads may use one file at once, and none loses what another
/// stores: a write takes the lock on `FILE.lock` beside it, and puts a new file in the old one's
/// place in one step. A reader takes no lock. Where the file is a symbolic link, the link stays and
/// the file that it names is replaced.
///
/// The Python SDK takes no lock and writes over the file: one that is read half written is read
/// again, until it has not changed for a sixth of a second.
class GLOBUS_SDK_EXPORT JSONTokenStorage final : public FileTokenStorage {
 public:
  /// Neither reads nor writes.
  ///
  /// @throws GlobusSDKUsageError when the file's name or an option cannot be meant.
  explicit JSONTokenStorage(const FilePath& filepath, const FileTokenStorageOptions& options = {});
  ~JSONTokenStorage() override;
  JSONTokenStorage(const JSONTokenStorage&);
  JSONTokenStorage& operator=(const JSONTokenStorage&);

  /// Where an app keeps its tokens, as Python's apps do:
  /// `~/.globus/app/CLIENT_ID/APP_NAME/tokens.json`, or `ENVIRONMENT-tokens.json` there for another
  /// environment than `production`.
  ///
  /// @throws GlobusSDKUsageError when these cannot be parts of a file's name.
  static JSONTokenStorage for_globus_app(Text client_id, Text app_name, Text environment,
                                         Text namespace_);

  /// @throws TokenStorageError when the file cannot be read or written; it is then as it was.
  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& token_data_by_resource_server) const override;
  /// @throws TokenStorageError when the file is there and cannot be read.
  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override;
  /// @throws TokenStorageError when the file cannot be read or written; it is then as it was.
  bool remove_token_data(Text resource_server) const override;
};

}  // namespace globus_sdk::inline v0
