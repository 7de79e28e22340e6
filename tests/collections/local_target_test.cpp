// SPDX-License-Identifier: Apache-2.0
// What this machine does not allow, and other programs at the same files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <csignal>
#include <thread>

#include "collections/downloads.hpp"
#include "collections/file_server.hpp"
#include "support/child_process.hpp"
#include "support/other_user.hpp"
#include "support/sanitized.hpp"
#include "support/small_file_system.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct LocalTargets : Downloads {
  /// The error number and the text of a download that fails for a reason of this machine.
  std::pair<int, std::string> failure(const FileServer& server, const std::string& target) const {
    try {
      download(client_for(server.url(), 0), "/a", target);
    } catch (const LocalFileError& error) {
      return {error.error_number(), error.what()};
    } catch (const std::exception& error) {
      return {0, std::string("another class: ") + error.what()};
    }
    return {0, "no error"};
  }
};
INSTANTIATE_TEST_SUITE_P(Collections, LocalTargets, testing::Values(false, true), mode_of);

TEST_P(LocalTargets, AFolderThatIsNotThereOrIsTheTargetIsAnErrorBeforeAnythingIsSent) {
  FileServer server(ServedContent{.content = "x"});
  const auto missing = failure(server, file("nowhere/a"));
  EXPECT_EQ(missing.first, ENOENT);
  EXPECT_THAT(missing.second, HasSubstr("cannot write " + file("nowhere/a")));
  EXPECT_THAT(missing.second, HasSubstr("see that every folder of the path is there"));
  const auto folder_itself = failure(server, folder.path.string());
  EXPECT_EQ(folder_itself.first, EISDIR);
  EXPECT_THAT(folder_itself.second, HasSubstr("name a file in it"));
  EXPECT_EQ(failure(server, folder.path.string() + "/").first, EISDIR);
  write("file", "x");
  EXPECT_EQ(failure(server, file("file/a")).first, ENOTDIR);
  EXPECT_EQ(failure(server, file(std::string(256, 'n'))).first, ENAMETOOLONG);
  std::filesystem::create_symlink("loop", file("loop"));
  EXPECT_EQ(failure(server, file("loop")).first, ELOOP);
  EXPECT_EQ(server.requests().size(), 0u);
}

