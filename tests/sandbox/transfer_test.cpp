// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <ranges>
#include <set>
#include <thread>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/run_async.hpp"
#include "support/sandbox_world.hpp"
#include "support/scoped_folder.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::run_async;
using globus_sdk_test::SandboxWorld;

struct Transfer : testing::Test {
  SandboxWorld world{};
  TransferClient client = world.transfer_client();

  TransferData tree(const TransferDataOptions& options = {}) const {
    TransferData data(world.source(), world.destination(), options);
    data.add_item("/tree/", "/copy/", {.recursive = true});
    return data;
  }
  void make_tree(int files) const {
    for (int number = 0; number < files; ++number) {
      world.write("tree/folder" + std::to_string(number % 7) + "/file" + std::to_string(number),
                  "content of " + std::to_string(number));
    }
  }
};

TEST_F(Transfer, MovesATree) {
  make_tree(300);
  TransferData data = tree({.label = "nightly", .sync_level = SyncLevel::checksum});
  const GlobusHTTPResponse submitted = client.submit_transfer(data);
  int polls = 0;
  const TaskWaitResult result = client.task_wait(
      submitted["task_id"], {.timeout = 60s,
                             .polling_interval = 1s,
                             .on_poll = [&polls](const GlobusHTTPResponse&) { ++polls; }});
  EXPECT_TRUE(result);
  EXPECT_GE(polls, 1);
  EXPECT_EQ(result.task()["status"], "SUCCEEDED");
  EXPECT_EQ(result.task()["files_transferred"], 300);
  EXPECT_EQ(result.task()["label"], "nightly");
  EXPECT_EQ(world.read_destination("copy/folder1/file1"), "content of 1");

  std::set<std::string> moved;
  for (const auto& item :
       client.paginated().task_successful_transfers(submitted["task_id"]).items()) {
    moved.insert(item["destination_path"].as<std::string>());
  }
  EXPECT_EQ(moved.size(), 300u);
  EXPECT_GT(client.task_event_list(submitted["task_id"]).size(), 0u);
  EXPECT_EQ(client.task_skipped_errors(submitted["task_id"]).size(), 0u);
}

TEST_F(Transfer, TheCallersDataGetsTheSubmissionIdAndNoSecondTask) {
  make_tree(3);
  TransferData data = tree();
  EXPECT_FALSE(data.submission_id());
  const GlobusHTTPResponse first = client.submit_transfer(data);
  ASSERT_TRUE(data.submission_id());
  const GlobusHTTPResponse second = client.submit_transfer(data);
  EXPECT_EQ(first["task_id"], second["task_id"]);
  EXPECT_EQ(second["code"], "Duplicate");
  EXPECT_EQ(client.task_list().size(), 1u);

  const TransferData copy = data;  // NOLINT(performance-unnecessary-copy-initialization)
  EXPECT_FALSE(copy.submission_id());
  EXPECT_NE(client.submit_transfer(copy)["task_id"], first["task_id"]);
  EXPECT_EQ(client.task_list().size(), 2u);
}

TEST_F(Transfer, DataThatMovesKeepsItsSubmissionId) {
  static_assert(std::is_nothrow_move_constructible_v<TransferData>);
  static_assert(std::is_nothrow_move_assignable_v<DeleteData>);
  make_tree(3);
  std::vector<TransferData> many;
  many.push_back(tree());
  client.submit_transfer(many.front());
  const auto id = many.front().submission_id();
  for (int more = 0; more < 10; ++more) many.push_back(tree());
  EXPECT_EQ(many.front().submission_id(), id);
}

TEST_F(Transfer, AnAnswerThatIsLostMakesNoSecondTask) {
  make_tree(3);
  globus_sandbox::Fault lost;
  lost.method = "POST";
  lost.path = "/v0.10/transfer$";
  lost.drop_after = true;
  world.sandbox.add_fault(lost);
  const GlobusHTTPResponse submitted = client.submit_transfer(tree());
  EXPECT_EQ(submitted["code"], "Duplicate");
  EXPECT_EQ(client.task_list().size(), 1u);
  EXPECT_EQ(world.count("/v0.10/transfer"), 2);
}

TEST_F(Transfer, TheUsersOwnRetryMakesNoSecondTask) {
  make_tree(3);
  globus_sandbox::Fault lost;
  lost.method = "POST";
  lost.path = "/v0.10/transfer$";
  lost.drop_after = true;
  lost.count = 2;  // libcurl itself may send again what is safe to repeat
  world.sandbox.add_fault(lost);
  TransferData data = tree();
  EXPECT_THROW(client.with({.max_retries = 0}).submit_transfer(data), NetworkError);
  ASSERT_TRUE(data.submission_id());
  client.submit_transfer(data);
  EXPECT_EQ(client.task_list().size(), 1u);
}

