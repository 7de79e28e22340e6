// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gcs/errors.hpp"

namespace globus_sdk::inline v0 {

GCSAPIError::~GCSAPIError() = default;

std::optional<JsonView> GCSAPIError::detail() const {
  const auto document = raw_json();
  auto said = document ? document->get("detail") : std::nullopt;
  if (said && said->is_null()) said.reset();
  return said;
}

std::optional<std::string> GCSAPIError::detail_data_type() const {
  const auto document = detail();
  const auto type = document ? document->get("DATA_TYPE") : std::nullopt;
  if (!type || !type->is_string()) return std::nullopt;
  return type->str();
}

}  // namespace globus_sdk::inline v0
