// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "wire/replay.hpp"
#include "wire/transfer_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

template <class Client> Calls<Client> endpoint_calls() {
  return {
      // without an app, as it is recorded, it is refused
      {"add_app_data_access_scope",
       [](const Client& client, const Arguments& arguments) {
         client.add_app_data_access_scope(arguments.get<Strings>("collection_ids"));
         return std::string("TransferClient");
       }},
      {"get_endpoint",
       [](const Client& client, const Arguments& arguments) {
         GetEndpointOptions options;
         arguments.set("query_params", options.query_params);
         return finish(client.get_endpoint(arguments.get("endpoint_id"), options));
       }},
      {"endpoint_search",
       [](const Client& client, const Arguments& arguments) {
         EndpointSearchOptions options;
         arguments.set("filter_fulltext", options.filter_fulltext);
         arguments.set("filter_scope", options.filter_scope);
         arguments.set("filter_owner_id", options.filter_owner_id);
         arguments.set("filter_host_endpoint", options.filter_host_endpoint);
         arguments.set("filter_non_functional", options.filter_non_functional);
         arguments.set("filter_entity_type", options.filter_entity_type);
         arguments.set("limit", options.limit);
         arguments.set("offset", options.offset);
         arguments.set("query_params", options.query_params);
         return finish(client.endpoint_search(options));
       }},
  };
}

template <class Client> Calls<Client> file_calls() {
  return {
      {"operation_ls",
       [](const Client& client, const Arguments& arguments) {
         OperationLsOptions options;
         arguments.set("path", options.path);
         arguments.set("show_hidden", options.show_hidden);
         arguments.set("orderby", options.orderby);
         arguments.set("limit", options.limit);
         arguments.set("offset", options.offset);
         arguments.set("filter", options.filter);
         arguments.set("local_user", options.local_user);
         arguments.set("query_params", options.query_params);
         return finish(client.operation_ls(arguments.get("endpoint_id"), options));
       }},
      {"operation_stat",
       [](const Client& client, const Arguments& arguments) {
         OperationStatOptions options;
         arguments.set("path", options.path);
         arguments.set("local_user", options.local_user);
         arguments.set("query_params", options.query_params);
         return finish(client.operation_stat(arguments.get("endpoint_id"), options));
       }},
      {"operation_mkdir",
       [](const Client& client, const Arguments& arguments) {
         OperationMkdirOptions options;
         arguments.set("local_user", options.local_user);
         arguments.set("query_params", options.query_params);
         return finish(
             client.operation_mkdir(arguments.get("endpoint_id"), arguments.get("path"), options));
       }},
      {"operation_rename",
       [](const Client& client, const Arguments& arguments) {
         OperationRenameOptions options;
         arguments.set("local_user", options.local_user);
         arguments.set("query_params", options.query_params);
         return finish(client.operation_rename(arguments.get("endpoint_id"),
                                               arguments.get("oldpath"), arguments.get("newpath"),
                                               options));
       }},
  };
}

template <class Client> Calls<Client> submission_calls() {
  return {
      {"get_submission_id",
       [](const Client& client, const Arguments& arguments) {
         GetSubmissionIdOptions options;
         arguments.set("query_params", options.query_params);
         return finish(client.get_submission_id(options));
       }},
      {"submit_transfer",
       [](const Client& client, const Arguments& arguments) {
         const Json data = arguments.get<Json>("data");
         return finish(client.submit_transfer(data));
       }},
      {"submit_delete",
       [](const Client& client, const Arguments& arguments) {
         const Json data = arguments.get<Json>("data");
         return finish(client.submit_delete(data));
       }},
  };
}

template <class Client> Calls<Client> task_calls() {
  return {
      {"task_list",
       [](const Client& client, const Arguments& arguments) {
         TaskListOptions options;
         arguments.set("limit", options.limit);
         arguments.set("offset", options.offset);
         arguments.set("orderby", options.orderby);
         arguments.set("filter", options.filter);
         arguments.set("query_params", options.query_params);
         return finish(client.task_list(options));
       }},
      {"get_task",
       [](const Client& client, const Arguments& arguments) {
         GetTaskOptions options;
         arguments.set("query_params", options.query_params);
         return finish(client.get_task(arguments.get("task_id"), options));
       }},
      {"update_task",
       [](const Client& client, const Arguments& arguments) {
         const Json data = arguments.get<Json>("data");
         UpdateTaskOptions options;
         arguments.set("query_params", options.query_params);
         return finish(client.update_task(arguments.get("task_id"), data, options));
       }},
      {"cancel_task",
       [](const Client& client, const Arguments& arguments) {
         return finish(client.cancel_task(arguments.get("task_id")));
       }},
      {"task_wait",
       [](const Client& client, const Arguments& arguments) {
         TaskWaitOptions options;
         arguments.set("timeout", options.timeout);
         arguments.set("polling_interval", options.polling_interval);
         return finish(client.task_wait(arguments.get("task_id"), options));
       }},
  };
}

template <class Client> Calls<Client> task_detail_calls() {
  return {
      {"task_event_list",
       [](const Client& client, const Arguments& arguments) {
         TaskEventListOptions options;
         arguments.set("limit", options.limit);
         arguments.set("offset", options.offset);
         arguments.set("query_params", options.query_params);
         return finish(client.task_event_list(arguments.get("task_id"), options));
       }},
      {"task_successful_transfers",
       [](const Client& client, const Arguments& arguments) {
         TaskSuccessfulTransfersOptions options;
         arguments.set("marker", options.marker);
         arguments.set("query_params", options.query_params);
         return finish(client.task_successful_transfers(arguments.get("task_id"), options));
       }},
      {"task_skipped_errors",
       [](const Client& client, const Arguments& arguments) {
         TaskSkippedErrorsOptions options;
         arguments.set("marker", options.marker);
         arguments.set("query_params", options.query_params);
         return finish(client.task_skipped_errors(arguments.get("task_id"), options));
       }},
  };
}

template <class Client> Calls<Client> transfer_calls() {
  Calls<Client> calls = endpoint_calls<Client>();
  calls.merge(file_calls<Client>());
  calls.merge(submission_calls<Client>());
  calls.merge(task_calls<Client>());
  calls.merge(task_detail_calls<Client>());
  return calls;
}

template <class Mode> class TransferClientRecords : public testing::Test {};
TYPED_TEST_SUITE(TransferClientRecords, Modes, ModeNames);

TYPED_TEST(TransferClientRecords, AreReproduced) {
  replay_file<TypeParam>(
      "TransferClient.json", {"transfer/transfer_client.hpp"},
      transfer_calls<BasicTransferClient<TypeParam>>(), [](World<TypeParam>& world) {
        return world.template client<BasicTransferClient>(AccessTokenAuthorizer("access-token"));
      });
}

}  // namespace
}  // namespace globus_sdk_test
