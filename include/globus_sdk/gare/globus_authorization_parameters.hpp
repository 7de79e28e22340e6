// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0 {

/// Options of to_dict.
struct ToDictOptions {
  /// Whether members that have no field of their own are written too.
  bool include_extra = false;
};

/// What a login must bring: the scopes, and what the user's session must have. Login flows take it
/// as a parameter, and in a GARE it says what was missing. Mirrors
/// `globus_sdk.gare.GlobusAuthorizationParameters`.
///
/// An empty list is a value, and not the same as unset.
struct GlobusAuthorizationParameters {
  /// A message for the user who logs in.
  Field<std::string> session_message{};
  /// Ids or usernames of identities, each of which must have been used in the session.
  Field<Strings> session_required_identities{};
  /// Ids of policies that the session must meet.
  Field<Strings> session_required_policies{};
  /// Domains: an identity of one of them must have been used in the session.
  Field<Strings> session_required_single_domain{};
  /// Whether the session must have been begun with more than one factor.
  Field<bool> session_required_mfa{};
  /// Scopes to which the user has to consent.
  Field<Strings> required_scopes{};
  /// `login` when the user must log in again although logged in already.
  Field<std::string> prompt{};
  /// An object of the members that have no field here: it keeps what is newer than this library.
  Field<Json> extra{};

  /// Reads a JSON object. Members that have no field are kept in `extra`.
  ///
  /// @throws ValidationError when `data` is no object, or a member does not fit its field.
  static GlobusAuthorizationParameters from_dict(const Json& data);

  /// A JSON object of the fields that are set.
  ///
  /// @throws ValidationError when `extra` is to be included and is no object.
  Json to_dict(const ToDictOptions& options = {}) const;

  /// Whether both ask for the same.
  friend bool operator==(const GlobusAuthorizationParameters& a,
                         const GlobusAuthorizationParameters& b) {
    return a.to_dict({.include_extra = true}) == b.to_dict({.include_extra = true});
  }
};

}  // namespace globus_sdk::inline v0
