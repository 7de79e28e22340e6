// SPDX-License-Identifier: Apache-2.0
#include "gare/legacy_forms.hpp"

#include <string>
#include <utility>

#include "gare/document_reader.hpp"
#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

void expect_text(DocumentReader& reader, std::string_view name, std::string_view text) {
  if (reader.text(name) != text) throw_invalid(name, text);
}

/// A member, where it is a text or absent, that still counts as one nothing else is for.
Field<std::string> message_of(const JsonView& document, std::string_view name) {
  return DocumentReader(document).optional_text(name);
}

GlobusAuthorizationParameters read_parameters(const JsonView& document) {
  DocumentReader reader(document);
  GlobusAuthorizationParameters read;
  read.session_message = reader.optional_text("session_message");
  read.session_required_identities = reader.optional_texts("session_required_identities");
  read.session_required_policies = reader.optional_texts_or_commas("session_required_policies");
  read.session_required_single_domain =
      reader.optional_texts_or_commas("session_required_single_domain");
  read.session_required_mfa = reader.optional_flag("session_required_mfa");
  read.prompt = reader.optional_text("prompt");
  if (read.prompt && *read.prompt != "login") throw_invalid("prompt", "login or null");
  read.required_scopes = reader.texts_if_such("required_scopes");
  read.extra = reader.rest();
  return read;
}

}  // namespace

GARE read_authorization_parameters_form(const JsonView& document) {
  DocumentReader reader(document);
  const auto code = reader.optional_text("code");
  auto parameters = read_parameters(reader.object("authorization_parameters"));
  return {.code = code && !code->empty() ? *code : "AuthorizationRequired",
          .authorization_parameters = std::move(parameters),
          .extra = reader.rest()};
}

GARE read_transfer_consent_form(const JsonView& document) {
  DocumentReader reader(document);
  expect_text(reader, "code", "ConsentRequired");
  GlobusAuthorizationParameters parameters;
  parameters.required_scopes = reader.texts("required_scopes");
  parameters.session_message = message_of(document, "message");
  return {.code = "ConsentRequired",
          .authorization_parameters = std::move(parameters),
          .extra = reader.rest()};
}

GARE read_action_provider_consent_form(const JsonView& document) {
  DocumentReader reader(document);
  expect_text(reader, "code", "ConsentRequired");
  GlobusAuthorizationParameters parameters;
  parameters.required_scopes = Strings(reader.text("required_scope"));
  parameters.session_message = message_of(document, "description");
  const auto further = reader.take("authorization_parameters");
  if (further && further->is_object()) parameters.extra = Json(*further);
  return {.code = "ConsentRequired",
          .authorization_parameters = std::move(parameters),
          .extra = reader.rest()};
}

GARE read_dependent_consent_form(const JsonView& document) {
  DocumentReader reader(document);
  expect_text(reader, "error", "dependent_consent_required");
  const auto errors = document.get("errors");
  if (!errors || !errors->is_array() || errors->empty())
    throw_invalid("errors", "a list of objects, one at least");
  const JsonView first = (*errors)[0];
  DocumentReader first_error(first);
  GlobusAuthorizationParameters parameters;
  parameters.required_scopes =
      first.contains("unapproved_scopes") ? first_error.texts("unapproved_scopes") : Strings();
  return {.code = "ConsentRequired", .authorization_parameters = std::move(parameters)};
}

}  // namespace globus_sdk::inline v0::detail
