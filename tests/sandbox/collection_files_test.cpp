// SPDX-License-Identifier: Apache-2.0
// The files of a collection over HTTPS: who may, with what login, and that the bytes come and go.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstddef>
#include <fstream>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "globus_sdk/async.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"
#include "globus_sdk/collections/gcs_downloader.hpp"
#include "globus_sdk/collections/remote_file_stream.hpp"
#include "sandbox/app_world.hpp"
#include "support/run_async.hpp"
#include "support/scoped_folder.hpp"
#include "support/scoped_variable.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::AppWorld;
using globus_sdk_test::run_async;
using globus_sdk_test::ScopedFolder;
using globus_sdk_test::ScopedVariable;
using testing::HasSubstr;
using testing::Not;

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// A sandbox whose collection SOURCE is a mapped one of Globus Connect Server.
struct FilesWorld : AppWorld {
  FilesWorld() { change_collection(source(), {{"entity_type", "GCSv5_mapped_collection"}}); }

  std::string address() const { return sandbox.service_url("https") + source(); }
  ClientOptions client_options() const { return options("https"); }
  /// A client that is told all, and has the app's tokens.
  GCSCollectionClient files_of(const GlobusApp& app) const {
    ClientOptions own = client_options();
    own.base_url = address();
    own.transport = options("transfer").transport;
    return GCSCollectionClient(source(), address(), app, own);
  }
  /// A client that finds all by itself.
  GCSCollectionClient finding_files_of(const GlobusApp& app) const {
    ClientOptions own;
    own.transport = options("transfer").transport;
    return GCSCollectionClient(source(), app, own);
  }
  std::string asked_scopes() const {
    std::string scopes;
    for (const auto& asked : login.asked()) {
      for (const std::string& scope : *asked.required_scopes) scopes += scope + " ";
    }
    return scopes;
  }

  ScopedVariable transfer_url{"GLOBUS_SDK_SERVICE_URL_TRANSFER", sandbox.service_url("transfer")};
  ScopedFolder folder{};
};

TEST(CollectionFiles, AnAppAndAnIdAreEnough) {
  FilesWorld world;
  world.write("a.txt", "the content");
  const UserApp app = world.user_app();
  const GCSCollectionClient files = world.finding_files_of(app);
  EXPECT_EQ(world.sandbox.requests().size(), 0U);
  EXPECT_EQ(files.base_url(), "");
  const auto target = world.folder.path / "a.txt";
  const DownloadResult result = files.download("/a.txt", target);
  EXPECT_EQ(result.size, 11);
  EXPECT_EQ(content_of(target), "the content");
  EXPECT_EQ(files.base_url(), world.address());
  const GCSCollectionScopes scopes(world.source());
  EXPECT_THAT(world.asked_scopes(), HasSubstr(scopes.https.str()));
  EXPECT_THAT(world.asked_scopes(), HasSubstr(scopes.data_access.str()));
}

TEST(CollectionFiles, FindsAllInAsynchronousModeToo) {
  FilesWorld world;
  world.write("a.txt", "the content");
  const UserApp app = world.user_app();
  const GCSCollectionClient files = world.finding_files_of(app);
  const auto async = files.async();
  EXPECT_EQ(run_async(async.head("/a.txt")).size(), 11);
  EXPECT_EQ(files.base_url(), world.address());
}

TEST(CollectionFiles, AGuestCollectionNeedsNoDataAccess) {
  FilesWorld world;
  world.change_collection(world.source(), {{"entity_type", "GCSv5_guest_collection"}});
  world.write("a.txt", "the content");
  const UserApp app = world.user_app();
  EXPECT_EQ(world.finding_files_of(app).head("/a.txt").size(), 11);
  EXPECT_THAT(world.asked_scopes(), Not(HasSubstr("data_access")));
  EXPECT_EQ(world.login.logins(), 1U);
}

TEST(CollectionFiles, ACollectionWithoutHttpsIsAClearError) {
  FilesWorld world;
  world.change_collection(world.source(), {{"entity_type", "GCP_mapped_collection"}});
  const UserApp app = world.user_app();
  try {
    world.finding_files_of(app).head("/a.txt");
    FAIL();
  } catch (const GlobusError& error) {
    EXPECT_THAT(error.what(), HasSubstr("has no HTTPS access"));
  }
}

TEST(CollectionFiles, GoThereAndBack) {
  FilesWorld world;
  const UserApp app = world.user_app();
  const GCSCollectionClient files = world.finding_files_of(app);
  const std::string name = "/a file with ü, ?, # and % in it.txt";
  const std::string content = "what was sent";
  files.upload(std::as_bytes(std::span(content)), name);
  EXPECT_EQ(files.head(name).size(), 13);
  std::vector<std::byte> memory;
  files.download(name, memory);
  EXPECT_EQ(text_of(memory), content);
  std::ostringstream stream;
  files.download(name, stream);
  EXPECT_EQ(stream.str(), content);
  std::string taken;
  files.download(name, [&](std::span<const std::byte> bytes) { taken += text_of(bytes); });
  EXPECT_EQ(taken, content);
  std::istringstream changed("something else");
  files.upload(changed, name);
  EXPECT_EQ(content_of(world.sandbox.folder("SOURCE") / name.substr(1)), "something else");
  files.remove(name);
  try {
    files.head(name);
    FAIL();
  } catch (const GlobusAPIError& error) {
    EXPECT_EQ(error.http_status(), 404);
  }
}

