// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>

#include "collections/fake_collection.hpp"
#include "globus_sdk/collections/errors.hpp"
#include "globus_sdk/core/errors.hpp"
#include "support/scoped_folder.hpp"
#include "support/small_file_system.hpp"

namespace globus_sdk {
namespace {

namespace fs = std::filesystem;
using globus_sdk_test::content_of;
using globus_sdk_test::everything_below;
using globus_sdk_test::FakeCollection;
using globus_sdk_test::listed;
using globus_sdk_test::RecordedAnswer;
using globus_sdk_test::RecordedRequest;
using globus_sdk_test::ScopedFolder;
using globus_sdk_test::SmallFileSystem;
using globus_sdk_test::write_file;
using testing::ElementsAre;
using testing::HasSubstr;
using Names = std::set<std::string>;

constexpr std::size_t large = 5U << 20U;

std::int64_t time_of(const fs::path& file) {
  struct stat status{};
  return stat(file.c_str(), &status) == 0 ? status.st_mtim.tv_sec : -1;
}

std::vector<std::string> paths_of(const TreeResult& result) {
  std::vector<std::string> paths;
  for (const TreeFailure& failure : result.failures) paths.push_back(failure.path);
  return paths;
}

struct DownloadTree : globus_sdk_test::TreesInBothModes {
  ScopedFolder scope{};
  fs::path target = scope.path / "target";

