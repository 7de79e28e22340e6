// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "globus_sdk/token_storage/file_token_storage.hpp"

namespace globus_sdk::inline v0 {

/// Keeps tokens in a JSON file. Mirrors `globus_sdk.token_storage.JSONTokenStorage`, and can share
/// a file with it. It writes format 2.0. It also reads format 1.0 (of Python's older
/// `SimpleJSONFileAdapter`), which becomes 2.0 with the first write.
///
/// Any number of processes and threads may use one file at once, and none loses what another one
/// stores. A write takes the lock on `FILE.lock` beside the file, and replaces the file by a new
/// one in one step. A reader takes no lock. If the file is a symbolic link, the link stays and the
/// file that it names is replaced.
///
/// The Python SDK takes no lock and overwrites the file. So a file that is found half written is
/// read again, until it has not changed for a sixth of a second.
class GLOBUS_SDK_EXPORT JSONTokenStorage final : public FileTokenStorage {
 public:
  /// Does not read or write the file.
  ///
  /// @throws GlobusSDKUsageError when the file's name or an option is not valid.
  explicit JSONTokenStorage(const FilePath& filepath, const FileTokenStorageOptions& options = {});
  ~JSONTokenStorage() override;
  JSONTokenStorage(const JSONTokenStorage&);
  JSONTokenStorage& operator=(const JSONTokenStorage&);

  /// The storage of an app, in the same file as with Python's apps:
  /// `~/.globus/app/CLIENT_ID/APP_NAME/tokens.json`, or `ENVIRONMENT-tokens.json` there when the
  /// environment is not `production`.
  ///
  /// @throws GlobusSDKUsageError when these cannot be parts of a file's name.
  static JSONTokenStorage for_globus_app(Text client_id, Text app_name, Text environment,
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
  /// @throws TokenStorageError when the file exists but cannot be read.
  std::vector<TokenExpiry> tokens_by_expiry(const ExpiryPage& page = {}) const override;

 private:
  JSONTokenStorage(const JSONTokenStorage& storage, Text namespace_);
};

}  // namespace globus_sdk::inline v0
