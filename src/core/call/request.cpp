// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/request.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "core/arguments/not_negative.hpp"
#include "core/arguments/object_of.hpp"
#include "core/arguments/python_text.hpp"
#include "core/base/ascii.hpp"
#include "core/base/url_encoding.hpp"
#include "core/base/wipe.hpp"
#include "core/call/secrets.hpp"
#include "core/http/header_text.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace {

std::string spell(bool value, BooleanStyle style) {
  switch (style) {
    case BooleanStyle::word:
      return value ? "True" : "False";
    case BooleanStyle::digit:
      return value ? "1" : "0";
    case BooleanStyle::lower:
      break;
  }
  return value ? "true" : "false";
}

}  // namespace

void Request::wipe_secrets() noexcept {
  for (std::string& secret : secrets_) detail::wipe(secret);
  if (body_) detail::wipe(*body_);
}

void Request::drop_body() noexcept {
  if (!secrets_.empty()) wipe_secrets();
  secrets_.clear();
  body_.reset();
  source_.reset();
}

void Request::set_query(std::string_view name, std::string value) {
  std::erase_if(query_, [name](const auto& pair) { return pair.first == name; });
  query_.emplace_back(name, std::move(value));
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
  const auto found = std::find_if(query_.begin(), query_.end(),
                                  [name](const auto& pair) { return pair.first == name; });
  if (found == query_.end()) return std::nullopt;
  return found->second;
}

Request Request::query(std::string_view name, const Field<std::string>& value) && {
  if (value) set_query(name, *value);
  return std::move(*this);
}

Request Request::query(std::string_view name, const Field<std::int64_t>& value) && {
  if (!value) return std::move(*this);
  set_query(name, std::to_string(detail::not_negative(name, *value)));
  return std::move(*this);
}

Request Request::query(std::string_view name, const Field<bool>& value, BooleanStyle style) && {
  if (value) set_query(name, spell(*value, style));
  return std::move(*this);
}

Request Request::query(std::string_view name, const Field<Strings>& values) && {
  if (values) set_query(name, values->joined(','));
  return std::move(*this);
}

Request Request::query_each(std::string_view name, const Field<Strings>& values) && {
  if (!values) return std::move(*this);
  for (const std::string& value : *values) query_.emplace_back(name, value);
  return std::move(*this);
}

Request Request::query(std::string_view name, const Field<Filter>& filter) && {
  if (!filter) return std::move(*this);
  for (const std::string& value : filter->values()) query_.emplace_back(name, value);
  return std::move(*this);
}

Request Request::query_params(const Field<Json>& params) && {
  if (!params) return std::move(*this);
  for (const auto& member : detail::object_of(*params, "query_params")) {
    const std::string_view name = member.key();
    std::erase_if(query_, [name](const auto& pair) { return pair.first == name; });
    if (const auto* list = member.value().if_array()) {
      for (const auto& element : *list) {
        if (!element.is_null()) query_.emplace_back(name, detail::python_text(element));
      }
    } else if (!member.value().is_null()) {
      query_.emplace_back(name, detail::python_text(member.value()));
    }
  }
  return std::move(*this);
}

void Request::add_header(std::string name, std::string value) {
  if (!detail::is_header_text(name) || !detail::is_header_text(value)) {
    throw GlobusSDKUsageError("headers: a header may not hold a line end or NUL");
  }
  std::erase_if(headers_, [&name](const auto& pair) { return pair.first == name; });
  headers_.emplace_back(std::move(name), std::move(value));
}

Request Request::header(std::string name, std::string value) && {
  add_header(std::move(name), std::move(value));
  return std::move(*this);
}

Request Request::optional_header(std::string name, const Field<std::string>& value) && {
  if (value) add_header(std::move(name), *value);
  return std::move(*this);
}

Request Request::headers(const Field<Json>& headers) && {
  if (!headers) return std::move(*this);
  for (const auto& member : detail::object_of(*headers, "headers")) {
    add_header(std::string(std::string_view(member.key())), detail::python_text(member.value()));
  }
  return std::move(*this);
}

Request Request::json(const Json& document) && {
  drop_body();
  detail::add_secrets(secrets_, document);
  body_ = document.dump();
  content_type_ = "application/json";
  return std::move(*this);
}

