// SPDX-License-Identifier: Apache-2.0
// One token at rest, many that use it: one expiry is one renewal, whatever becomes of whom.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include "globus_sdk/async.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/token_storage/json_token_storage.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "globus_sdk/token_storage/sqlite_token_storage.hpp"
#include "globus_sdk/token_storage/stored_token_authorizer.hpp"
#include "support/child_process.hpp"
#include "support/program.hpp"
#include "support/run_async.hpp"
#include "support/sandbox_world.hpp"
#include "support/scoped_folder.hpp"
#include "support/served_sandbox.hpp"
#include "support/small_file_system.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::now_seconds;
using globus_sdk_test::SandboxWorld;
using globus_sdk_test::ScopedFolder;
using globus_sdk_test::ServedSandbox;
using globus_sdk_test::SmallFileSystem;
using globus_sdk_test::start_child;
using globus_sdk_test::status_of;
using testing::HasSubstr;

constexpr const char* transfer = "transfer.api.globus.org";

globus_sandbox::SandboxOptions rotating() {
  globus_sandbox::SandboxOptions options;
  options.rotate_refresh_tokens = true;
  return options;
}

std::string value(const SandboxWorld& world, const std::string& name) {
  return world.sandbox.value(name);
}
std::string value(const ServedSandbox& world, const std::string& name) {
  return world.value(name);
}

/// The first user's tokens, as a login would have stored them.
template <class World>
TokenStorageDataByResourceServer login_tokens(const World& world, std::int64_t expires_at) {
  TokenStorageData data;
  data.resource_server = transfer;
  data.identity_id = "an-identity";
  data.scope = "urn:globus:auth:scope:transfer.api.globus.org:all";
  data.access_token = value(world, "TRANSFER_TOKEN");
  data.refresh_token = value(world, "TRANSFER_REFRESH_TOKEN");
  data.expires_at_seconds = expires_at;
  return {{transfer, data}};
}

/// A client whose tokens are those of the storage.
template <class World>
TransferClient client_of(const World& world, const AnyTokenStorage& storage,
                         const StoredTokenAuthorizerOptions& options = {}) {
  return world.transfer_client(
      StoredTokenAuthorizer(storage, transfer, world.login_client(), options));
}

TokenStorageData stored_in(const TokenStorage& storage) {
  return storage.get_token_data(transfer).value();
}

template <class Storage> struct StoredTokenOfProcesses : testing::Test {
  ScopedFolder folder;
  Storage kept{(folder.path / "tokens").string()};
};
using FileStorages = testing::Types<JSONTokenStorage, SQLiteTokenStorage>;
TYPED_TEST_SUITE(StoredTokenOfProcesses, FileStorages);

TYPED_TEST(StoredTokenOfProcesses, OneExpiryIsOneRequest) {
  const ServedSandbox world({"--rotate-refresh-tokens"});
  const auto& storage = this->kept;
  storage.store_token_data_by_resource_server(login_tokens(world, now_seconds() - 1));
  for (int expiry = 1; expiry <= 3; ++expiry) {
    std::vector<pid_t> children;
    for (int process = 0; process < 8; ++process) {
      children.push_back(start_child([&] { client_of(world, storage).task_list(); }));
    }
    for (const pid_t child : children) EXPECT_EQ(status_of(child), 0);
    EXPECT_EQ(world.count("/v2/oauth2/token"), expiry);
    EXPECT_EQ(stored_in(storage).identity_id, "an-identity");
    world.expire(stored_in(storage).access_token);  // a 401, and not the clock, tells
  }
}

/// A process that calls on and on, and writes a byte after each call.
class Caller {
 public:
  Caller(const ServedSandbox& world, const AnyTokenStorage& storage) {
    int channel[2];
    if (pipe(channel) != 0) throw std::runtime_error("no pipe");
    process_ = start_child([&] {
      signal(SIGPIPE, SIG_IGN);
      close(channel[0]);
      const TransferClient client = client_of(world, storage);
      do {
        client.task_list();
      } while (write(channel[1], "x", 1) == 1);
    });
    close(channel[1]);
    channel_ = channel[0];
  }
  Caller(Caller&& other) noexcept
      : process_(other.process_), channel_(std::exchange(other.channel_, -1)) {}
  Caller& operator=(Caller&& other) noexcept {
    std::swap(process_, other.process_);
    std::swap(channel_, other.channel_);
    return *this;
  }
  ~Caller() {
    if (channel_ < 0) return;
    close(channel_);
    kill(process_, SIGKILL);
    status_of(process_);
  }

