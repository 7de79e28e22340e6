// SPDX-License-Identifier: Apache-2.0
#include "core/arguments/not_negative.hpp"
#include "core/arguments/object_of.hpp"
#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/core/request.hpp"
#include "globus_sdk/search/search_client.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// The members of an object that was given for a parameter.
Payload members_of(const Json& object, std::string_view parameter) {
  return Payload().merge(Json(object_of(object, parameter)));
}

}  // namespace

Json query_document(const Json& query, const PostSearchOptions& options) {
  return members_of(query, "data")
      .set("offset", not_negative("offset", options.offset))
      .set("limit", not_negative("limit", options.limit))
      .json();
}

Json scroll_document(const Json& query, const ScrollOptions& options) {
  return members_of(query, "data").set("marker", options.marker).json();
}

Json subjects_document(const Strings& subjects, const BatchDeleteBySubjectOptions& options) {
  Payload document;
  document.set("subjects", Json(require_each("subjects", subjects)));
  if (const auto& more = options.additional_params) {
    document.merge(Json(object_of(*more, "additional_params")));
  }
  return document.json();
}

}  // namespace globus_sdk::inline v0::detail
