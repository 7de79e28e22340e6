// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <concepts>
#include <type_traits>

#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/id_token_decoder.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/recording_server.hpp"
#include "support/run_async.hpp"
#include "support/sandbox_world.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::run_async;
using globus_sdk_test::SandboxWorld;
using AsyncTransferClient = BasicTransferClient<Async>;

boost::asio::awaitable<void> stat_once(AsyncTransferClient client, std::string collection,
                                       int* done) {
  OperationStatOptions options;
  options.path = "/file";
  auto call = client.operation_stat(collection, options);
  const GlobusHTTPResponse stat = co_await std::move(call);
  if (stat["size"] == 7) ++*done;
}

TEST(AsyncClient, TenThousandCallsInFlightOnOneThreadFinish) {
  SandboxWorld world;
  world.write("file", "content");
  const TransferClient blocking = world.transfer_client();
  const AsyncTransferClient client = blocking.async();
  boost::asio::io_context context;
  int done = 0;
  for (int index = 0; index < 10'000; ++index) {
    boost::asio::co_spawn(context, stat_once(client, world.source(), &done), boost::asio::detached);
  }
  context.run();
  EXPECT_EQ(done, 10'000);
}

TEST(AsyncClient, UsageErrorsAreThrownByTheMethodItself) {
  SandboxWorld world;
  const TransferClient blocking = world.transfer_client();
  const AsyncTransferClient client = blocking.async();
  EXPECT_THROW(static_cast<void>(client.get_task("")), GlobusSDKUsageError);
  EXPECT_TRUE(world.sandbox.requests().empty());
}

/// Lists of tasks come after 5 seconds.
void answer_slowly(SandboxWorld& world) {
  globus_sandbox::Fault slow;
  slow.path = "task_list";
  slow.delay = 5;
  world.sandbox.add_fault(slow);
}

boost::asio::awaitable<bool> give_up_on(AsyncTransferClient client) {
  using namespace boost::asio::experimental::awaitable_operators;
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 100ms);
  auto call = client.get("/v0.10/task_list");
  auto either = std::move(call) || timer.async_wait(boost::asio::use_awaitable);
  const auto result = co_await std::move(either);
  co_return result.index() == 1;
}

TEST(AsyncClient, AsiosOwnCancellationEndsACall) {
  SandboxWorld world;
  answer_slowly(world);
  const auto begun = std::chrono::steady_clock::now();
  const TransferClient client = world.transfer_client();
  EXPECT_TRUE(run_async(give_up_on(client.async())));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 4s);
}

boost::asio::awaitable<int> count_items(AsyncTransferClient client) {
  TaskListOptions options;
  options.limit = 2;
  const auto pages = client.paginated().task_list(options);
  int count = 0;
  while (true) {
    auto turning = pages.next_item();
    const std::optional<JsonView> item = co_await std::move(turning);
    if (!item) co_return count;
    ++count;
  }
}

TEST(AsyncClient, WalksPages) {
  SandboxWorld world;
  const TransferClient client = world.transfer_client();
  for (int number = 0; number < 5; ++number) {
    TransferData data(world.source(), world.destination());
    data.add_item("/not-there", "/x");
    client.submit_transfer(data);
  }
  EXPECT_EQ(run_async(count_items(client.async())), 5);
}

template <class Client, class Options>
concept TakesOptionsTemporary =
    requires(const Client& client, std::string_view id) { client.get_task(id, Options{}); };

template <class Client>
concept TakesBracedSettings = requires(const Client& client) { client.with({.timeout = 5s}); };

template <class Client>
concept TakesNamedSettings =
    requires(const Client& client, const CallSettings& settings) { client.with(settings); };

/// Whether there is `async()` of a client without a name.
template <class Client>
concept GivesAsyncUnnamed = requires(Client client) { std::move(client).async(); };

template <class Client>
concept GivesAsyncNamed = requires(Client client) { client.async(); };

/// A document is an object of any payload class, or any JSON.
template <class Parameter> constexpr bool takes_named_documents() {
  return std::is_convertible_v<TransferData&, Parameter> &&
         std::is_convertible_v<const DeleteData&, Parameter> &&
         std::is_convertible_v<Payload&, Parameter> && std::is_convertible_v<Json&, Parameter> &&
         std::is_convertible_v<const JsonView&, Parameter> &&
         std::is_convertible_v<DependentScopeSpec&, Parameter>;
}
template <class Parameter> constexpr bool takes_unnamed_documents(bool expected) {
  return std::is_convertible_v<TransferData, Parameter> == expected &&
         std::is_convertible_v<const DeleteData, Parameter> == expected &&
         std::is_convertible_v<Payload, Parameter> == expected &&
         std::is_convertible_v<Json, Parameter> == expected &&
         std::is_convertible_v<JsonView, Parameter> == expected &&
         !std::is_convertible_v<int*, Parameter>;
}

