// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/json_member.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// Whether a timer runs.
enum class TimerStatus {
  new_,      ///< was made just now
  loaded,    ///< waits for its next time
  inactive,  ///< paused by the user, or for want of a consent
  ended,     ///< has no next time
};
template <> struct ChoiceNames<TimerStatus> {
  static constexpr std::string_view parameter = "status";
  static constexpr std::string_view names[] = {"new", "loaded", "inactive", "ended"};
  static constexpr bool closed = false;
};

/// What a timer starts.
enum class TimerType {
  transfer,  ///< transfers
  flow,      ///< runs of a flow
};
template <> struct ChoiceNames<TimerType> {
  static constexpr std::string_view parameter = "timer_type";
  static constexpr std::string_view names[] = {"transfer", "flow"};
  static constexpr bool closed = false;
};

/// A timer: the document of `get_job`, an item of `list_jobs`, and what `create_timer` answers
/// with.
///
/// Older timers, which are called jobs, name the numbers of runs and errors otherwise; both are
/// read.
///
/// @see https://timer.automate.globus.org/redoc
struct Timer {
  /// @throws JsonError when the document is no object, or a member is of another type.
  explicit Timer(const JsonView& data);
  /// The document of an answer. The one of `create_timer` has the timer in a member `timer`.
  explicit Timer(const GlobusHTTPResponse& response);

  /// The whole document, with the members that have no name here.
  JsonView document;

  /// A UUID.
  JsonMember<std::string> job_id{document, "job_id"};
  /// What it is called.
  JsonMember<std::string> name{document, "name"};
  /// Whether it runs.
  JsonMember<Choice<TimerStatus>> status{document, "status"};
  /// What it starts; no value for an older timer.
  JsonMember<Choice<TimerType>> timer_type{document, "timer_type"};
  /// When it was made.
  JsonMember<std::chrono::sys_seconds> submitted_at{document, "submitted_at"};
  /// When it starts something next; no value when it does so never more.
  JsonMember<std::chrono::sys_seconds> next_run{document, "next_run"};
  /// When it last started something.
  JsonMember<std::chrono::sys_seconds> last_ran_at{document, "last_ran_at"};
  /// How often it has started something.
  JsonMember<std::int64_t> number_of_runs{document,
                                          detail::name_in(document, "number_of_runs", "n_runs")};
  /// How often that failed.
  JsonMember<std::int64_t> number_of_errors{
      document, detail::name_in(document, "number_of_errors", "n_errors")};
  /// Why it is inactive: `cause` and `detail`.
  JsonMember<JsonView> inactive_reason{document, "inactive_reason"};
  /// When it runs; no value for an older timer.
  JsonMember<JsonView> schedule{document, "schedule"};
  /// Of an older timer: when it runs first.
  JsonMember<std::chrono::sys_seconds> start{document, "start"};
  /// Of an older timer: how long from one run to the next, in seconds.
  JsonMember<double> interval{document, "interval"};
  /// Of an older timer: what it calls.
  JsonMember<std::string> callback_url{document, "callback_url"};
  /// The scope of those calls.
  JsonMember<std::string> scope{document, "scope"};
};

}  // namespace globus_sdk::inline v0
