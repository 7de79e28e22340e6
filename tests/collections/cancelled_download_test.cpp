// SPDX-License-Identifier: Apache-2.0
// Asynchronous downloads that Asio's own cancellation ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <iterator>
#include <tuple>

#include "collections/downloads.hpp"
#include "collections/file_server.hpp"
#include "support/cancel_async.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using boost::asio::cancellation_type;

/// Whether a file comes by several connections, and how it is cancelled.
struct CancelledDownloads : testing::TestWithParam<std::tuple<bool, cancellation_type>> {
  ScopedFolder folder{};
};

INSTANTIATE_TEST_SUITE_P(Collections, CancelledDownloads,
                         testing::Combine(testing::Bool(),
                                          testing::Values(cancellation_type::terminal,
                                                          cancellation_type::partial,
                                                          cancellation_type::total)));

TEST_P(CancelledDownloads, EndAndLeaveNoHalfFile) {
  const auto [in_parts, type] = GetParam();
  const std::string bytes = many_bytes(2'000'000);
  const ServedContent served{.content = bytes};
  std::atomic<int> stalled = 0;
  std::atomic<bool> is_slow = true;
  FileServer server([&](const RecordedRequest& request, int) {
    FileAnswer answer = served.answer(request);
    if (is_slow && answer.body.size() > 100'000) {
      answer.pause_after = 50'000;
      answer.pause = std::chrono::seconds(3);
      ++stalled;
    }
    return answer;
  });
  const PlainClient client = client_for(server.url());
  const std::string path = (folder.path / "file").string();
  detail::Splitting splitting;
  if (in_parts) {
    splitting.least_bytes = 500'000;
    splitting.piece_size = 250'000;
  }
  const DownloadTarget target = path;
  const auto download = [&] {
    return detail::download_file<Async>(client.connection(), "/a", target, DownloadOptions(),
                                        splitting);
  };
  const auto failure = cancel_when([&] { return stalled > 0; }, download(), type);
  ASSERT_TRUE(failure);
  EXPECT_THROW(std::rethrow_exception(failure), std::exception);
  EXPECT_FALSE(std::filesystem::exists(path)) << "a file is there when it is whole";

  is_slow = false;
  run_async(download());
  EXPECT_TRUE(Downloads::content_of(path) == bytes);
  const auto left = std::distance(std::filesystem::directory_iterator(folder.path),
                                  std::filesystem::directory_iterator());
  EXPECT_EQ(left, 1) << "nothing is left of the first";
}

}  // namespace
}  // namespace globus_sdk_test
