// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/server/directory.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::transfer {

/// What kind a collection is of, and what it asks of its callers.
struct CollectionAccess {
  std::string entity_type = "GCP_mapped_collection";
  bool high_assurance = false;
  std::int64_t authentication_timeout = 0;  ///< seconds since a login; 0 for any
  boost::json::object parameters{};         ///< `session_required_...`, `session_message`
  std::optional<bool> https{};  ///< files over HTTPS: yes, no, or what is usual for the kind
  bool is_public = false;       ///< everybody may read its files over HTTPS, without a token

  /// Whether callers need a consent for the collection: as at Globus, those of the mapped
  /// collections of Globus Connect Server that are not of high assurance.
  bool takes_data_access() const;
  bool is_personal() const;
  /// Whether its files are served over HTTPS.
  bool serves_https() const;
  /// Whether its document says where they are. As at Globus it is usual for the collections of
  /// Globus Connect Server; those of Globus Connect Personal keep it to themselves.
  bool shows_https() const;
  /// Whether such a collection has a scope of that name: `data_access`, or `https`.
  bool has_scope(std::string_view name) const;

  /// Takes over what the document has of the fields: `entity_type`, `high_assurance`,
  /// `authentication_assurance_timeout`, `https`, `public`, and the parameters; what is null goes
  /// back to nothing.
  /// Throws std::invalid_argument with a message that names the field.
  void update(const boost::json::object& document);
  /// The document with all fields.
  boost::json::object to_document() const;
  /// Whether `update` knows a field.
  static bool has_field(std::string_view name);
};

/// Throws what Transfer answers where a session will not do: 403 with authorization parameters.
/// @param code of the error
void require_session(const CollectionAccess& access, const Caller& caller,
                     const Directory& directory, const std::string& code);

}  // namespace globus_sandbox::transfer
