// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/auth_options.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/request.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

bool is_given(const Field<std::string>& text) {
  return text && !text->empty();
}

/// Throws unless the links of a client are both there or both not.
void require_both_links(bool consistent) {
  if (!consistent) {
    throw GlobusSDKUsageError(
        "terms_and_conditions and privacy_policy must both be set or both be unset");
  }
}

}  // namespace

Payload new_client(std::string_view method, Payload client, const CreateClientOptions& options) {
  exactly_one(method, {"public_client", options.public_client},
              {"client_type", options.client_type});
  require_both_links(is_given(options.terms_and_conditions) == is_given(options.privacy_policy));
  client.set("visibility", options.visibility)
      .set("redirect_uris", options.redirect_uris)
      .set("required_idp", options.required_idp)
      .set("preselect_idp", options.preselect_idp)
      .set("public_client", options.public_client)
      .set("client_type", options.client_type);
  if (is_given(options.privacy_policy)) {
    client.set("links", Payload()
                            .set("terms_and_conditions", options.terms_and_conditions)
                            .set("privacy_policy", options.privacy_policy));
  }
  client.merge(options.additional_fields);
  return client;
}

Payload changed_client(const UpdateClientOptions& options) {
  const auto& terms = options.terms_and_conditions;
  const auto& privacy = options.privacy_policy;
  require_both_links(terms.has_value() == privacy.has_value() &&
                     terms.is_null() == privacy.is_null());
  Payload client;
  client.set("name", options.name)
      .set("visibility", options.visibility)
      .set("redirect_uris", options.redirect_uris)
      .set("required_idp", options.required_idp)
      .set("preselect_idp", options.preselect_idp);
  if (!terms.is_unset()) {
    client.set("links",
               Payload().set("terms_and_conditions", terms).set("privacy_policy", privacy));
  }
  client.merge(options.additional_fields);
  return client;
}

}  // namespace globus_sdk::inline v0::detail
