// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/client.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "core/arguments/python_text.hpp"
#include "core/base/url_encoding.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

std::vector<std::pair<std::string, std::string>> form_fields(const Json& data) {
  const boost::json::object* object = data.value().if_object();
  if (object == nullptr) {
    throw GlobusSDKUsageError("data must be an object of names and values when encoding is 'form'");
  }
  std::vector<std::pair<std::string, std::string>> fields;
  for (const auto& member : *object) {
    if (const auto* list = member.value().if_array()) {
      for (const auto& element : *list) fields.emplace_back(member.key(), python_text(element));
    } else if (!member.value().is_null()) {
      fields.emplace_back(member.key(), python_text(member.value()));
    }
  }
  return fields;
}

Request with_body(Request request, const Json& data, const std::string& encoding) {
  if (encoding == "json") return std::move(request).json(data);
  if (encoding == "form") return std::move(request).form(form_fields(data));
  if (encoding != "text") {
    throw GlobusSDKUsageError("encoding must be 'json', 'form' or 'text', not '" + encoding + "'");
  }
  if (!data.is_string()) {
    throw GlobusSDKUsageError("data must be a text when encoding is 'text'");
  }
  return std::move(request).text(data.view().as<std::string>());
}

}  // namespace

Request make_request(std::string_view method, Text path, const RequestOptions& options) {
  Request request(require("method", method).str(), quote(path));
  request = std::move(request).query_params(options.query_params).headers(options.headers);
  if (!options.data) return request;
  const std::string otherwise = options.data->is_string() ? "text" : "json";
  return with_body(std::move(request), *options.data, options.encoding.value_or(otherwise));
}

}  // namespace globus_sdk::inline v0::detail