  void make_tree() {
    collection.add_file("/data/a", "content of a");
    collection.add_file("/data/b c/d%e", "content of d%e");
    collection.add_file("/data/b c/\xc3\xa9?#", "content of e");
    collection.add_file("/data/b c/deep/er/empty", "");
    collection.add_file("/data/large", std::string(large, 'L'));
    collection.add_folder("/data/nothing/");
    collection.add_file("/other", "not of the tree");
  }
  /// Answers as the collection does, but for a file.
  void answer_for(const std::string& file, RecordedAnswer answer) {
    collection.answer_first([file, answer](const RecordedRequest& request) {
      return request.target == "/https" + file ? FakeCollection::Answer(answer) : std::nullopt;
    });
  }
};

TEST_P(DownloadTree, BringsEverything) {
  make_tree();
  const TreeResult result = download("/data/", target);
  EXPECT_TRUE(result);
  EXPECT_EQ(result.files, 5);
  EXPECT_EQ(result.bytes, 12 + 14 + 12 + static_cast<std::int64_t>(large));
  EXPECT_EQ(result.skipped, 0);
  EXPECT_EQ(result.folders, 5);
  EXPECT_EQ(everything_below(target),
            (Names{"a", "b c", "b c/d%e", "b c/\xc3\xa9?#", "b c/deep", "b c/deep/er",
                   "b c/deep/er/empty", "large", "nothing"}));
  EXPECT_EQ(content_of(target / "a"), "content of a");
  EXPECT_EQ(content_of(target / "b c" / "d%e"), "content of d%e");
  EXPECT_EQ(content_of(target / "large"), std::string(large, 'L'));
}

TEST_P(DownloadTree, ASecondRunDoesWhatIsMissing) {
  make_tree();
  download("/data", target);
  EXPECT_EQ(time_of(target / "a"), FakeCollection::usual_time);
  EXPECT_EQ(time_of(target / "large"), FakeCollection::usual_time);

  fs::remove(target / "b c" / "d%e");
  write_file(target / "a", "content of b");  // of the same size, and younger
  collection.add_file("/data/large", std::string(large, 'N'), FakeCollection::usual_time + 1);
  collection.forget_requests();
  const TreeResult second = download("/data", target);
  EXPECT_TRUE(second);
  EXPECT_EQ(second.files, 3);
  EXPECT_EQ(second.skipped, 2);
  EXPECT_EQ(second.folders, 0);
  EXPECT_EQ(collection.count("GET", "/https/data/b%20c/%C3%A9"), 0);
  EXPECT_EQ(content_of(target / "a"), "content of a");
  EXPECT_EQ(content_of(target / "large"), std::string(large, 'N'));

  const TreeResult third = download("/data", target);
  EXPECT_EQ(third.files, 0);
  EXPECT_EQ(third.skipped, 5);
  const TreeResult all = download("/data", target, {.skip_unchanged = false});
  EXPECT_EQ(all.files, 5);
}

TEST_P(DownloadTree, WithoutTimesAFileOfTheSameSizeIsUnchangedUnlessItIsOlder) {
  collection.add_file("/data/a", "1234");
  download("/data", target, {.keep_times = false});
  EXPECT_GT(time_of(target / "a"), FakeCollection::usual_time);
  EXPECT_EQ(download("/data", target, {.keep_times = false}).skipped, 1);
  collection.add_file("/data/a", "5678", time_of(target / "a") + 100);
  EXPECT_EQ(download("/data", target, {.keep_times = false}).files, 1);
  EXPECT_EQ(content_of(target / "a"), "5678");
}

TEST_P(DownloadTree, HostileNamesLeadNowhereAndTheRestGoesOn) {
  const ScopedFolder elsewhere;
  for (const std::string name :
       {"", ".", "..", "../up", "/etc/passwd", "a/b", "x/", ".part.globus-part"}) {
    collection.add_entry("/data/", listed(name));
    collection.add_entry("/data/", listed(name, "dir"));
  }
  collection.add_entry("/data/", listed(std::string("nul\0x", 5)));
  collection.add_entry("/data/", listed(elsewhere.path.string() + "/new"));
  collection.add_entry("/data/", {{"type", "file"}, {"size", 1}});  // without a name
  collection.add_entry("/data/", {{"name", 7}, {"type", "file"}});
  collection.add_file("/data/good", "good");
  const TreeResult result = download("/data/", target);
  EXPECT_EQ(result.failures.size(), 20u);
  EXPECT_EQ(result.files, 1);
  EXPECT_EQ(everything_below(scope.path), (Names{"target", "target/good"}));
  EXPECT_EQ(everything_below(elsewhere.path), Names{});
  EXPECT_EQ(collection.count("GET", "/https/"), 1);  // nothing was asked for, either
  EXPECT_EQ(collection.count("GET", "/ls?"), 1);
  for (const TreeFailure& failure : result.failures) {
    EXPECT_THROW(std::rethrow_exception(failure.exception), GlobusError) << failure.path;
  }
}

TEST_P(DownloadTree, ANameThatComesTwiceIsAFailure) {
  collection.add_entry("/data/", listed("gone"));
  collection.add_entry("/data/", listed("gone", "dir"));
  const TreeResult result = download("/data/", target);
  ASSERT_EQ(result.failures.size(), 2u);  // it is not there, and it comes twice
  EXPECT_THAT(result.failures[0].message + result.failures[1].message, HasSubstr("comes twice"));
}

TEST_P(DownloadTree, LinksAndDevicesAreLeftOutAndNamed) {
  auto link = listed("link");
  link["link_target"] = "/data/file";
  auto link_to_folder = listed("loop", "dir");
  link_to_folder["link_target"] = ".";
  collection.add_entry("/data/", link);
  collection.add_entry("/data/", link_to_folder);
  collection.add_entry("/data/", listed("broken", "invalid_symlink"));
  collection.add_entry("/data/", listed("pipe", "pipe"));
  collection.add_entry("/data/", listed("unheard-of", "whatever"));
  collection.add_file("/data/file", "file");
  const TreeResult result = download("/data/", target);
  EXPECT_FALSE(result);
  EXPECT_THAT(paths_of(result), ElementsAre("/data/broken", "/data/link", "/data/loop",
                                            "/data/pipe", "/data/unheard-of"));
  EXPECT_EQ(result.failures[1].message,
            "it is a symbolic link to /data/file: only files and folders are downloaded");
  EXPECT_EQ(everything_below(target), Names{"file"});
}

TEST_P(DownloadTree, LocalLinksAreNeitherFollowedNorReplaced) {
  const ScopedFolder elsewhere;
  write_file(elsewhere.path / "secret", "secret");
  fs::create_directories(target);
  fs::create_directory_symlink(elsewhere.path, target / "folder");
  fs::create_symlink(elsewhere.path / "secret", target / "small");
  fs::create_symlink(elsewhere.path / "secret", target / "large");
  fs::create_symlink(elsewhere.path / "new", target / "dangling");
  collection.add_file("/data/folder/x", "x");
  collection.add_file("/data/small", "x");
  collection.add_file("/data/dangling", std::string(large, 'x'));
  collection.add_file("/data/large", std::string(large, 'x'));
  collection.add_file("/data/good", "good");
  const TreeResult result = download("/data/", target);
  EXPECT_THAT(paths_of(result),
              ElementsAre("/data/dangling", "/data/folder/", "/data/large", "/data/small"));
  EXPECT_EQ(result.files, 1);
  EXPECT_EQ(everything_below(elsewhere.path), Names{"secret"});
  EXPECT_EQ(content_of(elsewhere.path / "secret"), "secret");
  EXPECT_TRUE(fs::is_symlink(target / "small"));
}

TEST_P(DownloadTree, AFileWhereAFolderMustBeIsAFailureAndTheOtherWayRound) {
  write_file(target / "folder", "a file");
  fs::create_directories(target / "file" / "below");
  collection.add_file("/data/folder/x", "x");
  collection.add_file("/data/file", "x");
  collection.add_file("/data/good", "good");
  const TreeResult result = download("/data/", target);
  EXPECT_THAT(paths_of(result), ElementsAre("/data/file", "/data/folder/"));
  EXPECT_EQ(content_of(target / "folder"), "a file");
  EXPECT_EQ(result.files, 1);
}

TEST_P(DownloadTree, AFailureStopsNothing) {
  make_tree();
  collection.answer_first([](const RecordedRequest& request) -> FakeCollection::Answer {
    if (request.target == "/https/data/a") return RecordedAnswer{403, R"({"code": "DENIED"})"};
    if (request.target == "/https/data/large") return RecordedAnswer{404, "{}"};
    if (request.target.find("deep") != std::string::npos) {
      return FakeCollection::transfer_error(502, "ExternalError.DirListingFailed.GCDisconnected");
    }
    return std::nullopt;
  });
  const TreeResult result = download("/data/", target);
  EXPECT_THAT(paths_of(result), ElementsAre("/data/a", "/data/b c/deep/", "/data/large"));
  EXPECT_EQ(result.files, 2);
  EXPECT_THROW(std::rethrow_exception(result.failures[0].exception), GlobusAPIError);
  EXPECT_THROW(std::rethrow_exception(result.failures[1].exception), TransferAPIError);
  EXPECT_EQ(everything_below(target), (Names{"b c", "b c/d%e", "b c/\xc3\xa9?#", "nothing"}));
}

TEST_P(DownloadTree, AnswersThatBreakOffAreAskedForAgain) {
  make_tree();
  std::atomic<int> number = 0;
  collection.answer_first([&number](const RecordedRequest& request) -> FakeCollection::Answer {
    if (request.target.starts_with("/https") && number++ % 2 == 0) return RecordedAnswer{0};
    return std::nullopt;
  });
  const TreeResult result = download("/data/", target);
  EXPECT_EQ(result.files + std::ssize(result.failures), 5);
  EXPECT_TRUE(download("/data/", target));
  EXPECT_EQ(content_of(target / "a"), "content of a");
}

TEST_P(DownloadTree, WhatConcernsTheWholeTreeIsThrown) {
  EXPECT_THROW(download("/absent/", target), TransferAPIError);
  EXPECT_FALSE(fs::exists(target));
  collection.add_file("/file", "x");
  EXPECT_THROW(download("/file", target), TransferAPIError);

  make_tree();
  write_file(scope.path / "file", "x");
  EXPECT_THROW(download("/data/", scope.path / "file"), LocalFileError);
  EXPECT_THROW(download("/data/", scope.path / "file" / "below"), LocalFileError);
}

TEST_P(DownloadTree, ARefusedTokenEndsTheTree) {
  make_tree();
  for (const int status : {401, 302}) {
    collection.answer_first([status](const RecordedRequest& request) -> FakeCollection::Answer {
      if (!request.target.starts_with("/https")) return std::nullopt;
      return RecordedAnswer{
          status, "{}", {{"Location", "https://auth.globus.org/v2/oauth2/authorize?client_id=x"}}};
    });
    EXPECT_THROW(download("/data/", target, {.connections = 1}), GlobusAPIError) << status;
  }
  EXPECT_LE(collection.count("GET", "/https/"), 4);  // once more for each, at most
}

TEST_P(DownloadTree, AConsentThatIsMissingEndsTheTree) {
  make_tree();
  collection.answer_first([](const RecordedRequest& request) -> FakeCollection::Answer {
    if (!request.target.starts_with("/https")) return std::nullopt;
    return RecordedAnswer{
        403, R"({"code": "ConsentRequired", "required_scopes": ["urn:globus:data_access"]})"};
  });
  try {
    download("/data/", target);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const GlobusAPIError& error) {
    EXPECT_TRUE(error.info().consent_required);
  }
}

TEST_P(DownloadTree, AFullDiskEndsTheTree) {
  const SmallFileSystem system(scope.path / "small");
  if (!system) GTEST_SKIP() << "only root may make a file system";
  for (int number = 0; number < 100; ++number) {
    collection.add_file("/data/" + std::to_string(number), std::string(10'000, 'x'));
  }
  try {
    download("/data/", scope.path / "small" / "target");
    ADD_FAILURE() << "nothing was thrown";
  } catch (const LocalFileError& error) {
    EXPECT_EQ(error.error_number(), ENOSPC);
  }
  EXPECT_LT(collection.count("GET", "/https/"), 60);
}

TEST_P(DownloadTree, ADeadlineEndsTheTree) {
  make_tree();
  collection.answer_first([](const RecordedRequest& request) -> FakeCollection::Answer {
    if (request.target.starts_with("/https")) {
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
    }
    return std::nullopt;
  });
  const auto client = collection.client().with({.deadline = std::chrono::milliseconds(150)});
  EXPECT_THROW(download(client, "/data/", target), GlobusTimeoutError);
}

TEST_P(DownloadTree, AStopEndsTheTree) {
  make_tree();
  std::stop_source source;
  collection.answer_first([&source](const RecordedRequest& request) -> FakeCollection::Answer {
    if (request.target.starts_with("/https")) source.request_stop();
    return std::nullopt;
  });
  const auto client = collection.client().with({.stop = source.get_token()});
  EXPECT_THROW(download(client, "/data/", target), CancelledError);
  EXPECT_THROW(download(client, "/data/", target), CancelledError);  // from the beginning
}

TEST_P(DownloadTree, LargeFoldersComeInPages) {
  collection.set_page_size(7);
  for (int number = 0; number < 50; ++number) {
    collection.add_file("/data/f" + std::to_string(number), std::to_string(number));
    collection.add_file("/data/d" + std::to_string(number) + "/x", std::to_string(number));
  }
  const TreeResult result = download("/data/", target);
  EXPECT_TRUE(result);
  EXPECT_EQ(result.files, 100);
  EXPECT_EQ(result.folders, 51);
  EXPECT_EQ(content_of(target / "d49" / "x"), "49");
  EXPECT_EQ(collection.count("GET", "path=%2Fdata%2F&"), 15);
}

TEST_P(DownloadTree, AListingWithoutATotalIsOnePage) {
  collection.answer_first([](const RecordedRequest& request) -> FakeCollection::Answer {
    if (request.target.find("/ls?") == std::string::npos) return RecordedAnswer{200, "text"};
    return RecordedAnswer{200, R"({"DATA": [{"name": "a", "type": "file", "size": 4}]})"};
  });
  const TreeResult result = download("/data/", target);
  EXPECT_TRUE(result);
  EXPECT_EQ(content_of(target / "a"), "text");
}

TEST_P(DownloadTree, AListingThatIsNoneIsAnErrorOfItsFolder) {
  collection.add_file("/data/bad/x", "x");
  collection.add_file("/data/good/x", "x");
  collection.answer_first([](const RecordedRequest& request) -> FakeCollection::Answer {
    if (request.target.find("bad") == std::string::npos) return std::nullopt;
    return RecordedAnswer{200, R"({"DATA": 7})"};
  });
  const TreeResult result = download("/data/", target);
  EXPECT_THAT(paths_of(result), ElementsAre("/data/bad/"));
  EXPECT_TRUE(fs::exists(target / "good" / "x"));
}

TEST_P(DownloadTree, FoldersWithoutAnEndEndSomewhere) {
  collection.answer_first([](const RecordedRequest& request) -> FakeCollection::Answer {
    if (request.target.find("/ls?") == std::string::npos) return std::nullopt;
    return RecordedAnswer{200, R"({"total": 1, "DATA": [{"name": "d", "type": "dir"}]})"};
  });
  const TreeResult result = download("/data/", target);
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_THAT(result.failures[0].message, HasSubstr("nested deeper than 128"));
}

TEST_P(DownloadTree, ManySmallFilesShareFewConnections) {
  for (int number = 0; number < 500; ++number) {
    collection.add_file("/data/" + std::to_string(number % 10) + "/" + std::to_string(number),
                        std::to_string(number));
  }
  const TreeResult result = download("/data/", target, {.connections = 4});
  EXPECT_TRUE(result);
  EXPECT_EQ(result.files, 500);
  EXPECT_LE(collection.connections(), 16);
  for (int number = 0; number < 500; ++number) {
    EXPECT_EQ(content_of(target / std::to_string(number % 10) / std::to_string(number)),
              std::to_string(number));
  }
}

TEST_P(DownloadTree, ProgressIsTheSum) {
  make_tree();
  download("/data/b c", target / "b c");
  std::vector<FileProgress> told;
  std::atomic<int> at_once = 0;
  const TreeOptions options{.on_progress = [&](const FileProgress& progress) {
    EXPECT_EQ(++at_once, 1);
    told.push_back(progress);
    --at_once;
  }};
  const TreeResult result = download("/data/", target, options);
  EXPECT_EQ(result.skipped, 3);
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.back().path, "");
  EXPECT_EQ(told.back().bytes, 12 + 14 + 12 + static_cast<std::int64_t>(large));
  EXPECT_EQ(told.back().total, told.back().bytes);
  EXPECT_GT(told.back().bytes_per_second, 0);
}

TEST_P(DownloadTree, WhatTheProgressFunctionThrowsIsThrown) {
  struct Enough {};
  make_tree();
  const TreeOptions options{.on_progress = [](const FileProgress&) { throw Enough(); }};
  EXPECT_THROW(download("/data/", target, options), Enough);
}

TEST_P(DownloadTree, AnswersThatAreNotTheFileAreFailures) {
  collection.add_file("/data/a", "1234");
  for (const RecordedAnswer& answer :
       {RecordedAnswer{206, "12", {{"Content-Range", "bytes 0-1/4"}}}, RecordedAnswer{204, ""},
        RecordedAnswer{200, "1234", {{"Content-Encoding", "gzip"}}}}) {
    answer_for("/data/a", answer);
    const TreeResult result = download("/data/", target);
    EXPECT_THAT(paths_of(result), ElementsAre("/data/a")) << answer.status;
    EXPECT_EQ(everything_below(target), Names{}) << answer.status;
  }
}

TEST_P(DownloadTree, AFileThatGrewSinceItsListingComesAsItIs) {
  collection.add_entry("/data/", listed("a"));
  answer_for("/data/a", {200, std::string(100'000, 'x')});
  const TreeResult result = download("/data/", target);
  EXPECT_TRUE(result);
  EXPECT_EQ(content_of(target / "a").size(), 100'000u);
  EXPECT_EQ(download("/data/", target).files, 1);  // its size is another one than listed
}

TEST_P(DownloadTree, AFileThatIsReplacedKeepsItsMode) {
  collection.add_file("/data/a", "1234");
  write_file(target / "a", "old");
  fs::permissions(target / "a", fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_TRUE(download("/data/", target));
  EXPECT_EQ(content_of(target / "a"), "1234");
  EXPECT_EQ(fs::status(target / "a").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_P(DownloadTree, ALeftPartIsNoHindrance) {
  collection.add_file("/data/a", "1234");
  write_file(target / ".a.globus-part", "left by a process that was killed");
  EXPECT_TRUE(download("/data/", target));
  EXPECT_EQ(everything_below(target), Names{"a"});
}

TEST_P(DownloadTree, TheHomeFolderIsFoundByItsListing) {
  collection.add_file("/home/me/data/a", "content of a");
  collection.add_file("/home/me/data/below/b", "content of b");
  const TreeResult result = download("/~/data", target);
  EXPECT_TRUE(result);
  EXPECT_EQ(content_of(target / "below" / "b"), "content of b");
  EXPECT_EQ(collection.count("GET", "/https/home/me/data/below/b"), 1);
}

TEST_P(DownloadTree, ParametersAreCheckedFirst) {
  EXPECT_THROW(download("data", target), GlobusSDKUsageError);
  EXPECT_THROW(download("/data/../up", target), GlobusSDKUsageError);
  EXPECT_THROW(download("/data", ""), GlobusSDKUsageError);
  EXPECT_THROW(download("/data", target, {.connections = 0}), GlobusSDKUsageError);
  EXPECT_THROW(download("/data", target, {.connections = 257}), GlobusSDKUsageError);
  EXPECT_EQ(collection.count("GET", ""), 0);
}

INSTANTIATE_TEST_SUITE_P(Modes, DownloadTree, testing::Bool(), globus_sdk_test::mode_of);

}  // namespace
}  // namespace globus_sdk
