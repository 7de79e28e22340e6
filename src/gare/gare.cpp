// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gare/gare.hpp"

#include <algorithm>
#include <utility>

#include "gare/document_reader.hpp"
#include "gare/extra_members.hpp"
#include "gare/legacy_forms.hpp"
#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0 {

namespace {

std::optional<GARE> read_as(detail::ReadForm read, const JsonView& document) {
  try {
    return read(document);
  } catch (const ValidationError&) {
    return std::nullopt;
  }
}

GARE read_present_form(const JsonView& document) {
  return GARE::from_dict(document);
}

/// The GARE that the document itself is, in the present form rather than in an older one.
std::optional<GARE> read_document(const JsonView& document) {
  if (!document.is_object()) return std::nullopt;
  if (auto gare = read_as(read_present_form, document)) return gare;
  for (const detail::ReadForm read : detail::legacy_forms) {
    if (auto gare = read_as(read, document)) return gare;
  }
  return std::nullopt;
}

}  // namespace

GARE GARE::from_dict(const Json& data) {
  detail::DocumentReader reader(data.view());
  GARE read{.code = reader.text("code")};
  read.authorization_parameters =
      GlobusAuthorizationParameters::from_dict(reader.object("authorization_parameters"));
  read.extra = reader.rest();
  return read;
}

Json GARE::to_dict(const ToDictOptions& options) const {
  Payload written;
  written.set("code", Json(code))
      .set("authorization_parameters", authorization_parameters.to_dict(options));
  detail::merge_extra(written, extra, options);
  return written.json();
}

AnyErrorDocument::AnyErrorDocument(const GlobusAPIError& error) : document_(error.raw_json()) {
  for (const ErrorSubdocument& one : error.errors()) {
    // an error that holds no list has the whole document for its only one
    if (!one.raw.is_same_place(*document_)) errors_.push_back(one.raw);
  }
}

std::optional<GARE> to_gare(const AnyErrorDocument& error) {
  if (!error.document()) return std::nullopt;
  if (auto gare = read_document(*error.document())) return gare;
  for (const JsonView& one : error.errors()) {
    if (auto gare = read_document(one)) return gare;
  }
  return std::nullopt;
}

std::vector<GARE> to_gares(const std::vector<AnyErrorDocument>& errors) {
  std::vector<GARE> found;
  const auto add = [&found](const JsonView& document) {
    if (auto gare = read_document(document)) found.push_back(*std::move(gare));
  };
  for (const AnyErrorDocument& error : errors) {
    std::ranges::for_each(error.errors(), add);
    if (error.document()) add(*error.document());
  }
  return found;
}

bool is_gare(const AnyErrorDocument& error) {
  return to_gare(error).has_value();
}

bool has_gares(const std::vector<AnyErrorDocument>& errors) {
  return std::ranges::any_of(errors, is_gare);
}

}  // namespace globus_sdk::inline v0
