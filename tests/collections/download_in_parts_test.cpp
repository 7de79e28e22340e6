// SPDX-License-Identifier: Apache-2.0
// Large files, whose parts come by several connections.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <sstream>
#include <thread>

#include "collections/downloads.hpp"
#include "collections/file_server.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::ElementsAre;

struct DownloadsInParts : Downloads {
  static const std::string& bytes() {
    static const std::string bytes = many_bytes(size);
    return bytes;
  }

  DownloadsInParts() {
    splitting.least_bytes = std::int64_t{4} << 20;
    splitting.piece_size = std::int64_t{2} << 20;
  }

  static constexpr std::size_t size = (std::size_t{5} << 20) + 12345;
};
INSTANTIATE_TEST_SUITE_P(Collections, DownloadsInParts, testing::Values(false, true), mode_of);

int count_of_ranges(const FileServer& server) {
  int count = 0;
  for (const auto& request : server.requests()) count += request.header("range").empty() ? 0 : 1;
  return count;
}

TEST_P(DownloadsInParts, ALargeFileComesBySeveralConnections) {
  FileServer server(ServedContent{.content = bytes()});
  DownloadOptions options;
  std::atomic<int> at_once = 0;
  std::atomic<int> most_at_once = 0;
  options.on_progress = [&](const FileProgress&) {
    most_at_once = std::max<int>(most_at_once, ++at_once);
    --at_once;
  };
  options.checksum = Checksum("sha256", detail::sha256_text(bytes()));
  const auto result = download(client_for(server.url()), "/a", file("a"), options);
  EXPECT_TRUE(content("a") == bytes());
  EXPECT_EQ(result.size, static_cast<std::int64_t>(size));
  EXPECT_EQ(result.head.size(), static_cast<std::int64_t>(size));
  EXPECT_EQ(result.head.etag(), "\"1\"");
  EXPECT_EQ(count_of_ranges(server), 3);
  EXPECT_GE(server.connections(), 3);
  EXPECT_EQ(most_at_once, 1);
  EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(DownloadsInParts, OneConnectionAStreamAndAServerWithoutRangesGetItWhole) {
  {
    FileServer server(ServedContent{.content = bytes()});
    DownloadOptions options;
    options.connections = 1;
    download(client_for(server.url()), "/a", file("a"), options);
    EXPECT_TRUE(content("a") == bytes());
    EXPECT_EQ(server.requests().size(), 1u);
  }
  {
    FileServer server(ServedContent{.content = bytes()});
    std::ostringstream stream;
    download(client_for(server.url()), "/a", stream);
    EXPECT_TRUE(stream.str() == bytes());
    EXPECT_EQ(server.requests().size(), 1u);
  }
  FileServer server(ServedContent{.content = bytes(), .has_ranges = false});
  download(client_for(server.url()), "/a", file("b"));
  EXPECT_TRUE(content("b") == bytes());
  EXPECT_EQ(server.requests().size(), 1u);
}

/// Has so many requests for parts wait for each other, and sees how many there are at once later.
class RequestsAtOnce {
 public:
  explicit RequestsAtOnce(int first) : first_(first) {}

  FileAnswer answer(const ServedContent& served, const RecordedRequest& request) {
    if (request.header("range").empty()) return served.answer(request);
    const int number = ++number_;
    const int at_once = ++at_once_;
    // as many again may come while the last of the first ones are still on their way
    if (number > 2 * first_) most_later_ = std::max<int>(most_later_, at_once);
    wait_until([&] { return number > first_ || number_ >= first_; });
    // a short time for others to come
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    --at_once_;
    return served.answer(request);
  }
  int most_later() const { return most_later_; }

 private:
  static void wait_until(const std::function<bool()>& is_so) {
    for (int wait = 0; !is_so() && wait < 1000; ++wait) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }

  const int first_;
  std::atomic<int> number_ = 0;
  std::atomic<int> at_once_ = 0;
  std::atomic<int> most_later_ = 0;
};

TEST_P(DownloadsInParts, FewConnectionsGoOnWhereTheyAreFast) {
  splitting.connections = 6;
  splitting.connections_where_fast = 2;
  splitting.piece_size = std::int64_t{1} << 18;
  const ServedContent served{.content = bytes()};
  const auto most_later = [&](std::int64_t fast_rate) {
    splitting.fast_rate = fast_rate;
    RequestsAtOnce requests(6);
    FileServer server(
        [&](const RecordedRequest& request, int) { return requests.answer(served, request); });
    download(client_for(server.url()), "/a", file("a"));
    EXPECT_TRUE(content("a") == bytes());
    std::filesystem::remove(file("a"));
    return requests.most_later();
  };
  EXPECT_GT(most_later(std::int64_t{1} << 50), 2);
  EXPECT_LE(most_later(0), 3);
}

TEST_P(DownloadsInParts, AServerThatOnlySaysThatItSendsPartsIsAskedForTheWhole) {
  const ServedContent served{.content = bytes(), .has_ranges = false};
  FileServer server([&](const RecordedRequest& request, int) {
    return served.answer(request).with("Accept-Ranges", "bytes");
  });
  download(client_for(server.url()), "/a", file("a"));
  EXPECT_TRUE(content("a") == bytes());
}

TEST_P(DownloadsInParts, PartsThatBreakOffAreGoneOnWithEachByItself) {
  const ServedContent served{.content = bytes()};
  FileServer server([&](const RecordedRequest& request, int number) {
    FileAnswer answer = served.answer(request);
    if (number <= 5 && answer.body.size() > 500'000) answer.cut_after = 500'000;
    return answer;
  });
  download(client_for(server.url()), "/a", file("a"));
  EXPECT_TRUE(content("a") == bytes());
}

TEST_P(DownloadsInParts, APartThatFailsEndsTheOthersAndALaterCallFetchesTheRest) {
  const ServedContent served{.content = bytes()};
  std::atomic<std::int64_t> told = 0;
  {
    FileServer server([&](const RecordedRequest& request, int) {
      FileAnswer answer = served.answer(request);
      if (request.header("range").starts_with("bytes=2097152-")) {
        // not before some bytes of the others are there
        for (int wait = 0; told < 500'000 && wait < 1000; ++wait) {
          std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        answer = FileAnswer{.status = "403 Forbidden"};
        answer.with("Content-Length", "0");
      } else if (!request.header("range").empty()) {
        answer.pause_after = 1'000'000;
        answer.pause = std::chrono::milliseconds(300);
      }
      return answer;
    });
    DownloadOptions options;
    options.on_progress = [&told](const FileProgress& progress) { told = progress.bytes; };
    EXPECT_THROW(download(client_for(server.url()), "/a", file("a"), options), GlobusAPIError);
    EXPECT_THAT(names(), ElementsAre(".a.globus-part", ".a.globus-part-state"));
  }
  FileServer server(ServedContent{.content = bytes()});
  const auto result = download(client_for(server.url()), "/a", file("a"));
  EXPECT_GE(result.resumed, 500'000);
  EXPECT_TRUE(content("a") == bytes());
  EXPECT_EQ(count_of_ranges(server), static_cast<int>(server.requests().size()));
}

TEST_P(DownloadsInParts, AFileThatChangesBetweenItsPartsComesAnew) {
  const std::string new_bytes = many_bytes(size, 2);
  std::atomic<int> parts = 0;
  FileServer server([&](const RecordedRequest& request, int) {
    const bool is_part = !request.header("range").empty();
    const bool is_new = is_part && ++parts > 1;
    const ServedContent served{.content = is_new || parts > 1 ? new_bytes : bytes(),
                               .etag = is_new || parts > 1 ? "\"2\"" : "\"1\""};
    return served.answer(request);
  });
  download(client_for(server.url()), "/a", file("a"));
  EXPECT_TRUE(content("a") == new_bytes);
  EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(DownloadsInParts, AStopEndsAllParts) {
  const ServedContent served{.content = bytes()};
  FileServer server([&](const RecordedRequest& request, int) {
    FileAnswer answer = served.answer(request);
    if (!request.header("range").empty()) {
      answer.pause_after = 1000;
      answer.pause = std::chrono::milliseconds(2000);
    }
    return answer;
  });
  std::stop_source stop;
  CallSettings settings;
  settings.stop = stop.get_token();
  std::jthread stopping([&] {
    while (count_of_ranges(server) < 3) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    stop.request_stop();
  });
  EXPECT_THROW(download(client_for(server.url()).with(settings), "/a", file("a")), CancelledError);
}

TEST_P(DownloadsInParts, WhatAProgressFunctionThrowsEndsAllParts) {
  FileServer server(ServedContent{.content = bytes()});
  DownloadOptions options;
  options.on_progress = [](const FileProgress&) { throw std::out_of_range("enough"); };
  EXPECT_THROW(download(client_for(server.url()), "/a", file("a"), options), std::out_of_range);
}

}  // namespace
}  // namespace globus_sdk_test
