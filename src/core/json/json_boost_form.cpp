// SPDX-License-Identifier: Apache-2.0
#include "core/json/json_boost_form.hpp"

#include <boost/json/value.hpp>
#include <cstddef>

namespace globus_sdk::inline v0::detail {

namespace {

namespace json = boost::json;

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

void add_boost_value(JsonBuilder& builder, const json::value& value) {
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
      for (const json::value& element : value.get_array()) add_boost_value(builder, element);
      builder.on_array_end(value.get_array().size(), error);
      break;
    case json::kind::object:
      for (const auto& member : value.get_object()) {
        builder.on_key(member.key(), member.key().size(), error);
        add_boost_value(builder, member.value());
      }
      builder.on_object_end(value.get_object().size(), error);
      break;
  }
}

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

}  // namespace globus_sdk::inline v0::detail
