// SPDX-License-Identifier: Apache-2.0
// One file, many processes: none loses what another stores, whatever becomes of it.
#include <fcntl.h>

#include <chrono>
#include <random>
#include <thread>

#include "support/child_process.hpp"
#include "support/small_file_system.hpp"
#include "token_storage/file_lock.hpp"
#include "token_storage/file_storages.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::SmallFileSystem;
using globus_sdk_test::start_child;
using globus_sdk_test::status_of;
using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;

template <class S> using ManyProcesses = FileStorage<S>;
TYPED_TEST_SUITE(ManyProcesses, FileStorages, FileStorageName);

TYPED_TEST(ManyProcesses, LoseNothing) {
  constexpr int processes = 8;
  constexpr int each = 25;
  const auto storage = this->storage({.lock_timeout = std::chrono::seconds(60)});
  std::vector<pid_t> children;
  for (int process = 0; process < processes; ++process) {
    children.push_back(start_child([&storage, process] {
      for (int i = 0; i < each; ++i) {
        const auto name = std::to_string(process) + "-" + std::to_string(i);
        storage.store_token_data_by_resource_server(stored_tokens(name));
      }
    }));
  }
  for (const pid_t child : children) EXPECT_EQ(status_of(child), 0);
  EXPECT_EQ(storage.get_token_data_by_resource_server().size(), 200U);
}

/// A state of the store: ten tokens that all carry its number.
TokenStorageDataByResourceServer state(int number) {
  TokenStorageDataByResourceServer all;
  for (int i = 0; i < 10; ++i) {
    const auto name = "server-" + std::to_string(i);
    all.emplace(name, stored_token(name, std::to_string(number)));
    // of varying size, so that pages of SQLite's come and go
    all.at(name).scope = std::string(static_cast<std::size_t>(50 * (number % 7)), 's');
  }
  return all;
}

TYPED_TEST(ManyProcesses, ReadersSeeOneWholeStateWhileWritersWrite) {
  const auto storage = this->storage({.lock_timeout = std::chrono::seconds(60)});
  storage.store_token_data_by_resource_server(state(0));
  std::vector<pid_t> children;
  for (int writer = 0; writer < 2; ++writer) {
    children.push_back(start_child([&storage, writer] {
      for (int i = 0; i < 100; ++i) {
        storage.store_token_data_by_resource_server(state(2 * i + writer));
      }
    }));
  }
  for (int reader = 0; reader < 2; ++reader) {
    children.push_back(start_child([&storage] {
      for (int i = 0; i < 300; ++i) {
        const auto all = storage.get_token_data_by_resource_server();
        const std::string& token = all.at("server-0").access_token;
        if (all != state(std::stoi(token.substr(token.rfind('-') + 1)))) {
          throw std::runtime_error("a torn state was read");
        }
      }
    }));
  }
  for (const pid_t child : children) EXPECT_EQ(status_of(child), 0);
}

/// Stores states from `next` on, and writes a byte into `channel` after each.
template <class S> pid_t start_writer(const S& storage, int next, int channel) {
  return start_child([&storage, next, channel] {
    for (int number = next;; ++number) {
      storage.store_token_data_by_resource_server(state(number));
      if (write(channel, "x", 1) != 1) return;
    }
  });
}

/// Kills a writer some time after it has stored so many states; returns how many it said to have
/// stored.
int kill_after(pid_t writer, int channel, int states, std::chrono::microseconds time) {
  char byte = 0;
  int stored = 0;
  while (stored < states && read(channel, &byte, 1) == 1) ++stored;
  std::this_thread::sleep_for(time);
  kill(writer, SIGKILL);
  waitpid(writer, nullptr, 0);
  fcntl(channel, F_SETFL, O_NONBLOCK);
  while (read(channel, &byte, 1) == 1) ++stored;
  return stored;
}

TYPED_TEST(ManyProcesses, LeaveTheOldOrTheNewStateWhenKilled) {
  constexpr int writes = 1000;
  const auto storage = this->storage();
  storage.store_token_data_by_resource_server(state(0));
  std::minstd_rand random(42);
  int last = 0;
  int kills = 0;
  while (last < writes) {
    int channel[2];
    ASSERT_EQ(pipe(channel), 0);
    const pid_t writer = start_writer(storage, last + 1, channel[1]);
    close(channel[1]);
    const std::chrono::microseconds time(random() % 500);
    last += kill_after(writer, channel[0], static_cast<int>(random() % 8), time);
    close(channel[0]);
    ++kills;
    const auto found = storage.get_token_data_by_resource_server();
    if (found == state(last + 1)) ++last;  // stored, and killed before it could say so
    ASSERT_EQ(found, state(last)) << "after " << kills << " kills";
  }
  std::cout << "killed " << kills << " times in " << last << " writes\n";
  EXPECT_GE(kills, 20);
  storage.store_token_data_by_resource_server(state(0));
  EXPECT_EQ(storage.get_token_data_by_resource_server(), state(0));
}