TEST_P(LocalTargets, AFileOrFolderThatIsReadOnlyStays) {
  if (GetParam() && is_thread_sanitized) GTEST_SKIP() << "ThreadSanitizer ends such a child";
  if (!may_become_another_user()) GTEST_SKIP() << "only root may become another user";
  FileServer server(ServedContent{.content = "new"});
  write("a", "old");
  chmod(file("a").c_str(), 0444);
  chmod(folder.path.c_str(), 0777);
  const std::string own_file = as_other_user([&] { return failure(server, file("a")).second; });
  EXPECT_THAT(own_file, HasSubstr("Permission denied; see that this user may"));
  chmod(folder.path.c_str(), 0755);
  const std::string own_folder = as_other_user([&] { return failure(server, file("b")).second; });
  EXPECT_THAT(own_folder, HasSubstr("Permission denied"));
  EXPECT_EQ(content("a"), "old");
  EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(LocalTargets, AFileSystemThatIsReadOnlyIsAnError) {
  const SmallFileSystem disk(folder.path / "disk");
  if (!disk) GTEST_SKIP() << "only root may mount";
  const auto path = file("disk");
  ASSERT_EQ(mount("none", path.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
  FileServer server(ServedContent{.content = "new"});
  EXPECT_EQ(failure(server, file("disk/a")).first, EROFS);
}

TEST_P(LocalTargets, ADiskThatIsTooSmallSaysSoAtOnceAndTheOldFileStays) {
  const SmallFileSystem disk(folder.path / "disk");
  if (!disk) GTEST_SKIP() << "only root may mount";
  write("disk/a", "old");
  for (const std::size_t size : {std::size_t{300'000}, std::size_t{3} << 20}) {
    FileServer server(ServedContent{.content = many_bytes(size)});
    const auto full = failure(server, file("disk/a"));
    EXPECT_EQ(full.first, ENOSPC) << full.second;
    EXPECT_THAT(full.second, HasSubstr("free some space"));
    EXPECT_EQ(content("disk/a"), "old");
    EXPECT_EQ(std::filesystem::file_size(file("disk/a")), 3u);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(file("disk")), {}), 1);
  }
}

TEST_P(LocalTargets, AFileThatIsLargerThanTheProcessMayWriteIsAnErrorAndNoSignal) {
  if (GetParam() && is_thread_sanitized) GTEST_SKIP() << "ThreadSanitizer ends such a child";
  FileServer server(ServedContent{.content = many_bytes(2'000'000)});
  std::string text;
  const pid_t child = start_child([&] {
    const struct rlimit limit{1'000'000, 1'000'000};
    setrlimit(RLIMIT_FSIZE, &limit);
    if (failure(server, file("a")).first != EFBIG) throw std::runtime_error("another end");
  });
  EXPECT_EQ(status_of(child), 0);
  EXPECT_THAT(names(), IsEmpty());
}

TEST_P(LocalTargets, TwoDownloadsToOneFileDoNotMix) {
  const ServedContent served{.content = many_bytes(500'000)};
  FileServer slow([&](const RecordedRequest& request, int) {
    FileAnswer answer = served.answer(request);
    answer.pause_after = 100'000;
    answer.pause = std::chrono::milliseconds(800);
    return answer;
  });
  std::jthread first([&] { download(client_for(slow.url()), "/a", file("a")); });
  while (slow.requests().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  FileServer server(ServedContent{.content = "other"});
  const auto second = failure(server, file("a"));
  EXPECT_EQ(second.first, EWOULDBLOCK);
  EXPECT_THAT(second.second, HasSubstr("another download to the same file is under way"));
  EXPECT_EQ(server.requests().size(), 0u);
  first.join();
  EXPECT_TRUE(content("a") == served.content);
  EXPECT_EQ(failure(server, file("a")).second, "no error");
  EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(LocalTargets, LinksAndFilesOfOthersInThePlaceOfThePartAreNotWrittenTo) {
  FileServer server(ServedContent{.content = "new"});
  write("victim", "mine");
  std::filesystem::create_symlink("victim", file(".a.globus-part"));
  download(client_for(server.url()), "/a", file("a"));
  EXPECT_EQ(content("victim"), "mine");
  EXPECT_EQ(content("a"), "new");

  std::filesystem::create_hard_link(file("victim"), file(".b.globus-part"));
  download(client_for(server.url()), "/a", file("b"));
  EXPECT_EQ(content("victim"), "mine");

  ASSERT_EQ(mkfifo(file(".c.globus-part").c_str(), 0600), 0);
  download(client_for(server.url()), "/a", file("c"));
  EXPECT_EQ(content("c"), "new");
  EXPECT_THAT(names(), ElementsAre("a", "b", "c", "victim"));

  if (!may_become_another_user()) return;
  write(".d.globus-part", "theirs");
  ASSERT_EQ(chown(file(".d.globus-part").c_str(), other_user, other_user), 0);
  download(client_for(server.url()), "/a", file("d"));
  struct stat status{};
  ASSERT_EQ(stat(file("d").c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, geteuid());
}

TEST_P(LocalTargets, AProcessThatIsKilledLeavesWhatALaterOneGoesOnFrom) {
  if (GetParam() && is_thread_sanitized) GTEST_SKIP() << "ThreadSanitizer ends such a child";
  const std::string bytes = many_bytes(std::size_t{6} << 20);
  const ServedContent served{.content = bytes};
  FileServer server([&](const RecordedRequest& request, int number) {
    FileAnswer answer = served.answer(request);
    if (number > 1) return answer;
    answer.pause_after = 2'000'000;
    answer.pause = std::chrono::milliseconds(1100);
    answer.cut_after = 1'000'000;
    return answer;
  });
  const pid_t child = start_child([&] {
    DownloadOptions options;
    options.on_progress = [](const FileProgress& progress) {
      if (progress.bytes >= 2'900'000) raise(SIGKILL);
    };
    download(client_for(server.url()), "/a", file("a"), options);
  });
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << status;
  EXPECT_THAT(names(), ElementsAre(".a.globus-part", ".a.globus-part-state"));
  const auto result = download(client_for(server.url()), "/a", file("a"));
  EXPECT_GE(result.resumed, 2'000'000);
  EXPECT_TRUE(content("a") == bytes);
  EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(LocalTargets, ThePartIsItsOwnersAlone) {
  const std::string bytes = many_bytes(std::size_t{5} << 20);
  const ServedContent served{.content = bytes};
  FileServer server([&](const RecordedRequest& request, int) {
    FileAnswer answer = served.answer(request);
    answer.cut_after = 3'000'000;
    return answer;
  });
  EXPECT_THROW(download(client_for(server.url(), 0), "/a", file("a")), GlobusConnectionError);
  for (const std::string name : {".a.globus-part", ".a.globus-part-state"}) {
    struct stat status{};
    ASSERT_EQ(stat(file(name).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777U, 0600U) << name;
  }
  EXPECT_THAT(content(".a.globus-part-state"), testing::Not(HasSubstr("token")));
}

}  // namespace
}  // namespace globus_sdk_test
