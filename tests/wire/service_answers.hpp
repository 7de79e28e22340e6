// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "wire/wire_request.hpp"

namespace globus_sdk_test {

/// What a service answers, so that a recorded call goes through to its end.
inline std::string service_answer(const WireRequest& request) {
  if (request.path == "/v2/oauth2/token") {
    const std::string token =
        R"({"access_token": "token", "expires_in": 3600, "resource_server": "r", "scope": "s",)"
        R"( "token_type": "Bearer"})";
    const bool dependent = request.body.find("dependent_token") != std::string::npos;
    return dependent ? "[" + token + "]" : token;
  }
  if (request.path == "/v0.10/submission_id") return R"({"value": "val-submission-id"})";
  return R"({"status": "SUCCEEDED", "task_id": "t", "DATA": [], "identities": []})";
}

}  // namespace globus_sdk_test
