// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/json_member.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/response.hpp"
#include "globus_sdk/transfer/transfer_options.hpp"

namespace globus_sdk::inline v0 {

/// An endpoint or a collection: the document of `get_endpoint`, and an item of `endpoint_search`.
/// Transfer has one kind of document for both; `entity_type` tells them apart.
///
/// @see
/// https://docs.globus.org/api/transfer/endpoints_and_collections/#endpoint_or_collection_document
struct Endpoint {
  /// @throws JsonError when the document is no object, or a member is of another type.
  explicit Endpoint(const JsonView& data);
  /// The document of an answer.
  explicit Endpoint(const GlobusHTTPResponse& response);

  /// The whole document, with the members that have no name here.
  JsonView document;

  /// A UUID.
  JsonMember<std::string> id{document, "id"};
  /// The name that people see.
  JsonMember<std::string> display_name{document, "display_name"};
  /// What it is: a collection that is mapped, a guest collection, an endpoint, ...
  JsonMember<Choice<EntityType>> entity_type{document, "entity_type"};
  /// The identity of its owner: a UUID.
  JsonMember<std::string> owner_id{document, "owner_id"};
  /// The owner's username.
  JsonMember<std::string> owner_string{document, "owner_string"};
  /// Its older name, with that of its owner.
  JsonMember<std::string> canonical_name{document, "canonical_name"};
  /// What its owner says about it.
  JsonMember<std::string> description{document, "description"};
  /// Whose it is.
  JsonMember<std::string> organization{document, "organization"};
  /// The part of the organization.
  JsonMember<std::string> department{document, "department"};
  /// Whom to write to.
  JsonMember<std::string> contact_email{document, "contact_email"};
  /// How else to reach somebody.
  JsonMember<std::string> contact_info{document, "contact_info"};
  /// A page about it.
  JsonMember<std::string> info_link{document, "info_link"};
  /// What its owner tells the users.
  JsonMember<std::string> user_message{document, "user_message"};
  /// A page for them.
  JsonMember<std::string> user_message_link{document, "user_message_link"};
  /// The subscription that it is under: a UUID.
  JsonMember<std::string> subscription_id{document, "subscription_id"};
  /// The roles that the user has on it, for example `administrator`.
  JsonMember<std::vector<std::string>> my_effective_roles{document, "my_effective_roles"};

  /// Whether others find it in a search.
  JsonMember<bool> public_{document, "public"};
  /// Whether it holds data that needs a recent login.
  JsonMember<bool> high_assurance{document, "high_assurance"};
  /// How old that login may be, in seconds.
  JsonMember<std::int64_t> authentication_assurance_timeout{document,
                                                            "authentication_assurance_timeout"};
  /// The same in minutes.
  JsonMember<std::int64_t> authentication_timeout_mins{document, "authentication_timeout_mins"};
  /// Whether that login needs a second factor.
  JsonMember<bool> mfa_required{document, "mfa_required"};
  /// Whether it can have permissions for other users.
  JsonMember<bool> acl_available{document, "acl_available"};
  /// Whether the user may change them.
  JsonMember<bool> acl_editable{document, "acl_editable"};
  /// Whether a task of the user works on it.
  JsonMember<bool> in_use{document, "in_use"};
  /// Whether it cannot be used for transfers.
  JsonMember<bool> non_functional{document, "non_functional"};

  /// The folder where a listing begins that names none.
  JsonMember<std::string> default_directory{document, "default_directory"};
  /// Of a guest collection: what it is part of, a UUID.
  JsonMember<std::string> host_endpoint_id{document, "host_endpoint_id"};
  /// Of a guest collection: the folder that it shows.
  JsonMember<std::string> host_path{document, "host_path"};
  /// Of a guest collection: the mapped collection that it is part of, a UUID.
  JsonMember<std::string> mapped_collection_id{document, "mapped_collection_id"};
  /// The URL below which its files are, where it serves them by HTTPS.
  JsonMember<std::string> https_server{document, "https_server"};
  /// The URL of its GridFTP server.
  JsonMember<std::string> tlsftp_server{document, "tlsftp_server"};
  /// The URL of its endpoint's own API, for GCSClient.
  JsonMember<std::string> gcs_manager_url{document, "gcs_manager_url"};
  /// The version of Globus Connect Server that runs it.
  JsonMember<std::string> gcs_version{document, "gcs_version"};
  /// Whether it is one of Globus Connect Personal.
  JsonMember<bool> is_globus_connect{document, "is_globus_connect"};
  /// Of Globus Connect Personal: whether it runs.
  JsonMember<bool> gcp_connected{document, "gcp_connected"};
  /// Of Globus Connect Personal: whether it is paused.
  JsonMember<bool> gcp_paused{document, "gcp_paused"};

  /// Whether files cannot be compared after a transfer.
  JsonMember<bool> disable_verify{document, "disable_verify"};
  /// Whether files are always compared after a transfer.
  JsonMember<bool> force_verify{document, "force_verify"};
  /// Whether data is always encrypted on its way.
  JsonMember<bool> force_encryption{document, "force_encryption"};
  /// How much of the network transfers take: `normal`, `minimal`, `aggressive` or `custom`.
  JsonMember<std::string> network_use{document, "network_use"};
  /// How many files are copied at the same time at most.
  JsonMember<std::int64_t> max_concurrency{document, "max_concurrency"};
  /// How many files are copied at the same time.
  JsonMember<std::int64_t> preferred_concurrency{document, "preferred_concurrency"};
  /// How many connections a file is copied by at most.
  JsonMember<std::int64_t> max_parallelism{document, "max_parallelism"};
  /// How many connections a file is copied by.
  JsonMember<std::int64_t> preferred_parallelism{document, "preferred_parallelism"};
};

}  // namespace globus_sdk::inline v0
