// SPDX-License-Identifier: Apache-2.0
// What developers manage: projects, policies, clients, scopes.
#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0 {

DependentScopeSpec::DependentScopeSpec(Text scope, bool optional, bool requires_refresh_token)
    : document_(Payload()
                    .set("scope", Json(detail::require("scope", scope)))
                    .set("optional", Json(optional))
                    .set("requires_refresh_token", Json(requires_refresh_token))
                    .json()) {}

namespace detail {

namespace {

Json required(std::string_view parameter, Text value) {
  return Json(require(parameter, value));
}

/// The body of a request: the document as the one member of another.
Payload wrapped(std::string_view name, const Payload& document) {
  return Payload().set(name, document);
}

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

/// The client's document out of what it has already and the options.
Request new_client_request(Text method, Payload client, const CreateClientOptions& options) {
  if (options.public_client.has_value() == options.client_type.has_value()) {
    throw GlobusSDKUsageError(method.str() + " takes either public_client or client_type" +
                              (options.public_client ? ", not both" : ""));
  }
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
  return post("/v2/api/clients").json(wrapped("client", client));
}

}  // namespace

// ---- projects -----------------------------------------------------------------------------------

Request create_project_request(Text display_name, Text contact_email,
                               const CreateProjectOptions& options) {
  return post("/v2/api/projects")
      .json(wrapped("project", Payload()
                                   .set("display_name", required("display_name", display_name))
                                   .set("contact_email", required("contact_email", contact_email))
                                   .set("admin_ids", options.admin_ids)
                                   .set("admin_group_ids", options.admin_group_ids)));
}

Request update_project_request(Text project_id, const UpdateProjectOptions& options) {
  return put(path("/v2/api/projects/{project_id}", {project_id}))
      .json(wrapped("project", Payload()
                                   .set("display_name", options.display_name)
                                   .set("contact_email", options.contact_email)
                                   .set("admin_ids", options.admin_ids)
                                   .set("admin_group_ids", options.admin_group_ids)));
}

// ---- policies -----------------------------------------------------------------------------------

Request create_policy_request(Text project_id, Text display_name, Text description,
                              const CreatePolicyOptions& options) {
  return post("/v2/api/policies")
      .json(wrapped(
          "policy",
          Payload()
              .set("project_id", required("project_id", project_id))
              .set("high_assurance", options.high_assurance)
              .set("authentication_assurance_timeout", options.authentication_assurance_timeout)
              .set("required_mfa", options.required_mfa)
              .set("display_name", required("display_name", display_name))
              .set("description", required("description", description))
              .set("domain_constraints_include", options.domain_constraints_include)
              .set("domain_constraints_exclude", options.domain_constraints_exclude)));
}

Request update_policy_request(Text policy_id, const UpdatePolicyOptions& options) {
  return put(path("/v2/api/policies/{policy_id}", {policy_id}))
      .json(wrapped(
          "policy",
          Payload()
              .set("project_id", options.project_id)
              .set("authentication_assurance_timeout", options.authentication_assurance_timeout)
              .set("required_mfa", options.required_mfa)
              .set("display_name", options.display_name)
              .set("description", options.description)
              .set("domain_constraints_include", options.domain_constraints_include)
              .set("domain_constraints_exclude", options.domain_constraints_exclude)));
}

// ---- clients ------------------------------------------------------------------------------------

Request get_client_request(const GetClientOptions& options) {
  if (options.client_id.has_value() == options.fqdn.has_value()) {
    throw GlobusSDKUsageError(std::string("get_client takes either client_id or fqdn") +
                              (options.fqdn ? ", not both" : ""));
  }
  if (options.client_id) return get(path("/v2/api/clients/{client_id}", {*options.client_id}));
  return get("/v2/api/clients").query("fqdn", require("fqdn", *options.fqdn).str());
}

Request create_client_request(Text name, Text project, const CreateClientOptions& options) {
  return new_client_request(
      "create_client",
      Payload().set("name", required("name", name)).set("project", required("project", project)),
      options);
}

Request create_child_client_request(Text name, const CreateChildClientOptions& options) {
  return new_client_request("create_child_client", Payload().set("name", required("name", name)),
                            options);
}

Request update_client_request(Text client_id, const UpdateClientOptions& options) {
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
  return put(path("/v2/api/clients/{client_id}", {client_id})).json(wrapped("client", client));
}

Request create_client_credential_request(Text client_id, Text name) {
  return post(path("/v2/api/clients/{client_id}/credentials", {client_id}))
      .json(wrapped("credential", Payload().set("name", required("name", name))));
}

// ---- scopes -------------------------------------------------------------------------------------

Request get_scopes_request(const GetScopesOptions& options) {
  if (options.scope_strings && options.ids) {
    throw GlobusSDKUsageError("get_scopes takes scope_strings or ids, not both");
  }
  return get("/v2/api/scopes")
      .query_params(options.query_params)
      .query("scope_strings", options.scope_strings)
      .query("ids", options.ids);
}

Request create_scope_request(Text client_id, Text name, Text description, Text scope_suffix,
                             const CreateScopeOptions& options) {
  return post(path("/v2/api/clients/{client_id}/scopes", {client_id}))
      .json(wrapped("scope", Payload()
                                 .set("name", required("name", name))
                                 .set("description", required("description", description))
                                 .set("scope_suffix", required("scope_suffix", scope_suffix))
                                 .set("advertised", options.advertised)
                                 .set("allows_refresh_token", options.allows_refresh_token)
                                 .set("required_domains", options.required_domains)
                                 .set("dependent_scopes", options.dependent_scopes)));
}

Request update_scope_request(Text scope_id, const UpdateScopeOptions& options) {
  return put(path("/v2/api/scopes/{scope_id}", {scope_id}))
      .json(wrapped("scope", Payload()
                                 .set("name", options.name)
                                 .set("description", options.description)
                                 .set("scope_suffix", options.scope_suffix)
                                 .set("advertised", options.advertised)
                                 .set("allows_refresh_token", options.allows_refresh_token)
                                 .set("required_domains", options.required_domains)
                                 .set("dependent_scopes", options.dependent_scopes)));
}

}  // namespace detail
}  // namespace globus_sdk::inline v0
