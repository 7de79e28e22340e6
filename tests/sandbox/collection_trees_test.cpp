// SPDX-License-Identifier: Apache-2.0
// Folders of a collection with all that is in them, over HTTPS, to a folder of this machine and
// back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "globus_sdk/async.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/run_async.hpp"
#include "support/sandbox_world.hpp"
#include "support/scoped_folder.hpp"

namespace globus_sdk {
namespace {

namespace fs = std::filesystem;
using globus_sdk_test::run_async;
using globus_sdk_test::SandboxWorld;
using globus_sdk_test::ScopedFolder;

/// Every file below a folder with its content, and every folder.
std::map<std::string, std::string> tree_at(const fs::path& folder) {
  std::map<std::string, std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string path = fs::relative(entry.path(), folder).string();
    if (entry.is_directory()) {
      found[path] = "a folder";
    } else {
      std::ifstream file(entry.path(), std::ios::binary);
      found[path] = {std::istreambuf_iterator<char>(file), {}};
    }
  }
  return found;
}

struct CollectionTrees : testing::TestWithParam<bool> {
  SandboxWorld world{};
  ScopedFolder scope{};
  fs::path local = scope.path / "local";
  TransferClient tc = world.transfer_client();

  GCSCollectionClient files_of(const std::string& name) const {
    ClientOptions options = world.options("https");
    RetryConfig retry;
    retry.max_sleep = std::chrono::milliseconds(5);
    options.retry_config = retry;
    options.base_url = world.sandbox.value(name + "_HTTPS_URL");
    return {world.sandbox.value("COLLECTION_" + name), world.sandbox.value(name + "_HTTPS_URL"),
            AccessTokenAuthorizer(world.sandbox.value(name + "_HTTPS_TOKEN")), options};
  }
  TreeResult download(const std::string& path) const {
    const GCSCollectionClient files = files_of("SOURCE");
    if (!GetParam()) return files.download_tree(path, local, tc);
    return run_async(files.async().download_tree(path, local, tc));
  }
  TreeResult upload(const std::string& path) const {
    const GCSCollectionClient files = files_of("DESTINATION");
    if (!GetParam()) return files.upload_tree(local, path, tc);
    return run_async(files.async().upload_tree(local, path, tc));
  }
  void make_tree() const {
    for (int number = 0; number < 120; ++number) {
      world.write("tree/folder " + std::to_string(number % 7) + "/file" + std::to_string(number),
                  std::string(static_cast<std::size_t>(number * number), 'x'));
    }
    world.write("tree/\xc3\xa9%2e?#&+", "a name");
    world.write("tree/deep/er/empty", "");
    world.write("tree/large", std::string(std::size_t{6} << 20U, 'L'));
  }
};

std::string text_of(const TreeResult& result) {
  std::string text;
  for (const TreeFailure& failure : result.failures) {
    text += failure.path + ": " + failure.message + "\n";
  }
  return text;
}

TEST_P(CollectionTrees, ThereAndBack) {
  make_tree();
  const TreeResult down = download("/tree/");
  EXPECT_TRUE(down) << text_of(down);
  EXPECT_EQ(down.files, 123);
  EXPECT_EQ(tree_at(local), tree_at(world.sandbox.folder("SOURCE") / "tree"));

  const TreeResult up = upload("/new/tree/");
  EXPECT_TRUE(up) << text_of(up);
  EXPECT_EQ(up.files, 123);
  EXPECT_EQ(tree_at(world.sandbox.folder("DESTINATION") / "new" / "tree"), tree_at(local));
}

TEST_P(CollectionTrees, ASecondRunDoesWhatIsMissing) {
  make_tree();
  download("/tree/");
  upload("/tree/");
  EXPECT_EQ(download("/tree/").skipped, 123);
  EXPECT_EQ(upload("/tree/").skipped, 123);

  fs::remove(local / "large");
  world.write("tree/folder 1/file1", "changed");
  const TreeResult down = download("/tree/");
  EXPECT_EQ(down.files, 2) << text_of(down);
  EXPECT_EQ(tree_at(local), tree_at(world.sandbox.folder("SOURCE") / "tree"));
  EXPECT_EQ(upload("/tree/").files, 1);
  EXPECT_EQ(tree_at(world.sandbox.folder("DESTINATION") / "tree"), tree_at(local));
}

TEST_P(CollectionTrees, BrokenAnswersAndRenewalsLoseNothing) {
  make_tree();
  for (const auto& [every, kind] : {std::pair{3, "truncate"}, {4, "drop"}, {5, "busy"}}) {
    globus_sandbox::Fault fault;
    fault.path = "^/https/";
    fault.count = 30;
    fault.every = every;
    if (kind == std::string("truncate")) fault.truncate_at = 100;
    if (kind == std::string("drop")) fault.drop_before = true;
    if (kind == std::string("busy")) fault.status = 503;
    world.sandbox.add_fault(fault);
  }
  const TreeResult result = download("/tree/");
  world.sandbox.clear_faults();
  const TreeResult rest = download("/tree/");
  EXPECT_TRUE(rest) << text_of(rest);
  EXPECT_EQ(result.files + rest.files, 123);
  EXPECT_EQ(tree_at(local), tree_at(world.sandbox.folder("SOURCE") / "tree"));
}

TEST_P(CollectionTrees, LinksOfTheCollectionAreLeftOutAndNamed) {
  world.write("tree/file", "a file");
  const fs::path source = world.sandbox.folder("SOURCE") / "tree";
  fs::create_symlink("file", source / "link");
  fs::create_directory_symlink(".", source / "loop");
  fs::create_symlink("/etc/passwd", source / "outside");
  const TreeResult result = download("/tree/");
  EXPECT_EQ(result.failures.size(), 3U) << text_of(result);
  EXPECT_EQ(tree_at(local), (std::map<std::string, std::string>{{"file", "a file"}}));
}

TEST_P(CollectionTrees, ATokenThatIsNotGoodEndsTheTree) {
  make_tree();
  world.sandbox.expire(world.sandbox.value("SOURCE_HTTPS_TOKEN"));
  EXPECT_THROW(download("/tree/"), GlobusAPIError);
}

INSTANTIATE_TEST_SUITE_P(Modes, CollectionTrees, testing::Bool(),
                         [](const testing::TestParamInfo<bool>& mode) {
                           return std::string(mode.param ? "Async" : "Blocking");
                         });

}  // namespace
}  // namespace globus_sdk