  /// Waits for so many more calls that went well; false when the process has ended.
  bool calls(int number) const {
    fcntl(channel_, F_SETFL, 0);
    char byte = 0;
    for (; number > 0; --number) {
      if (read(channel_, &byte, 1) != 1) return false;
    }
    return true;
  }
  /// Forgets the calls that it has told of.
  void forget() const {
    fcntl(channel_, F_SETFL, O_NONBLOCK);
    char bytes[512];
    while (read(channel_, bytes, sizeof bytes) > 0) {}
  }
  void die() const { kill(process_, SIGKILL); }

 private:
  pid_t process_ = -1;
  int channel_ = -1;
};

/// All of them have used a token that was got after now.
bool have_gone_on(const std::vector<Caller>& callers) {
  for (const Caller& caller : callers) caller.forget();
  bool all = true;
  for (const Caller& caller : callers) all = caller.calls(2) && all;
  return all;
}

TYPED_TEST(StoredTokenOfProcesses, EveryExpiryIsOneRequestWhileTheyLive) {
  const ServedSandbox world({"--rotate-refresh-tokens"});
  this->kept.store_token_data_by_resource_server(login_tokens(world, now_seconds() + 3600));
  std::vector<Caller> callers;
  for (int process = 0; process < 8; ++process) callers.emplace_back(world, this->kept);
  ASSERT_TRUE(have_gone_on(callers));
  for (int expiry = 1; expiry <= 5; ++expiry) {
    world.expire(stored_in(this->kept).access_token);
    ASSERT_TRUE(have_gone_on(callers)) << "somebody was logged out";
    EXPECT_EQ(world.count("/v2/oauth2/token"), expiry);
  }
}

TYPED_TEST(StoredTokenOfProcesses, NoDeathOfOneChangesAnythingForTheOthers) {
  const ServedSandbox world({"--rotate-refresh-tokens", "--refresh-token-grace", "600"});
  this->kept.store_token_data_by_resource_server(login_tokens(world, now_seconds() + 3600));
  std::vector<Caller> callers;
  for (int process = 0; process < 4; ++process) callers.emplace_back(world, this->kept);
  ASSERT_TRUE(have_gone_on(callers));
  std::minstd_rand random(7);
  constexpr int deaths = 40;
  for (int death = 1; death <= deaths; ++death) {
    world.expire(stored_in(this->kept).access_token);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 15'000));
    const std::size_t victim = random() % callers.size();
    callers[victim].die();
    callers.erase(callers.begin() + static_cast<std::ptrdiff_t>(victim));
    ASSERT_TRUE(have_gone_on(callers)) << "after death " << death;
    callers.emplace_back(world, this->kept);
    ASSERT_TRUE(callers.back().calls(1)) << "who comes anew after death " << death;
  }
  EXPECT_LE(world.count("/v2/oauth2/token"), 2 * deaths);
}

TYPED_TEST(StoredTokenOfProcesses, TheHolderOfTheLockMayDie) {
  const ServedSandbox world({"--rotate-refresh-tokens"});
  const auto& storage = this->kept;
  storage.store_token_data_by_resource_server(login_tokens(world, now_seconds() - 1));
  int channel[2];
  ASSERT_EQ(pipe(channel), 0);
  const pid_t holder = start_child([&] {
    const auto lock = storage.lock_renewal(transfer, std::chrono::seconds(1));
    if (write(channel[1], "x", 1) == 1) pause();
  });
  char byte = 0;
  ASSERT_EQ(read(channel[0], &byte, 1), 1);
  const auto refused = [&] {
    client_of(world, storage, {.lock_timeout = std::chrono::milliseconds(20)}).task_list();
  };
  try {
    refused();
    ADD_FAILURE() << "the lock was not respected";
  } catch (const TokenStorageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("tokens.DEFAULT.transfer.api.globus.org.renewal.lock"));
    EXPECT_THAT(error.what(), HasSubstr("more than 20 ms"));
  }
  std::jthread killer([holder] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    kill(holder, SIGKILL);
  });
  EXPECT_EQ(client_of(world, storage).task_list().http_status(), 200);
  status_of(holder);
  close(channel[0]);
  close(channel[1]);
}

