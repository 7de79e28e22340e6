// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <string>

#include "collections/fake_collection.hpp"
#include "globus_sdk/collections/errors.hpp"
#include "globus_sdk/core/errors.hpp"
#include "support/scoped_folder.hpp"

namespace globus_sdk {
namespace {

namespace fs = std::filesystem;
using globus_sdk_test::FakeCollection;
using globus_sdk_test::RecordedAnswer;
using globus_sdk_test::RecordedRequest;
using globus_sdk_test::ScopedFolder;
using globus_sdk_test::write_file;
using testing::ElementsAre;

struct UploadTree : globus_sdk_test::TreesInBothModes {
  ScopedFolder scope{};
  fs::path source = scope.path / "source";

  void make_tree() const {
    write_file(source / "a", "content of a");
    write_file(source / "b c" / "d%e?#", "content of d");
    write_file(source / "b c" / "\xc3\xa9", "");
    write_file(source / "b c" / "deep" / "er" / "large", std::string(3U << 20U, 'L'));
    fs::create_directories(source / "nothing");
    write_file(scope.path / "other", "not of the tree");
  }
  std::string there(const std::string& path) const {
    const auto files = collection.files();
    const auto found = files.find(path);
    return found == files.end() ? "absent" : found->second.content;
  }
};

std::vector<std::string> failed_paths(const TreeResult& result) {
  std::vector<std::string> paths;
  for (const TreeFailure& failure : result.failures) paths.push_back(failure.path);
  return paths;
}

TEST_P(UploadTree, SendsEverything) {
  make_tree();
  const TreeResult result = upload(source, "/to/here");
  EXPECT_TRUE(result);
  EXPECT_EQ(result.files, 4);
  EXPECT_EQ(result.bytes, 12 + 12 + (3 << 20));
  EXPECT_EQ(result.folders, 6);  // two of them above the tree
  EXPECT_EQ(collection.files().size(), 4u);
  EXPECT_EQ(there("/to/here/a"), "content of a");
  EXPECT_EQ(there("/to/here/b c/d%e?#"), "content of d");
  EXPECT_EQ(there("/to/here/b c/\xc3\xa9"), "");
  EXPECT_EQ(there("/to/here/b c/deep/er/large"), std::string(3U << 20U, 'L'));
  EXPECT_TRUE(collection.folders().contains("/to/here/nothing/"));
  EXPECT_EQ(collection.count("GET", "/ls?"), 1);  // what was just made is empty
}

TEST_P(UploadTree, ASecondRunDoesWhatIsMissing) {
  make_tree();
  upload(source, "/here/");
  collection.remove_file("/here/b c/d%e?#");
  write_file(source / "a", "longer than before");
  collection.forget_requests();
  const TreeResult second = upload(source, "/here/");
  EXPECT_TRUE(second);
  EXPECT_EQ(second.files, 2);
  EXPECT_EQ(second.skipped, 2);
  EXPECT_EQ(second.folders, 0);
  EXPECT_EQ(collection.count("POST", "mkdir"), 0);
  EXPECT_EQ(collection.count("PUT", "large"), 0);
  EXPECT_EQ(there("/here/a"), "longer than before");

  // of the same size, and changed after it was sent
  write_file(source / "a", "shorter than...no");
  fs::resize_file(source / "a", std::string("longer than before").size());
  fs::last_write_time(source / "a", fs::file_time_type::clock::now() + std::chrono::hours(1));
  EXPECT_EQ(upload(source, "/here/").files, 1);
  EXPECT_EQ(upload(source, "/here/", {.skip_unchanged = false}).files, 4);
}

TEST_P(UploadTree, WhatIsNeitherFileNorFolderIsLeftOutAndNamed) {
  const ScopedFolder elsewhere;
  write_file(elsewhere.path / "secret", "secret");
  write_file(source / "good", "good");
  fs::create_directory_symlink(elsewhere.path, source / "folder");
  fs::create_symlink(elsewhere.path / "secret", source / "link");
  ASSERT_EQ(mkfifo((source / "pipe").c_str(), 0600), 0);
  const TreeResult result = upload(source, "/here/");
  EXPECT_THAT(failed_paths(result), ElementsAre("/here/folder", "/here/link", "/here/pipe"));
  EXPECT_EQ(result.failures[1].message, (source / "link").string() +
                                            " is a symbolic link: only files and folders are "
                                            "uploaded");
  EXPECT_EQ(collection.files().size(), 1u);
}

TEST_P(UploadTree, AnotherKindOnTheCollectionIsAFailure) {
  write_file(source / "folder" / "x", "x");
  write_file(source / "file", "x");
  write_file(source / "good", "x");
  collection.add_file("/here/folder", "a file");
  collection.add_folder("/here/file/");
  const TreeResult result = upload(source, "/here/");
  EXPECT_THAT(failed_paths(result), ElementsAre("/here/file", "/here/folder"));
  EXPECT_EQ(there("/here/folder"), "a file");
  EXPECT_EQ(there("/here/good"), "x");
}

TEST_P(UploadTree, AFailureStopsNothing) {
  make_tree();
  collection.answer_first([](const RecordedRequest& request) -> FakeCollection::Answer {
    if (request.target == "/https/here/a") return RecordedAnswer{403, "{}"};
    if (request.body.find("nothing") != std::string::npos) {
      return FakeCollection::transfer_error(502, "ExternalError.MkdirFailed.PermissionDenied");
    }
    return std::nullopt;
  });
  const TreeResult result = upload(source, "/here/");
  EXPECT_THAT(failed_paths(result), ElementsAre("/here/a", "/here/nothing/"));
  EXPECT_EQ(result.files, 3);
}

TEST_P(UploadTree, AFolderThatAnotherOneMadeMeanwhileIsNoFailure) {
  make_tree();
  collection.answer_first([](const RecordedRequest& request) -> FakeCollection::Answer {
    if (request.target.find("/mkdir") != std::string::npos &&
        request.body.find("deep") != std::string::npos) {
      return FakeCollection::transfer_error(502, "ExternalError.MkdirFailed.Exists");
    }
    if (request.method == "PUT" && request.target.find("deep") != std::string::npos) {
      return RecordedAnswer{201, "{}"};
    }
    return std::nullopt;
  });
  EXPECT_TRUE(upload(source, "/here/"));
}

TEST_P(UploadTree, WhatConcernsTheWholeTreeIsThrown) {
  EXPECT_THROW(upload(scope.path / "absent", "/here/"), LocalFileError);
  EXPECT_FALSE(collection.folders().contains("/here/"));
  write_file(scope.path / "file", "x");
  EXPECT_THROW(upload(scope.path / "file", "/here/"), LocalFileError);

  make_tree();
  collection.add_file("/taken", "a file");
  EXPECT_THROW(upload(source, "/taken/"), TransferAPIError);
  collection.answer_first([](const RecordedRequest& request) -> FakeCollection::Answer {
    if (request.method == "PUT") return RecordedAnswer{401, "{}"};
    return std::nullopt;
  });
  EXPECT_THROW(upload(source, "/here/", {.connections = 1}), GlobusAPIError);
  EXPECT_LE(collection.count("PUT", "/https/"), 2);
  collection.answer_first([](const RecordedRequest& request) -> FakeCollection::Answer {
    if (request.target.find("/mkdir") == std::string::npos) return std::nullopt;
    return RecordedAnswer{404, "{}"};
  });
  EXPECT_THROW(upload(source, "/never/to/be/made/"), TransferAPIError);
}

TEST_P(UploadTree, TheHomeFolderIsFoundByItsListing) {
  make_tree();
  collection.add_folder("/home/me/");
  const TreeResult result = upload(source, "/~/new");
  EXPECT_TRUE(result);
  EXPECT_EQ(there("/home/me/new/b c/d%e?#"), "content of d");
}

TEST_P(UploadTree, ManyFilesAndFolders) {
  for (int number = 0; number < 1100; ++number) {
    write_file(source / "many" / std::to_string(number), std::to_string(number));
  }
  for (int number = 0; number < 30; ++number) {
    write_file(source / std::to_string(number) / "x" / "y", std::to_string(number));
  }
  const TreeResult result = upload(source, "/here/");
  EXPECT_TRUE(result);
  EXPECT_EQ(result.files, 1130);
  EXPECT_EQ(result.folders, 62);
  EXPECT_EQ(there("/here/many/1099"), "1099");
  EXPECT_EQ(there("/here/29/x/y"), "29");
}

TEST_P(UploadTree, ProgressIsTheSum) {
  make_tree();
  std::vector<FileProgress> told;
  const TreeOptions options{
      .on_progress = [&told](const FileProgress& progress) { told.push_back(progress); }};
  upload(source, "/here/", options);
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.back().bytes, 12 + 12 + (3 << 20));
  EXPECT_EQ(told.back().total, told.back().bytes);
}

TEST_P(UploadTree, ParametersAreCheckedFirst) {
  make_tree();
  EXPECT_THROW(upload(source, "here"), GlobusSDKUsageError);
  EXPECT_THROW(upload("", "/here"), GlobusSDKUsageError);
  EXPECT_THROW(upload(source, "/here", {.connections = -1}), GlobusSDKUsageError);
  EXPECT_EQ(collection.count("GET", ""), 0);
}

INSTANTIATE_TEST_SUITE_P(Modes, UploadTree, testing::Bool(), globus_sdk_test::mode_of);

}  // namespace
}  // namespace globus_sdk
