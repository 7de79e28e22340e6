// SPDX-License-Identifier: Apache-2.0
// Tokens as they are stored: sealed where the storage has a sealer.
#pragma once

#include <map>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/token_storage/token_sealer.hpp"

namespace globus_sdk::inline v0::detail {

/// Documents by resource server.
using StoredDocuments = std::map<std::string, Json>;

/// What is stored of these tokens.
///
/// @throws GlobusSDKUsageError when a token is to be sealed under another resource server's name.
StoredDocuments documents_to_store(const Field<TokenSealer>& sealer, const std::string& namespace_,
                                   const TokenStorageDataByResourceServer& tokens);

/// The token of a stored document, sealed or not.
///
/// @throws TokenSealError when it is sealed and cannot be opened.
/// @throws TokenStorageError when it is no token.
TokenStorageData open_document(const Field<TokenSealer>& sealer, const std::string& namespace_,
                               const std::string& resource_server, const Json& document,
                               const std::string& filepath);

/// Makes sure that no sealed token is replaced by one that is not.
///
/// @throws TokenSealError when there is no sealer and the stored document is sealed.
void require_replaceable(const Field<TokenSealer>& sealer, const std::string& resource_server,
                         const Json& stored, const std::string& filepath);

}  // namespace globus_sdk::inline v0::detail
