// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json_view.hpp"

namespace globus_sdk::inline v0::detail {

/// What an error's document says, whichever form it is written in.
struct APIErrorDetails {
  std::string code{};
  std::string request_id{};
  std::vector<std::string> messages{};
  std::vector<ErrorSubdocument> errors{};
  ErrorInfoContainer info{};
};

/// Reads an error's document. Anything may stand in it: what is of an unexpected kind is passed
/// over.
///
/// @param json_api whether the answer says to be JSON:API, where `code` and `message` of the
/// document
///     itself mean nothing.
APIErrorDetails parse_api_error(const JsonView& document, bool json_api);

}  // namespace globus_sdk::inline v0::detail
