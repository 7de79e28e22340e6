// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/choices.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0 {

/// A status of a run that people can be told of by email. A run is `INACTIVE` while it waits for a
/// person.
enum class RunNotificationStatus { inactive, succeeded, failed };
template <> struct ChoiceNames<RunNotificationStatus> {
  static constexpr std::string_view parameter = "status";
  static constexpr std::string_view names[] = {"INACTIVE", "SUCCEEDED", "FAILED"};
  static constexpr bool closed = false;
};

/// Options of RunActivityNotificationPolicy.
struct RunActivityNotificationPolicyOptions {
  /// The statuses of the run that lead to an email, in braces. A status without braces is sent as a
  /// text, as Python sends it.
  Field<Choices<RunNotificationStatus>> status{};
};

/// When Flows sends emails about a run. Mirrors `globus_sdk.RunActivityNotificationPolicy`.
class RunActivityNotificationPolicy {
 public:
  explicit RunActivityNotificationPolicy(const RunActivityNotificationPolicyOptions& options = {});

  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 private:
  Json document_;
};

}  // namespace globus_sdk::inline v0
