// SPDX-License-Identifier: Apache-2.0
// Eight processes with one token, which are killed and have a full disk at any moment: nobody is
// logged out but for a reason that no client can do anything about, and each time it is known.
//
// ENDURANCE_SECONDS says how long each test goes on (3).
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <random>
#include <thread>
#include <tuple>

#include "globus_sdk/authorizers/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "globus_sdk/token_storage/json_token_storage.hpp"
#include "globus_sdk/token_storage/sqlite_token_storage.hpp"
#include "globus_sdk/token_storage/stored_token_authorizer.hpp"
#include "support/browser.hpp"
#include "support/child_process.hpp"
#include "support/scoped_folder.hpp"
#include "support/served_sandbox.hpp"
#include "support/small_file_system.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::ScopedFolder;
using globus_sdk_test::ServedSandbox;
using globus_sdk_test::SmallFileSystem;
using globus_sdk_test::start_child;
using globus_sdk_test::status_of;
using std::chrono::steady_clock;

constexpr const char* transfer = "transfer.api.globus.org";
constexpr std::size_t processes = 8;
/// Who finds out whether somebody is logged out, and who logs in again.
constexpr std::size_t judge = processes;

/// How far a process is with a renewal.
enum class Phase {
  none,
  asked,     ///< the refresh token is on its way, or spent
  answered,  ///< the next one is there, and not yet stored
  unsaved,   ///< the next one could not be stored
};

