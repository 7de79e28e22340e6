// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace globus_sandbox::auth {

/// A scope that is asked for, with what it is to depend on.
struct RequestedScope {
  std::string scope;
  bool optional = false;  ///< written with a leading '*'
  std::vector<RequestedScope> dependencies{};
};

/// Reads `scope scope[dependency *dependency[...]] ...`. Throws std::invalid_argument where the
/// text is malformed or a scope belongs to no resource server. What it returns is canonical.
std::vector<RequestedScope> parse_scopes(std::string_view text);

/// A scope whose text names a client or a collection by its UUID, with that in small letters; any
/// other as it is.
std::string canonical_scope(std::string_view scope);

/// The opposite of `parse_scopes`, for one of them: dependencies in brackets.
std::string written(const RequestedScope& scope);

/// The resource server that a scope belongs to; nothing for a text that is no scope.
std::optional<std::string> resource_server_of(std::string_view scope);

/// The words of a text, in order, separated by any number of spaces.
std::vector<std::string> split_words(std::string_view text);
/// The opposite, with one separator between two words.
std::string join(const std::vector<std::string>& words, std::string_view separator);

}  // namespace globus_sandbox::auth