TEST_F(Transfer, ThreadsThatSubmitTheSameDataMakeOneTask) {
  make_tree(3);
  const TransferData data = tree();
  {
    std::vector<std::jthread> threads;
    for (int index = 0; index < 8; ++index) {
      threads.emplace_back([this, &data] { client.submit_transfer(data); });
    }
  }
  EXPECT_EQ(client.task_list().size(), 1u);
}

TEST_F(Transfer, ADocumentIsSubmittedWithTheIdItHasOrOneOfItsOwn) {
  make_tree(3);
  const std::string id = client.get_submission_id()["value"];
  const Json document = {{"DATA_TYPE", "transfer"},
                         {"submission_id", id},
                         {"source_endpoint", world.source()},
                         {"destination_endpoint", world.destination()},
                         {"DATA", Json::array({{{"DATA_TYPE", "transfer_item"},
                                                {"source_path", "/tree/"},
                                                {"destination_path", "/copy/"},
                                                {"recursive", true}}})}};
  const GlobusHTTPResponse first = client.submit_transfer(document);
  EXPECT_EQ(first["submission_id"], id);
  EXPECT_EQ(client.submit_transfer(document)["task_id"], first["task_id"]);
}

TEST_F(Transfer, MissingPathEndsTheWaitWithItsFault) {
  TransferData data(world.source(), world.destination());
  data.add_item("/not-there", "/x");
  const std::string task = client.submit_transfer(data)["task_id"];
  const TaskWaitResult result =
      client.task_wait(task, {.timeout = 20s, .polling_interval = 1s, .end_on_fault = true});
  EXPECT_FALSE(result);
  ASSERT_TRUE(result.fault());
  EXPECT_EQ(result.fault()->code, "FILE_NOT_FOUND");
  EXPECT_EQ(result.task()["status"], "ACTIVE");
  client.cancel_task(task);
  EXPECT_TRUE(client.task_wait(task));
  EXPECT_EQ(client.get_task(task)["status"], "FAILED");
}

TEST_F(Transfer, ExpiredCredentialsAreAFault) {
  make_tree(3);
  world.sandbox.set_credentials_expired(world.destination(), true);
  const std::string task = client.submit_transfer(tree())["task_id"];
  const TaskWaitResult result =
      client.task_wait(task, {.timeout = 20s, .polling_interval = 1s, .end_on_fault = true});
  EXPECT_TRUE(result.fault());
  world.sandbox.set_credentials_expired(world.destination(), false);
  for (int look = 0; look < 100 && client.get_task(task)["status"] != "SUCCEEDED"; ++look) {
    std::this_thread::sleep_for(100ms);
  }
  EXPECT_EQ(client.get_task(task)["status"], "SUCCEEDED");
}

TEST_F(Transfer, ASuspendedTaskIsWaitedForAgainOnceItsCredentialsAreRenewed) {
  make_tree(3);
  world.sandbox.set_credentials_expired(world.destination(), true);
  const std::string task = client.submit_transfer(tree())["task_id"];
  const TaskWaitOptions patience{.timeout = 20s, .polling_interval = 1s};
  const TaskWaitResult suspended = client.task_wait(task, patience);
  EXPECT_TRUE(suspended);
  EXPECT_EQ(suspended.task()["status"], "INACTIVE");
  EXPECT_EQ(suspended.task()["nice_status"], "CREDENTIALS_EXPIRED");
  world.sandbox.set_credentials_expired(world.destination(), false);
  const TaskWaitResult ended = client.task_wait(task, patience);
  EXPECT_TRUE(ended);
  EXPECT_EQ(ended.task()["status"], "SUCCEEDED");
}

TEST_F(Transfer, ADeletionWhoseAnswerIsLostIsADuplicateAndNoError) {
  make_tree(3);
  globus_sandbox::Fault lost;
  lost.path = "/v0.10/delete$";
  lost.drop_after = true;
  world.sandbox.add_fault(lost);
  DeleteData deletion(world.source(), {.recursive = true});
  deletion.add_item("/tree");
  const GlobusHTTPResponse submitted = client.submit_delete(deletion);
  EXPECT_EQ(submitted["code"], "Duplicate");
  EXPECT_EQ(client.task_list().size(), 1u);
  EXPECT_EQ(client.get_task(submitted["task_id"])["task_id"], submitted["task_id"]);
}

