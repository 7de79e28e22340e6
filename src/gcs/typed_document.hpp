// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0::detail {

/// A document that begins with its type and version.
///
/// @param usual what counts where the caller gives none.
Payload typed_document(const Field<std::string>& data_type, std::string_view usual);

/// A member of a kind of document, and the version of the kind that brought it: 1.`version`.0.
struct MemberVersion {
  std::string_view member;
  int version;
};

/// Gives a document without a type the lowest version that has all its members.
///
/// @param kind `collection` of `collection#1.9.0`.
/// @param at_least a version that the document needs for another reason.
void deduce_data_type(Payload& document, std::string_view kind,
                      std::span<const MemberVersion> members, int at_least = 0);

/// A list. What an object gives is the list of its names, as in Python.
///
/// @throws GlobusSDKUsageError when the value is neither; it names the parameter.
Field<Json> listed(std::string_view parameter, const Field<Json>& value);

}  // namespace globus_sdk::inline v0::detail
