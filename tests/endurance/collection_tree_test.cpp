// SPDX-License-Identifier: Apache-2.0
// A tree of many files is fetched while every fifth answer is cut, reset, delayed or a 401, and
// while the process that fetches it is killed five times: in the end every byte is right, nothing
// else is there, and neither memory nor descriptors have become more.
//
// With ENDURANCE_SECONDS from 60 on, as `make endurance` has it, the tree has 2,000 files and 2
// GiB; else a small part of that.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <numeric>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/child_process.hpp"
#include "support/raw_http.hpp"
#include "support/sanitized.hpp"
#include "support/scoped_folder.hpp"
#include "support/served_sandbox.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::ScopedFolder;
using globus_sdk_test::ServedSandbox;
using globus_sdk_test::start_child;
using globus_sdk_test::status_of;
namespace fs = std::filesystem;
namespace json = boost::json;

constexpr int kills = 5;
constexpr std::int64_t mebibyte = std::int64_t{1} << 20;

struct Scale {
  std::size_t files;
  std::int64_t largest;
  std::int64_t total;
  std::int64_t bytes_per_second;  ///< of each answer, so that there is time for a kill; 0: no limit
};

Scale scale() {
  const char* const seconds = std::getenv("ENDURANCE_SECONDS");
  if (seconds != nullptr && std::atoi(seconds) >= 60) {
    return {2000, 64 * mebibyte, 2048 * mebibyte, 0};
  }
  return {140, 2 * mebibyte, 24 * mebibyte, 4 * mebibyte};
}

/// From 0 to the largest, spread by logarithm, with so much weight on the small ones that the sum
/// is right.
std::vector<std::int64_t> sizes_of(const Scale& scale) {
  const auto sizes_with = [&](double bend) {
    std::vector<std::int64_t> sizes;
    const double most = std::log2(static_cast<double>(scale.largest) + 1);
    for (std::size_t file = 0; file < scale.files; ++file) {
      const double place = static_cast<double>(file) / static_cast<double>(scale.files - 1);
      sizes.push_back(std::llround(std::exp2(most * std::pow(place, bend)) - 1));
    }
    return sizes;
  };
  double low = 0.1;
  double high = 100;
  for (int step = 0; step < 60; ++step) {
    const double bend = (low + high) / 2;
    const auto sizes = sizes_with(bend);
    const std::int64_t sum = std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0});
    (sum > scale.total ? low : high) = bend;
  }
  return sizes_with(high);
}

/// Bytes that no two files, and no two parts of one, have in common.
void write_file(const fs::path& path, std::int64_t size, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::ofstream file(path, std::ios::binary);
  std::vector<std::uint64_t> block(8192);
  for (std::int64_t left = size; left > 0;) {
    std::ranges::generate(block, std::ref(random));
    const auto count = std::min<std::int64_t>(left, std::ssize(block) * 8);
    file.write(reinterpret_cast<const char*>(block.data()), count);
    left -= count;
  }
  if (!file.flush()) throw std::runtime_error("no room for " + path.string());
}

void make_tree(const fs::path& folder, const Scale& scale) {
  std::vector<std::int64_t> sizes = sizes_of(scale);
  std::ranges::shuffle(sizes, std::minstd_rand(1));
  for (std::size_t file = 0; file < sizes.size(); ++file) {
    const fs::path parent = folder / ("folder-" + std::to_string(file % 20));
    fs::create_directories(parent);
    write_file(parent / ("file-" + std::to_string(file)), sizes[file], file);
  }
}

std::map<std::string, std::uintmax_t> files_below(const fs::path& folder) {
  std::map<std::string, std::uintmax_t> found;
  std::error_code error;  // a file may be renamed meanwhile
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code gone;
    if (!entry->is_directory(gone)) {
      found[entry->path().lexically_relative(folder).string()] = entry->file_size(gone);
    }
  }
  return found;
}

bool have_same_content(const fs::path& one, const fs::path& other) {
  std::ifstream first(one, std::ios::binary);
  std::ifstream second(other, std::ios::binary);
  std::vector<char> here(1 << 20);
  std::vector<char> there(here.size());
  while (first && second) {
    first.read(here.data(), std::ssize(here));
    second.read(there.data(), std::ssize(there));
    if (first.gcount() != second.gcount()) return false;
    if (std::memcmp(here.data(), there.data(), static_cast<std::size_t>(first.gcount())) != 0) {
      return false;
    }
  }
  return first.eof() && second.eof();
}

void expect_same_trees(const fs::path& wanted, const fs::path& found) {
  const auto files = files_below(wanted);
  ASSERT_EQ(files_below(found), files);
  for (const auto& [name, size] : files) {
    EXPECT_TRUE(have_same_content(wanted / name, found / name)) << name;
  }
}