TEST(AsyncClient, RefusesWhatGcc12WouldDestroyTwice) {
  static_assert(TakesOptionsTemporary<TransferClient, GetTaskOptions>);
  static_assert(TakesOptionsTemporary<AsyncTransferClient, GetTaskOptions> ==
                detail::temporaries_in_co_await_work);
  static_assert(takes_named_documents<TransferClient::Submission>());
  static_assert(takes_named_documents<TransferClient::Document>());
  static_assert(takes_named_documents<AsyncTransferClient::Submission>());
  static_assert(takes_named_documents<AsyncTransferClient::Document>());
  static_assert(takes_unnamed_documents<TransferClient::Submission>(true));
  static_assert(takes_unnamed_documents<TransferClient::Document>(true));
  static_assert(takes_unnamed_documents<AsyncTransferClient::Submission>(
      detail::temporaries_in_co_await_work));
  static_assert(
      takes_unnamed_documents<AsyncTransferClient::Document>(detail::temporaries_in_co_await_work));
}

/// `co_await client.with({...}).async().f()` and `co_await client.async().with({...}).f()`.
template <template <class> class Client> constexpr bool settings_have_a_name_where_they_must() {
  return TakesBracedSettings<Client<Blocking>> && TakesNamedSettings<Client<Async>> &&
         GivesAsyncNamed<Client<Blocking>> &&
         TakesBracedSettings<Client<Async>> == detail::temporaries_in_co_await_work &&
         GivesAsyncUnnamed<Client<Blocking>> == detail::temporaries_in_co_await_work;
}

TEST(AsyncClient, RefusesSettingsThatGcc12WouldDestroyTwice) {
  static_assert(settings_have_a_name_where_they_must<BasicTransferClient>());
  static_assert(settings_have_a_name_where_they_must<BasicAuthClient>());
  static_assert(settings_have_a_name_where_they_must<BasicConfidentialAppAuthClient>());
  static_assert(settings_have_a_name_where_they_must<BasicNativeAppAuthClient>());
  static_assert(settings_have_a_name_where_they_must<BasicIDTokenDecoder>());
}

boost::asio::awaitable<bool> is_too_slow(TransferClient client) {
  const CallSettings settings{.deadline = 300ms};
  const auto hurried = client.async().with(settings);
  try {
    co_await hurried.get("/v0.10/task_list");
  } catch (const GlobusTimeoutError&) {
    co_return true;
  }
  co_return false;
}

TEST(AsyncClient, TakesSettingsThatHaveAName) {
  SandboxWorld world;
  answer_slowly(world);
  EXPECT_TRUE(run_async(is_too_slow(world.transfer_client())));
}

// g++ 12 and 13 destroy a temporary twice that stands in braces inside a co_await expression
#if defined(__clang__) || __GNUC__ >= 14
boost::asio::awaitable<std::string> natural_form(TransferClient blocking, std::string source) {
  const AsyncTransferClient client = blocking.async();
  auto listing = co_await client.operation_ls(source, {.path = "/", .orderby = {"name", "size"}});
  auto again = co_await client.operation_ls(source, OperationLsOptions{.path = "/"});
  auto task = co_await client.submit_transfer(
      TransferData{source, source, {.label = "natural"}}.add_item("/not-there", "/x"));
  const std::string id = task["task_id"].as<std::string>();
  auto updated = co_await client.update_task(id, {{"DATA_TYPE", "task"}, {"label", "other"}});
  auto patient = co_await client.with({.timeout = 50s, .stop = std::stop_source().get_token()})
                     .get_task(id, {.query_params = {{"fields", "label"}}});
  co_return (co_await blocking.with({.deadline = 50s, .stop = std::stop_source().get_token()})
                 .async()
                 .get_task(id, {.query_params = {{"fields", "label"}}}))["label"]
      .as<std::string>();
}

TEST(AsyncClient, TakesTheNaturalFormWhereTheCompilerDoes) {
  static_assert(detail::temporaries_in_co_await_work);
  SandboxWorld world;
  EXPECT_EQ(run_async(natural_form(world.transfer_client(), world.source())), "other");
}
#endif

}  // namespace
}  // namespace globus_sdk