Request Request::json(const Payload& document) && {
  return std::move(*this).json(document.json());
}

Request Request::form(std::vector<std::pair<std::string, std::string>> fields) && {
  drop_body();
  detail::add_secrets(secrets_, fields);
  body_ = detail::form_encode(fields);
  if (!secrets_.empty()) {
    for (auto& [name, value] : fields) detail::wipe(value);
  }
  content_type_ = "application/x-www-form-urlencoded";
  return std::move(*this);
}

Request Request::text(std::string body) && {
  drop_body();
  detail::add_secrets_of_text(secrets_, body);
  body_ = std::move(body);
  content_type_ = "text/plain";
  return std::move(*this);
}

Request Request::body_from(std::shared_ptr<BodySource> source, std::string content_type) && {
  drop_body();
  source_ = std::move(source);
  content_type_ = std::move(content_type);
  return std::move(*this);
}

Request Request::answer_to(std::shared_ptr<BodySink> sink) && {
  sink_ = std::move(sink);
  return std::move(*this);
}

Request Request::safe_to_repeat() && {
  safe_to_repeat_ = true;
  return std::move(*this);
}

Request Request::unauthenticated() && {
  authenticated_ = false;
  return std::move(*this);
}

bool Request::has_own_url() const noexcept {
  if (path_.starts_with('/')) return false;
  return detail::ascii_starts_with(path_, "https://") ||
         detail::ascii_starts_with(path_, "http://");
}

bool Request::repeatable() const noexcept {
  return safe_to_repeat_ || method_ == "GET" || method_ == "HEAD" || method_ == "PUT" ||
         method_ == "DELETE";
}

namespace detail {

Text require(std::string_view parameter, Text value) {
  if (value.empty()) {
    throw GlobusSDKUsageError(std::string(parameter) + " must not be empty");
  }
  return value;
}

Strings require_each(std::string_view parameter, Strings texts) {
  for (const std::string& text : texts) require(parameter, text);
  return texts;
}

void at_most_one(std::string_view method, GivenOption first, GivenOption second) {
  if (!first.is_given || !second.is_given) return;
  throw GlobusSDKUsageError(std::string(method) + " takes " + std::string(first.name) + " or " +
                            std::string(second.name) + ", not both");
}

void exactly_one(std::string_view method, GivenOption first, GivenOption second) {
  if (first.is_given != second.is_given) return;
  throw GlobusSDKUsageError(std::string(method) + " takes either " + std::string(first.name) +
                            " or " + std::string(second.name) +
                            (first.is_given ? ", not both" : ""));
}

void require_with(GivenOption option, GivenOption needed) {
  if (!option.is_given || needed.is_given) return;
  throw GlobusSDKUsageError(std::string(option.name) + " needs " + std::string(needed.name));
}

Nullable<std::string> require_given(std::string_view parameter,
                                    const Nullable<std::string>& value) {
  if (value.is_unset()) {
    throw GlobusSDKUsageError(std::string(parameter) + " must be a text or null");
  }
  if (value.has_value()) require(parameter, *value);
  return value;
}

namespace {

/// True when a server, or libcurl on the way, would take the value for a step in the path.
bool is_a_step(std::string_view value) {
  if (value.find('.') == std::string_view::npos) return false;  // most values, at less cost
  const std::string padded = "/" + std::string(value) + "/";
  return padded.find("/./") != std::string::npos || padded.find("/../") != std::string::npos;
}

}  // namespace

std::string path(std::string_view pattern, std::initializer_list<Text> values) {
  std::string filled;
  const Text* value = values.begin();
  for (std::size_t position = 0; position < pattern.size();) {
    if (pattern[position] != '{') {
      filled += pattern[position++];
      continue;
    }
    const std::size_t end = pattern.find('}', position);
    const std::string_view name = pattern.substr(position + 1, end - position - 1);
    if (is_a_step(*value)) {
      throw GlobusSDKUsageError(std::string(name) +
                                " must not be, or contain, the path steps . and ..");
    }
    filled += quote(require(name, *value++));
    position = end + 1;
  }
  return filled;
}

}  // namespace detail
}  // namespace globus_sdk::inline v0
