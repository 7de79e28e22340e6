// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/filter.hpp"

#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0 {

namespace {

std::string clause_text(const JsonView& value) {
  if (value.is_string()) return value;
  if (value.is_integer()) return value.dump();
  throw GlobusSDKUsageError("filter: a clause's value is text, an integer, or a list of these");
}

std::string clause_values(const JsonView& value) {
  if (!value.is_array()) return clause_text(value);
  std::string joined;
  bool first = true;
  for (const JsonView& element : value) {
    if (!first) joined += ',';
    first = false;
    joined += clause_text(element);
  }
  return joined;
}

std::string clauses(const JsonView& object) {
  std::string joined;
  for (const auto& [name, value] : object.items()) {
    if (!joined.empty()) joined += '/';
    joined += name + ":" + clause_values(value);
  }
  return joined;
}

std::string one_filter(const JsonView& value) {
  if (value.is_string()) return value;
  if (value.is_object()) return clauses(value);
  throw GlobusSDKUsageError("filter: a filter is text, or clauses of a name and values");
}

}  // namespace

Filter::Filter(std::initializer_list<Json> elements) : Filter(AsJson{}, Json(elements)) {}

Filter::Filter(AsJson, const Json& json) {
  const JsonView view = json.view();
  if (!view.is_array()) {
    values_.push_back(one_filter(view));
    return;
  }
  for (const JsonView& element : view) values_.push_back(one_filter(element));
}

}  // namespace globus_sdk::inline v0
