// SPDX-License-Identifier: Apache-2.0
// Any bytes as the body of an error make an error that can be printed, and what it asks of a login
// is the same wherever it is looked for.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/check.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/gare/gare.hpp"

namespace {

using namespace globus_sdk;
using fuzz::check;

constexpr std::string_view secret = "s3cret-t0ken";

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

void check_message(const GlobusAPIError& error) {
  const std::string_view message = error.what();
  check(message.starts_with("GET https://service.example/path: "), "it says what was asked");
  check(std::ranges::none_of(message, is_control), "it is one line");
  check(message.size() < 2100, "it is no long one");
  check(message.find(secret) == std::string_view::npos, "it keeps what is secret");
}

void check_gare(const GARE& gare) {
  check(gare.to_dict({.include_extra = true}).is_object(), "a GARE can be written");
  check(GARE::from_dict(gare.to_dict()).to_dict() == gare.to_dict(), "and read again");
}

/// What is in the present form comes through with all that it has.
void check_round_trip(const JsonView& document) {
  try {
    const GARE gare = GARE::from_dict(document);
    check(Json(document) == Json::parse(document.dump()), "a document is what it says");
    check(GARE::from_dict(gare.to_dict({.include_extra = true})) == gare, "nothing is lost");
  } catch (const ValidationError&) {}
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  Answer answer{.status = data[0] % 2 == 0 ? 403 : 500,
                .body = std::string(data + 1, data + size),
                .method = "GET",
                .url = "https://service.example/path"};
  answer.headers.set("Content-Type",
                     data[0] % 4 < 2 ? "application/json" : "application/vnd.api+json");
  answer.secrets = {std::string(secret)};
  const GlobusAPIError error(answer);
  check_message(error);
  const auto gares = to_gares({error});
  const auto first = to_gare(error);
  check(first.has_value() == !gares.empty(), "one is found where all are");
  check(first.has_value() == is_gare(error) && first.has_value() == has_gares({error}), "and said");
  std::ranges::for_each(gares, check_gare);
  if (const auto document = error.raw_json()) check_round_trip(*document);
  return 0;
}
