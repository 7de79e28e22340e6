// SPDX-License-Identifier: Apache-2.0
#include "soak/calls.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>
#include <string_view>

#include "globus_sdk/async.hpp"
#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/authorizers/client_credentials_authorizer.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"
#include "globus_sdk/compute/compute_client_v2.hpp"
#include "globus_sdk/compute/compute_client_v3.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/flows/flows_client.hpp"
#include "globus_sdk/flows/specific_flow_client.hpp"
#include "globus_sdk/gcs/gcs_client.hpp"
#include "globus_sdk/groups/groups_client.hpp"
#include "globus_sdk/search/search_client.hpp"
#include "globus_sdk/timers/timers_client.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"

namespace soak {

using namespace globus_sdk;
using boost::asio::awaitable;
using CallHandle = std::shared_ptr<Call>;

namespace {

void require(bool is_right, const std::string& what) {
  if (!is_right) throw WrongAnswer(what);
}

/// The answer is this call's, to the last byte; and JSON, or reading it throws.
void check_echo(const Call& call, const GlobusHTTPResponse& response) {
  static_cast<void>(response["call"]);
  require(response.text() == answer_text(call.world.seed, call.plan.call, 0), "another answer");
}

Json some_document() {
  return Json::object({{"display_name", "soak"}, {"q", "*"}});
}

AccessTokenAuthorizer access_token() {
  return AccessTokenAuthorizer("soak-token");
}

// ---- calls that are one method of a client ------------------------------------------------------

/// Makes the client of a call.
template <class Client> using Make = Client (*)(const Call&);
template <class Response> using Check = void (*)(const Call&, const Response&);

/// @param ask calls the method of a client in either mode.
template <class Client, class Ask>
awaitable<void> run_async(CallHandle call, Client client, Ask ask,
                          Check<GlobusHTTPResponse> check) {
  const auto asynchronous = client.async();
  auto asking = ask(asynchronous, *call);
  const GlobusHTTPResponse response = co_await std::move(asking);
  check(*call, response);
}

template <class Client, class Ask>
Kind one_method(const char* name, int weight, const char* api_error, Make<Client> make, Ask ask,
                Check<GlobusHTTPResponse> check = &check_echo, bool has_one_request = true) {
  const auto block = [=](const CallHandle& call) {
    const Client client = make(*call).with(call->settings());
    const GlobusHTTPResponse response = ask(client, *call);
    check(*call, response);
  };
  const auto begin = [=](const CallHandle& call) {
    return run_async(call, make(*call).with(call->settings()), ask, check);
  };
  return {name, weight, Kind::Judged::strictly, has_one_request, api_error, block, begin};
}

/// The client of a service that the sandbox does not have.
template <class Client> Client echo(const Call& call) {
  return Client(access_token(), call.options("echo"));
}

SpecificFlowClient specific_flow(const Call& call) {
  return SpecificFlowClient(call.id(), access_token(), call.options("echo"));
}

GCSClient gcs(const Call& call) {
  return GCSClient("soak.example.org", access_token(), call.options("echo"));
}

TransferClient transfer_of(const Call& call, const AnyAuthorizer& authorizer) {
  return TransferClient(authorizer, call.options("transfer"));
}

TransferClient shared_transfer(const Call& call) {
  return transfer_of(call, call.world.shared_authorizer);
}

ConfidentialAppAuthClient login(const Call& call) {
  return ConfidentialAppAuthClient(call.world.sandbox.value("CLIENT_ID"),
                                   call.world.sandbox.value("CLIENT_SECRET"), call.options("auth"));
}

/// What a call's authorizer renews with. A renewal belongs to no call, and has limits of its own.
ConfidentialAppAuthClient login_for_renewals(const Call& call) {
  CallSettings settings;
  if (hangs_until_a_limit(call.plan)) settings.timeout = 1s;
  if (call.plan.stopped_in) {
    settings.timeout = 2s;
    settings.max_retries = 0;
  }
  return login(call).with(settings);
}

/// One whose token has expired, which only the service knows.
TransferClient transfer_with_refused_token(const Call& call) {
  RenewingAuthorizerOptions options;
  options.access_token = "refused";
  options.expires_at = std::int64_t{4'000'000'000};
  return transfer_of(call,
                     RefreshTokenAuthorizer(call.world.sandbox.value("TRANSFER_REFRESH_TOKEN"),
                                            login_for_renewals(call), options));
}

TransferClient transfer_without_token(const Call& call) {
  return transfer_of(call,
                     RefreshTokenAuthorizer(call.world.sandbox.value("TRANSFER_REFRESH_TOKEN"),
                                            login_for_renewals(call)));
}

TransferClient transfer_of_the_app(const Call& call) {
  return transfer_of(
      call, ClientCredentialsAuthorizer(login_for_renewals(call),
                                        "urn:globus:auth:scope:transfer.api.globus.org:all"));
}

AuthClient auth(const Call& call) {
  return AuthClient(AccessTokenAuthorizer(call.world.auth_token), call.options("auth"));
}

void check_introspection(const Call& call, const GlobusHTTPResponse& response) {
  require(response["active"].as<bool>(), "not active");
  require(response["client_id"] == call.world.sandbox.value("CLIENT_ID"), "another client");
}

void check_userinfo(const Call& call, const GlobusHTTPResponse& response) {
  require(response["preferred_username"] == call.world.sandbox.value("USERNAME"), "another user");
}

void check_tokens(const Call&, const GlobusHTTPResponse& response) {
  require(response["token_type"] == "Bearer", "no token");
}

void check_listing(const Call&, const GlobusHTTPResponse& response) {
  require(response["DATA"].size() == 3, "another folder");
}

void check_made(const Call&, const GlobusHTTPResponse& response) {
  require(response["code"] == "DirectoryCreated", "not made");
}

void check_submitted(const Call&, const GlobusHTTPResponse& response) {
  const std::string code = response["code"];
  require(code == "Accepted" || code == "Duplicate", "not submitted");
}

// ---- listings, files ----------------------------------------------------------------------------

std::string item_of(const Call& call, std::size_t number) {
  return std::to_string(call.plan.call) + "-" + std::to_string(number / items_of_page) + "-" +
         std::to_string(number % items_of_page);
}

constexpr std::size_t items_of_listing = pages_of_listing * items_of_page;

void list_all(const CallHandle& call) {
  const auto client = echo<FlowsClient>(*call).with(call->settings());
  std::size_t number = 0;
  for (const auto& item : client.paginated().list_flows().items()) {
    require(item["id"] == item_of(*call, number++), "another item");
  }
  require(number == items_of_listing, "items are missing");
}

awaitable<void> list_all_async(CallHandle call, FlowsClient client) {
  const auto asynchronous = client.async();
  const auto paginated = asynchronous.paginated();
  auto pages = paginated.list_flows();
  std::size_t number = 0;
  while (true) {
    auto asking = pages.next_item();
    const auto item = co_await std::move(asking);
    if (!item) break;
    require((*item)["id"] == item_of(*call, number++), "another item");
  }
  require(number == items_of_listing, "items are missing");
}

GCSCollectionClient files_of(const Call& call) {
  ClientOptions options = call.options("https/" + call.world.source);
  return GCSCollectionClient(call.world.source, "https://soak.example.org",
                             AccessTokenAuthorizer(call.world.source_token), options)
      .with(call.settings());
}

std::vector<std::byte> content_of(const Call& call) {
  Random random(mixed(call.world.seed, call.plan.call, 3000));
  std::vector<std::byte> bytes(1 + random.below(20'000));
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(random.below(256));
  return bytes;
}

/// Few enough that the sandbox' folder stays small.
std::string file_of(const Call& call) {
  return "/files/" + std::to_string(call.plan.call) + ".bin";
}

void move_file(const CallHandle& call) {
  const GCSCollectionClient files = files_of(*call);
  const std::vector<std::byte> sent = content_of(*call);
  files.upload(sent, file_of(*call));
  std::vector<std::byte> received;
  files.download(file_of(*call), received);
  require(received == sent, "another file");
  files.remove(file_of(*call));
}

awaitable<void> move_file_async(CallHandle call, GCSCollectionClient client) {
  const auto files = client.async();
  const std::string path = file_of(*call);
  const std::vector<std::byte> sent = content_of(*call);
  auto uploading = files.upload(sent, path);
  co_await std::move(uploading);
  std::vector<std::byte> received;
  auto downloading = files.download(path, received);
  co_await std::move(downloading);
  require(received == sent, "another file");
  auto removing = files.remove(path);
  co_await std::move(removing);
}

// ---- all of them --------------------------------------------------------------------------------

std::vector<Kind> kinds_of_groups_and_search() {
  const auto get_group = [](const auto& client, const Call& call) {
    return client.get_group(call.id());
  };
  const auto create_group = [](const auto& client, const Call&) {
    const Json document = some_document();
    return client.create_group(document);
  };
  const auto update_group = [](const auto& client, const Call& call) {
    const Json document = some_document();
    return client.update_group(call.id(), document);
  };
  const auto delete_group = [](const auto& client, const Call& call) {
    return client.delete_group(call.id());
  };
  const auto get_index = [](const auto& client, const Call& call) {
    return client.get_index(call.id());
  };
  const auto post_search = [](const auto& client, const Call& call) {
    const Json document = some_document();
    return client.post_search(call.id(), document);
  };
  const auto update_index = [](const auto& client, const Call& call) {
    UpdateIndexOptions options;
    options.display_name = "soak";
    return client.update_index(call.id(), options);
  };
  const auto ingest = [](const auto& client, const Call& call) {
    const Json document = some_document();
    return client.ingest(call.id(), document);
  };
  const char* groups = "GroupsAPIError";
  const char* search = "SearchAPIError";
  return {
      one_method("groups: get_group (GET)", 4, groups, &echo<GroupsClient>, get_group),
      one_method("groups: create_group (POST)", 4, groups, &echo<GroupsClient>, create_group),
      one_method("groups: update_group (PUT)", 3, groups, &echo<GroupsClient>, update_group),
      one_method("groups: delete_group (DELETE)", 3, groups, &echo<GroupsClient>, delete_group),
      one_method("search: get_index (GET)", 3, search, &echo<SearchClient>, get_index),
      one_method("search: post_search (POST, safe)", 4, search, &echo<SearchClient>, post_search),
      one_method("search: update_index (PATCH, safe)", 3, search, &echo<SearchClient>,
                 update_index),
      one_method("search: ingest (POST)", 3, search, &echo<SearchClient>, ingest),
  };
}

std::vector<Kind> kinds_of_flows_and_compute() {
  const auto get_flow = [](const auto& client, const Call& call) {
    return client.get_flow(call.id());
  };
  const auto validate_flow = [](const auto& client, const Call&) {
    const Json document = some_document();
    return client.validate_flow(document);
  };
  const auto run_flow = [](const auto& client, const Call&) {
    const Json document = some_document();
    return client.run_flow(document);
  };
  const auto get_job = [](const auto& client, const Call& call) {
    return client.get_job(call.id());
  };
  const auto pause_job = [](const auto& client, const Call& call) {
    return client.pause_job(call.id());
  };
  const auto update_job = [](const auto& client, const Call& call) {
    const Json document = some_document();
    return client.update_job(call.id(), document);
  };
  const auto delete_job = [](const auto& client, const Call& call) {
    return client.delete_job(call.id());
  };
  const auto get_task = [](const auto& client, const Call& call) {
    return client.get_task(call.id());
  };
  const auto submit = [](const auto& client, const Call& call) {
    const Json document = some_document();
    return client.submit(call.id(), document);
  };
  const auto get_collection = [](const auto& client, const Call& call) {
    return client.get_collection(call.id());
  };
  const auto create_collection = [](const auto& client, const Call&) {
    const Json document = some_document();
    return client.create_collection(document);
  };
  const char* flows = "FlowsAPIError";
  const char* compute = "ComputeAPIError";
  const char* timers = "TimersAPIError";
  const char* of_gcs = "GCSAPIError";
  return {
      one_method("flows: get_flow (GET)", 3, flows, &echo<FlowsClient>, get_flow),
      one_method("flows: validate_flow (POST, safe)", 3, flows, &echo<FlowsClient>, validate_flow),
      one_method("flows: run_flow (POST)", 3, flows, &specific_flow, run_flow),
      one_method("timers: get_job (GET)", 3, timers, &echo<TimersClient>, get_job),
      one_method("timers: pause_job (POST, no body)", 3, timers, &echo<TimersClient>, pause_job),
      one_method("timers: update_job (PATCH)", 3, timers, &echo<TimersClient>, update_job),
      one_method("timers: delete_job (DELETE)", 3, timers, &echo<TimersClient>, delete_job),
      one_method("compute: get_task (GET)", 3, compute, &echo<ComputeClientV2>, get_task),
      one_method("compute: submit (POST)", 3, compute, &echo<ComputeClientV3>, submit),
      one_method("gcs: get_collection (GET)", 3, of_gcs, &gcs, get_collection),
      one_method("gcs: create_collection (POST)", 3, of_gcs, &gcs, create_collection),
  };
}

std::vector<Kind> kinds_of_the_sandbox() {
  const auto introspect = [](const auto& client, const Call& call) {
    return client.oauth2_token_introspect(call.world.auth_token);
  };
  const auto userinfo = [](const auto& client, const Call&) { return client.userinfo(); };
  const auto credentials = [](const auto& client, const Call&) {
    const Strings scopes("urn:globus:auth:scope:transfer.api.globus.org:all");
    return client.oauth2_client_credentials_tokens(scopes);
  };
  const auto refresh = [](const auto& client, const Call& call) {
    return client.oauth2_refresh_token(call.world.sandbox.value("TRANSFER_REFRESH_TOKEN"));
  };
  const auto ls = [](const auto& client, const Call& call) {
    OperationLsOptions options;
    options.path = "/listed/";
    return client.operation_ls(call.world.source, options);
  };
  const auto mkdir = [](const auto& client, const Call& call) {
    return client.operation_mkdir(call.world.source,
                                  "/made/" + std::to_string(call.plan.call) + "/");
  };
  const char* of_auth = "AuthAPIError";
  const char* transfer = "TransferAPIError";
  return {
      one_method("auth: introspect (POST, safe)", 4, of_auth, &login, introspect,
                 &check_introspection),
      one_method("auth: userinfo (GET)", 4, of_auth, &auth, userinfo, &check_userinfo),
      one_method("auth: client credentials (POST, safe)", 2, of_auth, &login, credentials,
                 &check_tokens),
      one_method("auth: refresh token (POST)", 2, of_auth, &login, refresh, &check_tokens),
      one_method("transfer: operation_ls (GET)", 4, transfer, &shared_transfer, ls, &check_listing,
                 false),
      one_method("transfer: operation_mkdir (POST)", 3, transfer, &shared_transfer, mkdir,
                 &check_made, false),
  };
}

/// Calls of several requests.
std::vector<Kind> kinds_of_several_requests() {
  const auto ls = [](const auto& client, const Call& call) {
    OperationLsOptions options;
    options.path = "/listed/";
    return client.operation_ls(call.world.source, options);
  };
  const auto get_submission_id = [](const auto& client, const Call&) {
    return client.get_submission_id();
  };
  const auto check_id = +[](const Call&, const GlobusHTTPResponse& response) {
    require(response["value"].as<std::string>().size() == 36, "no id");
  };
  const auto submit_delete = [](const auto& client, const Call& call) {
    DeleteDataOptions options;
    options.ignore_missing = true;
    DeleteData data(call.world.source, options);
    data.add_item("/absent/" + std::to_string(call.plan.call));
    return client.submit_delete(data);
  };
  const char* transfer = "TransferAPIError";
  std::vector<Kind> result{
      one_method("transfer: ls, token refused, then refreshed", 3, transfer,
                 &transfer_with_refused_token, ls, &check_listing, false),
      one_method("transfer: ls, first token by refresh", 2, transfer, &transfer_without_token, ls,
                 &check_listing, false),
      one_method("transfer: id, first token by credentials", 2, transfer, &transfer_of_the_app,
                 get_submission_id, check_id, false),
      one_method("transfer: submit_delete (POST, safe by its id)", 1, transfer, &shared_transfer,
                 submit_delete, &check_submitted, false),
  };
  result.push_back({"flows: list_flows, all pages", 4, Kind::Judged::strictly, false,
                    "FlowsAPIError", &list_all, [](const CallHandle& call) {
                      return list_all_async(call, echo<FlowsClient>(*call).with(call->settings()));
                    }});
  result.push_back({"files: upload, download, remove", 4, Kind::Judged::leniently, false,
                    "GlobusAPIError", &move_file,
                    [](const CallHandle& call) { return move_file_async(call, files_of(*call)); }});
  return result;
}

constexpr const char* name_of_renewing_kind = "transfer: ls, first token by refresh";

}  // namespace

World::World(std::uint64_t of_seed, TroubleServer& of_server,
             const globus_sdk_test::ServedSandbox& of_sandbox)
    : seed(of_seed),
      server(of_server),
      sandbox(of_sandbox),
      transport(TransportSettings{.http_timeout = 60s, .max_response_size = 1 << 20}),
      shared_authorizer(of_sandbox.value("TRANSFER_REFRESH_TOKEN"), of_sandbox.login_client()),
      auth_token(of_sandbox.value("AUTH_TOKEN")),
      source(of_sandbox.value("COLLECTION_SOURCE")),
      source_token(of_sandbox.value("SOURCE_HTTPS_TOKEN")) {}

Call::Call(const World& of, Plan planned, bool in_async_mode)
    : world(of), plan(std::move(planned)), is_async(in_async_mode) {
  url = world.server.url_of(plan.call);
  const Trouble first = plan.first_trouble();
  if (first == Trouble::silent_names || plan.stopped_in == Stage::names) {
    url = "https://" + std::to_string(plan.call) + ".slow.example/c/1";
  } else if (first == Trouble::no_tls) {
    url.insert(4, "s");
  } else if (first == Trouble::refused || first == Trouble::no_connection ||
             plan.stopped_in == Stage::connecting) {
    door = std::make_unique<TroubleServer::Door>(world.server);
    if (first != Trouble::refused) door->block();
    url = TroubleServer::url_of(plan.call, door->port());
  }
}

ClientOptions Call::options(const std::string& service) const {
  ClientOptions options;
  options.base_url = url + "/" + service + "/";
  options.transport = world.transport;
  RetryConfig retry;
  retry.max_retries = most_retries;
  retry.max_sleep = 5ms;
  if (door && plan.first_trouble() == Trouble::refused) {
    // once as many connections were refused as are to be, there is a listener
    const auto refused =
        static_cast<int>(std::ranges::count(plan.faults, Trouble::refused, &Fault::trouble));
    retry.checks.push_back([opens = door.get(), refused](const RetryContext& context) {
      if (context.attempt + 1 == refused) opens->open();
      return RetryCheckResult::no_decision;
    });
  }
  options.retry_config = retry;
  return options;
}

CallSettings Call::settings() const {
  CallSettings settings;
  settings.deadline = deadline;
  const Trouble first = plan.first_trouble();
  const bool hangs = hangs_until_a_limit(plan);
  if (hangs && plan.ends_by_deadline) {
    settings.deadline = 1s;
  } else if (hangs) {
    settings.timeout = 1s;
  }
  if (first == Trouble::silent_names || first == Trouble::no_connection) settings.max_retries = 0;
  if (plan.stopped_in) settings.stop = stop.get_token();
  return settings;
}

std::string Call::id() const {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "00000000-0000-4000-8000-%012llu",
                static_cast<unsigned long long>(plan.call));
  return text.data();
}

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = [] {
    std::vector<Kind> result;
    for (const auto& part : {kinds_of_groups_and_search(), kinds_of_flows_and_compute(),
                             kinds_of_the_sandbox(), kinds_of_several_requests()}) {
      result.insert(result.end(), part.begin(), part.end());
    }
    return result;
  }();
  return all;
}

const Kind& renewing_kind() {
  return *std::ranges::find(kinds(), std::string_view(name_of_renewing_kind),
                            [](const Kind& kind) { return std::string_view(kind.name); });
}

const Kind& kind_of(const Plan& plan) {
  if (plan.stopped_in == Stage::renewal) return renewing_kind();
  const Trouble first = plan.first_trouble();
  const bool needs_one_request = first == Trouble::refused || first == Trouble::silent_names ||
                                 first == Trouble::no_connection || first == Trouble::no_tls ||
                                 meets(plan, Trouble::unauthorized) ||
                                 plan.stopped_in == Stage::connecting ||
                                 plan.stopped_in == Stage::names || plan.stopped_in == Stage::pause;
  int sum = 0;
  const auto may_be = [&](const Kind& kind) { return !needs_one_request || kind.has_one_request; };
  for (const Kind& kind : kinds()) sum += may_be(kind) ? kind.weight : 0;
  int place = static_cast<int>(plan.kind % static_cast<std::uint64_t>(sum));
  for (const Kind& kind : kinds()) {
    if (!may_be(kind)) continue;
    place -= kind.weight;
    if (place < 0) return kind;
  }
  return kinds().front();
}

}  // namespace soak
