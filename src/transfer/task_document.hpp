// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/core/timestamp.hpp"
#include "globus_sdk/transfer/submission_slot.hpp"

namespace globus_sdk::inline v0::detail {

/// A deadline as the Python SDK sends it, with a space between date and time.
Field<std::string> deadline_text(const Field<Timestamp>& deadline);

/// The document with that submission id, unless it has one.
Json with_submission_id(const Payload& document, const std::optional<std::string>& id);

/// The submission id in the document, or else the one in the slot.
std::optional<std::string> submission_id(const Payload& document, const SubmissionSlot& slot);

}  // namespace globus_sdk::inline v0::detail