TYPED_TEST(StoredTokenOfProcesses, ATokenThatCouldNotBeStoredIsKept) {
  SandboxWorld world(rotating());
  const auto& storage = this->kept;
  storage.store_token_data_by_resource_server(login_tokens(world, now_seconds() - 1));
  const std::filesystem::path file = this->folder.path / "tokens";
  bool spoilt = false;
  // after the lock is taken and the answer is there, the file is another user's, as it were
  const StoredTokenAuthorizer authorizer(storage, transfer, world.login_client());
  const TransferClient client = world.transfer_client(authorizer);
  const std::filesystem::path aside = this->folder.path / "aside";
  world.sandbox.add_fault({.method = "POST", .path = "/v2/oauth2/token", .delay = 0.3});
  std::jthread spoiler([&] {
    while (world.count("/v2/oauth2/token") == 0) std::this_thread::yield();
    std::filesystem::rename(file, aside);
    std::filesystem::create_directory(file);
    spoilt = true;
  });
  EXPECT_THROW(client.task_list(), TokenStorageError);
  spoiler.join();
  ASSERT_TRUE(spoilt);
  EXPECT_EQ(client.task_list().http_status(), 200) << "the token is in use all the same";
  std::filesystem::remove(file);
  std::filesystem::rename(aside, file);
  const std::string spent = *stored_in(storage).refresh_token;
  EXPECT_EQ(spent, world.sandbox.value("TRANSFER_REFRESH_TOKEN"));
  world.sandbox.expire(authorizer.access_token().value());
  EXPECT_EQ(client.task_list().http_status(), 200) << "renewed with the token that was kept";
  EXPECT_NE(stored_in(storage).refresh_token, spent);
  EXPECT_EQ(stored_in(storage).access_token, authorizer.access_token());
}

/// A storage on a disk that is full while it is told to be.
class FullDisk final : public TokenStorage {
 public:
  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& data) const override {
    if (is_full(data)) throw TokenStorageError("tokens", "the disk is full");
    inner_.store_token_data_by_resource_server(data);
  }
  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override {
    return inner_.get_token_data_by_resource_server();
  }
  bool remove_token_data(Text resource_server) const override {
    return inner_.remove_token_data(resource_server);
  }
  void be_full(std::function<bool(const TokenStorageDataByResourceServer&)> when) const {
    const std::lock_guard lock(disk_->mutex);
    disk_->is_full = std::move(when);
  }

 private:
  /// Of all copies; the SDK's threads store while a test has the disk full.
  struct Disk {
    std::mutex mutex;
    std::function<bool(const TokenStorageDataByResourceServer&)> is_full;
  };
  bool is_full(const TokenStorageDataByResourceServer& data) const {
    const std::lock_guard lock(disk_->mutex);
    return disk_->is_full && disk_->is_full(data);
  }

  MemoryTokenStorage inner_;
  std::shared_ptr<Disk> disk_ = std::make_shared<Disk>();
};

bool whatever(const TokenStorageDataByResourceServer& /*data*/) {
  return true;
}
/// There is room while the storage is tried, and none afterwards.
bool tokens_alone(const TokenStorageDataByResourceServer& data) {
  return !data.empty();
}

struct FullDiskTest : testing::Test {
  FullDiskTest() {
    storage.store_token_data_by_resource_server(login_tokens(world, now_seconds() - 1));
  }
  SandboxWorld world{rotating()};
  FullDisk storage;
};

TEST_F(FullDiskTest, WhatCouldNotBeStoredIsWithTheNextCall) {
  const StoredTokenAuthorizer authorizer(storage, transfer, world.login_client());
  const TransferClient client = world.transfer_client(authorizer);
  storage.be_full(tokens_alone);
  EXPECT_THROW(client.task_list(), TokenStorageError);
  EXPECT_EQ(client.task_list().http_status(), 200) << "it is as full as before, and was told";
  storage.be_full({});
  while (stored_in(storage).access_token != authorizer.access_token()) client.task_list();
  EXPECT_EQ(world.count("/v2/oauth2/token"), 1);
  // what is stored is as good as what is in use
  world.sandbox.expire(stored_in(storage).access_token);
  EXPECT_EQ(client_of(world, storage).task_list().http_status(), 200);
}

