// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <globus_sdk/core/json.hpp>
#include <map>
#include <string>

namespace data_service {

/// A request of a user's program.
struct UserRequest {
  std::string method{};
  std::string path{};   ///< without the query
  std::string token{};  ///< a secret: the bearer token; empty where there was none
  std::string body{};
};

/// What is answered.
struct UserAnswer {
  unsigned status = 0;
  globus_sdk::Json document{};
  std::map<std::string, std::string> headers{};
};

}  // namespace data_service
