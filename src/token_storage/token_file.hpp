// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "globus_sdk/token_storage/multi_user_token_storage.hpp"
#include "token_storage/stored_documents.hpp"

namespace globus_sdk::inline v0::detail {

/// The document of a file of tokens as format 2.0 has it, `{"data": {NAMESPACE: {RESOURCE_SERVER:
/// {...}}}, "format_version": "2.0", "globus-sdk.version": "..."}`; what is not known in it stays.
class TokenFile {
 public:
  /// An empty one.
  TokenFile();

  /// What a file's content says, also in format 1.0, which knows no namespaces: its tokens are
  /// those of `DEFAULT`. Nothing when it is no whole JSON document.
  ///
  /// @throws TokenStorageError, with `filepath` and without any of the content, when it is another
  /// document than one of tokens.
  static std::optional<TokenFile> parse(std::string_view content, const std::string& filepath);

  /// The tokens of a namespace.
  ///
  /// @throws TokenStorageError when one of them is not as it should be.
  TokenStorageDataByResourceServer tokens(const std::string& space, const std::string& filepath,
                                          const Field<TokenSealer>& sealer = {}) const;

  /// Stores documents as `documents_to_store` makes them with this sealer.
  ///
  /// @throws TokenSealError when there is no sealer and a sealed token stands in the place of one.
  void store(std::string_view space, const StoredDocuments& documents, const std::string& filepath,
             const Field<TokenSealer>& sealer = {});

  /// Whether there was anything to remove.
  bool remove(std::string_view space, std::string_view resource_server);

  /// The namespaces that have tokens.
  std::vector<std::string> namespaces() const;

  /// How many tokens there were to remove.
  std::size_t remove_namespace(std::string_view space);

  /// When the tokens of all namespaces expire.
  ///
  /// @throws TokenStorageError when one of them is not as it should be.
  std::vector<TokenExpiry> expiries(const std::string& filepath) const;

  /// What is to be written.
  std::string content() const;

 private:
  explicit TokenFile(boost::json::object document) : document_(std::move(document)) {}

  /// Says in the format whether there are sealed tokens, so that programs that know of none refuse
  /// the file, and say why.
  void state_format();

  boost::json::object document_;
};

}  // namespace globus_sdk::inline v0::detail
