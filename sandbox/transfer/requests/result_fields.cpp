// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/requests/result_fields.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <set>

#include "sandbox/base/text.hpp"
#include "sandbox/transfer/requests/errors.hpp"

namespace globus_sandbox::transfer {

namespace {

using boost::json::object;

std::set<std::string> read_names(const std::vector<std::string>& lists) {
  std::set<std::string> names;
  for (const auto& list : lists)
    for (const auto& part : split(list, ','))
      if (const auto name = trimmed(part); !name.empty()) names.emplace(name);
  return names;
}

object only(const object& document, const std::set<std::string>& names) {
  object result;
  if (const auto* type = document.if_contains("DATA_TYPE")) result["DATA_TYPE"] = *type;
  for (const auto& name : names) {
    const auto* value = document.if_contains(name);
    if (value == nullptr) throw bad_request("fields: there is no field '" + name + "'");
    result[name] = *value;
  }
  return result;
}

/// The items of a list; null for any other document. An endpoint's DATA are its servers.
boost::json::array* items_of(object& document) {
  auto* data = document.if_contains("DATA");
  const bool is_endpoint = document.at("DATA_TYPE") == boost::json::value("endpoint");
  return data == nullptr || is_endpoint ? nullptr : data->if_array();
}

}  // namespace

void keep_fields(object& document, const std::vector<std::string>& lists) {
  const auto names = read_names(lists);
  if (names.empty()) return;
  if (auto* items = items_of(document))
    for (auto& item : *items) item = only(item.as_object(), names);
  else
    document = only(document, names);
}

}  // namespace globus_sandbox::transfer
