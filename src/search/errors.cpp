// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/search/errors.hpp"

namespace globus_sdk::inline v0 {

SearchAPIError::~SearchAPIError() = default;

std::optional<JsonView> SearchAPIError::error_data() const {
  const auto document = raw_json();
  const auto data = document ? document->get("error_data") : std::nullopt;
  return data && !data->is_null() ? data : std::nullopt;
}

}  // namespace globus_sdk::inline v0
