// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "globus_sdk/core/choices.hpp"
#include "globus_sdk/core/document.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0 {

// Options of FlowsClient's and SpecificFlowClient's methods, each struct named for its method.
//
// People and groups are principals, as URNs: `urn:globus:auth:identity:UUID`,
// `urn:globus:groups:id:UUID`. The lists of a flow and of a run (`flow_viewers`, `keywords`, ...)
// are given in braces, also those of one element: a text without braces is sent as a text, as
// Python sends it, and Flows wants lists.

/// What a user may do with a web input.
enum class WebInputRole { viewer, respondent };
template <> struct ChoiceNames<WebInputRole> {
  static constexpr std::string_view parameter = "filter_roles";
  static constexpr std::string_view names[] = {"viewer", "respondent"};
  static constexpr bool closed = false;
};

/// Whether a web input still waits for a response.
enum class WebInputState { open, closed };
template <> struct ChoiceNames<WebInputState> {
  static constexpr std::string_view parameter = "filter_states";
  static constexpr std::string_view names[] = {"open", "closed"};
  static constexpr bool closed = false;
};

// ---- flows
// ----------------------------------------------------------------------------------------

/// Options of FlowsClient::create_flow.
struct CreateFlowOptions {
  /// What the flow is for, in a line: 128 characters at most.
  Field<std::string> subtitle{};
  /// What the flow does: 4096 characters at most.
  Field<std::string> description{};
  /// Who may see the flow: principals, or `public`.
  Field<Strings> flow_viewers{};
  /// Who may start runs of it: principals, or `all_authenticated_users`.
  Field<Strings> flow_starters{};
  /// Who may change and delete it: principals.
  Field<Strings> flow_administrators{};
  /// Who may manage the flow's runs: principals.
  Field<Strings> run_managers{};
  /// Who may see the flow's runs: principals.
  Field<Strings> run_monitors{};
  /// Words by which the flow is found: 1024 at most.
  Field<Strings> keywords{};
  /// The subscription that the flow belongs to, a UUID; null for none.
  Nullable<std::string> subscription_id{};
  /// The authentication policy that the flow is under, a UUID; null for none.
  Nullable<std::string> authentication_policy_id{};
  /// More members of the document: an object.
  Field<Json> additional_fields{};
};