TEST_F(FullDiskTest, WhatCouldNotBeStoredIsWithTheNextCallWithinLimitsAndInTheOtherModeToo) {
  const StoredTokenAuthorizer authorizer(storage, transfer, world.login_client());
  const TransferClient client =
      world.transfer_client(authorizer).with({.deadline = std::chrono::seconds(20)});
  storage.be_full(tokens_alone);
  EXPECT_THROW(client.task_list(), TokenStorageError);
  storage.be_full({});
  while (stored_in(storage).access_token != authorizer.access_token()) client.task_list();
  storage.be_full(tokens_alone);
  world.sandbox.expire(stored_in(storage).access_token);
  TaskListOptions options;
  EXPECT_THROW(globus_sdk_test::run_async(client.async().task_list(options)), TokenStorageError);
  storage.be_full({});
  while (stored_in(storage).access_token != authorizer.access_token()) {
    globus_sdk_test::run_async(client.async().task_list(options));
  }
}

TEST_F(FullDiskTest, WhatCouldNotBeStoredIsWhenTheAuthorizerGoes) {
  storage.be_full(tokens_alone);
  const std::string spent = *stored_in(storage).refresh_token;
  {
    const TransferClient client = client_of(world, storage);
    EXPECT_THROW(client.task_list(), TokenStorageError);
    storage.be_full({});
  }
  EXPECT_NE(stored_in(storage).refresh_token, spent);
}

TEST_F(FullDiskTest, WhatCouldNotBeStoredReplacesNoLoginAndNoLogout) {
  {
    const TransferClient client = client_of(world, storage);
    storage.be_full(tokens_alone);
    EXPECT_THROW(client.task_list(), TokenStorageError);
    storage.be_full({});
    auto others = login_tokens(world, now_seconds() - 1);
    others.at(transfer).refresh_token = "of another login";
    storage.store_token_data_by_resource_server(others);
    EXPECT_EQ(client.task_list().http_status(), 200);
  }
  EXPECT_EQ(stored_in(storage).refresh_token, "of another login");
}

/// What is stored looks good, but a service has refused it, and its refresh token is spent.
TEST_F(FullDiskTest, WhatIsStoredIsNotTakenForAnothersRenewal) {
  auto refused = login_tokens(world, now_seconds() + 3600);
  storage.store_token_data_by_resource_server(refused);
  world.sandbox.expire(refused.at(transfer).access_token);
  const StoredTokenAuthorizer authorizer(storage, transfer, world.login_client());
  const TransferClient client = world.transfer_client(authorizer);
  storage.be_full(tokens_alone);
  for (int renewal = 1; renewal <= 2; ++renewal) {
    EXPECT_THROW(client.task_list(), TokenStorageError);
    EXPECT_EQ(client.task_list().http_status(), 200);
    EXPECT_EQ(world.count("/v2/oauth2/token"), renewal);
    world.sandbox.expire(authorizer.access_token().value());
  }
  storage.be_full({});
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(stored_in(storage).access_token, authorizer.access_token());
}

TEST_F(FullDiskTest, NoRefreshTokenIsSpentWhereNothingCanBeStored) {
  const TransferClient client = client_of(world, storage);
  storage.be_full(whatever);
  EXPECT_THROW(client.task_list(), TokenStorageError);
  EXPECT_EQ(world.count("/v2/oauth2/token"), 0);
  storage.be_full({});
  EXPECT_EQ(client.task_list().http_status(), 200);
}

