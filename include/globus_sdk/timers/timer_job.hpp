// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "globus_sdk/core/document.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/core/timestamp.hpp"

namespace globus_sdk::inline v0 {

/// Options of TimerJob.
struct TimerJobOptions {
  /// A name for the job.
  Field<std::string> name{};
  /// The time after which the job runs no more.
  Field<Timestamp> stop_after{};
  /// How many times the job runs at most.
  Field<std::int64_t> stop_after_n{};
  /// The scope of the token that the action provider gets; Transfer's `all` when unset.
  Field<std::string> scope{};
};

/// A timer that runs an action provider; TimersClient::create_job makes it. For transfers and flows
/// there are TransferTimer and FlowTimer. Mirrors `globus_sdk.TimerJob`.
class TimerJob {
 public:
  /// @param callback_url the URL at which the action provider runs its action.
  /// @param callback_body what it is sent each time.
  /// @param start when the job runs for the first time.
  /// @param interval the time from one run to the next, in whole seconds: parts of a second are
  ///     dropped. Null for a job that runs once.
  /// @throws GlobusSDKUsageError when the URL is empty, the body is no object, the interval is
  ///     unset, or a number is negative.
  TimerJob(Text callback_url, const Document& callback_body, const Timestamp& start,
           const Nullable<std::chrono::milliseconds>& interval,
           const TimerJobOptions& options = {});

  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 private:
  Json document_;
};

}  // namespace globus_sdk::inline v0
