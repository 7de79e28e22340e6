// SPDX-License-Identifier: Apache-2.0
// What was received, in the form in which what is sent is made; and back.
#include <boost/json/value.hpp>

#include "core/json/json_builder.hpp"
#include "core/json/json_document.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

namespace json = boost::json;

/// Tells `builder` of `value` what a parser would.
void tell(const json::value& value, JsonBuilder& builder) {
  json::error_code error;
  switch (value.kind()) {
    case json::kind::null:
      builder.add(JsonNode());
      break;
    case json::kind::bool_:
      builder.add(JsonNode::of(value.get_bool()));
      break;
    case json::kind::int64:
      builder.add(JsonNode::of(value.get_int64()));
      break;
    case json::kind::uint64:
      builder.add(JsonNode::of(value.get_uint64()));
      break;
    case json::kind::double_:
      builder.add(JsonNode::of(value.get_double()));  // finite or not: writing it says so
      break;
    case json::kind::string:
      builder.on_string(value.get_string(), value.get_string().size(), error);
      break;
    case json::kind::array:
      for (const json::value& element : value.get_array()) tell(element, builder);
      builder.on_array_end(value.get_array().size(), error);
      break;
    case json::kind::object:
      for (const auto& member : value.get_object()) {
        builder.on_key(member.key(), member.key().size(), error);
        tell(member.value(), builder);
      }
      builder.on_object_end(value.get_object().size(), error);
      break;
  }
}

json::value array_of(const JsonNode& node) {
  json::array array;
  array.reserve(node.size);
  for (std::size_t index = 0; index < node.size; ++index) {
    array.push_back(to_boost(node.element(index)));
  }
  return array;
}

json::value object_of(const JsonNode& node) {
  json::object object;
  object.reserve(node.size);
  for (std::size_t index = 0; index < node.size; ++index) {
    object.emplace(node.key(index), to_boost(node.member(index)));
  }
  return object;
}

}  // namespace

json::value to_boost(const JsonNode& node) {
  using Kind = JsonNode::Kind;
  switch (node.kind) {
    case Kind::null:
      return nullptr;
    case Kind::boolean:
      return node.flag;
    case Kind::int64:
      return node.int64;
    case Kind::uint64:
      return node.uint64;
    case Kind::real:
      return node.real;
    case Kind::string:
      return json::string(node.string());
    case Kind::array:
      return array_of(node);
    case Kind::object:
      break;
  }
  return object_of(node);
}

JsonDocument::JsonDocument(const json::value& value) {
  JsonBuilder builder({}, make_memory(1024));
  tell(value, builder);
  root_ = builder.root();
}

const json::value& JsonDocument::boost_form(const JsonNode& node) const {
  const std::lock_guard lock(mutex_);
  const auto found = boost_forms_.find(&node);
  if (found != boost_forms_.end()) return found->second;
  return boost_forms_.emplace(&node, to_boost(node)).first->second;
}

}  // namespace globus_sdk::inline v0::detail