/// A sandbox whose answers with files go wrong in every fifth case. The numbers have no common
/// factor, so that all mishaps meet each other.
class FaultyWorld {
 public:
  FaultyWorld(const fs::path& served, const Scale& scale)
      : sandbox_({"--auto-consent", "--collection", "SOURCE=" + served.string()}) {
    post("bandwidth", {{"bytes_per_second", scale.bytes_per_second}});
    add_fault(23, {{"status", 401}, {"body", "{}"}});
    add_fault(29, {{"truncate", 1000}});
    add_fault(31, {{"truncate", 700'000}});
    add_fault(37, {{"reset", 10}});
    add_fault(41, {{"reset", 2'000'000}});
    add_fault(43, {{"delay", 0.05}});
    add_fault(47, {{"stall", 5000}, {"seconds", 0.1}});
  }

  /// Fetches the tree; again, until nothing fails.
  void fetch(const fs::path& target) const {
    std::string failure;
    for (int attempt = 0; attempt < 10; ++attempt) {
      try {
        const TreeResult result = files().download_tree("/", target, transfer());
        if (result) return;
        failure = result.failures.front().path + ": " + result.failures.front().message;
      } catch (const GlobusAPIError& error) {
        // a second 401 within a call is taken for the end of the login
        if (error.http_status() != 401) throw;
        failure = error.what();
      }
    }
    throw std::runtime_error("not whole after ten calls: " + failure);
  }

 private:
  GCSCollectionClient files() const {
    const RefreshTokenAuthorizer authorizer{sandbox_.value("SOURCE_HTTPS_REFRESH_TOKEN"),
                                            sandbox_.login_client()};
    return GCSCollectionClient{
        sandbox_.value("COLLECTION_SOURCE"),
        sandbox_.value("SOURCE_HTTPS_URL"),
        authorizer,
        {.retry_config = RetryConfig{.max_sleep = std::chrono::milliseconds(50)}}};
  }
  TransferClient transfer() const {
    return sandbox_.transfer_client(AccessTokenAuthorizer{sandbox_.value("TRANSFER_TOKEN")});
  }
  void add_fault(int every, json::object fault) const {
    fault["path"] = "^/https/.*/file-";
    fault["every"] = every;
    fault["count"] = 1'000'000;
    post("faults", fault);
  }
  void post(const std::string& path, const json::object& document) const {
    const auto answer =
        raw_http::Client().send_json("POST", sandbox_.value("URL") + path, serialize(document));
    if (answer.status >= 300) throw std::runtime_error(path + ": " + answer.body);
  }

  ServedSandbox sandbox_;
};

/// What a process has of the system's.
struct Holdings {
  std::ptrdiff_t descriptors = 0;
  double resident_megabytes = 0;

  static Holdings now() {
    const fs::directory_iterator open("/proc/self/fd");
    Holdings holdings{std::distance(begin(open), end(open)), 0};
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
      double kilobytes = 0;
      if (word == "VmRSS:" && status >> kilobytes) holdings.resident_megabytes = kilobytes / 1024;
    }
    return holdings;
  }
};

/// Fetches what is missing, and then the whole twice more.
void fetch_and_compare_holdings(const FaultyWorld& world, const ScopedFolder& folder) {
  world.fetch(folder.path / "target");
  const Holdings before = Holdings::now();
  for (int round = 0; round < 2; ++round) {
    world.fetch(folder.path / "again");
    fs::remove_all(folder.path / "again");
  }
  const Holdings after = Holdings::now();
  std::cout << before.descriptors << " and then " << after.descriptors << " descriptors, "
            << before.resident_megabytes << " and then " << after.resident_megabytes << " MB"
            << std::endl;
  if (after.descriptors != before.descriptors) throw std::runtime_error("descriptors were lost\n");
  const double more = after.resident_megabytes - before.resident_megabytes;
  if (!globus_sdk_test::is_sanitized && more > 24) {
    throw std::runtime_error("memory has become more\n");
  }
}

/// Kills it when so many files have come. False when it ended before.
bool kill_at(pid_t child, const fs::path& target, std::size_t files) {
  std::minstd_rand random(static_cast<unsigned>(child));
  while (files_below(target).size() < files) {
    siginfo_t ended{};
    waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT);
    if (ended.si_pid != 0) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(random() % 20));
  kill(child, SIGKILL);
  return WIFSIGNALED(status_of(child));
}

TEST(CollectionTree, ComesWholeThroughMishapsAndKills) {
  const ScopedFolder folder;
  const Scale size = scale();
  make_tree(folder.path / "served", size);
  const FaultyWorld world(folder.path / "served", size);
  int killed = 0;
  for (std::size_t number = 1; number <= kills; ++number) {
    const pid_t child = start_child([&] { world.fetch(folder.path / "target"); });
    killed += kill_at(child, folder.path / "target", size.files * number / (kills + 3)) ? 1 : 0;
  }
  EXPECT_EQ(killed, kills) << "a process was done before it could be killed";
  const int status = status_of(start_child([&] { fetch_and_compare_holdings(world, folder); }));
  EXPECT_EQ(status, 0);
  expect_same_trees(folder.path / "served", folder.path / "target");
}

}  // namespace
}  // namespace globus_sdk
