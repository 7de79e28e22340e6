// SPDX-License-Identifier: Apache-2.0
// Downloads as they should be, and the breaks that they get over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <sstream>
#include <thread>

#include "collections/downloads.hpp"
#include "collections/file_server.hpp"
#include "globus_sdk/core/authorizer.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t large = std::size_t{5} << 20;  // worth to be kept

INSTANTIATE_TEST_SUITE_P(Collections, Downloads, testing::Values(false, true), mode_of);

// ---- whole files --------------------------------------------------------------------------------

TEST_P(Downloads, AFileIsThereAsItWasSent) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{300'000}, large}) {
    const std::string bytes = many_bytes(size);
    FileServer server(ServedContent{.content = bytes});
    const auto result = download(client_for(server.url()), "/data/a b.h5", file("a.h5"));
    EXPECT_TRUE(content("a.h5") == bytes) << size;
    EXPECT_EQ(result.size, static_cast<std::int64_t>(size));
    EXPECT_EQ(result.resumed, 0);
    EXPECT_EQ(result.head.size(), static_cast<std::int64_t>(size));
    EXPECT_EQ(result.head.etag(), "\"1\"");
    EXPECT_TRUE(result.head.accepts_ranges());
    EXPECT_THAT(names(), ElementsAre("a.h5"));
    ASSERT_EQ(server.requests().size(), 1u);
    EXPECT_EQ(server.requests()[0].target, "/data/a%20b.h5");
    EXPECT_EQ(server.requests()[0].header("range"), "");
    EXPECT_EQ(server.requests()[0].header("accept-encoding"), "identity");
  }
}