/// What the processes tell the test, in memory that they share with it.
struct Told {
  std::array<std::atomic<Phase>, processes + 1> phases{};
  std::atomic<int> calls = 0;
  std::atomic<int> stored = 0;           ///< renewals
  std::atomic<int> told_to_log_in = 0;   ///< calls
  std::atomic<int> without_storage = 0;  ///< calls
  std::atomic<int> refused = 0;          ///< calls, whose new token had expired again by then
  std::atomic<int> failed_otherwise = 0;
};
static_assert(std::atomic<Phase>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

class SharedMemory {
 public:
  SharedMemory() {
    void* const pages =
        mmap(nullptr, sizeof(Told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) throw std::runtime_error("no memory to share");
    told_ = new (pages) Told;
  }
  ~SharedMemory() { munmap(told_, sizeof(Told)); }
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;

  Told* operator->() const { return told_; }

 private:
  Told* told_;
};

/// A login client that tells how far a renewal is.
struct WatchedLoginClient {
  OAuthRefreshTokenResponse oauth2_refresh_token(std::string_view token) const {
    *phase = Phase::asked;
    try {
      OAuthRefreshTokenResponse tokens = client.oauth2_refresh_token(token);
      *phase = Phase::answered;
      return tokens;
    } catch (...) {
      *phase = Phase::none;
      throw;
    }
  }

  ConfidentialAppAuthClient client;
  std::atomic<Phase>* phase;
};

/// A storage that tells how far a renewal is.
template <class Storage> class WatchedStorage final : public TokenStorage {
 public:
  WatchedStorage(Storage storage, std::atomic<Phase>& phase, std::atomic<int>& stored)
      : storage_(std::move(storage)), phase_(&phase), stored_(&stored) {}

  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& data) const override {
    storage_.store_token_data_by_resource_server(data);
  }
  void store_token_response(const OAuthTokenResponse& response) const override {
    try {
      storage_.store_token_response(response);
    } catch (...) {
      *phase_ = Phase::unsaved;
      throw;
    }
    *phase_ = Phase::none;
    ++*stored_;
  }
  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override {
    return storage_.get_token_data_by_resource_server();
  }
  bool remove_token_data(Text resource_server) const override {
    return storage_.remove_token_data(resource_server);
  }
  RenewalLock lock_renewal(Text resource_server, std::chrono::milliseconds timeout) const override {
    return storage_.lock_renewal(resource_server, timeout);
  }
  ReservedSpace reserve_space() const override { return storage_.reserve_space(); }

 private:
  Storage storage_;
  std::atomic<Phase>* phase_;
  std::atomic<int>* stored_;
};

constexpr int says_logged_out = 2;
constexpr int says_nothing = 3;
enum class Verdict { logged_in, logged_out, unknown };

/// The processes, and what befalls them.
template <class Storage> class Trial {
 public:
  Trial(const ServedSandbox& world, const SmallFileSystem& disk, Storage storage)
      : world_(world), disk_(disk), storage_(std::move(storage)) {
    log_in();
    for (std::size_t process = 0; process < processes; ++process) start(process);
  }
  ~Trial() {
    for (const pid_t child : children_) end(child);
  }
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  void go_on_for(std::chrono::seconds time) {
    const auto end = steady_clock::now() + time;
    while (steady_clock::now() < end) {
      expire();
      // as often in the middle of a renewal as at any moment
      const auto renewing = random_() % 2 == 0 ? await_renewal() : std::nullopt;
      if (random_() % 3 == 0) change_disk();
      if (!renewing) pause_up_to(20'000);
      kill_one(renewing.value_or(random_() % processes));
      if (random_() % 3 == 0) change_disk();
      pause_up_to(150'000);
      look_after_logins();
    }
    if (is_full_) change_disk();
    expire();
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    look_after_logins();
  }

  int without_reason() const { return without_reason_; }
  int logged_out() const { return killed_asking_ + killed_answered_ + killed_unsaved_; }
  int killed_with_a_disk_full() const { return killed_unsaved_; }
  const Told& told() const { return *told_.operator->(); }
  void print() const {
    std::cout << told_->calls << " calls, " << told_->stored << " renewals, " << kills_
              << " kills, " << full_ << " times a full disk\n"
              << "logged out: " << killed_asking_
              << " by a kill while the refresh token was on its way, " << killed_answered_
              << " by one before the next was on the disk, " << killed_unsaved_
              << " by one while the disk had no room for it, " << without_reason_
              << " without a reason\n"
              << told_->told_to_log_in << " calls were told to log in, " << waits_
              << " times while another process held the next token for a full disk; "
              << told_->without_storage << " calls got the storage's error, " << told_->refused
              << " a new token that had expired, " << told_->failed_otherwise << " another one\n";
  }

 private:
  TransferClient client(std::size_t process) {
    return world_.transfer_client(StoredTokenAuthorizer(
        WatchedStorage<Storage>(storage_, told_->phases[process], told_->stored), transfer,
        WatchedLoginClient{world_.login_client(), &told_->phases[process]}));
  }

  void pause_up_to(unsigned microseconds) {
    std::this_thread::sleep_for(std::chrono::microseconds(random_() % microseconds));
  }
  void start(std::size_t process) {
    told_->phases[process] = Phase::none;
    children_[process] = start_child([&] {
      const TransferClient own = client(process);
      while (true) call(own);
    });
  }
  void call(const TransferClient& own) {
    auto pause = std::chrono::milliseconds(4);
    try {
      own.task_list();
      ++told_->calls;
    } catch (const LoginRequiredError&) {
      ++told_->told_to_log_in;
      pause *= 5;
    } catch (const TokenStorageError&) {
      ++told_->without_storage;
    } catch (const TransferAPIError&) {  // its new token has expired again
      ++told_->refused;
    } catch (const std::exception& error) {
      ++told_->failed_otherwise;
      std::cerr << std::string(error.what()) + "\n";
    }
    std::this_thread::sleep_for(pause);
  }

  static void end(pid_t child) {
    kill(child, SIGKILL);
    status_of(child);
  }
  /// One who renews a little later, if somebody does soon.
  std::optional<std::size_t> await_renewal() {
    const auto end = steady_clock::now() + std::chrono::milliseconds(30);
    while (steady_clock::now() < end) {
      for (std::size_t process = 0; process < processes; ++process) {
        if (told_->phases[process] == Phase::none) continue;
        pause_up_to(5000);
        return process;
      }
      std::this_thread::sleep_for(std::chrono::microseconds(50));
    }
    return std::nullopt;
  }
  void kill_one(std::size_t victim) {
    end(children_[victim]);
    ++kills_;
    const Phase phase = told_->phases[victim];
    if (phase != Phase::none) lost_ = Loss{phase, told_->stored};
    start(victim);
  }
  /// Only a token that has been there for a while: where fresh ones are refused too, renewals
  /// pause.
  void expire() {
    try {
      const std::string token = storage_.get_token_data(transfer).value().access_token;
      if (std::exchange(token_, token) == token) world_.expire(token);
    } catch (const TokenStorageError&) {  // at the next time, then
    }
  }
  void change_disk() {
    is_full_ = !is_full_;
    if (!is_full_) return disk_.make_room();
    disk_.fill();
    ++full_;
  }

  void look_after_logins() {
    if (told_->told_to_log_in == seen_) return;
    const int seen = told_->told_to_log_in;
    const Verdict verdict = judge_login();
    if (verdict == Verdict::unknown) return;  // the disk is full
    if (verdict == Verdict::logged_out && is_anyone(std::not_equal_to(), Phase::none)) {
      const bool is_waiting = is_anyone(std::equal_to(), Phase::unsaved);
      waits_ += is_waiting && !was_waiting_;
      was_waiting_ = is_waiting;
      return;  // the next token may be there
    }
    was_waiting_ = false;
    if (verdict == Verdict::logged_out) {
      count_reason();
      log_in();
    }
    seen_ = seen;
  }
  template <class Compare> bool is_anyone(Compare compare, Phase phase) const {
    return std::ranges::any_of(told_->phases,
                               [&](const auto& own) { return compare(own.load(), phase); });
  }
  Verdict judge_login() {
    const int status = status_of(start_child([&] {
      try {
        client(judge).task_list();
      } catch (const LoginRequiredError&) {
        _exit(says_logged_out);
      } catch (const TokenStorageError&) {
        _exit(says_nothing);
      }
    }));
    // what it could not store, it has lost with its end
    const Phase phase = told_->phases[judge].exchange(Phase::none);
    if (phase != Phase::none) lost_ = Loss{phase, told_->stored};
    if (status == 0) return Verdict::logged_in;
    return WEXITSTATUS(status) == says_logged_out ? Verdict::logged_out : Verdict::unknown;
  }
  void count_reason() {
    const bool is_known = lost_ && lost_->stored == told_->stored;
    if (!is_known) {
      ++without_reason_;
    } else if (lost_->phase == Phase::asked) {
      ++killed_asking_;
    } else if (lost_->phase == Phase::answered) {
      ++killed_answered_;
    } else {
      ++killed_unsaved_;
    }
  }
  void log_in() {
    const bool was_full = is_full_;
    if (was_full) change_disk();
    const int status = status_of(start_child([&] {
      const auto lock = storage_.lock_renewal(transfer, std::chrono::seconds(60));
      const ConfidentialAppAuthClient login = world_.login_client();
      const auto flow = login.oauth2_start_flow("http://127.0.0.1:9/callback", TransferScopes.all,
                                                {.refresh_tokens = true});
      storage_.store_token_response(login.oauth2_exchange_code_for_tokens(
          flow, globus_sdk_test::code_from(flow.get_authorize_url())));
      for (auto& phase : told_->phases) phase = Phase::none;
    }));
    ASSERT_EQ(status, 0) << "no login";
    lost_.reset();
    if (was_full) change_disk();
  }

  /// A renewal that ended with its process.
  struct Loss {
    Phase phase;
    int stored;  ///< renewals until then
  };

  const ServedSandbox& world_;
  const SmallFileSystem& disk_;
  const Storage storage_;
  SharedMemory told_{};
  std::array<pid_t, processes> children_{};
  std::minstd_rand random_{std::random_device{}()};
  std::optional<Loss> lost_{};
  std::string token_{};
  bool is_full_ = false;
  bool was_waiting_ = false;
  int seen_ = 0;
  int kills_ = 0;
  int full_ = 0;
  int waits_ = 0;
  int killed_asking_ = 0;
  int killed_answered_ = 0;
  int killed_unsaved_ = 0;
  int without_reason_ = 0;
};

std::chrono::seconds time_of_each() {
  const char* const text = std::getenv("ENDURANCE_SECONDS");
  return std::chrono::seconds(text == nullptr ? 3 : std::max(1, std::atoi(text)));
}

template <class Storage> struct StoredToken : testing::Test {};
using FileStorages = testing::Types<JSONTokenStorage, SQLiteTokenStorage>;
TYPED_TEST_SUITE(StoredToken, FileStorages);

TYPED_TEST(StoredToken, LogsNobodyOutWithoutAReason) {
  const ScopedFolder folder;
  const SmallFileSystem disk(folder.path / "disk");
  if (!disk) GTEST_SKIP() << "this process may not mount a file system";
  const ServedSandbox world({"--auto-consent", "--rotate-refresh-tokens"});
  Trial trial(world, disk, TypeParam((folder.path / "disk/tokens").string()));
  trial.go_on_for(time_of_each());
  trial.print();
  EXPECT_EQ(trial.without_reason(), 0);
  EXPECT_EQ(trial.told().failed_otherwise, 0);
  EXPECT_GT(trial.told().stored + trial.logged_out(), 0) << "nothing happened";
}

TYPED_TEST(StoredToken, LogsNobodyOutWhereTheServerAllowsForKills) {
  const ScopedFolder folder;
  const SmallFileSystem disk(folder.path / "disk");
  if (!disk) GTEST_SKIP() << "this process may not mount a file system";
  const ServedSandbox world(
      {"--auto-consent", "--rotate-refresh-tokens", "--refresh-token-grace", "3600"});
  Trial trial(world, disk, TypeParam((folder.path / "disk/tokens").string()));
  trial.go_on_for(time_of_each());
  trial.print();
  EXPECT_EQ(trial.without_reason() + trial.logged_out(), 0);
  EXPECT_EQ(trial.told().told_to_log_in, 0);
  EXPECT_EQ(trial.told().failed_otherwise, 0);
  EXPECT_GT(trial.told().stored, 0);
}

}  // namespace
}  // namespace globus_sdk
