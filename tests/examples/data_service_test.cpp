// SPDX-License-Identifier: Apache-2.0
// The data service as it is deployed: requests over HTTP, probes, signals, several instances.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <globus_sdk/globus_sdk.hpp>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "sandbox/sandbox.hpp"
#include "support/browser.hpp"
#include "support/loopback_socket.hpp"
#include "support/over_tls.hpp"
#include "support/postgres_server.hpp"
#include "support/program.hpp"
#include "support/raw_http.hpp"
#include "support/scoped_folder.hpp"

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace std::chrono_literals;
using globus_sandbox::Sandbox;
using globus_sdk_test::code_from;
using globus_sdk_test::for_this_run;
using globus_sdk_test::over_tls;
using globus_sdk_test::ScopedFolder;
using programs::Environment;
using programs::Program;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string transfer_server = "transfer.api.globus.org";

void write_file(const fs::path& file, const std::string& content) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << content;
}

std::string read_file(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

bool eventually(const std::function<bool()>& holds) {
  for (int tries = 0; tries < 1000; ++tries) {
    if (holds()) return true;
    std::this_thread::sleep_for(20ms);
  }
  return false;
}

/// One instance that runs.
class Instance {
 public:
  explicit Instance(const Environment& variables)
      : program_({std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/data_service"}, variables) {
    const std::string announced = "listening on port ";
    std::string line = program_.line();
    while (line == "ready" || line.starts_with("not ready: ")) line = program_.line();
    if (!line.starts_with(announced)) throw std::runtime_error("it does not start: " + line);
    url_ = "http://127.0.0.1:" + line.substr(announced.size());
  }

  Program& program() { return program_; }
  std::uint16_t port() const {
    return static_cast<std::uint16_t>(std::stoi(url_.substr(url_.rfind(':') + 1)));
  }
  raw_http::Answer get(const std::string& path, const std::string& token = {}) const {
    return raw_http::Client().get_as(token, url_ + path);
  }
  raw_http::Answer post(const std::string& path, const std::string& token,
                        const std::string& body = "{}") const {
    raw_http::Request request;
    request.method = "POST";
    request.url = url_ + path;
    request.headers = {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}};
    request.body = body;
    request.timeout = 60;
    return raw_http::Client().send(request);
  }
  bool becomes_ready() const {
    return eventually([this] { return get("/readyz").status == 200; });
  }
  /// Asks it to end, and waits. Returns its exit status.
  int stop() {
    program_.send(SIGTERM);
    return program_.finish();
  }

 private:
  Program program_;
  std::string url_{};
};

class DataService : public testing::Test {
 protected:
  DataService() {
    write_file(credentials() / "client-id", sandbox.value("CLIENT_ID") + '\n');
    write_file(credentials() / "client-secret", sandbox.value("CLIENT_SECRET") + '\n');
  }

  fs::path credentials() const { return folder.path / "credentials"; }
  fs::path tokens_file() const { return folder.path / "state" / "tokens.db"; }

  /// What systemd gives a unit with LoadCredential and StateDirectory.
  Environment environment() const {
    Environment variables;
    for (const auto& [name, value] : sandbox.environment())
      if (name.starts_with("GLOBUS_SDK_")) variables[name] = value;
    variables["CREDENTIALS_DIRECTORY"] = credentials().string();
    variables["STATE_DIRECTORY"] = (folder.path / "state").string();
    variables["DATA_SERVICE_LISTEN"] = "127.0.0.1:0";
    return variables;
  }
  std::unique_ptr<Instance> start(const Environment& more = {}) const {
    auto variables = environment();
    for (const auto& [name, value] : more) variables[name] = value;
    return std::make_unique<Instance>(variables);
  }

  globus_sdk::ClientOptions options(const std::string& service) const {
    globus_sdk::TransportSettings settings;
    if (over_tls()) settings.verify_ssl = sandbox.ca_file().string();
    return {.base_url = sandbox.service_url(service), .transport = globus_sdk::Transport(settings)};
  }
  globus_sdk::OAuthTokenResponse log_in(const globus_sdk::Strings& scopes,
                                        const std::string& username) const {
    const globus_sdk::NativeAppAuthClient client(sandbox.value("NATIVE_CLIENT_ID"),
                                                 options("auth"));
    const auto flow = client.oauth2_start_flow(scopes);
    const auto url = flow.get_authorize_url({.query_params = {{"login_hint", username}}});
    return client.oauth2_exchange_code_for_tokens(flow, code_from(url));
  }
  /// A user's access token for the service, as that user's program gets it.
  std::string token_for_service(const std::string& username) const {
    const auto service = sandbox.value("CLIENT_ID");
    const auto tokens = log_in("https://auth.globus.org/scopes/" + service + "/all", username);
    return tokens.by_resource_server().at(service).access_token;
  }
  std::string transfer_document(const std::string& source, const std::string& destination,
                                const std::string& submission_id = {}) const {
    json::object document{
        {"source", sandbox.value("COLLECTION_SOURCE") + ':' + source},
        {"destination", sandbox.value("COLLECTION_DESTINATION") + ':' + destination}};
    if (!submission_id.empty()) document["submission_id"] = submission_id;
    return serialize(document);
  }
  std::ptrdiff_t count(std::string_view path_end) const {
    const auto requests = sandbox.requests();
    return std::count_if(requests.begin(), requests.end(), [path_end](const auto& request) {
      return request.path.ends_with(path_end);
    });
  }
  std::size_t tasks() {
    return json::parse(sandbox.control("GET", "state")).at("tasks").as_array().size();
  }
  static bool succeeds(const Instance& instance, const std::string& task,
                       const std::string& token) {
    return eventually(
        [&] { return instance.get("/transfers/" + task, token).text("status") == "SUCCEEDED"; });
  }
  /// The token of Transfer that the storage has of a user.
  globus_sdk::TokenStorageData stored(const std::string& user_id) const {
    const globus_sdk::SQLiteTokenStorage storage{tokens_file(), {.namespace_ = user_id}};
    return storage.get_token_data(transfer_server).value();
  }
  std::vector<std::string> users_with_tokens() const {
    return globus_sdk::SQLiteTokenStorage{tokens_file()}.iter_namespaces();
  }

  ScopedFolder folder;
  Sandbox sandbox{for_this_run({.auto_consent = true, .rotate_refresh_tokens = true})};
  const std::string first_user = sandbox.value("USERNAME");
  const std::string second_user = "second-user@globus-sandbox.example";
};

TEST_F(DataService, TransfersForManyUsers) {
  write_file(sandbox.folder("SOURCE") / "data/one.txt", "one");
  write_file(sandbox.folder("SOURCE") / "two.txt", "two");
  const auto first = token_for_service(first_user);
  const auto second = token_for_service(second_user);
  const auto instance = start();
  EXPECT_TRUE(instance->becomes_ready());
  EXPECT_EQ(instance->get("/healthz").status, 200);
  sandbox.clear_requests();

  std::vector<std::pair<std::string, std::string>> posted;  // a task and its user's token
  for (const auto& [token, document] :
       {std::pair(first, transfer_document("/data/", "/first/")),
        std::pair(second, transfer_document("/two.txt", "/second.txt")),
        std::pair(first, transfer_document("/two.txt", "/third.txt"))}) {
    const auto answer = instance->post("/transfers", token, document);
    ASSERT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(answer.header("location"), "/transfers/" + answer.text("task_id"));
    posted.emplace_back(answer.text("task_id"), token);
  }
  for (const auto& [task, token] : posted) EXPECT_TRUE(succeeds(*instance, task, token)) << task;
  EXPECT_EQ(read_file(sandbox.folder("DESTINATION") / "first/one.txt"), "one");
  EXPECT_EQ(read_file(sandbox.folder("DESTINATION") / "second.txt"), "two");
  EXPECT_EQ(read_file(sandbox.folder("DESTINATION") / "third.txt"), "two");
  EXPECT_EQ(count("/auth/v2/oauth2/token"), 2) << "each user's token is traded once";
  EXPECT_EQ(users_with_tokens().size(), 2U);
  EXPECT_EQ(instance->get("/transfers/" + posted[0].first, second).status, 404)
      << "another user's task";

  EXPECT_EQ(instance->stop(), 0);
  EXPECT_THAT(instance->program().output(),
              AllOf(HasSubstr("POST /transfers 202"), HasSubstr("stopped\n"), Not(HasSubstr(first)),
                    Not(HasSubstr(sandbox.value("CLIENT_SECRET")))));
}

TEST_F(DataService, SaysWhatIsWrongWithARequest) {
  const auto token = token_for_service(first_user);
  const auto instance = start();
  EXPECT_EQ(instance->post("/transfers", "no-such-token", transfer_document("/a", "/b")).status,
            401);
  EXPECT_EQ(
      instance->post("/transfers", "", transfer_document("/a", "/b")).header("www-authenticate"),
      "Bearer");
  const auto of_transfer = sandbox.value("TRANSFER_TOKEN");
  EXPECT_EQ(instance->post("/transfers", of_transfer, transfer_document("/a", "/b")).status, 401)
      << "a token for another service";
  for (const std::string body :
       {"", "[]", "{", "{}", R"({"source": 1, "destination": "x:/y"})",
        R"({"source": "/a", "destination": "x:/y"})", R"({"source": "x:/y"})"}) {
    const auto answer = instance->post("/transfers", token, body);
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_FALSE(answer.text("error").empty()) << body;
  }
  const auto nowhere = json::serialize(
      json::object{{"source", "no-such-collection:/a"}, {"destination", "neither:/b"}});
  EXPECT_THAT(instance->post("/transfers", token, nowhere).status, testing::AnyOf(400, 404));
  EXPECT_EQ(instance->get("/", token).status, 404);
  EXPECT_EQ(instance->get("/transfers/a/b", token).status, 404);
  EXPECT_EQ(instance->get("/transfers", token).status, 405);
  EXPECT_EQ(instance->get("/transfers/00000000-0000-0000-0000-000000000000", token).status, 404);
  EXPECT_EQ(tasks(), 0U);
}

TEST_F(DataService, ExplainsWhatGoesWrongAtGlobus) {
  write_file(sandbox.folder("SOURCE") / "one.txt", "one");
  const auto token = token_for_service(first_user);
  const auto instance = start();
  const auto post = [&] {
    return instance->post("/transfers", token, transfer_document("/one.txt", "/b"));
  };
  sandbox.set_requires_data_access(sandbox.value("COLLECTION_SOURCE"), true);
  auto answer = post();
  EXPECT_EQ(answer.status, 403);
  EXPECT_THAT(answer.text("error"),
              HasSubstr("your consent is missing; log in again with "
                        "urn:globus:auth:scope:transfer.api.globus.org:all[*https://"));
  sandbox.set_requires_data_access(sandbox.value("COLLECTION_SOURCE"), false);

  sandbox.add_fault({.path = "/transfer/v0.10/endpoint/", .count = 2, .status = 401, .body = "{}"});
  sandbox.clear_requests();
  answer = post();
  EXPECT_EQ(answer.status, 401);
  EXPECT_THAT(answer.text("error"), HasSubstr("your login has ended; log in again"));
  sandbox.clear_faults();
  EXPECT_EQ(post().status, 202) << "the token was exchanged again";

  const auto missing = instance->post("/transfers", token, transfer_document("/missing", "/b"));
  ASSERT_EQ(missing.status, 202);
  EXPECT_TRUE(eventually([&] {
    const auto task = instance->get("/transfers/" + missing.text("task_id"), token);
    return task.status == 200 && task.json().at("problem").is_string() &&
           task.text("problem").find("/missing") != std::string::npos;
  }));
}

// ---- what an instance is told -------------------------------------------------------------------

TEST_F(DataService, SaysWhatItMustBeTold) {
  const auto says = [&](const Environment& variables) {
    Program program({std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/data_service"}, variables);
    EXPECT_EQ(program.finish(), 1);
    return program.output();
  };
  const auto with = [&](const std::string& name, const std::string& value) {
    auto variables = environment();
    variables[name] = value;
    return variables;
  };
  EXPECT_THAT(says(with("STATE_DIRECTORY", "")),
              AllOf(HasSubstr("GLOBUS_SDK_TOKEN_STORAGE_URL"), HasSubstr("STATE_DIRECTORY")));
  EXPECT_THAT(says(with("DATA_SERVICE_LISTEN", "here")), HasSubstr("DATA_SERVICE_LISTEN"));
  EXPECT_THAT(says(with("DATA_SERVICE_THREADS", "0")), HasSubstr("DATA_SERVICE_THREADS"));
  EXPECT_THAT(says(with("DATA_SERVICE_STOP_SECONDS", "soon")),
              HasSubstr("DATA_SERVICE_STOP_SECONDS"));
  EXPECT_THAT(says(with("GLOBUS_SDK_SERVICE_URL_AUTH", "ftp://nowhere/")),
              HasSubstr("base_url must be an http or https URL"));
  write_file(credentials() / "client-secret", "\n");
  EXPECT_THAT(says(environment()), HasSubstr("client-secret is empty"));
  fs::remove(credentials() / "client-secret");
  EXPECT_THAT(says(environment()), HasSubstr("there is no file client-secret in"));

  Program argument({std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/data_service", "--secret=x"});
  EXPECT_EQ(argument.finish(), 2);
}

// ---- probes and the service manager -------------------------------------------------------------

TEST_F(DataService, IsNotReadyWhileItCannotWork) {
  sandbox.add_fault({.path = "/oauth2/token$", .count = 1000, .status = 503, .body = "{}"});
  const auto instance = start();
  EXPECT_EQ(instance->get("/healthz").status, 200);
  EXPECT_EQ(instance->get("/readyz").status, 503);
  sandbox.clear_faults();
  EXPECT_TRUE(instance->becomes_ready());
  EXPECT_EQ(instance->stop(), 0);
}

TEST_F(DataService, IsNotReadyWithAWrongSecret) {
  write_file(credentials() / "client-secret", "not-the-secret");
  const auto instance = start();
  EXPECT_TRUE(eventually([&] {
    return instance->get("/readyz").text("status").find("starting") == std::string::npos;
  }));
  const auto answer = instance->get("/readyz");
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, Not(HasSubstr("not-the-secret")));
}

/// The socket on which systemd hears of its services.
class NotifySocket {
 public:
  explicit NotifySocket(const std::string& name)
      : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(name.begin(), name.end(), address.sun_path);
    if (name.front() == '@') address.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    if (bind(socket_, reinterpret_cast<const sockaddr*>(&address), length) != 0)
      throw std::system_error(errno, std::generic_category(), name);
    const timeval patience{20, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~NotifySocket() { close(socket_); }
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  /// The next message; empty where none comes.
  std::string next() const {
    char buffer[256];
    const auto length = recv(socket_, buffer, sizeof buffer, 0);
    return length < 0 ? std::string() : std::string(buffer, static_cast<std::size_t>(length));
  }
  bool hears(const std::string& message) const {
    for (std::string heard = next(); !heard.empty(); heard = next())
      if (heard == message) return true;
    return false;
  }

 private:
  int socket_;
};

TEST_F(DataService, TellsSystemdHowItIs) {
  for (const std::string& name :
       {(folder.path / "notify").string(), "@data-service-test-" + std::to_string(getpid())}) {
    const NotifySocket manager(name);
    const auto instance = start({{"NOTIFY_SOCKET", name}, {"WATCHDOG_USEC", "200000"}});
    EXPECT_TRUE(manager.hears("READY=1")) << name;
    EXPECT_TRUE(manager.hears("WATCHDOG=1")) << name;
    EXPECT_TRUE(manager.hears("WATCHDOG=1")) << name;
    instance->program().send(SIGTERM);
    EXPECT_TRUE(manager.hears("STOPPING=1")) << name;
    EXPECT_EQ(instance->program().finish(), 0);
  }
}

TEST_F(DataService, GoesOnWithoutAServiceManagerThatListens) {
  const auto instance =
      start({{"NOTIFY_SOCKET", (folder.path / "nobody").string()}, {"WATCHDOG_USEC", "nonsense"}});
  EXPECT_TRUE(instance->becomes_ready());
  EXPECT_EQ(instance->stop(), 0);
}

// ---- clients that are slow or wrong -------------------------------------------------------------

TEST_F(DataService, BoundsWhatAClientMayCost) {
  const auto token = token_for_service(first_user);
  const auto instance = start();
  EXPECT_EQ(instance->post("/transfers", token, std::string(70'000, 'x')).status, 413);
  EXPECT_EQ(instance->get("/readyz", std::string(20'000, 'x')).status, 431);
  EXPECT_EQ(instance->get("/healthz?" + std::string(1000, 'x')).status, 200);
}

TEST_F(DataService, AnswersOthersWhileClientsAreSilentOrTalkNonsense) {
  const auto instance = start();
  std::vector<globus_sdk_test::LoopbackSocket> silent;
  for (int i = 0; i < 50; ++i) silent.emplace_back(instance->port());
  globus_sdk_test::LoopbackSocket wrong(instance->port());
  wrong.write("\x16\x03\x01 this is no HTTP\r\n\r\n");
  EXPECT_THAT(wrong.read_all(), HasSubstr("400"));
  EXPECT_EQ(instance->get("/healthz").status, 200);
  EXPECT_EQ(instance->stop(), 0) << "silent clients hold up no end";
}

// ---- the end ------------------------------------------------------------------------------------

TEST_F(DataService, FinishesRunningWorkBeforeItEnds) {
  write_file(sandbox.folder("SOURCE") / "one.txt", "one");
  const auto token = token_for_service(first_user);
  const auto instance = start();
  ASSERT_TRUE(instance->becomes_ready());
  sandbox.add_fault({.path = "/v0.10/transfer$", .delay = 1.5});
  auto posted = std::async(std::launch::async, [&] {
    return instance->post("/transfers", token, transfer_document("/one.txt", "/one.txt"));
  });
  ASSERT_TRUE(eventually([&] { return count("/v0.10/transfer") == 1; }));
  instance->program().send(SIGTERM);
  EXPECT_TRUE(eventually([&] { return instance->get("/readyz").status == 503; }));
  EXPECT_EQ(instance->get("/healthz").status, 200) << "it is alive until it ends";
  const auto refused = instance->post("/submissions", token);
  EXPECT_EQ(refused.status, 503) << "no more work is taken";
  EXPECT_EQ(refused.header("retry-after"), "1");
  EXPECT_EQ(refused.header("connection"), "close");
  EXPECT_EQ(posted.get().status, 202);
  EXPECT_EQ(instance->program().finish(), 0);
  EXPECT_EQ(tasks(), 1U);
}

TEST_F(DataService, HandsWorkBackThatTakesTooLong) {
  write_file(sandbox.folder("SOURCE") / "one.txt", "one");
  const auto token = token_for_service(first_user);
  const auto instance = start({{"DATA_SERVICE_STOP_SECONDS", "0"}});
  const auto other = start();
  sandbox.add_fault({.path = "/v0.10/transfer$", .delay = 20});
  auto posted = std::async(std::launch::async, [&] {
    return instance->post("/transfers", token, transfer_document("/one.txt", "/one.txt"));
  });
  ASSERT_TRUE(eventually([&] { return count("/v0.10/transfer") == 1; }));
  EXPECT_EQ(instance->stop(), 0);
  const auto answer = posted.get();
  EXPECT_EQ(answer.status, 503) << answer.body;
  sandbox.clear_faults();

  const auto again = other->post(
      "/transfers", token, transfer_document("/one.txt", "/one.txt", answer.text("submission_id")));
  ASSERT_EQ(again.status, 202) << again.body;
  EXPECT_TRUE(succeeds(*other, again.text("task_id"), token));
  EXPECT_EQ(tasks(), 1U);
}

TEST_F(DataService, StoresATokenThatIsBeingRenewedBeforeItEnds) {
  const auto token = token_for_service(first_user);
  auto instance = start({{"DATA_SERVICE_STOP_SECONDS", "0"}});
  ASSERT_TRUE(instance->becomes_ready());
  ASSERT_EQ(instance->post("/submissions", token).status, 201);
  const auto user = users_with_tokens().at(0);
  const auto before = stored(user);
  sandbox.expire(before.access_token);
  sandbox.clear_requests();
  sandbox.add_fault({.path = "/oauth2/token$", .delay = 2});
  auto posted =
      std::async(std::launch::async, [&] { return instance->post("/submissions", token); });
  ASSERT_TRUE(eventually([&] { return count("/oauth2/token") == 1; }));
  EXPECT_EQ(instance->stop(), 0);
  EXPECT_EQ(posted.get().status, 503);
  EXPECT_NE(stored(user).refresh_token, before.refresh_token) << "the next one is stored";

  sandbox.clear_requests();
  instance = start();
  EXPECT_EQ(instance->post("/submissions", token).status, 201) << "nobody has to log in";
}

TEST_F(DataService, EndsAtOnceWithASecondSignal) {
  const auto token = token_for_service(first_user);
  const auto instance = start();
  sandbox.add_fault({.path = "/v0.10/submission_id$", .delay = 20});
  auto posted =
      std::async(std::launch::async, [&] { return instance->post("/submissions", token); });
  ASSERT_TRUE(eventually([&] { return count("/v0.10/submission_id") == 1; }));
  instance->program().send(SIGTERM);
  ASSERT_TRUE(eventually([&] { return instance->get("/readyz").status == 503; }));
  instance->program().send(SIGTERM);
  EXPECT_EQ(instance->program().finish(), -SIGTERM);
  EXPECT_NE(posted.get().code, CURLE_OK);
  sandbox.clear_faults();
}

// ---- several instances --------------------------------------------------------------------------

TEST_F(DataService, AnyInstanceGoesOnWithAUsersWork) {
  write_file(sandbox.folder("SOURCE") / "one.txt", "one");
  const auto token = token_for_service(first_user);
  const auto first = start();
  const auto second = start();
  sandbox.clear_requests();
  const auto posted = first->post("/transfers", token, transfer_document("/one.txt", "/one.txt"));
  ASSERT_EQ(posted.status, 202) << posted.body;
  EXPECT_TRUE(succeeds(*second, posted.text("task_id"), token));

  // both at once, with a token that has expired
  sandbox.expire(stored(users_with_tokens().at(0)).access_token);
  sandbox.clear_requests();
  std::vector<std::future<raw_http::Answer>> answers;
  for (int i = 0; i < 8; ++i)
    answers.push_back(std::async(std::launch::async, [&, i] {
      return (i % 2 == 0 ? first : second)->post("/submissions", token);
    }));
  for (auto& answer : answers) EXPECT_EQ(answer.get().status, 201);
  EXPECT_LE(count("/oauth2/token"), 3) << "one renewal, and a token of its own for each instance";
  EXPECT_EQ(first->stop(), 0);
  EXPECT_EQ(second->stop(), 0);
}

TEST_F(DataService, KeepsTheTokensOfAllHostsInPostgres) {
  if (const std::string why = globus_sdk_test::why_no_postgres("data_service"); !why.empty())
    GTEST_SKIP() << why;
#ifndef DATA_SERVICE_HAS_POSTGRES
  GTEST_SKIP() << "the service is built without libpq";
#endif
  globus_sdk_test::PostgresServer database;
  write_file(credentials() / "token-storage-url", database.new_database() + '\n');
  write_file(sandbox.folder("SOURCE") / "one.txt", "one");
  const auto token = token_for_service(first_user);
  const Environment no_folder{{"STATE_DIRECTORY", ""}};
  const auto first = start(no_folder);
  const auto second = start(no_folder);
  EXPECT_TRUE(first->becomes_ready());
  EXPECT_TRUE(second->becomes_ready());
  const auto posted = first->post("/transfers", token, transfer_document("/one.txt", "/one.txt"));
  ASSERT_EQ(posted.status, 202) << posted.body;
  EXPECT_TRUE(succeeds(*second, posted.text("task_id"), token));
  EXPECT_FALSE(fs::exists(tokens_file()));

  database.stop(globus_sdk_test::PostgresServer::Stop::immediate);
  EXPECT_TRUE(eventually([&] { return second->get("/readyz").status == 503; }));
  EXPECT_EQ(second->get("/healthz").status, 200);
  database.start();
  EXPECT_TRUE(second->becomes_ready());
  EXPECT_EQ(second->post("/submissions", token).status, 201);
  EXPECT_EQ(first->stop(), 0);
  EXPECT_EQ(second->stop(), 0);
  EXPECT_THAT(first->program().output() + second->program().output(),
              Not(HasSubstr(database.password())));
}

TEST_F(DataService, GoesOnAfterItWasKilled) {
  write_file(sandbox.folder("SOURCE") / "one.txt", "one");
  const auto token = token_for_service(first_user);
  auto instance = start();
  const auto submission = instance->post("/submissions", token);
  ASSERT_EQ(submission.status, 201);
  const auto document = transfer_document("/one.txt", "/one.txt", submission.text("submission_id"));
  sandbox.add_fault({.path = "/v0.10/transfer$", .drop_after = true});
  sandbox.add_fault({.path = "/v0.10/transfer$", .count = 100, .delay = 20});
  auto posted =
      std::async(std::launch::async, [&] { return instance->post("/transfers", token, document); });
  ASSERT_TRUE(eventually([&] { return tasks() == 1; }));
  instance->program().send(SIGKILL);
  EXPECT_EQ(instance->program().finish(), -SIGKILL);
  EXPECT_NE(posted.get().code, CURLE_OK) << "the user's program hears nothing";
  sandbox.clear_faults();

  instance = start();
  const auto again = instance->post("/transfers", token, document);
  ASSERT_EQ(again.status, 202) << again.body;
  EXPECT_EQ(again.text("code"), "Duplicate");
  EXPECT_TRUE(succeeds(*instance, again.text("task_id"), token));
  EXPECT_EQ(tasks(), 1U);
}

TEST_F(DataService, SealsTheTokensOfUsersAndChangesTheKey) {
  const auto token = token_for_service(first_user);
  const auto key = [](char filling) {  // 32 bytes
    return std::string(42, filling) + (filling == 'A' ? "A=" : "I=");
  };
  const fs::path file = credentials() / "sealing-key";
  const auto starts_and_serves = [&] {
    const auto instance = start();
    const auto answer = instance->post("/submissions", token);
    EXPECT_EQ(instance->stop(), 0);
    return answer.status;
  };
  const auto document = [&] { return read_file(tokens_file()); };
  EXPECT_EQ(starts_and_serves(), 201);
  const std::string open_token = stored(users_with_tokens().at(0)).access_token;
  EXPECT_THAT(document(), HasSubstr(open_token)) << "what a reader of the file sees without a key";

  fs::remove(tokens_file());
  write_file(file, key('A') + '\n');
  EXPECT_EQ(starts_and_serves(), 201);
  EXPECT_THAT(document(), Not(HasSubstr("access_token")));
  write_file(file, key('B') + '\n' + key('A') + '\n');
  sandbox.clear_requests();
  EXPECT_EQ(starts_and_serves(), 201);
  write_file(file, key('B') + '\n');
  EXPECT_EQ(starts_and_serves(), 503) << "what only the old key opens";
}

// ---- a new secret -------------------------------------------------------------------------------

TEST_F(DataService, ChangesItsSecretWithoutAPause) {
  using namespace globus_sdk;
  const auto token = token_for_service(first_user);
  const auto old_instance = start();
  ASSERT_TRUE(old_instance->becomes_ready());
  const std::string client_id = sandbox.value("CLIENT_ID");
  const auto scope = "urn:globus:auth:scope:auth.globus.org:manage_projects";
  const AuthClient auth{
      AccessTokenAuthorizer(
          log_in(scope, first_user).by_resource_server().at("auth.globus.org").access_token),
      options("auth")};
  const fs::path secret_file = credentials() / "client-secret";

  //! [create]
  const auto created = auth.create_client_credential(client_id, "from December on");
  std::ofstream(secret_file) << created["credential"]["secret"].str();
  //! [create]
  const auto new_instance = start();
  EXPECT_TRUE(new_instance->becomes_ready());
  EXPECT_EQ(old_instance->post("/submissions", token).status, 201) << "both secrets are good";
  EXPECT_EQ(new_instance->post("/submissions", token).status, 201);
  EXPECT_EQ(old_instance->stop(), 0);

  //! [delete]
  const auto new_id = created["credential"]["id"].str();
  for (auto credential : auth.get_client_credentials(client_id))
    if (credential["id"] != new_id) auth.delete_client_credential(client_id, credential["id"]);
  //! [delete]
  EXPECT_EQ(new_instance->post("/submissions", token).status, 201);
  write_file(secret_file, sandbox.value("CLIENT_SECRET"));
  const auto late = start();
  EXPECT_EQ(late->post("/submissions", token).status, 502) << "the old secret is not good any more";
  EXPECT_EQ(late->get("/readyz").status, 503);
}

}  // namespace
