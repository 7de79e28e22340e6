// SPDX-License-Identifier: Apache-2.0
// As bad_input_test.cpp, for Flows.
#include <gtest/gtest.h>

#include "globus_sdk/async.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/flows/flows_client.hpp"
#include "globus_sdk/flows/specific_flow_client.hpp"
#include "unit/mistake.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

template <class Client> std::vector<Mistake<Client>> id_mistakes() {
  return {
      {"flow_id", [](const Client& client) { return client.get_flow(""); }},
      {"flow_id", [](const Client& client) { return client.get_flow(".."); }},
      {"flow_id", [](const Client& client) { return client.update_flow(""); }},
      {"flow_id", [](const Client& client) { return client.delete_flow(""); }},
      {"run_id", [](const Client& client) { return client.get_run(""); }},
      {"run_id", [](const Client& client) { return client.get_run_logs(""); }},
      {"run_id", [](const Client& client) { return client.paginated().get_run_logs(""); }},
      {"run_id", [](const Client& client) { return client.get_run_definition(""); }},
      {"run_id", [](const Client& client) { return client.cancel_run(""); }},
      {"run_id", [](const Client& client) { return client.update_run(""); }},
      {"run_id", [](const Client& client) { return client.delete_run(""); }},
      {"registered_api_id", [](const Client& client) { return client.get_registered_api(""); }},
      {"web_input_id", [](const Client& client) { return client.get_web_input(""); }},
      {"web_input_id",
       [](const Client& client) {
         const Json value = "an option";
         return client.respond_to_web_input("", value);
       }},
  };
}

template <class Client> std::vector<Mistake<Client>> option_mistakes() {
  return {
      {"limit",
       [](const Client& client) {
         GetRunLogsOptions options;
         options.limit = -1;
         return client.get_run_logs("a-run", options);
       }},
      {"limit",
       [](const Client& client) {
         GetRunLogsOptions options;
         options.limit = -1;
         return client.paginated().get_run_logs("a-run", options);
       }},
      {"per_page",
       [](const Client& client) {
         ListRegisteredApisOptions options;
         options.per_page = -1;
         return client.list_registered_apis(options);
       }},
      {"per_page",
       [](const Client& client) {
         ListWebInputsOptions options;
         options.per_page = -1;
         return client.list_web_inputs(options);
       }},
      {"filter_roles",
       [](const Client& client) {
         ListWebInputsOptions options;
         options.filter_roles = {"viewer", ""};
         return client.list_web_inputs(options);
       }},
      {"filter_states",
       [](const Client& client) {
         ListWebInputsOptions options;
         options.filter_states = "";
         return client.list_web_inputs(options);
       }},
      {"query_params",
       [](const Client& client) {
         ListFlowsOptions options;
         options.query_params = "text";
         return client.list_flows(options);
       }},
      {"additional_fields",
       [](const Client& client) {
         UpdateRunOptions options;
         options.additional_fields = "text";
         return client.update_run("a-run", options);
       }},
  };
}

template <class Client> std::vector<Mistake<Client>> document_mistakes() {
  return {
      {"title",
       [](const Client& client) {
         const Json object = Json::object();
         return client.create_flow("", object, object);
       }},
      {"definition",
       [](const Client& client) {
         const Json text = "text";
         const Json object = Json::object();
         return client.create_flow("A flow", text, object);
       }},
      {"input_schema",
       [](const Client& client) {
         const Json object = Json::object();
         const Json nothing;
         return client.create_flow("A flow", object, nothing);
       }},
      {"definition",
       [](const Client& client) {
         UpdateFlowOptions options;
         options.definition = Json::array({1});
         return client.update_flow("a-flow", options);
       }},
      {"input_schema",
       [](const Client& client) {
         UpdateFlowOptions options;
         options.input_schema = true;
         return client.update_flow("a-flow", options);
       }},
      {"definition",
       [](const Client& client) {
         const Json text = "text";
         return client.validate_flow(text);
       }},
      {"input_schema",
       [](const Client& client) {
         const Json object = Json::object();
         ValidateFlowOptions options;
         options.input_schema = 1;
         return client.validate_flow(object, options);
       }},
  };
}

template <class Client> std::vector<Mistake<Client>> mistakes_with_one_flow() {
  const std::string id = "11111111-1111-4111-8111-111111111111";
  return {
      {"body",
       [](const Client& client) {
         const Json nothing;
         return client.run_flow(nothing);
       }},
      {"body",
       [](const Client& client) {
         const Json list = Json::array();
         return client.validate_run(list);
       }},
      {"run_id", [](const Client& client) { return client.resume_run(""); }},
      {"app", [id](const Client& client) { return client.add_app_transfer_data_access_scope(id); }},
      {"collection_ids",
       [id](const Client& client) {
         return client.add_app_transfer_data_access_scope({id, "no-uuid"});
       }},
  };
}

TEST(BadFlowsInput, IsRefused) {
  using AsyncClient = BasicFlowsClient<Async>;
  const Refused refused;
  const FlowsClient client(AccessTokenAuthorizer("t"), refused.options());
  const AsyncClient other = client.async();
  expect_refused(client, id_mistakes<FlowsClient>());
  expect_refused(other, id_mistakes<AsyncClient>());
  expect_refused(client, option_mistakes<FlowsClient>());
  expect_refused(other, option_mistakes<AsyncClient>());
  expect_refused(client, document_mistakes<FlowsClient>());
  expect_refused(other, document_mistakes<AsyncClient>());
}

TEST(BadFlowsInput, OfOneFlowIsRefused) {
  using AsyncClient = BasicSpecificFlowClient<Async>;
  const Refused refused;
  const SpecificFlowClient client("a-flow", AccessTokenAuthorizer("t"), refused.options());
  const AsyncClient other = client.async();
  expect_refused(client, mistakes_with_one_flow<SpecificFlowClient>());
  expect_refused(other, mistakes_with_one_flow<AsyncClient>());
}

TEST(BadFlowsInput, AFlowHasAnId) {
  const Refused refused;
  EXPECT_TRUE(is_refused("flow_id", [&] { SpecificFlowClient("", refused.options()); }));
  EXPECT_TRUE(is_refused(
      "flow_id", [&] { SpecificFlowClient("", AccessTokenAuthorizer("t"), refused.options()); }));
  const SpecificFlowClient step("..", AccessTokenAuthorizer("t"), refused.options());
  EXPECT_TRUE(is_refused("flow_id", [&] { step.run_flow(Json::object()); }));
}

}  // namespace
}  // namespace globus_sdk_test