TEST_F(Transfer, WaitsNoLongerThanItsTimeout) {
  TransferData data(world.source(), world.destination());
  data.add_item("/not-there", "/x");
  const std::string task = client.submit_transfer(data)["task_id"];
  EXPECT_FALSE(client.task_wait(task, {.timeout = 1s, .polling_interval = 10s}));
  EXPECT_FALSE(client.task_wait(task, {.timeout = 100ms}));
  EXPECT_THROW(client.task_wait(task, {.polling_interval = -1s}), GlobusSDKUsageError);
  std::stop_source source;
  std::jthread stopper([&source] {
    std::this_thread::sleep_for(200ms);
    source.request_stop();
  });
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_THROW(client.with({.stop = source.get_token()}).task_wait(task, {.timeout = 60s}),
               CancelledError);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
  client.cancel_task(task);
}

TEST_F(Transfer, ListsFolders) {
  world.write("ls/b.txt", "bb");
  world.write("ls/a.csv", "a");
  world.write("ls/.hidden", "");
  const std::string collection_id = world.source();
  std::vector<std::string> names;
  for (auto entry : client.operation_ls(collection_id, {.path = "/ls", .orderby = "name"})) {
    names.push_back(entry["name"]);
  }
  EXPECT_EQ(names, (std::vector<std::string>{".hidden", "a.csv", "b.txt"}));
  EXPECT_EQ(client.operation_ls(collection_id, {.path = "/ls", .show_hidden = false}).size(), 2u);
  EXPECT_EQ(client.operation_ls(collection_id, {.path = "/ls", .filter = "name:~*.csv"}).size(),
            1u);
  EXPECT_EQ(
      client
          .operation_ls(collection_id,
                        {.path = "/ls", .filter = {{"name", {"a.csv", "b.txt"}}, {"type", "file"}}})
          .size(),
      2u);
  EXPECT_EQ(client.operation_ls(collection_id, {.path = "/ls", .limit = 1, .offset = 1}).size(),
            1u);
  EXPECT_EQ(client.operation_stat(collection_id, {.path = "/ls/b.txt"})["size"], 2);
}

TEST_F(Transfer, MakesAndRenames) {
  const std::string id = world.source();
  client.operation_mkdir(id, "/made here");
  client.operation_rename(id, "/made here", "/möved & ren?med");
  EXPECT_EQ(client.operation_stat(id, {.path = "/möved & ren?med"})["type"], "dir");
  try {
    client.operation_mkdir(id, "/möved & ren?med");
    FAIL() << "no exception";
  } catch (const TransferAPIError& error) {
    EXPECT_EQ(error.http_status(), 502);
    EXPECT_NE(error.code().find("Exists"), std::string::npos) << error.code();
  }
  EXPECT_EQ(world.count("/mkdir"), 2);
}

TEST_F(Transfer, ErrorsSayWhatTheServiceSays) {
  const auto code_of = [](auto call) -> std::string {
    try {
      call();
    } catch (const TransferAPIError& error) {
      EXPECT_FALSE(error.request_id().empty());
      return error.code();
    }
    return "none";
  };
  EXPECT_EQ(code_of([&] { client.operation_ls(world.source(), {.path = "/nope"}); }),
            "ClientError.NotFound");
  world.write("file", "x");
  EXPECT_EQ(code_of([&] { client.operation_ls(world.source(), {.path = "/file"}); }),
            "ExternalError.DirListingFailed.NotDirectory");
  EXPECT_EQ(code_of([&] { client.get_endpoint("c7683485-3c3f-454a-94c0-74310c80b32a"); }),
            "EndpointNotFound");
}

TEST_F(Transfer, ConsentRequiredNamesItsScopes) {
  world.sandbox.set_requires_data_access(world.source(), true);
  try {
    client.operation_ls(world.source());
    FAIL() << "no exception";
  } catch (const TransferAPIError& error) {
    EXPECT_EQ(error.code(), "ConsentRequired");
    ASSERT_TRUE(error.info().consent_required);
    EXPECT_NE(error.info().consent_required.required_scopes.at(0).find("data_access"),
              std::string::npos);
  }
}

