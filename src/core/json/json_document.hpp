// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/json/json_node.hpp"
#include "core/json/large_blocks.hpp"

namespace globus_sdk::inline v0::detail {

/// What was received as JSON, to be read and never changed.
///
/// Boost.JSON reads the text; what it finds is kept in this form, since its own values take more
/// than twice the memory: a string that stands in the text without escapes is not copied, and a key
/// is a string like any other.
class JsonDocument {
 public:
  /// Null, until one is read.
  JsonDocument() noexcept;
  /// A copy of `value`.
  explicit JsonDocument(const boost::json::value& value);
  /// Nothing but `root`, whose characters are kept elsewhere.
  explicit JsonDocument(JsonNode root) noexcept : root_(root) {}
  ~JsonDocument();
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

  /// Reads `text`, which has to live as long as this; once. False, and null stays, when it is no
  /// JSON (`parse_json` says what is).
  bool read(std::string_view text);

  const JsonNode& root() const noexcept { return root_; }

  /// A part of it in Boost.JSON's form, made when it is first asked for; any thread may ask.
  const boost::json::value& boost_form(const JsonNode& node) const;

 private:
  /// How a text has surrogates: in pairs of escapes alone, or halves of them as bytes too.
  enum class Surrogates { as_escapes, as_bytes };
  bool parse(std::string_view text, Surrogates surrogates);
  /// @param text_size of what will be read.
  boost::json::monotonic_resource& make_memory(std::size_t text_size);

  // enough for most answers of a few members
  std::array<unsigned char, 384> first_block_;
  LargeBlocks blocks_;
  std::optional<boost::json::monotonic_resource> memory_;
  JsonNode root_{};
  std::string respelt_{};  // what was read, where that is not the text itself

  mutable std::mutex mutex_{};
  mutable std::map<const JsonNode*, boost::json::value> boost_forms_{};
};

}  // namespace globus_sdk::inline v0::detail