/// A process whose files may not grow, as on a disk that is full.
TYPED_TEST(StoredTokenOfProcesses, NoRefreshTokenIsSpentOnAFullDisk) {
  const ServedSandbox world({"--rotate-refresh-tokens"});
  const auto& storage = this->kept;
  storage.store_token_data_by_resource_server(login_tokens(world, now_seconds() - 1));
  const pid_t child = start_child([&] {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit none{0, 0};
    if (setrlimit(RLIMIT_FSIZE, &none) != 0) throw std::runtime_error("no limit on files");
    try {
      client_of(world, storage).task_list();
    } catch (const TokenStorageError&) {
      return;
    }
    throw std::runtime_error("the token was redeemed");
  });
  EXPECT_EQ(status_of(child), 0);
  EXPECT_EQ(world.count("/v2/oauth2/token"), 0);
  EXPECT_EQ(client_of(world, storage).task_list().http_status(), 200);
}

/// A login client that has the disk filled while a token is redeemed.
struct DiskFiller {
  OAuthRefreshTokenResponse oauth2_refresh_token(std::string_view token) const {
    disk->fill();
    return client.oauth2_refresh_token(token);
  }

  ConfidentialAppAuthClient client;
  const SmallFileSystem* disk;
};

template <class Storage> struct StoredTokenOnASmallDisk : StoredTokenOfProcesses<Storage> {};
TYPED_TEST_SUITE(StoredTokenOnASmallDisk, FileStorages);

TYPED_TEST(StoredTokenOnASmallDisk, WhatComesHasItsRoomWhoeverFillsTheDiskMeanwhile) {
  const SmallFileSystem disk(this->folder.path / "disk");
  if (!disk) GTEST_SKIP() << "this process may not mount a file system";
  SandboxWorld world(rotating());
  const TypeParam storage((this->folder.path / "disk/tokens").string());
  storage.store_token_data_by_resource_server(login_tokens(world, now_seconds() - 1));
  const TransferClient client = world.transfer_client(
      StoredTokenAuthorizer(storage, transfer, DiskFiller{world.login_client(), &disk}));
  for (int renewal = 1; renewal <= 5; ++renewal) {
    const TokenStorageData before = stored_in(storage);
    EXPECT_EQ(client.task_list().http_status(), 200) << renewal;
    EXPECT_NE(stored_in(storage).refresh_token, before.refresh_token);
    disk.make_room();
    world.sandbox.expire(stored_in(storage).access_token);  // which the next call learns
  }
}

TEST(StoredToken, ClientsForThemselvesRenewOnceToo) {
  const ServedSandbox world;
  const ScopedFolder folder;
  const JSONTokenStorage storage((folder.path / "tokens.json").string());
  std::vector<pid_t> children;
  for (int process = 0; process < 8; ++process) {
    children.push_back(start_child([&] {
      const StoredTokenAuthorizer authorizer(storage, transfer, world.login_client(),
                                             "urn:globus:auth:scope:transfer.api.globus.org:all");
      world.transfer_client(authorizer).task_list();
    }));
  }
  for (const pid_t child : children) EXPECT_EQ(status_of(child), 0);
  EXPECT_EQ(world.count("/v2/oauth2/token"), 1);
}

TEST(StoredToken, AuthorizersOfOneProcessShareARenewal) {
  SandboxWorld world(rotating());
  const MemoryTokenStorage storage;
  storage.store_token_data_by_resource_server(login_tokens(world, now_seconds() - 1));
  std::atomic<int> refreshes{0};
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 8; ++thread) {
      threads.emplace_back([&] {
        client_of(world, storage, {.on_refresh = [&](const OAuthTokenResponse&) { ++refreshes; }})
            .task_list();
      });
    }
  }
  EXPECT_EQ(world.count("/v2/oauth2/token"), 1);
  EXPECT_EQ(refreshes, 1);
}

/// A storage whose users do not all take the lock: somebody redeems and stores while it is taken.
class RobbedStorage final : public TokenStorage {
 public:
  RobbedStorage(const MemoryTokenStorage& inner, std::function<void()> rob)
      : inner_(inner), rob_(std::move(rob)) {}

  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& data) const override {
    inner_.store_token_data_by_resource_server(data);
  }
  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override {
    auto found = inner_.get_token_data_by_resource_server();
    if (locked_ && std::exchange(robs_, false)) rob_();
    return found;
  }
  bool remove_token_data(Text resource_server) const override {
    return inner_.remove_token_data(resource_server);
  }
  RenewalLock lock_renewal(Text, std::chrono::milliseconds) const override {
    locked_ = true;
    return nullptr;
  }

 private:
  MemoryTokenStorage inner_;
  std::function<void()> rob_;
  mutable bool locked_ = false;
  mutable bool robs_ = true;
};

