// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/service_error.hpp"

#include <algorithm>
#include <boost/json/value.hpp>

#include "sandbox/base/random.hpp"

namespace globus_sandbox {

namespace {

bool is_small(char c) {
  return c >= 'a' && c <= 'z';
}

}  // namespace

ServiceError not_implemented(const std::string& what) {
  return {501, "NotImplemented", "the sandbox does not have: " + what};
}

std::string to_capitals(std::string_view code) {
  if (std::none_of(code.begin(), code.end(), is_small)) return std::string(code);
  std::string result;
  for (const char c : code) {
    if (c == '.') {
      result += '_';
      continue;
    }
    const bool begins_word = !is_small(c) && !result.empty() && result.back() != '_';
    if (begins_word) result += '_';
    result += is_small(c) ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return result;
}

HttpResponse shared_error_form(const ServiceError& error, const std::string& resource) {
  boost::json::object document{{"code", error.code()},
                               {"message", error.message()},
                               {"request_id", random_request_id()},
                               {"resource", resource}};
  for (const auto& [name, value] : error.more()) document[name] = value;
  return json_response(error.status(), document);
}

}  // namespace globus_sandbox
