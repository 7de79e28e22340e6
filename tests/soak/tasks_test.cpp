// SPDX-License-Identifier: Apache-2.0
// Tasks that are submitted over a bad network, by processes that are killed at any moment and go on
// where they were: every task is there, and none is there twice.
//
// SOAK_TASKS says how many tasks there are (240). SOAK_SEED decides what goes wrong with the
// requests; when a process is killed it does not decide.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/json/parse.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "soak/report.hpp"
#include "soak/trouble_server.hpp"
#include "support/child_process.hpp"
#include "support/raw_http.hpp"
#include "support/sanitized.hpp"
#include "support/scoped_folder.hpp"
#include "support/served_sandbox.hpp"

namespace soak {
namespace {

using namespace globus_sdk;
using globus_sdk_test::ScopedFolder;
using globus_sdk_test::ServedSandbox;
using globus_sdk_test::start_child;
using globus_sdk_test::status_of;
namespace fs = std::filesystem;

constexpr std::uint64_t processes = 4;

/// What a process has written down of its tasks. A line is written at once, so that a kill leaves
/// all of it or nothing.
class Journal {
 public:
  struct Line {
    std::string submission_id{};
    std::string task_id{};
  };

  explicit Journal(const fs::path& file)
      : descriptor_(open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
    std::ifstream stream(file);
    std::uint64_t task = 0;
    for (std::string what, id; stream >> task >> what >> id;) {
      (what == "submission" ? lines_[task].submission_id : lines_[task].task_id) = id;
    }
  }
  ~Journal() { close(descriptor_); }
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  const Line& of(std::uint64_t task) { return lines_[task]; }
  const std::map<std::uint64_t, Line>& all() const { return lines_; }
  void add_submission(std::uint64_t task, const std::string& id) {
    write_line(task, "submission", id);
    lines_[task].submission_id = id;
  }
  void add_task(std::uint64_t task, const std::string& id) {
    write_line(task, "task", id);
    lines_[task].task_id = id;
  }

 private:
  void write_line(std::uint64_t task, const char* what, const std::string& id) const {
    const std::string line = std::to_string(task) + ' ' + what + ' ' + id + '\n';
    if (write(descriptor_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
      throw std::runtime_error("no journal\n");
    }
  }

  int descriptor_;
  std::map<std::uint64_t, Line> lines_{};
};

/// The same again until it works: what goes wrong has an end.
template <class Action> auto until_it_works(Action action) {
  for (int attempt = 0;; ++attempt) {
    try {
      return action();
    } catch (const GlobusError&) {
      if (attempt == 100) throw;
    }
  }
}

/// One of the processes that submit.
class Submitter {
 public:
  Submitter(const ServedSandbox& sandbox, std::uint16_t port)
      : port_(port),
        token_(sandbox.value("TRANSFER_TOKEN")),
        source_(sandbox.value("COLLECTION_SOURCE")),
        destination_(sandbox.value("COLLECTION_DESTINATION")) {}

  void submit_all(std::uint64_t first, std::uint64_t last, Journal& journal) const {
    for (std::uint64_t task = first; task <= last; task += processes) {
      if (!journal.of(task).task_id.empty()) continue;
      const TransferClient client = client_of(task);
      if (journal.of(task).submission_id.empty()) {
        journal.add_submission(task, until_it_works([&] {
                                 const std::string id = client.get_submission_id()["value"];
                                 return id;
                               }));
      }
      const std::string id = journal.of(task).submission_id;
      journal.add_task(task, until_it_works([&] {
                         const auto submitted = task % 2 == 0 ? submit_transfer(client, task, id)
                                                              : submit_delete(client, task, id);
                         const std::string task_id = submitted["task_id"];
                         return task_id;
                       }));
    }
  }

 private:
  TransferClient client_of(std::uint64_t task) const {
    ClientOptions options;
    options.base_url = TroubleServer::url_of(task, port_) + "/transfer/";
    options.transport = transport_;
    RetryConfig retry;
    retry.max_sleep = 5ms;
    options.retry_config = retry;
    return TransferClient(AccessTokenAuthorizer(token_), options).with({.deadline = 60s});
  }
  GlobusHTTPResponse submit_transfer(const TransferClient& client, std::uint64_t task,
                                     const std::string& id) const {
    TransferData data(source_, destination_,
                      {.label = "task " + std::to_string(task), .submission_id = id});
    data.add_item("/listed/a", "/copies/" + std::to_string(task));
    return client.submit_transfer(data);
  }
  GlobusHTTPResponse submit_delete(const TransferClient& client, std::uint64_t task,
                                   const std::string& id) const {
    DeleteData data(
        source_,
        {.label = "task " + std::to_string(task), .submission_id = id, .ignore_missing = true});
    data.add_item("/absent/" + std::to_string(task));
    return client.submit_delete(data);
  }

  std::uint16_t port_;
  std::string token_, source_, destination_;
  Transport transport_{};
};

/// The server in a process of its own, so that the test's has one thread alone and may fork.
class ServerProcess {
 public:
  ServerProcess(std::uint16_t sandbox_port, std::uint64_t seed) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    process_ = start_child([&] {
      const Mischief mischief{.share = 0.4, .stopped = 0, .waits = false};
      const TroubleServer server(sandbox_port, [seed, mischief](std::uint64_t call) {
        return make_plan(seed, call, mischief);
      });
      const std::uint16_t port = server.port();
      if (write(ends[1], &port, sizeof port) != sizeof port) _exit(1);
      while (true) pause();
    });
    close(ends[1]);
    const bool is_up = read(ends[0], &port_, sizeof port_) == sizeof port_;
    close(ends[0]);
    if (!is_up) throw std::runtime_error("the server does not start");
  }
  ~ServerProcess() {
    kill(process_, SIGKILL);
    status_of(process_);
  }
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  std::uint16_t port() const { return port_; }

