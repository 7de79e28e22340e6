// SPDX-License-Identifier: Apache-2.0
// As bad_input_test.cpp, for Transfer.
#include <gtest/gtest.h>

#include "globus_sdk/async.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "unit/mistake.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

template <class Client> std::vector<Mistake<Client>> transfer_ids() {
  return {
      {"endpoint_id", [](const Client& client) { return client.get_endpoint(""); }},
      {"endpoint_id", [](const Client& client) { return client.operation_ls(""); }},
      {"endpoint_id", [](const Client& client) { return client.operation_stat(""); }},
      {"endpoint_id", [](const Client& client) { return client.operation_mkdir("", "/x"); }},
      {"path", [](const Client& client) { return client.operation_mkdir("e", ""); }},
      {"endpoint_id", [](const Client& client) { return client.operation_rename("", "/a", "/b"); }},
      {"oldpath", [](const Client& client) { return client.operation_rename("e", "", "/b"); }},
      {"newpath", [](const Client& client) { return client.operation_rename("e", "/a", ""); }},
      {"task_id", [](const Client& client) { return client.get_task(""); }},
      {"task_id", [](const Client& client) { return client.cancel_task(""); }},
      {"task_id", [](const Client& client) { return client.task_wait(""); }},
      {"task_id", [](const Client& client) { return client.task_event_list(""); }},
      {"task_id", [](const Client& client) { return client.task_successful_transfers(""); }},
      {"task_id", [](const Client& client) { return client.task_skipped_errors(""); }},
      {"task_id",
       [](const Client& client) {
         const Json data = {{"label", "x"}};
         return client.update_task("", data);
       }},
      {"task_id", [](const Client& client) { return client.paginated().task_event_list(""); }},
      {"endpoint_id", [](const Client& client) { return client.delete_endpoint(""); }},
      {"endpoint_id", [](const Client& client) { return client.endpoint_role_list(""); }},
      {"role_id", [](const Client& client) { return client.get_endpoint_role("e", ""); }},
      {"rule_id", [](const Client& client) { return client.delete_endpoint_acl_rule("e", ""); }},
      {"server_id", [](const Client& client) { return client.get_endpoint_server("e", ""); }},
      {"bookmark_id", [](const Client& client) { return client.delete_bookmark(""); }},
      {"tunnel_id", [](const Client& client) { return client.get_tunnel(""); }},
      {"tunnel_id", [](const Client& client) { return client.start_tunnel(""); }},
      {"tunnel_id", [](const Client& client) { return client.stop_tunnel(""); }},
      {"task_id", [](const Client& client) { return client.remove_task(""); }},
      {"endpoint_id",
       [](const Client& client) { return client.operation_symlink("", "/target", "/link"); }},
      {"symlink_target",
       [](const Client& client) { return client.operation_symlink("e", "", "/link"); }},
      {"path", [](const Client& client) { return client.operation_symlink("e", "/target", ""); }},
      {"message",
       [](const Client& client) { return client.endpoint_manager_cancel_tasks("t", ""); }},
      {"filter_endpoint_use",
       [](const Client& client) {
         EndpointManagerTaskListOptions options;
         options.filter_endpoint_use = EndpointUse::source;
         return client.endpoint_manager_task_list(options);
       }},
  };
}

template <class Client> std::vector<Mistake<Client>> transfer_options() {
  const auto waits = [](auto set) {
    return [set](const Client& client) {
      TaskWaitOptions options;
      set(options);
      return client.task_wait("t", options);
    };
  };
  const auto lists = [](auto make_params) {
    return [make_params](const Client& client) {
      TaskListOptions options;
      options.query_params = make_params();
      return client.task_list(options);
    };
  };
  return {
      {"timeout", waits([](TaskWaitOptions& options) { options.timeout = 0ms; })},
      {"timeout", waits([](TaskWaitOptions& options) { options.timeout = -10s; })},
      {"polling_interval",
       waits([](TaskWaitOptions& options) { options.polling_interval = 999ms; })},
      {"polling_interval", waits([](TaskWaitOptions& options) { options.polling_interval = 0s; })},
      {"polling_interval", waits([](TaskWaitOptions& options) { options.polling_interval = -1s; })},
      {"query_params", lists([] { return Json("text"); })},
      {"query_params", lists([] { return Json::array({"a", "b"}); })},
      {"filter",
       [](const Client& client) {
         TaskListOptions options;
         options.filter = Json::array({Json::array({"a"})});
         return client.task_list(options);
       }},
  };
}

