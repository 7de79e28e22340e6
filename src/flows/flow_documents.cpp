// SPDX-License-Identifier: Apache-2.0
// The documents of flows.
#include "core/arguments/object_of.hpp"
#include "flows/as_given.hpp"
#include "globus_sdk/flows/flows_client.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// Adds what describes a new flow and a changed one alike.
template <class Options> void describe(Payload& document, const Options& options) {
  document.set("subtitle", options.subtitle)
      .set("description", options.description)
      .set("flow_viewers", as_given(options.flow_viewers))
      .set("flow_starters", as_given(options.flow_starters))
      .set("flow_administrators", as_given(options.flow_administrators))
      .set("run_managers", as_given(options.run_managers))
      .set("run_monitors", as_given(options.run_monitors))
      .set("keywords", as_given(options.keywords))
      .set("subscription_id", options.subscription_id)
      .set("authentication_policy_id", options.authentication_policy_id)
      .merge(options.additional_fields);
}

void require_object(std::string_view parameter, const Field<Json>& document) {
  if (document) object_of(*document, parameter);
}

}  // namespace

Payload flow_document(Text title, const Json& definition, const Json& input_schema,
                      const CreateFlowOptions& options) {
  Payload document;
  document.set("title", require("title", title).str())
      .set("definition", object_of(definition, "definition"))
      .set("input_schema", object_of(input_schema, "input_schema"));
  describe(document, options);
  return document;
}

Payload flow_document(const UpdateFlowOptions& options) {
  require_object("definition", options.definition);
  require_object("input_schema", options.input_schema);
  Payload document;
  document.set("title", options.title)
      .set("definition", options.definition)
      .set("input_schema", options.input_schema)
      .set("flow_owner", options.flow_owner);
  describe(document, options);
  return document;
}

Payload flow_document(const Json& definition, const ValidateFlowOptions& options) {
  require_object("input_schema", options.input_schema);
  Payload document;
  document.set("definition", object_of(definition, "definition"))
      .set("input_schema", options.input_schema);
  return document;
}

}  // namespace globus_sdk::inline v0::detail
