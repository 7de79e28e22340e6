// SPDX-License-Identifier: Apache-2.0
// Any bytes as a file of tokens are half written, refused, or tokens that survive being stored.
#include "token_storage/token_file.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/check.hpp"
#include "globus_sdk/token_storage/errors.hpp"

namespace {

using namespace globus_sdk;
using detail::TokenFile;
using fuzz::check;

void check_message(const TokenStorageError& error) {
  check(std::string_view(error.what()).starts_with("token storage FILE: "), "it names the file");
}

/// Stores what was read once more, under another name besides.
void check_stored(TokenFile file, const TokenStorageDataByResourceServer& tokens) {
  const auto documents = detail::documents_to_store({}, "DEFAULT", tokens);
  file.store("DEFAULT", documents, "FILE");
  file.store("another \"space\"", documents, "FILE");
  const auto again = TokenFile::parse(file.content(), "FILE");
  check(again.has_value(), "what was written is a whole document");
  auto plain = tokens;  // members that are not known are not stored
  for (auto& [resource_server, data] : plain) data.extra = Json();
  check(again->tokens("DEFAULT", "FILE") == plain, "tokens are as they were");
  for (const auto& [resource_server, data] : tokens) {
    check(file.remove("DEFAULT", resource_server), "what is there can be removed");
  }
  check(file.tokens("DEFAULT", "FILE").empty(), "nothing is left");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  try {
    const auto file = TokenFile::parse(text, "FILE");
    if (file) check_stored(*file, file->tokens("DEFAULT", "FILE"));
  } catch (const TokenStorageError& error) {
    check_message(error);
  }
  return 0;
}