struct LoserOfARace : testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(StoredToken, LoserOfARace, testing::Values(false, true));

TEST_P(LoserOfARace, GoesOnWithWhatTheWinnerStored) {
  SandboxWorld world(rotating());
  const MemoryTokenStorage inner;
  inner.store_token_data_by_resource_server(login_tokens(world, now_seconds() - 1));
  std::string stored_by_winner;
  const RobbedStorage storage(inner, [&] {
    inner.store_token_response(
        world.login_client().oauth2_refresh_token(*stored_in(inner).refresh_token));
    auto all = inner.get_token_data_by_resource_server();
    stored_by_winner = *all.at(transfer).refresh_token;
    if (GetParam()) {  // and its access token is of no use by now
      all.at(transfer).expires_at_seconds = now_seconds() - 1;
      inner.store_token_data_by_resource_server(all);
    }
  });
  EXPECT_EQ(client_of(world, storage).task_list().http_status(), 200);
  EXPECT_EQ(world.count("/v2/oauth2/token"), GetParam() ? 3 : 2);
  EXPECT_EQ(stored_in(inner).refresh_token == stored_by_winner, !GetParam());
}

TEST(StoredToken, ARefusedRefreshTokenAsksForALoginAndStays) {
  SandboxWorld world;
  const MemoryTokenStorage storage;
  const auto tokens = login_tokens(world, now_seconds() - 1);
  storage.store_token_data_by_resource_server(tokens);
  world.sandbox.revoke(world.sandbox.value("TRANSFER_REFRESH_TOKEN"));
  const TransferClient client = client_of(world, storage);
  for (int call = 1; call <= 2; ++call) {
    try {
      client.task_list();
      ADD_FAILURE() << "the refresh token was revoked";
    } catch (const LoginRequiredError& error) {
      EXPECT_THAT(error.what(), HasSubstr("login required"));
      EXPECT_THAT(error.what(), HasSubstr(transfer));
    }
    EXPECT_EQ(world.count("/v2/oauth2/token"), call);
  }
  EXPECT_EQ(storage.get_token_data_by_resource_server(), tokens);
}

TEST(StoredToken, WithoutARefreshTokenItAsksForALogin) {
  SandboxWorld world;
  const MemoryTokenStorage storage;
  EXPECT_THROW(client_of(world, storage).task_list(), LoginRequiredError);
  auto tokens = login_tokens(world, now_seconds() - 1);
  tokens.at(transfer).refresh_token.reset();
  storage.store_token_data_by_resource_server(tokens);
  EXPECT_THROW(client_of(world, storage).task_list(), LoginRequiredError);
  EXPECT_EQ(world.sandbox.requests().size(), 0U);
  EXPECT_THROW(StoredTokenAuthorizer(storage, "", world.login_client()), GlobusSDKUsageError);
}

boost::asio::awaitable<void> call_once(TransferClient client, bool* failed) {
  TaskListOptions options;
  auto call = client.async().task_list(options);
  try {
    co_await std::move(call);
  } catch (const TokenStorageError&) {
    *failed = true;
  }
}

TEST(StoredToken, AWaitForTheLockHoldsUpNoExecutor) {
  SandboxWorld world;
  const MemoryTokenStorage storage;
  storage.store_token_data_by_resource_server(login_tokens(world, now_seconds() - 1));
  const auto lock = storage.lock_renewal(transfer, std::chrono::seconds(1));
  boost::asio::io_context context;
  bool failed = false;
  bool ticked_before = false;
  boost::asio::co_spawn(
      context,
      call_once(client_of(world, storage, {.lock_timeout = std::chrono::milliseconds(500)}),
                &failed),
      boost::asio::detached);
  boost::asio::steady_timer tick(context, std::chrono::milliseconds(10));
  tick.async_wait([&](const auto&) { ticked_before = !failed; });
  context.run();
  EXPECT_TRUE(failed);
  EXPECT_TRUE(ticked_before);
}

}  // namespace
}  // namespace globus_sdk
