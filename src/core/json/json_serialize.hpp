// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/json/json_node.hpp"

namespace globus_sdk::inline v0::detail {

/// What was received, as compact JSON.
std::string serialize(const JsonNode& node);

/// The same with one member or element a line, each level indented by `indent` spaces.
std::string serialize(const JsonNode& node, std::size_t indent);

/// `text` as a JSON string, in quotes.
std::string quoted(std::string_view text);

}  // namespace globus_sdk::inline v0::detail
