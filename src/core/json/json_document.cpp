// SPDX-License-Identifier: Apache-2.0
#include "core/json/json_document.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <cstddef>
#include <utility>

#include "core/base/utf8.hpp"
#include "core/json/json_boost_form.hpp"
#include "core/json/json_builder.hpp"
#include "core/json/json_surrogates.hpp"
#include "globus_sdk/core/json_view.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  return text;
}

/// A document with the text that it points into.
struct OwningDocument {
  explicit OwningDocument(std::string own) : text(std::move(own)) {}

  const std::string text;
  JsonDocument document{};
};

}  // namespace

JsonDocument::JsonDocument() noexcept {}  // NOLINT(modernize-use-equals-default): no zeros first

JsonDocument::JsonDocument(const boost::json::value& value) {
  JsonBuilder builder({}, make_memory(1024));
  add_boost_value(builder, value);
  root_ = builder.root();
}

JsonDocument::~JsonDocument() = default;

boost::json::monotonic_resource& JsonDocument::make_memory(std::size_t text_size) {
  // larger blocks come as they are needed
  const std::size_t first = std::min<std::size_t>(text_size * 2, std::size_t{1} << 20);
  if (first > 2 * first_block_.size()) return memory_.emplace(first, &blocks_);
  return memory_.emplace(first_block_.data(), first_block_.size(), &blocks_);
}

bool JsonDocument::read(std::string_view text) {
  text = without_byte_order_mark(text);
  if (parse(text, Surrogates::as_escapes)) return true;
  auto plain = with_surrogates_as_bytes(text);
  if (!plain || !is_utf8(text)) return false;
  respelt_ = *std::move(plain);
  return parse(respelt_, Surrogates::as_bytes);
}

// Boost.JSON's own parser takes 1e400 for infinity, so its grammar is used here with a handler of
// ours.
bool JsonDocument::parse(std::string_view text, Surrogates surrogates) {
  boost::json::parse_options options;
  options.max_depth = max_json_depth;
  options.allow_invalid_utf8 = surrogates == Surrogates::as_bytes;
  boost::json::basic_parser<JsonBuilder> parser(options, text, make_memory(text.size()));
  boost::json::error_code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  if (error || !parser.done() || used != text.size()) {
    memory_.reset();
    return false;
  }
  root_ = parser.handler().root();
  return true;
}

const boost::json::value& JsonDocument::boost_form(const JsonNode& node) const {
  const std::lock_guard lock(mutex_);
  const auto found = boost_forms_.find(&node);
  if (found != boost_forms_.end()) return found->second;
  return boost_forms_.emplace(&node, to_boost(node)).first->second;
}

std::optional<JsonView> parse_json(std::string text) {
  const auto owning = std::make_shared<OwningDocument>(std::move(text));
  if (!owning->document.read(owning->text)) return std::nullopt;
  return JsonView(std::shared_ptr<const JsonDocument>(owning, &owning->document));
}

}  // namespace globus_sdk::inline v0::detail
