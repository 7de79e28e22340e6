// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/endpoint_document.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "sandbox/transfer/requests/identifiers.hpp"
#include "sandbox/transfer/requests/list_options.hpp"

namespace globus_sandbox::transfer {

namespace {

using boost::json::array;
using boost::json::object;

/// Fields that say nothing about a folder on this machine, and that clients look for all the same.
void add_null_fields(object& document) {
  for (const auto* name : {"authentication_assurance_timeout",
                           "authentication_timeout_mins",
                           "authentication_policy_id",
                           "contact_email",
                           "contact_info",
                           "department",
                           "expire_time",
                           "gcs_manager_url",
                           "gcs_version",
                           "globus_connect_setup_key",
                           "host_endpoint",
                           "host_endpoint_display_name",
                           "host_endpoint_id",
                           "host_path",
                           "https_server",
                           "info_link",
                           "last_accessed_time",
                           "location",
                           "mapped_collection_display_name",
                           "mapped_collection_id",
                           "max_parallelism",
                           "myproxy_dn",
                           "myproxy_server",
                           "non_functional_endpoint_display_name",
                           "non_functional_endpoint_id",
                           "oauth_server",
                           "preferred_parallelism",
                           "s3_url",
                           "sharing_target_endpoint",
                           "sharing_target_root_path",
                           "storage_type",
                           "subscription_id",
                           "tlsftp_server",
                           "user_message",
                           "user_message_link"})
    document[name] = nullptr;
}

void add_false_fields(object& document) {
  for (const auto* name :
       {"acl_available", "acl_editable", "disable_anonymous_writes", "disable_verify",
        "force_encryption", "force_verify", "french_english_bilingual", "high_assurance",
        "is_go_storage", "local_user_info_available", "mfa_required", "non_functional",
        "s3_owner_activated", "shareable"})
    document[name] = false;
}

/// What tells a client what the collection will ask for.
void add_access_fields(const CollectionAccess& access, object& document) {
  document["high_assurance"] = access.high_assurance;
  const auto* multi_factor = access.parameters.if_contains("session_required_mfa");
  document["mfa_required"] = multi_factor && multi_factor->as_bool();
  const auto* policies = access.parameters.if_contains("session_required_policies");
  if (policies && !policies->as_array().empty())
    document["authentication_policy_id"] = policies->as_array().front();
  if (access.authentication_timeout == 0) return;
  document["authentication_assurance_timeout"] = access.authentication_timeout;
  document["authentication_timeout_mins"] = (access.authentication_timeout + 59) / 60;
}

}  // namespace

object endpoint_document(const CollectionState& state, const CollectionRegistry& registry,
                         const Caller& caller, bool is_in_use) {
  const auto& id = state.collection.id;
  const auto username = legacy_username(state.owner_id);
  const bool is_personal = state.access.is_personal();
  object document{{"DATA_TYPE", "endpoint"},
                  {"id", id},
                  {"display_name", state.collection.name},
                  {"name", state.collection.name},
                  {"canonical_name", username + "#" + id},
                  {"username", username},
                  {"owner_id", state.owner_id},
                  {"owner_string", registry.user_name(state.owner_id)},
                  {"entity_type", state.access.entity_type},
                  {"description", "A folder of the local sandbox"},
                  {"organization", "Globus sandbox"},
                  {"keywords", "sandbox"},
                  {"default_directory", "/~/"},
                  {"public", true},
                  {"network_use", "normal"},
                  {"max_concurrency", 4},
                  {"preferred_concurrency", 2},
                  {"activated", !state.credentials_expired},
                  {"expires_in", -1},
                  {"in_use", is_in_use}};
  add_false_fields(document);
  add_null_fields(document);
  add_access_fields(state.access, document);
  if (state.access.shows_https())
    document["https_server"] = registry.https_server(state.collection);
  document["is_globus_connect"] = is_personal;
  document["gcp_connected"] = is_personal ? boost::json::value(state.folder != nullptr) : nullptr;
  document["gcp_paused"] = is_personal ? boost::json::value(false) : nullptr;
  document["my_effective_roles"] =
      state.owner_id == caller.identity_id
          ? array{"administrator", "access_manager", "activity_manager", "activity_monitor"}
          : array{};
  document["DATA"] = array{};
  return document;
}

}  // namespace globus_sandbox::transfer
