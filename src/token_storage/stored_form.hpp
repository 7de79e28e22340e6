// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "globus_sdk/token_storage/token_storage.hpp"

namespace globus_sdk::inline v0::detail {

/// Whether there is a text; an empty one that was stored stands for none.
inline bool has_text(const std::optional<std::string>& text) {
  return text && !text->empty();
}

/// What is to be stored of an answer of Globus Auth.
///
/// @param identity whom the tokens belong to, if that is known.
/// @param stored what the answer to a refresh does not name is taken from there.
/// @param unnamed the resource server of tokens whose answer names none.
TokenStorageDataByResourceServer stored_form(const OAuthTokenResponse& response,
                                             const std::optional<std::string>& identity,
                                             const TokenStorage& stored,
                                             const std::string& unnamed = {});

}  // namespace globus_sdk::inline v0::detail
