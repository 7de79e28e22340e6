// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gare/document_reader.hpp"
#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/gare/globus_authorization_parameters.hpp"

namespace globus_sdk::inline v0::detail {

/// Writes the members that have no field of their own, where they are asked for.
///
/// @throws ValidationError when they are no object.
inline void merge_extra(Payload& written, const Field<Json>& extra, const ToDictOptions& options) {
  if (!options.include_extra || !extra) return;
  if (!extra->is_object()) throw_invalid("extra", "an object");
  written.merge(extra);
}

}  // namespace globus_sdk::inline v0::detail
