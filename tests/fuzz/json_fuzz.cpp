// SPDX-License-Identifier: Apache-2.0
// Any bytes that are read as JSON are what Boost.JSON's own parser reads, but for halves of
// surrogate pairs, and are written and read again without a loss.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/check.hpp"
#include "globus_sdk/core/json.hpp"

namespace {

using namespace globus_sdk;
using fuzz::check;

boost::json::value read_by_boost(const std::string& text, boost::json::error_code& error) {
  boost::json::parse_options options;
  options.max_depth = detail::max_json_depth;
  return boost::json::parse(text, error, {}, options);
}

/// What Boost says of half of a surrogate pair.
bool is_about_surrogates(const boost::json::error_code& error) {
  using Problem = boost::json::error;
  return error == Problem::illegal_leading_surrogate ||
         error == Problem::illegal_trailing_surrogate || error == Problem::expected_utf16_escape;
}

/// Boost's doubles are often beside the nearest one, which is what is wanted.
bool has_double(const boost::json::value& value) {
  if (const auto* array = value.if_array()) return std::ranges::any_of(*array, has_double);
  if (const auto* object = value.if_object()) {
    return std::ranges::any_of(*object,
                               [](const auto& member) { return has_double(member.value()); });
  }
  return value.is_double();
}

/// Each part is found by its key or index.
void check_parts(const JsonView& view) {
  if (view.is_array()) {
    std::size_t index = 0;
    for (const JsonView& element : view) {
      check(view[index++].is_same_place(element), "an element is where its index says");
      check_parts(element);
    }
  } else if (view.is_object()) {
    for (const auto& [key, member] : view.items()) {
      check(view[key].is_same_place(member), "a member is where its key says");
      check_parts(member);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  boost::json::error_code error;
  const boost::json::value expected = read_by_boost(text, error);
  const auto document = detail::parse_json(text);
  if (!document) return 0;  // what is refused more than Boost refuses is in the unit tests
  const JsonView& view = *document;
  check(text.starts_with("\xEF\xBB\xBF") || !error || is_about_surrogates(error),
        "Boost reads it too");
  if (!error && !has_double(expected)) check(view.value() == expected, "it is what Boost reads");
  check_parts(view);
  check(detail::parse_json(view.dump()) == view, "it can be written and read");
  check(detail::parse_json(view.dump(2)) == view, "in several lines too");
  check(Json(view).view() == view, "and copied");
  return 0;
}
