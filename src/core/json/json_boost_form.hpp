// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>

#include "core/json/json_builder.hpp"
#include "core/json/json_node.hpp"

namespace globus_sdk::inline v0::detail {

// What was received, in the form in which what is sent is made; and back.

/// A new value in Boost.JSON's form, in memory of its own.
boost::json::value to_boost(const JsonNode& node);

/// Adds to a document that is built what a parser would add for the text of `value`.
void add_boost_value(JsonBuilder& builder, const boost::json::value& value);

}  // namespace globus_sdk::inline v0::detail
