// SPDX-License-Identifier: Apache-2.0
#include "gcs/typed_document.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

Payload typed_document(const Field<std::string>& data_type, std::string_view usual) {
  return Payload().set("DATA_TYPE", data_type.value_or(std::string(usual)));
}

void deduce_data_type(Payload& document, std::string_view kind,
                      std::span<const MemberVersion> members, int at_least) {
  if (document.contains("DATA_TYPE")) return;
  int version = at_least;
  for (const MemberVersion& known : members) {
    if (document.contains(known.member)) version = std::max(version, known.version);
  }
  document.set("DATA_TYPE", std::string(kind) + "#1." + std::to_string(version) + ".0");
}

Field<Json> listed(std::string_view parameter, const Field<Json>& value) {
  if (!value || value->is_array()) return value;
  const auto* const object = value->value().if_object();
  if (object == nullptr) throw GlobusSDKUsageError(std::string(parameter) + " must be a list");
  boost::json::array names;
  for (const auto& member : *object) names.emplace_back(member.key());
  return Json(names);
}

}  // namespace globus_sdk::inline v0::detail