/// Options of FlowsClient::get_flow.
struct GetFlowOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of FlowsClient::list_flows.
struct ListFlowsOptions {
  /// Only flows that the user has one of these roles in: `flow_viewer`, `flow_starter`,
  /// `flow_administrator`, `flow_owner`, `run_monitor`, `run_manager`; one or several.
  Field<Strings> filter_roles{};
  /// Only flows with these words in their texts.
  Field<std::string> filter_fulltext{};
  /// The order: a field and `ASC` or `DESC`, as in `updated_at DESC`; one or several. The fields
  /// are `id`, `scope_string`, `flow_owners`, `flow_administrators`, `title`, `created_at` and
  /// `updated_at`.
  Field<Strings> orderby{};
  /// The page to get: the `marker` of the page before it.
  Field<std::string> marker{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of FlowsClient::update_flow. What is not given stays as it is.
struct UpdateFlowOptions {
  /// The flow's name: 1 to 128 characters.
  Field<std::string> title{};
  /// The states of the flow: an object.
  Field<Json> definition{};
  /// The JSON Schema of what a run is started with: an object.
  Field<Json> input_schema{};
  /// What the flow is for, in a line: 128 characters at most.
  Field<std::string> subtitle{};
  /// What the flow does: 4096 characters at most.
  Field<std::string> description{};
  /// The new owner, a principal: nobody but the caller.
  Field<std::string> flow_owner{};
  /// Who may see the flow: principals, or `public`.
  Field<Strings> flow_viewers{};
  /// Who may start runs of it: principals, or `all_authenticated_users`.
  Field<Strings> flow_starters{};
  /// Who may change and delete it: principals.
  Field<Strings> flow_administrators{};
  /// Who may manage the flow's runs: principals.
  Field<Strings> run_managers{};
  /// Who may see the flow's runs: principals.
  Field<Strings> run_monitors{};
  /// Words by which the flow is found: 1024 at most.
  Field<Strings> keywords{};
  /// The subscription that the flow is to belong to: a UUID, or `DEFAULT`.
  Field<std::string> subscription_id{};
  /// The authentication policy that the flow is to be under: a UUID.
  Field<std::string> authentication_policy_id{};
  /// More members of the document: an object.
  Field<Json> additional_fields{};
};

/// Options of FlowsClient::delete_flow.
struct DeleteFlowOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of FlowsClient::validate_flow.
struct ValidateFlowOptions {
  /// The JSON Schema of what a run is started with: an object.
  Field<Json> input_schema{};
};

// ---- runs
// -----------------------------------------------------------------------------------------

/// Options of FlowsClient::list_runs.
struct ListRunsOptions {
  /// Only runs of these flows: one or several UUIDs.
  Field<Strings> filter_flow_id{};
  /// Only runs that the user has one of these roles in: `run_owner`, `run_manager`, `run_monitor`,
  /// `flow_run_manager`, `flow_run_monitor`; one or several.
  Field<Strings> filter_roles{};
  /// The page to get: the `marker` of the page before it.
  Field<std::string> marker{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of FlowsClient::get_run_logs.
struct GetRunLogsOptions {
  /// How many entries a page has: 1 to 100; 10 when unset.
  Field<std::int64_t> limit{};
  /// Whether the newest entry comes first.
  Field<bool> reverse_order{};
  /// The page to get: the `marker` of the page before it.
  Field<std::string> marker{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of FlowsClient::get_run.
struct GetRunOptions {
  /// Whether the run's document describes the flow too, in `flow_description`.
  Field<bool> include_flow_description{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of FlowsClient::update_run. What is not given stays as it is.
struct UpdateRunOptions {
  /// The run's name.
  Field<std::string> label{};
  /// Words by which the run is found. Flows trims them.
  Field<Strings> tags{};
  /// Who may see the run, besides its owner: principals.
  Field<Strings> run_monitors{};
  /// Who may see and cancel the run, besides its owner: principals.
  Field<Strings> run_managers{};
  /// More members of the document: an object.
  Field<Json> additional_fields{};
};

/// Options of SpecificFlowClient::run_flow.
struct RunFlowOptions {
  /// The run's name.
  Field<std::string> label{};
  /// Words by which the run is found. Flows trims them.
  Field<Strings> tags{};
  /// When emails are sent about the run: RunActivityNotificationPolicy, or a document of your own.
  /// When unset, an email is sent when the run waits for a person.
  Field<Document> activity_notification_policy{};
  /// Who may see the run, besides its owner: principals.
  Field<Strings> run_monitors{};
  /// Who may see and cancel the run, besides its owner: principals.
  Field<Strings> run_managers{};
  /// More members of the document: an object.
  Field<Json> additional_fields{};
};

/// Options of SpecificFlowClient::validate_run.
struct ValidateRunOptions {
  /// The run's name.
  Field<std::string> label{};
  /// Words by which the run is found. Flows trims them.
  Field<Strings> tags{};
  /// Who may see the run, besides its owner: principals.
  Field<Strings> run_monitors{};
  /// Who may see and cancel the run, besides its owner: principals.
  Field<Strings> run_managers{};
  /// When emails are sent about the run: RunActivityNotificationPolicy, or a document of your own.
  Field<Document> activity_notification_policy{};
  /// More members of the document: an object.
  Field<Json> additional_fields{};
};

// ---- registered APIs and web inputs
// -----------------------------------------------------------------

/// Options of FlowsClient::get_registered_api.
struct GetRegisteredApiOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of FlowsClient::list_registered_apis.
struct ListRegisteredApisOptions {
  /// Only APIs that the user has one of these roles in: `owner`, `administrator`, `viewer`; one or
  /// several.
  Field<Strings> filter_roles{};
  /// The order: a field and `ASC` or `DESC`; one or several.
  Field<Strings> orderby{};
  /// How many APIs a page has.
  Field<std::int64_t> per_page{};
  /// The page to get: the `marker` of the page before it.
  Field<std::string> marker{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of FlowsClient::list_web_inputs.
struct ListWebInputsOptions {
  /// Only web inputs that the user has one of these roles in; one or several.
  Field<Choices<WebInputRole>> filter_roles{};
  /// Only web inputs in one of these states; one or several.
  Field<Choices<WebInputState>> filter_states{};
  /// Only web inputs of runs of these flows: one or several UUIDs.
  Field<Strings> filter_flow_ids{};
  /// Only web inputs of these runs: one or several UUIDs.
  Field<Strings> filter_run_ids{};
  /// The order: `created_timestamp`, `edited_timestamp` or `closed_timestamp`, and `ASC` or `DESC`,
  /// as in `created_timestamp DESC`; one or several.
  Field<Strings> orderby{};
  /// How many web inputs a page has.
  Field<std::int64_t> per_page{};
  /// The page to get: the `marker` of the page before it.
  Field<std::string> marker{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

}  // namespace globus_sdk::inline v0
