// SPDX-License-Identifier: Apache-2.0
// What befalls the server under a fleet: each call ends within its bound, with the right answer or
// the storage's error; when it is over all is well, and nobody is logged out.
#include <gmock/gmock.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fleet/postgres_fixture.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "token_storage/stored_tokens.hpp"

namespace globus_sdk_test {
namespace {

using std::chrono::seconds;

/// A call waits for a connection, for a lock's holder, and for statements: generously.
constexpr double bound_of_a_call = 60;

/// Users whose tokens expire all the time, while hosts call for them.
class FleetUnderLoad {
 public:
  FleetUnderLoad(const PostgresServer& server, const FleetOptions& options)
      : fleet_(server, options) {}

  Fleet& fleet() { return fleet_; }

  /// Lets `befall` happen under load.
  void go_through(const std::function<void()>& befall) {
    expect_all_well();
    fleet_.begin_load(seconds(6));
    std::jthread expiring([this](const std::stop_token& stop) { expire_until(stop); });
    std::this_thread::sleep_for(seconds(2));
    befall();
    const auto reports = fleet_.answers();
    expiring.request_stop();
    expiring.join();
    for (const HostReport& report : reports) {
      EXPECT_EQ(report.wrong, 0) << report;
      EXPECT_GT(report.right, 0) << report;
      EXPECT_LT(report.slowest, bound_of_a_call);
      std::cout << report << '\n';
    }
    // an authorizer whose fresh token was refused waits a little before it renews again
    std::this_thread::sleep_for(seconds(3));
    fleet_.call_for_all();  // stores what could not be stored
    expect_all_well();
  }

  /// Nobody is logged out: the next expiry is an ordinary one.
  void expect_all_well() {
    fleet_.call_for_all();
    fleet_.expire_all();
    fleet_.renewals();
    const auto reports = fleet_.call_for_all();
    EXPECT_TRUE(all_right(reports, fleet_.users().size()));
    EXPECT_TRUE(same_tokens(reports));
    EXPECT_EQ(fleet_.renewals(), static_cast<std::ptrdiff_t>(fleet_.users().size()));
  }

 private:
  /// Only tokens that have been there for a while: where fresh ones are refused too, renewals
  /// pause.
  void expire_until(const std::stop_token& stop) {
    std::map<std::string, std::string> known;
    for (std::size_t i = 0; !stop.stop_requested(); ++i) {
      const std::string& user = fleet_.users()[i % fleet_.users().size()];
      try {
        const std::string token = fleet_.token(user);
        if (std::exchange(known[user], token) == token) fleet_.world().expire(token);
      } catch (const globus_sdk::TokenStorageError&) {  // that is what the test is about
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(60));
    }
  }

  Fleet fleet_;
};

FleetOptions small_fleet() {
  return {.hosts = 4, .users = 40};
}

struct AServer : testing::Test {
  void SetUp() override {
    if (const std::string why = why_no_postgres("fleet"); !why.empty()) GTEST_SKIP() << why;
  }
};

struct ARestart : AServer, testing::WithParamInterface<PostgresServer::Stop> {};
INSTANTIATE_TEST_SUITE_P(OfTheServer, ARestart,
                         testing::Values(PostgresServer::Stop::fast,
                                         PostgresServer::Stop::immediate),
                         [](const auto& how) {
                           return how.param == PostgresServer::Stop::fast ? "Fast" : "Immediate";
                         });

TEST_P(ARestart, LogsNobodyOut) {
  PostgresServer server;
  FleetUnderLoad load(server, small_fleet());
  load.go_through([&] { server.restart(GetParam()); });
}

TEST_F(AServer, IsReplacedByItsStandby) {
  // what is committed is on both
  PostgresServer primary({.settings = {"synchronous_standby_names=standby"}});
  const auto standby = PostgresServer::standby_of(primary);
  FleetOptions options = small_fleet();
  options.standby = standby.get();
  FleetUnderLoad load(primary, options);
  load.go_through([&] {
    primary.stop(PostgresServer::Stop::immediate);
    standby->promote();
  });
}

/// A file system for a database's tables; only root may make one.
class DiskForTables {
 public:
  DiskForTables(const std::filesystem::path& folder, const PostgresServer& server)
      : folder_(folder) {
    std::filesystem::create_directory(folder_);
    is_mounted_ = mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=24m,mode=0777") == 0;
    if (!is_mounted_) return;
    std::filesystem::create_directory(tables());
    struct stat whose{};
    if (stat(server.folder().c_str(), &whose) != 0 ||
        chown(tables().c_str(), whose.st_uid, whose.st_gid) != 0)
      throw std::runtime_error("the server's user cannot have a folder");
  }
  ~DiskForTables() {
    if (is_mounted_) umount2(folder_.c_str(), MNT_DETACH);
  }
  DiskForTables(const DiskForTables&) = delete;
  DiskForTables& operator=(const DiskForTables&) = delete;

