// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/core/document.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// Options of FlowTimer.
struct FlowTimerOptions {
  /// A name for the timer.
  Field<std::string> name{};
};

/// A timer whose runs are runs of a flow; TimersClient::create_timer makes it. Mirrors
/// `globus_sdk.FlowTimer`.
///
/// @see https://docs.globus.org/api/timers
class FlowTimer {
 public:
  /// @param flow_id the flow, a UUID.
  /// @param schedule when the timer runs: OnceTimerSchedule, RecurringTimerSchedule, or a document
  ///     of your own.
  /// @param body with what each run is started: `{{"body", INPUT}}`, and more members such as
  ///     `run_managers`.
  /// @throws GlobusSDKUsageError for an empty id, and when one of the others is no object.
  FlowTimer(Text flow_id, const Document& schedule, const Document& body,
            const FlowTimerOptions& options = {});

  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 private:
  Json document_;
};

}  // namespace globus_sdk::inline v0