TYPED_TEST(ManyProcesses, KeepTheOldStateWhenTheDiskIsFull) {
  const SmallFileSystem small(this->folder.path / "small");
  if (!small) GTEST_SKIP() << "this process may not mount a file system";
  this->file = this->folder.path / "small/tokens";
  const auto storage = this->storage();
  storage.store_token_data_by_resource_server(state(1));
  small.fill();
  for (int number = 2; number < 12; ++number) {
    EXPECT_THAT(storage_error(this->file,
                              [&] { storage.store_token_data_by_resource_server(state(number)); }),
                AllOf(HasSubstr("free some space"), HasSubstr("is as it was")));
    EXPECT_EQ(storage.get_token_data_by_resource_server(), state(1));
  }
  small.make_room();
  storage.store_token_data_by_resource_server(state(2));
  EXPECT_EQ(storage.get_token_data_by_resource_server(), state(2));
}

TYPED_TEST(ManyProcesses, KeepTheOldStateWhenTheDiskFillsUp) {
  const SmallFileSystem small(this->folder.path / "small");
  if (!small) GTEST_SKIP() << "this process may not mount a file system";
  this->file = this->folder.path / "small/tokens";
  const auto storage = this->storage();
  TokenStorageDataByResourceServer expected;
  std::string message;
  for (int i = 0; message.empty() && i < 1000; ++i) {
    const auto name = "server-" + std::to_string(i);
    message = storage_error(this->file, [&] {
      storage.store_token_data_by_resource_server(stored_tokens(name));
      expected.merge(stored_tokens(name));
    });
  }
  EXPECT_THAT(message, HasSubstr("free some space"));
  EXPECT_GT(expected.size(), 20U);
  EXPECT_EQ(storage.get_token_data_by_resource_server(), expected);
}

TEST(FileLock, IsHeldByOneAtATime) {
  const globus_sdk_test::ScopedFolder folder{memory_folder()};
  const std::string lockfile = folder.path / "x.lock";
  const auto attempt = [&](milliseconds timeout) {
    return message_of([&] { detail::FileLock(lockfile, "the-store", timeout); });
  };
  {
    const detail::FileLock held(lockfile, "the-store", milliseconds(0));
    EXPECT_THAT(attempt(milliseconds(20)),
                AllOf(HasSubstr("the-store"), HasSubstr("20 ms"), HasSubstr("another process")));
    const pid_t other = start_child([&] {
      if (attempt(milliseconds(0)) == "nothing was thrown") throw std::runtime_error("two hold it");
    });
    EXPECT_EQ(status_of(other), 0);
  }
  EXPECT_EQ(attempt(milliseconds(0)), "nothing was thrown");
  EXPECT_EQ(mode_of(lockfile), 0600U);
}

TEST(FileLock, EndsWithItsProcess) {
  const globus_sdk_test::ScopedFolder folder{memory_folder()};
  const std::string lockfile = folder.path / "x.lock";
  int channel[2];
  ASSERT_EQ(pipe(channel), 0);
  const pid_t holder = start_child([&] {
    const detail::FileLock held(lockfile, "s", milliseconds(0));
    static_cast<void>(!write(channel[1], "x", 1));
    pause();
  });
  char byte = 0;
  ASSERT_EQ(read(channel[0], &byte, 1), 1);
  close(channel[0]);
  close(channel[1]);
  EXPECT_THAT(message_of([&] { detail::FileLock(lockfile, "s", milliseconds(10)); }),
              HasSubstr("another process"));
  kill(holder, SIGKILL);
  status_of(holder);
  EXPECT_EQ(message_of([&] { detail::FileLock(lockfile, "s", milliseconds(0)); }),
            "nothing was thrown");
}

TEST(FileLock, IsLetGoThoughAChildOfAForkHasItsFile) {
  const globus_sdk_test::ScopedFolder folder{memory_folder()};
  const std::string lockfile = folder.path / "x.lock";
  pid_t child = 0;
  {
    const detail::FileLock held(lockfile, "s", milliseconds(0));
    child = fork();
    if (child == 0) {
      pause();
      _exit(0);
    }
  }
  EXPECT_EQ(message_of([&] { detail::FileLock(lockfile, "s", milliseconds(0)); }),
            "nothing was thrown");
  kill(child, SIGKILL);
  status_of(child);
}

TEST(FileLock, FollowsNoLink) {
  const globus_sdk_test::ScopedFolder folder{memory_folder()};
  write_file(folder.path / "precious", "content");
  fs::create_symlink("precious", folder.path / "x.lock");
  EXPECT_THAT(message_of([&] { detail::FileLock(folder.path / "x.lock", "s", milliseconds(0)); }),
              HasSubstr("remove the symbolic link"));
  EXPECT_EQ(content_of(folder.path / "precious"), "content");
}

}  // namespace
}  // namespace globus_sdk