 private:
  pid_t process_ = 0;
  std::uint16_t port_ = 0;
};

fs::path journal_of(const fs::path& folder, std::uint64_t process) {
  return folder / ("journal-" + std::to_string(process));
}

/// Runs the processes to the end of their work, and kills one of them again and again.
/// @return how many kills there were.
int run_with_kills(const Submitter& submitter, std::uint64_t tasks, const fs::path& folder,
                   std::chrono::seconds most) {
  std::minstd_rand random(std::random_device{}());
  const auto begun_at = std::chrono::steady_clock::now();
  const auto start = [&](std::uint64_t process) {
    return start_child([&] {
      Journal journal(journal_of(folder, process));
      submitter.submit_all(process + 1, tasks, journal);
    });
  };
  std::map<std::uint64_t, pid_t> running;
  for (std::uint64_t process = 0; process < processes; ++process) running[process] = start(process);
  int kills = 0;
  while (!running.empty() && std::chrono::steady_clock::now() - begun_at < most) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20 + random() % 100));
    for (auto one = running.begin(); one != running.end();) {
      int status = 0;
      const bool has_ended = waitpid(one->second, &status, WNOHANG) == one->second;
      EXPECT_TRUE(!has_ended || status == 0) << "a process failed";
      one = has_ended ? running.erase(one) : std::next(one);
    }
    if (running.empty()) break;
    const auto victim =
        std::next(running.begin(), static_cast<std::ptrdiff_t>(random() % running.size()));
    kill(victim->second, SIGKILL);
    const bool was_killed = WIFSIGNALED(status_of(victim->second));
    kills += was_killed ? 1 : 0;
    victim->second = start(victim->first);
  }
  EXPECT_TRUE(running.empty()) << "not done in time";
  for (const auto& [process, child] : running) {
    kill(child, SIGKILL);
    status_of(child);
  }
  return kills;
}

/// The tasks that the sandbox has: how many for each label, and their ids.
struct Found {
  std::map<std::string, std::map<std::string, std::string>> by_label{};  ///< id and status
  std::size_t active = 0;
};

Found tasks_of(const ServedSandbox& sandbox) {
  Found found;
  const auto answer = raw_http::Client().get(sandbox.value("URL") + "state");
  const boost::json::value state = answer.json();
  for (const auto& task : state.at("tasks").as_array()) {
    const std::string status(task.at("status").as_string());
    found.by_label[std::string(task.at("label").as_string())]
                  [std::string(task.at("task_id").as_string())] = status;
    found.active += status == "ACTIVE" ? 1 : 0;
  }
  return found;
}

Found all_tasks_once_done(const ServedSandbox& sandbox) {
  Found found = tasks_of(sandbox);
  for (int look = 0; look < 600 && found.active > 0; ++look) {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    found = tasks_of(sandbox);
  }
  return found;
}

TEST(SoakedTasks, AreAllThereAndEachOnce) {
  if (globus_sdk_test::is_thread_sanitized) GTEST_SKIP() << "ThreadSanitizer ends such a child";
  const std::uint64_t seed = number_of("SOAK_SEED", std::random_device{}());
  const std::uint64_t tasks = number_of("SOAK_TASKS", 240);
  const std::chrono::seconds most(number_of("SOAK_SECONDS", 600));
  std::cout << "SOAK_SEED=" << seed << std::endl;
  const ScopedFolder folder;
  fs::create_directories(folder.path / "source/listed");
  fs::create_directories(folder.path / "destination/copies");
  std::ofstream(folder.path / "source/listed/a") << "a";
  const ServedSandbox sandbox({"--auto-consent", "--collection",
                               "SOURCE=" + (folder.path / "source").string(), "--collection",
                               "DESTINATION=" + (folder.path / "destination").string()});
  const ServerProcess server(sandbox.port(), seed);
  const auto begun_at = std::chrono::steady_clock::now();

  const int kills = run_with_kills(Submitter(sandbox, server.port()), tasks, folder.path, most);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun_at;
  const Found found = all_tasks_once_done(sandbox);

  std::size_t written_down = 0;
  std::size_t twice = 0;
  std::size_t failed = 0;
  std::size_t others = 0;
  for (const auto& [label, ids] : found.by_label) {
    twice += ids.size() - 1;
    for (const auto& [id, status] : ids) failed += status == "SUCCEEDED" ? 0 : 1;
  }
  for (std::uint64_t process = 0; process < processes; ++process) {
    const Journal journal(journal_of(folder.path, process));
    for (const auto& [task, line] : journal.all()) {
      ++written_down;
      const auto known = found.by_label.find("task " + std::to_string(task));
      const bool is_same = known != found.by_label.end() && known->second.contains(line.task_id);
      others += is_same ? 0 : 1;
    }
  }
  std::cout << tasks << " tasks in " << took.count() << " s with " << kills
            << " kills: " << found.by_label.size() << " are there, " << twice << " of them twice, "
            << failed << " did not succeed" << std::endl;
  keep_report("tasks", {{"seed", seed},
                        {"submitted", tasks},
                        {"seconds", took.count()},
                        {"kills", kills},
                        {"there", found.by_label.size()},
                        {"twice", twice},
                        {"failed", failed}});
  EXPECT_EQ(found.by_label.size(), tasks);
  EXPECT_EQ(written_down, tasks);
  EXPECT_EQ(twice, 0U);
  EXPECT_EQ(others, 0U) << "a process took another task for its own";
  EXPECT_EQ(failed, 0U);
  EXPECT_GT(kills, 0);
}

}  // namespace
}  // namespace soak
