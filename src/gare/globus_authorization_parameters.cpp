// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gare/globus_authorization_parameters.hpp"

#include "gare/document_reader.hpp"
#include "gare/extra_members.hpp"
#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0 {

GlobusAuthorizationParameters GlobusAuthorizationParameters::from_dict(const Json& data) {
  detail::DocumentReader reader(data.view());
  GlobusAuthorizationParameters read;
  read.session_message = reader.optional_text("session_message");
  read.session_required_identities = reader.optional_texts("session_required_identities");
  read.session_required_policies = reader.optional_texts("session_required_policies");
  read.session_required_single_domain = reader.optional_texts("session_required_single_domain");
  read.session_required_mfa = reader.optional_flag("session_required_mfa");
  read.required_scopes = reader.optional_texts("required_scopes");
  read.prompt = reader.optional_text("prompt");
  read.extra = reader.rest();
  return read;
}

Json GlobusAuthorizationParameters::to_dict(const ToDictOptions& options) const {
  Payload written;
  written.set("session_message", session_message)
      .set("session_required_identities", session_required_identities)
      .set("session_required_policies", session_required_policies)
      .set("session_required_single_domain", session_required_single_domain)
      .set("session_required_mfa", session_required_mfa)
      .set("required_scopes", required_scopes)
      .set("prompt", prompt);
  detail::merge_extra(written, extra, options);
  return written.json();
}

}  // namespace globus_sdk::inline v0
