// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "wire/wire_request.hpp"

namespace globus_sdk_test {

/// The value of a query parameter, or `otherwise`.
inline std::string parameter(const Parameters& query, const std::string& name,
                             const std::string& otherwise = "") {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return otherwise;
}

/// What a page is asked for by: the parameters of the query, or the members of a body that is JSON.
inline Parameters asked_parameters(const std::string& query, const std::string& body) {
  if (body.empty()) return form_parameters(query);
  Parameters parameters;
  const boost::json::value document = boost::json::parse(body);
  for (const auto& member : document.as_object()) {
    const auto* text = member.value().if_string();
    parameters.emplace(member.key(), text != nullptr ? std::string(*text)
                                                     : boost::json::serialize(member.value()));
  }
  return parameters;
}

}  // namespace globus_sdk_test
