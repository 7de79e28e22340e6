// SPDX-License-Identifier: Apache-2.0
// Tokens for the tests to store.
#pragma once

#include <string>

#include "core/base/base64.hpp"
#include "globus_sdk/authorizers/oauth_token_response.hpp"
#include "globus_sdk/token_storage/token_storage_data.hpp"

namespace globus_sdk {

/// A token for that resource server whose every member has a value that tells it apart.
inline TokenStorageData stored_token(const std::string& resource_server,
                                     const std::string& mark = "first") {
  TokenStorageData data;
  data.resource_server = resource_server;
  data.identity_id = "5a1c5c7e-1f0a-4f6e-9f1b-0a4e4f6e9f1b";
  data.scope = "all-of-" + resource_server + " email";
  data.access_token = "access-of-" + resource_server + "-" + mark;
  data.refresh_token = "refresh-of-" + resource_server + "-" + mark;
  data.expires_at_seconds = 4'000'000'000;
  data.token_type = "Bearer";
  return data;
}

/// That token under its resource server.
inline TokenStorageDataByResourceServer stored_tokens(const std::string& resource_server,
                                                      const std::string& mark = "first") {
  return {{resource_server, stored_token(resource_server, mark)}};
}

/// An answer of a token endpoint.
inline GlobusHTTPResponse token_answer(const Json& document) {
  Answer answer;
  answer.status = 200;
  answer.body = document.dump();
  return GlobusHTTPResponse(std::move(answer));
}

/// An id token for that subject, as far as storage looks at it.
inline std::string id_token_for(const std::string& subject) {
  const Json claims{{"sub", subject}, {"aud", "client"}};
  return detail::base64url_encode(R"({"alg":"RS512"})") + '.' +
         detail::base64url_encode(claims.dump()) + ".signature";
}

}  // namespace globus_sdk