  explicit operator bool() const { return is_mounted_; }
  std::filesystem::path tables() const { return folder_ / "tables"; }
  void fill() const {
    std::ofstream stream(folder_ / "filler", std::ios::binary);
    const std::string page(4096, 'x');
    while (stream.write(page.data(), static_cast<std::streamsize>(page.size())).flush()) {}
  }
  void make_room() const { std::filesystem::remove(folder_ / "filler"); }

 private:
  std::filesystem::path folder_;
  bool is_mounted_ = false;
};

/// Stores tokens of new users until the table has to grow.
void expect_no_room_for_more_users(const globus_sdk::PostgresTokenStorage& storage) {
  constexpr int most_users = 20'000;
  const auto name = [](int user) { return "new-" + std::to_string(user); };
  std::string message;
  int users = 0;
  while (message.empty() && users < most_users) {
    try {
      storage.in_namespace(name(users))
          ->store_token_data_by_resource_server(globus_sdk::stored_tokens("x"));
      ++users;
    } catch (const globus_sdk::TokenStorageError& error) {
      message = error.what();
    }
  }
  EXPECT_THAT(message, testing::HasSubstr("the server's disk is full"));
  EXPECT_EQ(storage.in_namespace(name(users))->get_token_data("x"), std::nullopt);
  for (int user = 0; user < users; ++user) storage.remove_namespace(name(user));
}

TEST_F(AServer, HasAFullDisk) {
  const ScopedFolder folder;
  std::filesystem::permissions(folder.path, std::filesystem::perms::all);
  PostgresServer server;
  const DiskForTables disk(folder.path / "disk", server);
  if (!disk) GTEST_SKIP() << "this process may not mount a file system";
  server.sql("CREATE TABLESPACE small LOCATION '" + disk.tables().string() + "'");
  server.sql("CREATE DATABASE fleet TABLESPACE small");
  FleetOptions options = small_fleet();
  options.database = "fleet";
  FleetUnderLoad load(server, options);
  load.go_through([&] {
    disk.fill();
    expect_no_room_for_more_users(globus_sdk::PostgresTokenStorage(server.url("fleet")));
    std::this_thread::sleep_for(seconds(1));
    disk.make_room();
  });
  EXPECT_THAT(server.log(), testing::HasSubstr("No space left on device"));
}

TEST_F(AServer, HoldsStatementsUp) {
  PostgresServer server;
  FleetOptions options = small_fleet();
  options.statement_timeout = std::chrono::milliseconds(500);
  FleetUnderLoad load(server, options);
  load.go_through([&] {
    // one table: with several the server would see a deadlock
    server.sql("BEGIN; LOCK TABLE globus_sdk_tokens; SELECT pg_sleep(3);");
  });
}

TEST_F(AServer, HasNoMoreConnections) {
  PostgresServer server({.settings = {"max_connections=40", "superuser_reserved_connections=0"}});
  FleetUnderLoad load(server, small_fleet());
  load.go_through([&] {
    for (std::size_t host = 0; host < load.fleet().hosts(); ++host) {
      load.fleet().relay(host).reset_all();
    }
    std::vector<std::jthread> others;
    for (int i = 0; i < 40; ++i) {
      others.emplace_back([&server] {
        try {
          server.sql("SELECT pg_sleep(3)");
        } catch (const std::runtime_error&) {  // somebody else was faster
        }
      });
    }
  });
  EXPECT_THAT(server.log(), testing::HasSubstr("too many clients"));
}

}  // namespace
}  // namespace globus_sdk_test
