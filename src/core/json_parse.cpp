// SPDX-License-Identifier: Apache-2.0
// Text to document. Boost.JSON's own parser takes 1e400 for infinity, so its grammar is used here
// with a handler of ours, which is otherwise what the library's own one is.
#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>
#include <cmath>
#include <cstddef>

#include "globus_sdk/core/json_view.hpp"
#include "large_blocks.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

namespace json = boost::json;

/// Builds a value from what the parser reports; refuses numbers that are not finite.
class Builder {
 public:
  Builder() : stack_({}, begin_.data(), begin_.size()) {}

  constexpr static std::size_t max_object_size = std::size_t(-1);
  constexpr static std::size_t max_array_size = std::size_t(-1);
  constexpr static std::size_t max_key_size = std::size_t(-1);
  constexpr static std::size_t max_string_size = std::size_t(-1);

  void reset(json::storage_ptr storage) { stack_.reset(std::move(storage)); }
  json::value release() { return stack_.release(); }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) { return true; }
  bool on_array_begin(json::error_code&) { return true; }

  bool on_object_end(std::size_t count, json::error_code&) {
    stack_.push_object(count);
    return true;
  }
  bool on_array_end(std::size_t count, json::error_code&) {
    stack_.push_array(count);
    return true;
  }
  bool on_key_part(json::string_view text, std::size_t, json::error_code&) {
    stack_.push_chars(text);
    return true;
  }
  bool on_key(json::string_view text, std::size_t, json::error_code&) {
    stack_.push_key(text);
    return true;
  }
  bool on_string_part(json::string_view text, std::size_t, json::error_code&) {
    stack_.push_chars(text);
    return true;
  }
  bool on_string(json::string_view text, std::size_t, json::error_code&) {
    stack_.push_string(text);
    return true;
  }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, json::error_code&) {
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, json::string_view, json::error_code&) {
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double number, json::string_view, json::error_code& error) {
    if (!std::isfinite(number)) {
      error = json::error::exponent_overflow;
      return false;
    }
    stack_.push_double(number);
    return true;
  }
  bool on_bool(bool flag, json::error_code&) {
    stack_.push_bool(flag);
    return true;
  }
  bool on_null(json::error_code&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  // what most documents need while they are built, without asking for memory
  alignas(std::max_align_t) std::array<unsigned char, 4096> begin_;
  json::value_stack stack_;
};

/// A document in memory that it owns, and that is freed at once.
struct Document {
  explicit Document(std::size_t size) : memory(size, &blocks) {}

  LargeBlocks blocks;
  json::monotonic_resource memory;
  json::value root;
};

/// A first block that most documents fit in; the resource takes larger ones as it needs them.
std::size_t first_block(std::size_t text_size) {
  return std::clamp<std::size_t>(text_size * 2, 256, std::size_t{1} << 20);
}

std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  return text;
}

}  // namespace

std::shared_ptr<const json::value> parse_json(std::string_view text) {
  text = without_byte_order_mark(text);
  json::parse_options options;
  options.max_depth = max_json_depth;
  json::basic_parser<Builder> parser(options);

  auto document = std::make_shared<Document>(first_block(text.size()));
  parser.handler().reset(&document->memory);
  json::error_code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  if (error || !parser.done() || used != text.size()) return nullptr;
  // Built anew, since assigning would copy into the default memory.
  document->root.~value();
  ::new (&document->root) json::value(parser.handler().release());
  return {document, &document->root};
}

}  // namespace globus_sdk::inline v0::detail
