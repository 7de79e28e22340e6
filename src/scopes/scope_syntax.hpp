// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "scopes/scope_graph.hpp"

namespace globus_sdk::inline v0::detail {

/// What a text of scopes says. The graph refers to the text.
/// @throws ScopeParseError where the text breaks a rule of the syntax.
ScopeGraph read_scopes(std::string_view text);

}  // namespace globus_sdk::inline v0::detail
