// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "wire/wire_request.hpp"

namespace globus_sdk_test {

/// The key of RFC 7520, section 3.3.
inline constexpr const char* recorded_key_set =
    R"({"keys": [{"kty": "RSA", "use": "sig", "e": "AQAB", "n": ")"
    "n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmS"
    "CpMaJMRBSFKrKb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-Of"
    "VfHd1E6cS6M1FZcD1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKw"
    "uCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw"
    R"("}]})";

/// Where the server that got a request is: as the client says, or by its `Host`.
inline std::string server_of(const WireRequest& request) {
  if (!request.origin.empty()) return request.origin;
  const auto host = request.headers.find("host");
  return "http://" + (host == request.headers.end() ? std::string() : host->second);
}

/// What a service answers, so that a recorded call goes through to its end.
inline std::string service_answer(const WireRequest& request) {
  if (request.path == "/v2/oauth2/token") {
    const std::string token =
        R"({"access_token": "token", "expires_in": 3600, "resource_server": "r", "scope": "s",)"
        R"( "token_type": "Bearer"})";
    const bool dependent = request.body.find("dependent_token") != std::string::npos;
    return dependent ? "[" + token + "]" : token;
  }
  if (request.path == "/.well-known/openid-configuration") {
    return R"({"jwks_uri": ")" + server_of(request) + R"(/jwk.json"})";
  }
  if (request.path == "/jwk.json") return recorded_key_set;
  if (request.path == "/v0.10/submission_id") return R"({"value": "val-submission-id"})";
  return R"({"status": "SUCCEEDED", "task_id": "t", "DATA": [], "identities": []})";
}

}  // namespace globus_sdk_test
