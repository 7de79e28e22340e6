// SPDX-License-Identifier: Apache-2.0
// Any bytes as a sealed document are refused with a clear error, or are what was sealed.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/check.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "globus_sdk/token_storage/token_sealer.hpp"

namespace {

using namespace globus_sdk;
using fuzz::check;

const TokenSealer& sealer() {
  static const TokenSealer made({SealingKey::from_base64(std::string(42, 'k') + "A=")});
  return made;
}

Json parsed(const std::string& text) {
  try {
    return Json::parse(text);
  } catch (const ValidationError&) {
    return {};
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  TokenStorageData token;
  token.resource_server = "x";
  token.access_token = text;
  const Json sealed = sealer().seal("user", token);
  check(sealer().unseal("user", "x", sealed) == token, "what was sealed is opened");
  try {
    sealer().unseal("user", "x", parsed(text), "FILE");
    check(false, "nobody makes a sealed document without the key");
  } catch (const TokenSealError& error) {
    check(std::string_view(error.what()).starts_with("token storage FILE: the token for x "),
          "it names the storage and the service");
  }
  return 0;
}
