// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/core/document.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0 {

/// Options of TransferTimer.
struct TransferTimerOptions {
  /// A name for the timer.
  Field<std::string> name{};
};

/// A timer whose runs are transfers; TimersClient::create_timer makes it. Mirrors
/// `globus_sdk.TransferTimer`.
///
///     TransferTimer{RecurringTimerSchedule{24h}, transfer_data, {.name = "nightly"}}
///
/// @see https://docs.globus.org/api/timers
class TransferTimer {
 public:
  /// @param schedule when the timer runs: OnceTimerSchedule, RecurringTimerSchedule, or a document
  ///     of your own.
  /// @param body what it transfers: TransferData, or a document of your own. `submission_id` and
  ///     `skip_activation_check` are left out: each run is a submission of its own.
  /// @throws GlobusSDKUsageError when one of them is no object.
  TransferTimer(const Document& schedule, const Document& body,
                const TransferTimerOptions& options = {});

  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 private:
  Json document_;
};

}  // namespace globus_sdk::inline v0
