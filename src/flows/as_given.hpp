// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0::detail {

/// A list for a document. One text that is no list stays one, as in the Python SDK.
inline Field<Json> as_given(const Field<Strings>& texts) {
  if (!texts) return {};
  return texts->is_one_text() ? Json(texts->values().front()) : Json(texts->values());
}

}  // namespace globus_sdk::inline v0::detail
