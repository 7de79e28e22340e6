// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/json_member.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// How far a run is.
enum class RunStatus {
  active,     ///< under way
  inactive,   ///< waits for somebody, for a consent mostly
  succeeded,  ///< done
  failed,     ///< ended by an error, or cancelled
  ended,      ///< cancelled
};
template <> struct ChoiceNames<RunStatus> {
  static constexpr std::string_view parameter = "status";
  static constexpr std::string_view names[] = {"ACTIVE", "INACTIVE", "SUCCEEDED", "FAILED",
                                               "ENDED"};
  static constexpr bool closed = false;
};

/// A run of a flow: the document of `get_run`, and an item of `list_runs`.
///
/// @see https://globusonline.github.io/globus-flows/redoc#tag/Runs
struct Run {
  /// @throws JsonError when the document is no object, or a member is of another type.
  explicit Run(const JsonView& data);
  /// The document of an answer.
  explicit Run(const GlobusHTTPResponse& response);

  /// The whole document, with the members that have no name here.
  JsonView document;

  /// A UUID.
  JsonMember<std::string> run_id{document, "run_id"};
  /// The flow: a UUID.
  JsonMember<std::string> flow_id{document, "flow_id"};
  /// The flow's title when the run began.
  JsonMember<std::string> flow_title{document, "flow_title"};
  /// When that flow was last changed.
  JsonMember<std::chrono::sys_seconds> flow_last_updated{document, "flow_last_updated"};
  /// What the user called the run.
  JsonMember<std::string> label{document, "label"};
  /// Words to find it by.
  JsonMember<std::vector<std::string>> tags{document, "tags"};
  /// How far it is.
  JsonMember<Choice<RunStatus>> status{document, "status"};
  /// The same in a word for people; a step of the flow may have set it.
  JsonMember<std::string> display_status{document, "display_status"};
  /// When it began.
  JsonMember<std::chrono::sys_seconds> start_time{document, "start_time"};
  /// When it ended; no value before.
  JsonMember<std::chrono::sys_seconds> completion_time{document, "completion_time"};
  /// Whose it is: the URN of an identity.
  JsonMember<std::string> run_owner{document, "run_owner"};
  /// Who may change it: URNs.
  JsonMember<std::vector<std::string>> run_managers{document, "run_managers"};
  /// Who may see it: URNs.
  JsonMember<std::vector<std::string>> run_monitors{document, "run_monitors"};
  /// What the user may do with it, for example `run_owner`.
  JsonMember<std::string> user_role{document, "user_role"};
  /// What it does, waits for, or came to: `code`, `description`, and more.
  JsonMember<JsonView> details{document, "details"};
};

}  // namespace globus_sdk::inline v0