TEST_P(Downloads, ANewFileHasTheModeOfNewFilesAndTheTimeOfTheCollections) {
  FileServer server(ServedContent{.content = "x"});
  const mode_t mask = umask(027);
  download(client_for(server.url()), "/a", file("a"));
  umask(mask);
  struct stat status{};
  ASSERT_EQ(stat(file("a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0640U);
  EXPECT_EQ(status.st_mtim.tv_sec, 1767694830);
  DownloadOptions options;
  options.keep_times = false;
  download(client_for(server.url()), "/a", file("b"), options);
  ASSERT_EQ(stat(file("b").c_str(), &status), 0);
  EXPECT_GT(status.st_mtim.tv_sec, 1767694830);
}

TEST_P(Downloads, AFileIsReplacedByOneOfTheSameModeAlsoBehindALink) {
  FileServer server(ServedContent{.content = "new"});
  write("a", "old");
  chmod(file("a").c_str(), 0600);
  std::filesystem::create_symlink("a", file("link"));
  download(client_for(server.url()), "/a", file("link"));
  struct stat status{};
  ASSERT_EQ(lstat(file("a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
  EXPECT_EQ(content("a"), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(file("link")));

  std::filesystem::create_symlink("not_there_yet", file("second"));
  download(client_for(server.url()), "/a", file("second"));
  EXPECT_EQ(content("not_there_yet"), "new");
  EXPECT_THAT(names(), ElementsAre("a", "link", "not_there_yet", "second"));
}

TEST_P(Downloads, WhoeverHasTheOldFileOpenReadsTheOldBytes) {
  FileServer server(ServedContent{.content = "new"});
  write("a", "old");
  std::ifstream open_file(file("a"));
  download(client_for(server.url()), "/a", file("a"));
  std::string text;
  open_file >> text;
  EXPECT_EQ(text, "old");
}

TEST_P(Downloads, AFileOfUnknownSizeIsTakenToItsEnd) {
  FileServer server([](const RecordedRequest&, int) {
    FileAnswer answer;
    answer.with("Transfer-Encoding", "chunked");
    answer.body = "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
    return answer;
  });
  const auto result = download(client_for(server.url()), "/a", file("a"));
  EXPECT_EQ(content("a"), "hello world");
  EXPECT_EQ(result.size, 11);
}

TEST_P(Downloads, ARelativePathAndALongNameAreTaken) {
  FileServer server(ServedContent{.content = many_bytes(large)});
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path);
  const std::string name(255, 'n');
  download(client_for(server.url()), "/a", name);
  std::filesystem::current_path(before);
  EXPECT_THAT(names(), ElementsAre(name));
}

// ---- other targets ------------------------------------------------------------------------------

TEST_P(Downloads, BytesGoToAStreamAFunctionOrMemory) {
  const std::string bytes = many_bytes(700'000);
  FileServer server(ServedContent{.content = bytes});
  const PlainClient client = client_for(server.url());
  std::ostringstream stream;
  EXPECT_EQ(download(client, "/a", stream).size, 700'000);
  EXPECT_TRUE(stream.str() == bytes);

  std::string text;
  download(client, "/a", [&text](std::span<const std::byte> piece) {
    text.append(reinterpret_cast<const char*>(piece.data()), piece.size());
  });
  EXPECT_TRUE(text == bytes);

  std::vector<std::byte> memory(10);
  download(client, "/a", memory);
  const auto expected = std::as_bytes(std::span(bytes));
  EXPECT_TRUE(std::ranges::equal(memory, expected));
}

TEST_P(Downloads, DevicesPipesAndDescriptorsAreWrittenStraight) {
  FileServer server(ServedContent{.content = "some bytes"});
  const PlainClient client = client_for(server.url());
  download(client, "/a", "/dev/null");
  struct stat status{};
  ASSERT_EQ(stat("/dev/null", &status), 0);
  EXPECT_TRUE(S_ISCHR(status.st_mode));

  ASSERT_EQ(mkfifo(file("pipe").c_str(), 0600), 0);
  std::string read_text;
  std::thread reader([&] { read_text = content("pipe"); });
  download(client, "/a", file("pipe"));
  reader.join();
  EXPECT_EQ(read_text, "some bytes");

  const int descriptor = open(file("by_descriptor").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_EQ(::write(descriptor, "before ", 7), 7);
  download(client, "/a", "/dev/fd/" + std::to_string(descriptor));
  ASSERT_EQ(::write(descriptor, " after", 6), 6);
  close(descriptor);
  EXPECT_EQ(content("by_descriptor"), "before some bytes after");
}

TEST_P(Downloads, WhatAFunctionThrowsIsThrown) {
  FileServer server(ServedContent{.content = many_bytes(700'000)});
  EXPECT_THROW(download(client_for(server.url()), "/a",
                        [](std::span<const std::byte>) { throw std::out_of_range("enough"); }),
               std::out_of_range);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST_P(Downloads, AStreamThatFailsIsAnError) {
  FileServer server(ServedContent{.content = many_bytes(700'000)});
  std::ofstream full("/dev/full");
  try {
    download(client_for(server.url()), "/a", full);
    FAIL();
  } catch (const LocalFileError& error) {
    EXPECT_EQ(error.error_number(), ENOSPC);
    EXPECT_THAT(error.what(), HasSubstr("std::ostream"));
  }
}

// ---- breaks -------------------------------------------------------------------------------------

/// Serves some bytes; the answers that are named are cut.
FileServer::Respond cutting(ServedContent served, std::vector<int> cut, std::size_t after) {
  return [served = std::move(served), cut = std::move(cut), after](const RecordedRequest& request,
                                                                   int number) {
    FileAnswer answer = served.answer(request);
    if (std::ranges::find(cut, number) != cut.end()) answer.cut_after = after;
    return answer;
  };
}

TEST_P(Downloads, ABrokenAnswerIsGoneOnWith) {
  const std::string bytes = many_bytes(1'000'000);
  FileServer server(cutting({.content = bytes}, {1, 2}, 300'000));
  download(client_for(server.url()), "/a", file("a"));
  EXPECT_TRUE(content("a") == bytes);
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 3u);
  EXPECT_EQ(requests[1].header("range"), "bytes=300000-999999");
  EXPECT_EQ(requests[1].header("if-range"), "\"1\"");
  EXPECT_EQ(requests[2].header("range"), "bytes=600000-999999");
}

TEST_P(Downloads, ABrokenAnswerToAStreamIsGoneOnWithAndNoByteComesTwice) {
  const std::string bytes = many_bytes(1'000'000);
  FileServer server(cutting({.content = bytes}, {1, 2}, 300'000));
  std::ostringstream stream;
  download(client_for(server.url()), "/a", stream);
  EXPECT_TRUE(stream.str() == bytes);
  EXPECT_EQ(server.requests().size(), 3u);
}

TEST_P(Downloads, ATimeThatIsOldEnoughStandsForAnETag) {
  const std::string bytes = many_bytes(1'000'000);
  FileServer server(cutting({.content = bytes, .etag = ""}, {1}, 300'000));
  std::ostringstream stream;
  download(client_for(server.url()), "/a", stream);
  EXPECT_TRUE(stream.str() == bytes);
  EXPECT_EQ(server.requests().at(1).header("if-range"), "Tue, 06 Jan 2026 10:20:30 GMT");
}

TEST_P(Downloads, AServerWithoutRangesSendsTheFileAgain) {
  const std::string bytes = many_bytes(1'000'000);
  const ServedContent served{.content = bytes, .has_ranges = false};
  {
    FileServer server(cutting(served, {1}, 300'000));
    download(client_for(server.url()), "/a", file("a"));
    EXPECT_TRUE(content("a") == bytes);
  }
  FileServer server(cutting(served, {1}, 300'000));
  std::ostringstream stream;
  download(client_for(server.url()), "/a", stream);
  EXPECT_TRUE(stream.str() == bytes);
}

TEST_P(Downloads, AFileOfWhichNothingCanBeToldAgainBeginsAnewWhereThatCanBeDone) {
  const std::string bytes = many_bytes(1'000'000);
  const ServedContent served{.content = bytes, .etag = "W/\"1\"", .last_modified = ""};
  {
    FileServer server(cutting(served, {1}, 300'000));
    download(client_for(server.url()), "/a", file("a"));
    EXPECT_TRUE(content("a") == bytes);
    EXPECT_EQ(server.requests().at(1).header("range"), "");
  }
  {
    FileServer server(cutting(served, {1}, 300'000));
    std::vector<std::byte> memory;
    download(client_for(server.url()), "/a", memory);
    EXPECT_TRUE(std::ranges::equal(memory, std::as_bytes(std::span(bytes))));
  }
  FileServer server(cutting(served, {1}, 300'000));
  std::ostringstream stream;
  EXPECT_THROW(download(client_for(server.url()), "/a", stream), GlobusConnectionError);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST_P(Downloads, RetriesAreCountedAnewWhenBytesCame) {
  const std::string bytes = many_bytes(1'000'000);
  const ServedContent served{.content = bytes};
  FileServer server([&](const RecordedRequest& request, int) {
    FileAnswer answer = served.answer(request);
    if (answer.body.size() > 100'000) answer.cut_after = 100'000;
    return answer;
  });
  download(client_for(server.url(), 1), "/a", file("a"));
  EXPECT_TRUE(content("a") == bytes);
  EXPECT_EQ(server.requests().size(), 10u);
}

TEST_P(Downloads, AnswersWithoutBytesEndTheDownloadAfterTheRetries) {
  const ServedContent served{.content = many_bytes(1'000'000)};
  FileServer server([&](const RecordedRequest& request, int number) {
    FileAnswer answer = served.answer(request);
    answer.cut_after = number == 1 ? 1000 : 0;
    return answer;
  });
  write("a", "old");
  EXPECT_THROW(download(client_for(server.url(), 2), "/a", file("a")), GlobusConnectionError);
  EXPECT_EQ(server.requests().size(), 3u);
  EXPECT_EQ(content("a"), "old");
  EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(Downloads, AServerWithoutRangesThatAlwaysBreaksOffDoesNotHoldUpForEver) {
  FileServer server([](const RecordedRequest& request, int) {
    ServedContent served{.content = many_bytes(1'000'000), .has_ranges = false};
    FileAnswer answer = served.answer(request);
    answer.cut_after = 500'000;
    return answer;
  });
  EXPECT_THROW(download(client_for(server.url(), 2), "/a", file("a")), GlobusConnectionError);
  EXPECT_LE(server.requests().size(), 4u);
}

/// Its token is renewed when the server refuses it.
class RenewedToken : public GlobusAuthorizer {
 public:
  std::string get_authorization_header(const CallLimits&) const override {
    return "Bearer token" + std::to_string(renewals_);
  }
  bool handle_missing_authorization(std::string_view) const override {
    ++renewals_;
    return true;
  }

 private:
  mutable std::atomic<int> renewals_ = 0;
};

TEST_P(Downloads, ATokenThatExpiresInTheMiddleIsRenewed) {
  const std::string bytes = many_bytes(1'000'000);
  const ServedContent served{.content = bytes};
  FileServer server([&](const RecordedRequest& request, int number) {
    FileAnswer answer = served.answer(request);
    if (number == 1) answer.cut_after = 300'000;
    if (number == 2) {
      answer = FileAnswer{.status = "401 Unauthorized"};
      answer.with("Content-Length", "0");
    }
    return answer;
  });
  const PlainClient client(std::make_shared<RenewedToken>(), options_for(server.url(), 1));
  download(client, "/a", file("a"));
  EXPECT_TRUE(content("a") == bytes);
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 3u);
  EXPECT_EQ(requests[2].header("authorization"), "Bearer token1");
  EXPECT_EQ(requests[2].header("range"), "bytes=300000-999999");
}

TEST_P(Downloads, ABusyServerIsAskedAgain) {
  const ServedContent served{.content = "x"};
  FileServer server([&](const RecordedRequest& request, int number) {
    if (number > 2) return served.answer(request);
    FileAnswer answer{.status = "503 Service Unavailable"};
    return answer.with("Content-Length", "0");
  });
  download(client_for(server.url()), "/a", file("a"));
  EXPECT_EQ(content("a"), "x");
}

// ---- a later call goes on -----------------------------------------------------------------------

TEST_P(Downloads, ALaterCallGoesOnFromTheBytesOfAnEarlierOne) {
  const std::string bytes = many_bytes(large);
  write("a", "old");
  {
    FileServer server(cutting({.content = bytes}, {1}, 3'000'000));
    EXPECT_THROW(download(client_for(server.url(), 0), "/a", file("a")), GlobusConnectionError);
    EXPECT_EQ(content("a"), "old");
    EXPECT_THAT(names(), ElementsAre(".a.globus-part", ".a.globus-part-state", "a"));
  }
  FileServer server(ServedContent{.content = bytes});
  const auto result = download(client_for(server.url(), 0), "/a", file("a"));
  EXPECT_TRUE(content("a") == bytes);
  EXPECT_EQ(result.resumed, 3'000'000);
  EXPECT_EQ(result.size, static_cast<std::int64_t>(large));
  EXPECT_EQ(result.head.size(), static_cast<std::int64_t>(large));
  ASSERT_EQ(server.requests().size(), 1u);
  EXPECT_EQ(server.requests()[0].header("range"), "bytes=3000000-" + std::to_string(large - 1));
  EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(Downloads, AFileThatChangedSinceTheEarlierCallComesAnew) {
  const std::string bytes = many_bytes(large);
  {
    FileServer server(cutting({.content = bytes}, {1}, 3'000'000));
    EXPECT_THROW(download(client_for(server.url(), 0), "/a", file("a")), GlobusConnectionError);
  }
  const std::string new_bytes = many_bytes(large, 2);
  FileServer server(ServedContent{.content = new_bytes, .etag = "\"2\""});
  const auto result = download(client_for(server.url(), 0), "/a", file("a"));
  EXPECT_TRUE(content("a") == new_bytes);
  EXPECT_EQ(result.resumed, 0);
}

TEST_P(Downloads, AFileThatBecameShorterComesAnew) {
  {
    FileServer server(cutting({.content = many_bytes(large)}, {1}, 3'000'000));
    EXPECT_THROW(download(client_for(server.url(), 0), "/a", file("a")), GlobusConnectionError);
  }
  // a server that does not know If-Range
  const ServedContent served{.content = "short", .etag = "\"2\""};
  FileServer server([&](RecordedRequest request, int) {
    std::erase_if(request.headers, [](const auto& header) { return header.first == "if-range"; });
    return served.answer(request);
  });
  download(client_for(server.url(), 0), "/a", file("a"));
  EXPECT_EQ(content("a"), "short");
}

TEST_P(Downloads, BytesOfAnotherFileOrWithoutTheOptionAreNotUsed) {
  const std::string bytes = many_bytes(large);
  FileServer broken(cutting({.content = bytes}, {1, 2}, 3'000'000));
  const auto break_off = [&] {
    EXPECT_THROW(download(client_for(broken.url(), 0), "/a", file("a")), GlobusConnectionError);
  };
  FileServer server(ServedContent{.content = bytes});
  break_off();
  EXPECT_EQ(download(client_for(server.url()), "/other", file("a")).resumed, 0);
  break_off();
  DownloadOptions anew;
  anew.resume = false;
  EXPECT_EQ(download(client_for(server.url()), "/a", file("a"), anew).resumed, 0);
  EXPECT_TRUE(content("a") == bytes);
}

TEST_P(Downloads, AStateThatIsNoneIsIgnored) {
  const std::string bytes = many_bytes(large);
  for (const std::string& state : {std::string(), std::string("{"), std::string("[]"),
                                   std::string(R"({"format": 1, "size": -1, "done": [[0, 9]]})")}) {
    write(".a.globus-part", "rubbish that was left");
    write(".a.globus-part-state", state);
    FileServer server(ServedContent{.content = bytes});
    EXPECT_EQ(download(client_for(server.url()), "/a", file("a")).resumed, 0);
    EXPECT_TRUE(content("a") == bytes);
    EXPECT_THAT(names(), ElementsAre("a"));
  }
}

TEST_P(Downloads, AllBytesOfAnEarlierCallAreStillCheckedWithTheServer) {
  const std::string bytes = many_bytes(large);
  {
    FileServer server(ServedContent{.content = bytes});
    DownloadOptions options;
    // ends when all bytes have come, before the file is in place
    options.on_progress = [](const FileProgress& progress) {
      if (progress.bytes == progress.total) throw std::out_of_range("enough");
    };
    EXPECT_THROW(download(client_for(server.url()), "/a", file("a"), options), std::out_of_range);
    EXPECT_THAT(names(), ElementsAre(".a.globus-part", ".a.globus-part-state"));
  }
  FileServer server(ServedContent{.content = bytes});
  const auto result = download(client_for(server.url()), "/a", file("a"));
  EXPECT_EQ(result.resumed, static_cast<std::int64_t>(large) - 1);
  EXPECT_TRUE(content("a") == bytes);
}

// ---- changes on the way -------------------------------------------------------------------------

TEST_P(Downloads, AFileThatChangesOnTheWayComesAnewOrIsAnError) {
  const std::string bytes = many_bytes(1'000'000);
  const std::string new_bytes = many_bytes(1'100'000, 2);
  const auto respond = [&](const RecordedRequest& request, int number) {
    const ServedContent served{.content = number == 1 ? bytes : new_bytes,
                               .etag = number == 1 ? "\"1\"" : "\"2\""};
    FileAnswer answer = served.answer(request);
    if (number == 1) answer.cut_after = 300'000;
    return answer;
  };
  {
    FileServer server(respond);
    download(client_for(server.url()), "/a", file("a"));
    EXPECT_TRUE(content("a") == new_bytes);
  }
  {
    FileServer server(respond);
    std::vector<std::byte> memory;
    download(client_for(server.url()), "/a", memory);
    EXPECT_EQ(memory.size(), new_bytes.size());
  }
  FileServer server(respond);
  std::ostringstream stream;
  EXPECT_THROW(download(client_for(server.url()), "/a", stream), FileChangedError);
  EXPECT_EQ(stream.str().size(), 300'000u);
}

TEST_P(Downloads, AFileThatAlwaysChangesIsAnErrorAfterAFewTries) {
  FileServer server([](const RecordedRequest& request, int number) {
    const ServedContent served{.content = many_bytes(1'000'000),
                               .etag = '"' + std::to_string(number) + '"'};
    FileAnswer answer = served.answer(request);
    answer.cut_after = 300'000;
    return answer;
  });
  write("a", "old");
  EXPECT_THROW(download(client_for(server.url()), "/a", file("a")), FileChangedError);
  EXPECT_LE(server.requests().size(), 10u);
  EXPECT_EQ(content("a"), "old");
  EXPECT_THAT(names(), ElementsAre("a"));
}

// ---- ends by the caller -------------------------------------------------------------------------

TEST_P(Downloads, AStopAndADeadlineEndTheDownloadAndLeaveWhatCame) {
  const ServedContent served{.content = many_bytes(large)};
  const auto stalling = [&](const RecordedRequest& request, int) {
    FileAnswer answer = served.answer(request);
    answer.pause_after = 3'000'000;
    answer.pause = std::chrono::milliseconds(1500);
    return answer;
  };
  FileServer server(stalling);
  {
    CallSettings settings;
    settings.deadline = std::chrono::milliseconds(500);
    EXPECT_THROW(download(client_for(server.url()).with(settings), "/a", file("a")),
                 GlobusTimeoutError);
    EXPECT_THAT(names(), ElementsAre(".a.globus-part", ".a.globus-part-state"));
  }
  std::stop_source stop;
  CallSettings settings;
  settings.stop = stop.get_token();
  std::jthread stopping([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    stop.request_stop();
  });
  EXPECT_THROW(download(client_for(server.url()).with(settings), "/a", file("b")), CancelledError);
}

// ---- progress -----------------------------------------------------------------------------------

TEST_P(Downloads, ProgressIsToldSeldomAndOnceAtTheEnd) {
  const std::string bytes = many_bytes(large);
  {
    FileServer server(cutting({.content = bytes}, {1}, 3'000'000));
    EXPECT_THROW(download(client_for(server.url(), 0), "/a", file("a")), GlobusConnectionError);
  }
  const ServedContent served{.content = bytes};
  FileServer server([&](const RecordedRequest& request, int) {
    FileAnswer answer = served.answer(request);
    answer.pause_after = 1'000'000;
    answer.pause = std::chrono::milliseconds(150);
    return answer;
  });
  std::vector<FileProgress> told;
  DownloadOptions options;
  options.on_progress = [&told](const FileProgress& progress) { told.push_back(progress); };
  const auto begun = std::chrono::steady_clock::now();
  download(client_for(server.url()), "/a", file("a"), options);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  ASSERT_GE(told.size(), 2u);
  EXPECT_LE(static_cast<double>(told.size()), took.count() * 10 + 2);
  EXPECT_GT(told.front().bytes, 3'000'000);
  EXPECT_EQ(told.back().bytes, static_cast<std::int64_t>(large));
  EXPECT_EQ(told.back().total, static_cast<std::int64_t>(large));
  EXPECT_EQ(told.back().path, "/a");
  EXPECT_GT(told.back().bytes_per_second, 0);
  // without what was there already
  EXPECT_LT(told.back().bytes_per_second * 0.15, 2'300'000.0);
}

TEST_P(Downloads, WhatAProgressFunctionThrowsEndsTheDownload) {
  FileServer server(ServedContent{.content = "x"});
  DownloadOptions options;
  options.on_progress = [](const FileProgress&) { throw std::out_of_range("enough"); };
  write("a", "old");
  EXPECT_THROW(download(client_for(server.url()), "/a", file("a"), options), std::out_of_range);
  EXPECT_EQ(content("a"), "old");
  EXPECT_THAT(names(), ElementsAre("a"));
}

// ---- bad input ----------------------------------------------------------------------------------

TEST_P(Downloads, BadInputIsRefusedBeforeAnythingIsSent) {
  FileServer server(ServedContent{.content = "x"});
  const PlainClient client = client_for(server.url());
  const auto refusal = [&](const std::string& path, const DownloadTarget& target,
                           const DownloadOptions& options = {}) -> std::string {
    try {
      download(client, path, target, options);
    } catch (const GlobusSDKUsageError& error) {
      return error.what();
    }
    return "none";
  };
  EXPECT_THAT(refusal("a", file("a")), HasSubstr("path must begin with /"));
  EXPECT_THAT(refusal("/a/", file("a")), HasSubstr("path must be that of a file"));
  EXPECT_THAT(refusal("/a", ""), HasSubstr("target must be the path of a file"));
  EXPECT_THAT(refusal("/a", std::string("a\0b", 3)), HasSubstr("target must not hold NUL"));
  for (const std::int64_t number : {-1, 0, 65}) {
    DownloadOptions options;
    options.connections = number;
    EXPECT_THAT(refusal("/a", file("a"), options), HasSubstr("connections must be from 1 to 64"));
  }
  EXPECT_THROW(static_cast<void>(DownloadTarget{DownloadTarget::Function{}}), GlobusSDKUsageError);
  EXPECT_EQ(server.requests().size(), 0u);
  EXPECT_THAT(names(), IsEmpty());
}

TEST_P(Downloads, QueryParametersAreSent) {
  FileServer server(ServedContent{.content = "x"});
  DownloadOptions options;
  options.query_params = Json::object({{"download", "1"}});
  download(client_for(server.url()), "/a", file("a"), options);
  EXPECT_EQ(server.requests().at(0).target, "/a?download=1");
}

}  // namespace
}  // namespace globus_sdk_test