TEST_F(Transfer, DeletesATree) {
  make_tree(20);
  DeleteData data(world.source(), {.label = "clean up", .recursive = true});
  data.add_item("/tree/");
  const std::string task = client.submit_delete(data)["task_id"];
  EXPECT_TRUE(client.task_wait(task, {.timeout = 30s, .polling_interval = 1s}));
  EXPECT_EQ(client.get_task(task)["status"], "SUCCEEDED");
  EXPECT_FALSE(std::filesystem::exists(world.sandbox.folder("SOURCE") / "tree"));
}

TEST_F(Transfer, UpdatesTasks) {
  TransferData data(world.source(), world.destination());
  data.add_item("/not-there", "/x");
  const std::string task = client.submit_transfer(data)["task_id"];
  client.update_task(task, {{"DATA_TYPE", "task"}, {"label", "renamed"}});
  EXPECT_EQ(client.get_task(task)["label"], "renamed");
  client.cancel_task(task);
}

TEST_F(Transfer, SearchesEndpoints) {
  std::set<std::string> ids;
  for (auto collection :
       client.paginated().endpoint_search({.filter_scope = "my-endpoints", .limit = 1}).items()) {
    ids.insert(collection["id"]);
  }
  EXPECT_EQ(ids, (std::set<std::string>{world.source(), world.destination()}));
  EXPECT_EQ(client.get_endpoint(world.source())["id"], world.source());
}

TEST_F(Transfer, PagesOfTasksAreTheSameAsTheList) {
  make_tree(1);
  for (int number = 0; number < 7; ++number) client.submit_transfer(tree());
  std::vector<std::string> listed;
  for (auto task : client.task_list({.limit = 1000})) listed.push_back(task["task_id"]);
  std::vector<std::string> paged;
  for (auto task : client.paginated().task_list({.limit = 2}).items()) {
    paged.push_back(task["task_id"]);
  }
  EXPECT_EQ(listed.size(), 7u);
  EXPECT_EQ(paged, listed);
}

boost::asio::awaitable<GlobusHTTPResponse> transfer_asynchronously(TransferClient client,
                                                                   TransferData data) {
  const auto asynchronous = client.async();
  auto submitting = asynchronous.submit_transfer(data);
  const GlobusHTTPResponse submitted = co_await std::move(submitting);
  const std::string task = submitted["task_id"];
  TaskWaitOptions options;
  options.timeout = 30s;
  options.polling_interval = 1s;
  auto waiting = asynchronous.task_wait(task, options);
  const TaskWaitResult result = co_await std::move(waiting);
  co_return result.task();
}

TEST_F(Transfer, MovesATreeAsynchronously) {
  make_tree(50);
  const GlobusHTTPResponse task = run_async(transfer_asynchronously(client, tree()));
  EXPECT_EQ(task["status"], "SUCCEEDED");
  EXPECT_EQ(world.read_destination("copy/folder3/file3"), "content of 3");
}

TEST(TransferState, AKilledSandboxGoesOnWithItsTasks) {
  const globus_sdk_test::ScopedFolder scoped;
  const std::filesystem::path& folder = scoped.path;
  std::filesystem::create_directories(folder / "from");
  std::filesystem::create_directories(folder / "to");
  for (int number = 0; number < 200; ++number) {
    std::ofstream(folder / "from" / ("file" + std::to_string(number)))
        << std::string(20'000, 'x') << number;
  }
  globus_sandbox::SandboxOptions options;
  options.state = folder / "state.db";
  options.collections = {{"FROM", folder / "from"}, {"TO", folder / "to"}};
  std::string task;
  std::string token;
  {
    SandboxWorld world(options);
    world.sandbox.set_bandwidth_limit(200'000);
    token = world.sandbox.value("TRANSFER_TOKEN");
    TransferData data(world.sandbox.value("COLLECTION_FROM"), world.sandbox.value("COLLECTION_TO"));
    data.add_item("/", "/copy/", {.recursive = true});
    task = world.transfer_client().submit_transfer(data)["task_id"].as<std::string>();
    std::this_thread::sleep_for(500ms);
    EXPECT_EQ(world.transfer_client().get_task(task)["status"], "ACTIVE");
  }
  SandboxWorld world(options);
  EXPECT_EQ(world.sandbox.value("TRANSFER_TOKEN"), token);
  const TaskWaitResult result =
      world.transfer_client().task_wait(task, {.timeout = 60s, .polling_interval = 1s});
  EXPECT_EQ(result.task()["status"], "SUCCEEDED");
  EXPECT_EQ(result.task()["files_transferred"], 200);
  EXPECT_TRUE(std::filesystem::exists(folder / "to" / "copy" / "file199"));
}

}  // namespace
}  // namespace globus_sdk
