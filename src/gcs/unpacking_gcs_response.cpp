// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gcs/unpacking_gcs_response.hpp"

#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// Whether a document is of a kind: `collection#1.9.0` is a `collection`.
bool is_of_kind(const JsonView& document, std::string_view kind) {
  const auto type = document.get("DATA_TYPE");
  if (!type || !type->is_string()) return false;
  const std::string text = *type;
  const std::size_t end = text.find('#');
  return end != std::string::npos && std::string_view(text).substr(0, end) == kind;
}

UnpackingGCSResponse::Match match_of_kind(Text data_type) {
  constexpr std::string_view of_kinds =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
  const std::string kind = data_type.str();
  if (kind.empty() || kind.find_first_not_of(of_kinds) != std::string::npos) {
    throw GlobusSDKUsageError(
        "data_type must be the kind of a document without its version, such as collection");
  }
  return [kind](const JsonView& document) { return is_of_kind(document, kind); };
}

/// The first document in the list of a result that matches.
std::optional<JsonView> first_document(const GlobusHTTPResponse& response,
                                       const UnpackingGCSResponse::Match& match) {
  const auto documents = response.get("data");
  if (!documents || !documents->is_array()) return std::nullopt;
  for (const JsonView& document : *documents) {
    if (document.is_object() && match(document)) return document;
  }
  return std::nullopt;
}

}  // namespace

UnpackingGCSResponse::UnpackingGCSResponse(GlobusHTTPResponse response, Text data_type)
    : UnpackingGCSResponse(std::move(response), match_of_kind(data_type)) {}

UnpackingGCSResponse::UnpackingGCSResponse(GlobusHTTPResponse response, const Match& match)
    : GlobusHTTPResponse(std::move(response)), unpacked_(first_document(*this, match)) {}

std::optional<JsonView> UnpackingGCSResponse::get(Text key) const& {
  return has_json() ? data().get(key) : std::nullopt;
}

bool UnpackingGCSResponse::contains(Text key) const {
  return has_json() && data().contains(key);
}

std::ostream& UnpackingGCSResponse::print(std::ostream& out) const {
  return has_json() ? out << data().dump(2) : out << text();
}

}  // namespace globus_sdk::inline v0
