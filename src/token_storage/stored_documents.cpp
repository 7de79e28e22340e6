// SPDX-License-Identifier: Apache-2.0
#include "token_storage/stored_documents.hpp"

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "token_storage/stored_token.hpp"

namespace globus_sdk::inline v0::detail {

StoredDocuments documents_to_store(const Field<TokenSealer>& sealer, const std::string& namespace_,
                                   const TokenStorageDataByResourceServer& tokens) {
  StoredDocuments documents;
  for (const auto& [resource_server, data] : tokens) {
    if (sealer && data.resource_server != resource_server) {
      throw GlobusSDKUsageError("token_data_by_resource_server has the token for '" +
                                data.resource_server + "' under '" + resource_server +
                                "'; a token is sealed under its own resource server");
    }
    documents.emplace(resource_server, sealer ? sealer->seal(namespace_, data) : data.to_dict());
  }
  return documents;
}

TokenStorageData open_document(const Field<TokenSealer>& sealer, const std::string& namespace_,
                               const std::string& resource_server, const Json& document,
                               const std::string& filepath) {
  if (!TokenSealer::is_sealed(document)) {
    return read_stored_token(document, resource_server, filepath);
  }
  require_replaceable(sealer, resource_server, document, filepath);
  return sealer->unseal(namespace_, resource_server, document, filepath);
}

void require_replaceable(const Field<TokenSealer>& sealer, const std::string& resource_server,
                         const Json& stored, const std::string& filepath) {
  if (sealer || !TokenSealer::is_sealed(stored)) return;
  throw TokenSealError(filepath, resource_server,
                       "is sealed, and this storage has no sealer; give the storage the option "
                       "'sealer' with the key that it was sealed with");
}

}  // namespace globus_sdk::inline v0::detail