TEST(CollectionFiles, WithoutATokenTheCollectionAsksForALogin) {
  FilesWorld world;
  world.write("a.txt", "the content");
  ClientOptions options = world.options("transfer");
  options.base_url = world.address();
  const GCSCollectionClient files(world.source(), world.address(), options);
  const auto target = world.folder.path / "a.txt";
  try {
    files.download("/a.txt", target);
    FAIL();
  } catch (const GlobusAPIError& error) {
    EXPECT_THAT(error.what(), HasSubstr("asks for a login"));
  }
  EXPECT_FALSE(std::filesystem::exists(target));
  world.change_collection(world.source(), {{"public", true}});
  files.download("/a.txt", target);
  EXPECT_EQ(content_of(target), "the content");
}

TEST(CollectionFiles, ATokenThatIsRefusedInTheMiddleIsReplaced) {
  FilesWorld world;
  world.write("a.txt", "the content");
  const UserApp app = world.user_app();
  const GCSCollectionClient files = world.finding_files_of(app);
  files.head("/a.txt");
  const auto before = world.login.logins();
  world.sandbox.expire(app.token_storage().get_token_data(world.source())->access_token);
  std::vector<std::byte> memory;
  files.download("/a.txt", memory);
  EXPECT_EQ(text_of(memory), "the content");
  EXPECT_EQ(world.login.logins(), before + 1);
}

TEST(CollectionFiles, ATreeComesWithTheAppAlone) {
  FilesWorld world;
  world.write("data/a.txt", "a");
  world.write("data/deep/er/b.txt", "bb");
  world.write("data/empty.txt", "");
  const UserApp app = world.user_app();
  const GCSCollectionClient files = world.finding_files_of(app);
  const auto target = world.folder.path / "copy";
  const TreeResult first = files.download_tree("/data/", target);
  EXPECT_TRUE(first) << first.failures.at(0).message;
  EXPECT_EQ(first.files, 3);
  EXPECT_EQ(first.bytes, 3);
  EXPECT_EQ(content_of(target / "deep/er/b.txt"), "bb");
  const TreeResult second = files.download_tree("/data/", target);
  EXPECT_EQ(second.files, 0);
  EXPECT_EQ(second.skipped, 3);
  const TreeResult back = files.upload_tree(target, "/again/");
  EXPECT_EQ(back.files, 3);
  EXPECT_EQ(content_of(world.sandbox.folder("SOURCE") / "again/deep/er/b.txt"), "bb");
}

TEST(CollectionFiles, AFileIsReadAtAnyPlace) {
  FilesWorld world;
  std::string content;
  for (int line = 0; line < 100'000; ++line) content += "line " + std::to_string(line) + "\n";
  world.write("lines.txt", content);
  const UserApp app = world.user_app();
  const GCSCollectionClient files = world.finding_files_of(app);
  const RemoteFile file = files.open("/lines.txt");
  EXPECT_EQ(file.size(), std::ssize(content));
  std::vector<std::byte> buffer(1000);
  EXPECT_EQ(file.read_at(12'345, buffer), 1000U);
  EXPECT_EQ(text_of(buffer), content.substr(12'345, 1000));
  EXPECT_EQ(file.read_at(std::ssize(content) - 10, buffer), 10U);
  EXPECT_EQ(file.read_at(std::ssize(content), buffer), 0U);
  RemoteFileStream stream(file);
  int lines = 0;
  for (std::string line; std::getline(stream, line); ++lines) {
    ASSERT_EQ(line, "line " + std::to_string(lines));
  }
  EXPECT_EQ(lines, 100'000);
}

TEST(CollectionFiles, AFileThatChangesIsNoMixture) {
  FilesWorld world;
  world.write("a.bin", std::string(3'000'000, 'a'));
  const UserApp app = world.user_app();
  const RemoteFile file = world.finding_files_of(app).open("/a.bin");
  std::vector<std::byte> buffer(1000);
  file.read_at(0, buffer);
  world.write("a.bin", std::string(3'000'000, 'b'));
  EXPECT_THROW(file.read_at(2'900'000, buffer), FileChangedError);
}

TEST(CollectionFiles, TheDownloaderNeedsTheUrlAlone) {
  FilesWorld world;
  world.write("a.txt", "the content");
  const UserApp app = world.user_app();
  GCSDownloaderOptions options;
  options.transport = world.options("transfer").transport;
  const GCSDownloader downloader(app, options);
  EXPECT_EQ(downloader.read_file(world.address() + "/a.txt"), "the content");
  EXPECT_EQ(downloader.read_file(world.address() + "/a.txt"), "the content");
}

}  // namespace
}  // namespace globus_sdk
