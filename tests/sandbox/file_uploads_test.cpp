// SPDX-License-Identifier: Apache-2.0
// Uploads to a collection that keeps what it promises, and files that are found by their URLs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "globus_sdk/collections/gcs_collection_client.hpp"
#include "globus_sdk/collections/gcs_downloader.hpp"
#include "sandbox/app_world.hpp"
#include "support/message_of.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::HasSubstr;
namespace fs = std::filesystem;

struct FileUploads : testing::Test {
  GCSCollectionClient client(std::int64_t max_retries = 3) const {
    ClientOptions options = world.options("transfer");
    options.base_url = world.sandbox.value("DESTINATION_HTTPS_URL");
    RetryConfig retry;
    retry.max_retries = max_retries;
    retry.max_sleep = std::chrono::milliseconds(1);
    options.retry_config = retry;
    return GCSCollectionClient(
        world.destination(), world.sandbox.value("DESTINATION_HTTPS_URL"),
        AccessTokenAuthorizer(world.sandbox.value("DESTINATION_HTTPS_TOKEN")), options);
  }
  void upload(const std::string& text, const UploadOptions& options = {}) const {
    client().upload(std::as_bytes(std::span(text)), "/file", options);
  }
  void add_fault(globus_sandbox::Fault fault) {
    fault.method = "PUT";
    fault.path = "/file$";
    world.sandbox.add_fault(std::move(fault));
  }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(world.sandbox.folder("DESTINATION"))) {
      names.push_back(entry.path().filename());
    }
    return names;
  }

  SandboxWorld world;
  const UploadOptions new_file{.overwrite = false};
};

TEST_F(FileUploads, ArriveAndReplaceWhatWasThere) {
  upload("first");
  EXPECT_EQ(world.read_destination("file"), "first");
  upload("the second one");
  EXPECT_EQ(world.read_destination("file"), "the second one");
}

TEST_F(FileUploads, OfALocalFileArrive) {
  const fs::path file = world.sandbox.folder("SOURCE") / "large";
  std::string large(5'000'000, '\0');
  for (std::size_t at = 0; at < large.size(); ++at) large[at] = static_cast<char>(at * 31 % 251);
  std::ofstream(file, std::ios::binary) << large;
  client().upload(file, "/file");
  EXPECT_TRUE(world.read_destination("file") == large);
}

TEST_F(FileUploads, KeepTheirConditions) {
  upload("first", new_file);
  EXPECT_THAT(message_of<GlobusAPIError>([&] { upload("second", new_file); }), HasSubstr("412"));
  EXPECT_EQ(world.read_destination("file"), "first");
  const auto etag = client().head("/file").etag();
  ASSERT_TRUE(etag);
  UploadOptions of_state;
  of_state.if_match = *etag;
  upload("second", of_state);
  EXPECT_EQ(world.read_destination("file"), "second");
  EXPECT_THAT(message_of<GlobusAPIError>([&] { upload("third", of_state); }), HasSubstr("412"));
  EXPECT_EQ(world.read_destination("file"), "second");
}

TEST_F(FileUploads, WithAConditionSucceedThoughTheirAnswerIsLost) {
  add_fault({.drop_after = true});
  upload("first", new_file);
  EXPECT_EQ(world.read_destination("file"), "first");
  UploadOptions of_state;
  of_state.if_match = client().head("/file").etag();
  add_fault({.drop_after = true});
  upload("second", of_state);
  EXPECT_EQ(world.read_destination("file"), "second");
}

TEST_F(FileUploads, ThatBreakOffAreSentAgain) {
  add_fault({.count = 2, .cut_upload_at = 1000});
  upload(std::string(300'000, 'x'));
  EXPECT_TRUE(world.read_destination("file") == std::string(300'000, 'x'));
}

TEST_F(FileUploads, ThatNeverArriveLeaveTheOldFile) {
  upload("the old one");
  add_fault({.count = 100, .cut_upload_at = 1000});
  EXPECT_THROW(upload(std::string(300'000, 'x')), NetworkError);
  EXPECT_EQ(world.read_destination("file"), "the old one");
  // the sandbox tidies up after it has closed the connection
  for (int tries = 0; names().size() > 1 && tries < 1000; ++tries) {
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(names(), std::vector<std::string>{"file"});
}

TEST_F(FileUploads, OfAWrongSizeLeaveTheOldFile) {
  upload("the old one");
  const auto endless = [](std::int64_t, std::span<std::byte> room) { return room.size(); };
  UploadOptions options;
  options.size = 100'000;
  EXPECT_THROW(client().upload(endless, "/file", options), FileIntegrityError);
  const auto nothing = [](std::int64_t, std::span<std::byte>) { return std::size_t{0}; };
  EXPECT_THROW(client().upload(nothing, "/file", options), FileIntegrityError);
  EXPECT_EQ(world.read_destination("file"), "the old one");
}

// ---- files by their URLs ------------------------------------------------------------------------

struct FilesByUrl : testing::Test {
  /// Makes SOURCE a collection of Globus Connect Server.
  void make_source(const std::string& fields) {
    world.sandbox.control("PATCH", "collections",
                          R"({"collection": ")" + world.source() + R"(", )" + fields + "}");
  }
  GCSDownloader downloader(const UserApp& app) const {
    return GCSDownloader(app, {.transfer_client = TransferClient(app, world.options("transfer")),
                               .transport = world.options("transfer").transport});
  }
  std::string url(const std::string& path) const {
    return world.sandbox.value("SOURCE_HTTPS_URL") + path;
  }

  AppWorld world;
};

TEST_F(FilesByUrl, AreReadByOneLoginAndAnotherForDataAccess) {
  make_source(R"("entity_type": "GCSv5_mapped_collection")");
  world.write("data/a b.txt", "content");
  world.write("data/c", "more");
  const UserApp app = world.user_app();
  const GCSDownloader files = downloader(app);
  EXPECT_EQ(files.read_file(url("/data/a%20b.txt")), "content");
  const std::size_t logins = world.login.logins();
  EXPECT_LE(logins, 2U);
  EXPECT_EQ(files.read_file(url("/data/c")), "more");
  EXPECT_EQ(world.login.logins(), logins);
  EXPECT_THROW(files.read_file(url("/data/missing")), GlobusAPIError);
}

TEST_F(FilesByUrl, OfAGuestCollectionTakeOneLogin) {
  make_source(R"("entity_type": "GCSv5_guest_collection")");
  world.write("file", "content");
  const UserApp app = world.user_app();
  EXPECT_EQ(downloader(app).read_file(url("/file")), "content");
  EXPECT_EQ(world.login.logins(), 1U);
}

TEST_F(FilesByUrl, ForEverybodyTakeNoLogin) {
  make_source(R"("entity_type": "GCSv5_guest_collection", "public": true)");
  world.write("file", "content");
  const UserApp app = world.user_app();
  EXPECT_EQ(downloader(app).read_file(url("/file")), "content");
  EXPECT_EQ(world.login.logins(), 0U);
}

TEST_F(FilesByUrl, OfAnotherCollectionAreRefused) {
  make_source(R"("entity_type": "GCSv5_guest_collection")");
  world.write("file", "content");
  const UserApp app = world.user_app();
  const GCSDownloader files = downloader(app);
  files.read_file(url("/file"));
  EXPECT_THAT(message_of<GlobusSDKUsageError>(
                  [&] { files.read_file(world.sandbox.value("DESTINATION_HTTPS_URL") + "/file"); }),
              HasSubstr(world.source()));
}

}  // namespace
}  // namespace globus_sdk_test