template <class Client> std::vector<Mistake<Client>> submissions() {
  const auto submits = [](const Json& document) {
    return [document](const Client& client) { return client.submit_transfer(document); };
  };
  return {
      {"data", submits(Json::array())},
      {"data", submits(Json("text"))},
      {"data", submits(Json())},
      {"data",
       [](const Client& client) {
         const Json document(7);
         return client.submit_delete(document);
       }},
      {"submission_id", submits({{"submission_id", ""}, {"DATA_TYPE", "transfer"}})},
      {"submission_id", submits({{"submission_id", 7}, {"DATA_TYPE", "transfer"}})},
      {"submission_id",
       [](const Client& client) {
         TransferDataOptions options;
         options.submission_id = "";
         const TransferData data("s", "d", options);
         return client.submit_transfer(data);
       }},
      {"submission_id",
       [](const Client& client) {
         DeleteDataOptions options;
         options.submission_id = "";
         const DeleteData data("e", options);
         return client.submit_delete(data);
       }},
  };
}

TEST(BadInput, OfTransferClient) {
  const Refused refused;
  const TransferClient client(AccessTokenAuthorizer("t"), refused.options());
  expect_refused(client, transfer_ids<TransferClient>());
  expect_refused(client, transfer_options<TransferClient>());
  expect_refused(client, submissions<TransferClient>());
}

TEST(BadInput, OfTransferClientWhenAsynchronous) {
  using Client = BasicTransferClient<Async>;
  const Refused refused;
  const TransferClient blocking(AccessTokenAuthorizer("t"), refused.options());
  const Client client = blocking.async();
  expect_refused(client, transfer_ids<Client>());
  expect_refused(client, transfer_options<Client>());
  expect_refused(client, submissions<Client>());
}

TEST(BadInput, OfTransferData) {
  const auto with = [](auto set) {
    return [set] {
      TransferDataOptions options;
      set(options);
      TransferData("s", "d", options);
    };
  };
  EXPECT_TRUE(is_refused("source_endpoint", [] { TransferData("", "d"); }));
  EXPECT_TRUE(is_refused("destination_endpoint", [] { TransferData("s", ""); }));
  EXPECT_TRUE(is_refused("sync_level", with([](auto& o) { o.sync_level = "always"; })));
  EXPECT_TRUE(is_refused("sync_level", with([](auto& o) { o.sync_level = ""; })));
  EXPECT_TRUE(is_refused("sync_level", with([](auto& o) { o.sync_level = 4; })));
  EXPECT_TRUE(is_refused("sync_level", with([](auto& o) { o.sync_level = -1; })));
  EXPECT_TRUE(
      is_refused("sync_level", with([](auto& o) { o.sync_level = static_cast<SyncLevel>(9); })));
  EXPECT_TRUE(is_refused("tomorrow", with([](auto& o) { o.deadline = "tomorrow"; })));
  EXPECT_TRUE(is_refused("additional_fields", with([](auto& o) { o.additional_fields = "x"; })));
}

TEST(BadInput, OfItemsAndRules) {
  TransferData data("s", "d");
  EXPECT_TRUE(is_refused("source_path", [&] { data.add_item("", "/x"); }));
  EXPECT_TRUE(is_refused("destination_path", [&] { data.add_item("/x", ""); }));
  EXPECT_TRUE(is_refused("name", [&] { data.add_filter_rule(""); }));
  EXPECT_TRUE(is_refused("method", [&] { data.add_filter_rule("x", {.method = "keep"}); }));
  EXPECT_TRUE(is_refused("type", [&] { data.add_filter_rule("x", {.type = "link"}); }));
  EXPECT_EQ(data.iter_items().size(), 0u);
  EXPECT_FALSE(data.document().view().contains("filter_rules"));
}

TEST(BadInput, OfDeleteData) {
  EXPECT_TRUE(is_refused("endpoint", [] { DeleteData(""); }));
  DeleteData data("e");
  EXPECT_TRUE(is_refused("path", [&] { data.add_item(""); }));
}

}  // namespace
}  // namespace globus_sdk_test
