// SPDX-License-Identifier: Apache-2.0
// The documents of runs.
#include "core/arguments/object_of.hpp"
#include "flows/as_given.hpp"
#include "globus_sdk/flows/flows_client.hpp"
#include "globus_sdk/flows/specific_flow_client.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// Adds what describes a new run and a changed one alike.
template <class Options> void describe(Payload& document, const Options& options) {
  document.set("tags", as_given(options.tags))
      .set("label", options.label)
      .set("run_monitors", as_given(options.run_monitors))
      .set("run_managers", as_given(options.run_managers));
}

/// What is sent to start a run is what is sent to have it checked.
template <class Options> Payload new_run_document(const Json& body, const Options& options) {
  Payload document;
  document.set("body", object_of(body, "body"));
  describe(document, options);
  document.set("activity_notification_policy", options.activity_notification_policy)
      .merge(options.additional_fields);
  return document;
}

}  // namespace

Payload run_document(const UpdateRunOptions& options) {
  Payload document;
  describe(document, options);
  document.merge(options.additional_fields);
  return document;
}

Payload run_document(const Json& body, const RunFlowOptions& options) {
  return new_run_document(body, options);
}

Payload run_document(const Json& body, const ValidateRunOptions& options) {
  return new_run_document(body, options);
}

}  // namespace globus_sdk::inline v0::detail
