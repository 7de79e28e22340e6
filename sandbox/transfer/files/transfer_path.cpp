// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/files/transfer_path.hpp"

#include <cstddef>
#include <vector>

#include "sandbox/transfer/files/file_names.hpp"

namespace globus_sandbox::transfer {

namespace {

constexpr std::size_t longest_name = 255;
constexpr std::size_t longest_path = 4000;

/// What is left of a path after the forms of "the home".
std::string_view below_home(std::string_view text) {
  const auto begins_with_name = [&](std::string_view prefix) {
    return text.starts_with(prefix) && (text.size() == prefix.size() || text[prefix.size()] == '/');
  };
  if (begins_with_name("/~")) return text.substr(2);
  if (begins_with_name("~")) return text.substr(1);
  if (text.starts_with("~"))
    throw InvalidPath("the home of another user is no part of the collection");
  return text;
}

void check_characters(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) throw InvalidPath("a path holds no NUL");
  if (text.find("\r\n") != std::string_view::npos) throw InvalidPath("a path holds no line break");
  if (!is_utf8(text)) throw InvalidPath("a path is UTF-8 text");
}

}  // namespace

TransferPath parse_transfer_path(std::string_view text) {
  check_characters(text);
  auto rest = below_home(text);
  TransferPath result;
  result.ends_in_slash = rest.empty() || rest.ends_with('/') || rest.ends_with("/.");
  std::vector<std::string> names;
  while (!rest.empty()) {
    const auto slash = rest.find('/');
    const auto name = rest.substr(0, slash);
    if (name == "..") {
      if (names.empty()) throw InvalidPath("the path leads above the collection's root");
      names.pop_back();
    } else if (!name.empty() && name != ".") {
      names.push_back(from_document_name(name));
      if (names.back().size() > longest_name) throw InvalidPath("a name in the path is too long");
    }
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  for (const auto& name : names) {
    if (!result.relative.empty()) result.relative += '/';
    result.relative += name;
  }
  if (result.relative.size() > longest_path) throw InvalidPath("the path is too long");
  return result;
}

std::string to_document_path(std::string_view relative) {
  return "/" + to_document_name(relative);
}

}  // namespace globus_sandbox::transfer
