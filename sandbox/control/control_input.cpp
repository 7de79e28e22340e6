// SPDX-License-Identifier: Apache-2.0
#include "sandbox/control/control_input.hpp"

#include <boost/json.hpp>
#include <limits>
#include <stdexcept>

namespace globus_sandbox {

namespace json = boost::json;

namespace {

[[noreturn]] void wrong(std::string_view name, std::string_view what) {
  throw std::invalid_argument("'" + std::string(name) + "' " + std::string(what));
}

int small_integer(ControlInput& input, std::string_view name) {
  const std::int64_t value = input.integer(name);
  if (value < 0 || value > std::numeric_limits<int>::max()) wrong(name, "is out of range");
  return static_cast<int>(value);
}

/// How many bytes of a body a fault lets pass; -1 where it says nothing.
std::int64_t read_place(ControlInput& input, std::string_view name) {
  if (!input.has(name)) return -1;
  const std::int64_t bytes = input.integer(name);
  if (bytes < 0) wrong(name, "must not be negative");
  return bytes;
}

void read_headers(ControlInput& input, Fault& fault) {
  if (!input.has("headers")) return;
  const json::value& headers = input.value("headers");
  if (!headers.is_object()) wrong("headers", "must be an object of names and values");
  for (const auto& [name, value] : headers.as_object()) {
    if (!value.is_string()) wrong("headers", "must have strings as its values");
    fault.headers.emplace_back(std::string(name), std::string(value.as_string()));
  }
}

}  // namespace

ControlInput::ControlInput(const HttpRequest& request) {
  boost::system::error_code error;
  json::value document = json::parse(request.body, error);
  if (error || !document.is_object()) throw std::invalid_argument("the body must be a JSON object");
  document_ = std::move(document.as_object());
}

bool ControlInput::has(std::string_view name) const {
  const json::value* value = document_.if_contains(name);
  return value && !value->is_null();
}

const json::value& ControlInput::value(std::string_view name) {
  if (!has(name)) wrong(name, "is missing");
  read_.emplace(name);
  return document_.at(name);
}

json::object ControlInput::take(const std::function<bool(std::string_view)>& wanted) {
  json::object taken;
  for (const auto& [name, value] : document_) {
    if (!wanted(name)) continue;
    read_.emplace(name);
    taken[name] = value;
  }
  return taken;
}

std::string ControlInput::text(std::string_view name) {
  const json::value& found = value(name);
  if (!found.is_string() || found.as_string().empty()) wrong(name, "must be a text");
  return std::string(found.as_string());
}

std::string ControlInput::optional_text(std::string_view name) {
  read_.emplace(name);
  return has(name) ? text(name) : std::string{};
}

bool ControlInput::flag(std::string_view name) {
  const json::value& found = value(name);
  if (!found.is_bool()) wrong(name, "must be true or false");
  return found.as_bool();
}

std::int64_t ControlInput::integer(std::string_view name) {
  const json::value& found = value(name);
  boost::system::error_code error;
  const auto number = found.to_number<std::int64_t>(error);
  if (error) wrong(name, "must be a whole number");
  return number;
}

double ControlInput::number(std::string_view name) {
  const json::value& found = value(name);
  if (!found.is_number()) wrong(name, "must be a number");
  return found.to_number<double>();
}

void ControlInput::finish() const {
  for (const auto& [name, value] : document_)
    if (read_.find(std::string_view(name)) == read_.end()) wrong(name, "is not known here");
}

Fault read_fault(ControlInput& input) {
  Fault fault;
  fault.method = input.optional_text("method");
  fault.path = input.optional_text("path");
  if (input.has("count")) {
    fault.count = small_integer(input, "count");
    if (fault.count == 0) wrong("count", "must be at least 1");
  }
  if (input.has("every")) fault.every = small_integer(input, "every");
  if (input.has("status")) {
    fault.status = small_integer(input, "status");
    if (fault.status == 0) wrong("status", "must be from 200 to 599");
  }
  read_headers(input, fault);
  if (input.has("body")) {
    const json::value& body = input.value("body");
    fault.body = body.is_string() ? std::string(body.as_string()) : json::serialize(body);
  }
  if (input.has("delay")) fault.delay = input.number("delay");
  if (input.has("drop")) {
    const std::string when = input.text("drop");
    if (when != "before" && when != "after") wrong("drop", "must be 'before' or 'after'");
    (when == "before" ? fault.drop_before : fault.drop_after) = true;
  }
  fault.truncate_at = read_place(input, "truncate");
  fault.reset_at = read_place(input, "reset");
  fault.stall_at = read_place(input, "stall");
  fault.cut_upload_at = read_place(input, "cut_upload");
  if (input.has("seconds")) fault.stall_seconds = input.number("seconds");
  if (input.has("bytes_per_second")) {
    fault.bytes_per_second = input.integer("bytes_per_second");
    if (fault.bytes_per_second <= 0) wrong("bytes_per_second", "must be at least 1");
  }
  if (input.has("require")) {
    const json::value& require = input.value("require");
    if (!require.is_object()) wrong("require", "must be an object of authorization parameters");
    fault.require = json::serialize(require);
  }
  return fault;
}

}  // namespace globus_sandbox
