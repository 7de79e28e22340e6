// SPDX-License-Identifier: Apache-2.0
// TimersClient beyond its wire records: errors, scopes of apps, what is refused.
#include "globus_sdk/timers/timers_client.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "globus_sdk/app/user_app.hpp"
#include "globus_sdk/async.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/scopes/dynamic_scope_collections.hpp"
#include "globus_sdk/scopes/scope_parser.hpp"
#include "support/recorded_answers.hpp"
#include "unit/mistake.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

const std::string first_id = "11111111-1111-4111-8111-11111111111a";
const std::string second_id = "22222222-2222-4222-8222-22222222222b";

/// The error with which Timers answers all that a client of a test asks.
template <class Work> TimersAPIError error_of(const RecordedAnswer& answer, Work work) {
  const RecordingServer server([&answer](const RecordedRequest&) { return answer; });
  const TimersClient client(
      AccessTokenAuthorizer("an-access-token"),
      {.base_url = server.url(), .retry_config = RetryConfig{.max_retries = 0}});
  try {
    work(client);
  } catch (const TimersAPIError& error) {
    return error;
  }
  throw std::runtime_error("there was no error");
}

TEST(TimersErrors, HaveTheFieldsThatAreMissing) {
  const TimersAPIError error =
      error_of(recorded_answer("timer.create_job", "validation_error"), [](const auto& client) {
        const Json job = {{"name", "x"}};
        client.create_job(job);
      });
  EXPECT_EQ(error.http_status(), 422);
  EXPECT_EQ(error.messages(),
            (std::vector<std::string>{"<text>: body.start", "<text>: body.callback_url"}));
  ASSERT_EQ(error.errors().size(), 2U);
  EXPECT_EQ(error.errors()[1].message, "<text>");
  EXPECT_EQ(error.errors()[1].get("type"), "value_error.missing");
  EXPECT_EQ(error.code(), "");
}

TEST(TimersErrors, MayBeOneDocument) {
  const TimersAPIError error = error_of(recorded_answer("timer.get_job", "simple_500_error"),
                                        [](const auto& client) { client.get_job(first_id); });
  EXPECT_EQ(error.http_status(), 500);
  EXPECT_EQ(error.code(), "ERROR");
  EXPECT_EQ(error.messages(), std::vector<std::string>{"<text>"});
  ASSERT_EQ(error.errors().size(), 1U);
  EXPECT_EQ(error.errors()[0].get("status"), 500);
}

UserApp app_in_memory() {
  return UserApp("an app", {.client_id = first_id, .config = {.token_storage = "memory"}});
}

/// What an app requires of Timers, as a login asks for it.
std::string required_of_timers(const UserApp& app) {
  return ScopeParser::serialize(
      ScopeParser::merge_scopes(app.scope_requirements().at(TimersScopes.resource_server), {}));
}

std::string data_access(const std::string& id) {
  return "https://auth.globus.org/scopes/" + id + "/data_access";
}

TEST(TimersScopesOfAnApp, HaveTheDataOfCollections) {
  const UserApp app = app_in_memory();
  const TimersClient client(app);
  EXPECT_EQ(required_of_timers(app), TimersScopes.timer.str());
  // small letters, as the service writes scopes
  client.add_app_transfer_data_access_scope({"11111111-1111-4111-8111-11111111111A", second_id});
  EXPECT_EQ(required_of_timers(app), TimersScopes.timer.str() + "[" + TransferScopes.all.str() +
                                         "[*" + data_access(first_id) + " *" +
                                         data_access(second_id) + "]]");
}

TEST(TimersScopesOfAnApp, HaveFlows) {
  const UserApp app = app_in_memory();
  const TimersClient client = TimersClient(app).add_app_flow_user_scope(second_id);
  EXPECT_EQ(required_of_timers(app), TimersScopes.timer.str() + "[https://auth.globus.org/scopes/" +
                                         second_id +
                                         "/flow_22222222_2222_4222_8222_22222222222b_user]");
}

TEST(TimersScopesOfAnApp, AddUp) {
  const UserApp app = app_in_memory();
  TimersClient(app)
      .add_app_transfer_data_access_scope(first_id)
      .add_app_flow_user_scope({first_id, second_id})
      .add_app_transfer_data_access_scope(second_id);
  const std::string required = required_of_timers(app);
  for (const std::string& part :
       {data_access(first_id), data_access(second_id), SpecificFlowScopes(first_id).user.str(),
        SpecificFlowScopes(second_id).user.str()}) {
    EXPECT_NE(required.find(part), std::string::npos) << part << " is not in " << required;
  }
}

TEST(TimersScopesOfAnApp, AreRefusedForWhatIsNoId) {
  const TimersClient client(app_in_memory());
  EXPECT_TRUE(is_refused("collection_ids: 'x'",
                         [&] { client.add_app_transfer_data_access_scope({first_id, "x"}); }));
  EXPECT_TRUE(is_refused("flow_ids: ''", [&] { client.add_app_flow_user_scope(""); }));
}

template <class Client> std::vector<Mistake<Client>> timer_mistakes() {
  return {
      {"job_id", [](const Client& client) { return client.get_job(""); }},
      {"job_id", [](const Client& client) { return client.delete_job(""); }},
      {"job_id", [](const Client& client) { return client.pause_job(""); }},
      {"job_id", [](const Client& client) { return client.resume_job(""); }},
      {"job_id",
       [](const Client& client) {
         const Json data = {{"name", "x"}};
         return client.update_job("", data);
       }},
      {"query_params",
       [](const Client& client) {
         ListJobsOptions options;
         options.query_params = "text";
         return client.list_jobs(options);
       }},
      {"timer",
       [](const Client& client) {
         const Json timer("text");
         return client.create_timer(timer);
       }},
      {"call create_job",
       [](const Client& client) {
         const TimerJob job("u", Json::object(), "2026-01-02", null);
         return client.create_timer(job);
       }},
      {"data",
       [](const Client& client) {
         const Json job = Json::array();
         return client.create_job(job);
       }},
      {"call create_timer",
       [](const Client& client) {
         const TransferTimer timer(OnceTimerSchedule(), Json::object());
         return client.create_job(timer);
       }},
      {"call create_timer",
       [](const Client& client) {
         const FlowTimer timer("f", OnceTimerSchedule(), Json::object());
         return client.create_job(timer);
       }},
  };
}

TEST(BadInput, OfTimersClient) {
  const Refused refused;
  const TimersClient client(AccessTokenAuthorizer("an-access-token"), refused.options());
  const auto other = client.async();
  expect_refused(client, timer_mistakes<TimersClient>());
  expect_refused(other, timer_mistakes<BasicTimersClient<Async>>());
}

}  // namespace
}  // namespace globus_sdk_test
