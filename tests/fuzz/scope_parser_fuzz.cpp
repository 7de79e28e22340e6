// SPDX-License-Identifier: Apache-2.0
// Any bytes are either refused with a place in them, or scopes that survive being written and read.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/check.hpp"
#include "globus_sdk/scopes/scope_parser.hpp"

namespace {

using namespace globus_sdk;
using fuzz::check;

/// Every scope is what its parts make.
void check_parts(std::vector<Scope> ahead) {
  while (!ahead.empty()) {
    const Scope scope = ahead.back();
    ahead.pop_back();
    std::vector<Scope> dependencies = scope.dependencies();
    ScopeOptions options{.optional = scope.optional(), .dependencies = dependencies};
    check(Scope(scope.scope_string(), options) == scope, "a scope is made of its parts");
    for (Scope& dependency : dependencies) ahead.push_back(std::move(dependency));
  }
}

/// Whether the last name of a text has no white space at its ends that would be trimmed.
bool is_trimmed(const std::string& text) {
  const std::string last = text.substr(text.find_last_of("[]* ") + 1);
  const auto is_plain = [](char character) { return character > ' ' && character < '\x7f'; };
  return last.empty() || (is_plain(last.front()) && is_plain(last.back()));
}

void check_scopes(const std::vector<Scope>& scopes) {
  const std::string text = ScopeParser::serialize(scopes, {.reject_empty = false});
  // a space at the end, since white space of other kinds is not trimmed before it
  check(ScopeParser::parse(text + ' ') == scopes, "what was written is read again");
  if (is_trimmed(text)) {
    check(ScopeParser::merge_scopes(scopes, text) == scopes, "merging adds nothing of the same");
  }
  if (text.size() <= 512) check_parts(scopes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  std::vector<Scope> scopes;
  try {
    scopes = ScopeParser::parse(text);
  } catch (const ScopeParseError& error) {
    check(error.position() <= size, "an error is in the text, or at its end");
    check(std::string_view(error.what()).size() < 2000, "a message is short");
    return 0;
  }
  check_scopes(scopes);
  return 0;
}
