// SPDX-License-Identifier: Apache-2.0
// Who may read what a transfer has copied: nobody whom the source keeps out.
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "sandbox_server/transfer_fixture.hpp"

namespace globus_sandbox::testing {

namespace {

mode_t mode_of(const fs::path& path) {
  struct stat status{};
  return ::lstat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 07777U;
}

/// Sets the umask of this process for a while.
class ScopedUmask {
 public:
  explicit ScopedUmask(mode_t mask) : before_(::umask(mask)) {}
  ~ScopedUmask() { ::umask(before_); }
  ScopedUmask(const ScopedUmask&) = delete;
  ScopedUmask& operator=(const ScopedUmask&) = delete;

 private:
  mode_t before_;
};

/// An access control list as the kernel stores it: owner rwx, one more user with r, owning group
/// nothing, mask r, others nothing. A default one of a folder looks the same.
std::string list_with_a_further_user() {
  std::string list("\x02\0\0\0", 4);
  const auto entry = [&](int tag, int permissions, unsigned id) {
    for (const int part : {tag, permissions}) {
      list += static_cast<char>(part);
      list += '\0';
    }
    for (int i = 0; i < 4; ++i) list += static_cast<char>((id >> (8 * i)) & 255U);
  };
  entry(0x01, 7, ~0U);
  entry(0x02, 4, 54321);
  entry(0x04, 0, ~0U);
  entry(0x10, 4, ~0U);
  entry(0x20, 0, ~0U);
  return list;
}

bool set_list(const fs::path& path, const char* name) {
  const std::string list = list_with_a_further_user();
  return ::setxattr(path.c_str(), name, list.data(), list.size(), 0) == 0;
}

bool has_list(const fs::path& path, const char* name) {
  return ::getxattr(path.c_str(), name, nullptr, 0) > 0;
}

class TransferModes : public TransferTest {
 protected:
  void write_source(const std::string& name, mode_t mode, std::string_view content = "secret") {
    write_file(source / name, content);
    ASSERT_EQ(::chmod((source / name).c_str(), mode), 0);
  }
  /// Each file and folder below the destination that is open to somebody whom its source keeps out.
  std::vector<std::string> too_open() const {
    std::vector<std::string> result;
    for (const auto& path : tree(destination))
      if ((mode_of(destination / path) & ~mode_of(source / path) & 077U) != 0)
        result.push_back(path);
    return result;
  }
};

constexpr mode_t modes[] = {0600, 0640, 0644, 0660, 0664, 0666, 0604, 0400, 0444, 0755, 0700, 0750};

}  // namespace

TEST_F(TransferModes, ACopyIsNeverMoreOpenThanItsSource) {
  for (const mode_t mask : {0000U, 0022U, 0027U, 0077U}) {
    const ScopedUmask scoped(mask);
    array items;
    for (const mode_t mode : modes) {
      const std::string name = std::to_string(mask) + "-" + std::to_string(mode);
      write_source(name, mode);
      items.push_back(item("/" + name, "/" + name));
    }
    transfer(items);
    for (const mode_t mode : modes) {
      const std::string name = std::to_string(mask) + "-" + std::to_string(mode);
      const mode_t copy = mode_of(destination / name);
      EXPECT_EQ(copy, mode & 0666U & ~mask) << name << std::oct << ' ' << copy;
      EXPECT_EQ(read_file(destination / name), "secret");
    }
  }
}

TEST_F(TransferModes, NeitherIsOneThatTakesAFilesPlace) {
  array items;
  for (const mode_t mode : modes)
    for (const mode_t before : modes) {
      const std::string name = std::to_string(mode) + "-" + std::to_string(before);
      write_source(name, mode);
      write_file(destination / name, "old");
      ASSERT_EQ(::chmod((destination / name).c_str(), before), 0);
      items.push_back(item("/" + name, "/" + name));
    }
  transfer(items);
  for (const mode_t mode : modes)
    for (const mode_t before : modes) {
      const std::string name = std::to_string(mode) + "-" + std::to_string(before);
      EXPECT_EQ(mode_of(destination / name), mode & before) << name;
      EXPECT_EQ(read_file(destination / name), "secret");
    }
}

TEST_F(TransferModes, NeitherIsOneThatTheDestinationHadAlready) {
  for (const int level : {0, 1, 2, 3}) {
    const std::string name = "level" + std::to_string(level);
    write_source(name, 0600);
    write_file(destination / name, "secret");
    ASSERT_EQ(::chmod((destination / name).c_str(), 0666), 0);
    fs::last_write_time(destination / name, fs::last_write_time(source / name));
    const auto done = transfer({item("/" + name, "/" + name)}, {{"sync_level", level}});
    EXPECT_EQ(done.number("files_skipped"), 1) << level;
    EXPECT_EQ(mode_of(destination / name), 0600U) << level;
  }
}

TEST_F(TransferModes, FoldersAreNoMoreOpenThanTheirSources) {
  for (const mode_t mode : {0700U, 0710U, 0711U, 0750U, 0755U, 0775U, 0777U, 0555U, 0500U}) {
    const std::string name = std::to_string(mode);
    write_source("tree/" + name + "/inner/file", 0640);
    ASSERT_EQ(::chmod((source / "tree" / name / "inner").c_str(), mode), 0);
    ASSERT_EQ(::chmod((source / "tree" / name).c_str(), mode), 0);
  }
  ASSERT_EQ(::chmod((source / "tree").c_str(), 0700), 0);
  const ScopedUmask scoped(0);
  transfer({item("/tree/", "/tree/", {{"recursive", true}})});
  EXPECT_EQ(tree(destination), tree(source));
  EXPECT_THAT(too_open(), ::testing::IsEmpty());
  EXPECT_EQ(mode_of(destination / "tree"), 0700U);
  EXPECT_EQ(mode_of(destination / "tree/493"), 0755U);
  for (const mode_t mode : {0555U, 0500U}) {  // so that the folders can go again
    ::chmod((source / "tree" / std::to_string(mode)).c_str(), 0700);
    ::chmod((source / "tree" / std::to_string(mode) / "inner").c_str(), 0700);
  }
}

TEST_F(TransferModes, AtNoMomentIsAnythingMoreOpen) {
  const ScopedUmask scoped(0);
  fs::create_directories(source / "tree/inner");
  for (int i = 0; i < 40; ++i)
    write_source("tree/inner/file" + std::to_string(i), 0600, std::string(200000, 'x'));
  for (const char* folder : {"tree", "tree/inner"})
    ASSERT_EQ(::chmod((source / folder).c_str(), 0700), 0);
  service->set_bandwidth_limit(8'000'000);
  const auto id = submit_transfer({item("/tree/", "/tree/", {{"recursive", true}})});
  std::size_t partial_files = 0;
  std::vector<std::string> open_to_others;
  wait_until(id, [&](const Answer& answer) {
    std::error_code gone;
    for (fs::recursive_directory_iterator each(destination, gone), end; each != end && !gone;
         each.increment(gone)) {
      const mode_t mode = mode_of(each->path());
      if (mode == 07777U) continue;  // it got its own name meanwhile
      partial_files += each->path().extension() == ".part" ? 1U : 0U;
      if ((mode & 077U) != 0) open_to_others.push_back(each->path().string());
    }
    return answer.text("status") == "SUCCEEDED";
  });
  EXPECT_THAT(open_to_others, ::testing::IsEmpty());
  EXPECT_GT(partial_files, 0U);
}

TEST_F(TransferModes, ALinkThatIsFollowedHasTheModeOfWhatItLeadsTo) {
  const ScopedUmask scoped(0);
  write_source("kept/file", 0600);
  ASSERT_EQ(::chmod((source / "kept").c_str(), 0700), 0);
  fs::create_directories(source / "tree");
  fs::create_symlink("../kept/file", source / "tree/file");
  fs::create_symlink("../kept", source / "tree/folder");
  transfer({item("/tree/", "/tree/", {{"recursive", true}})}, {{"recursive_symlinks", "copy"}});
  EXPECT_EQ(mode_of(destination / "tree/file"), 0600U);
  EXPECT_EQ(mode_of(destination / "tree/folder"), 0700U);
  EXPECT_EQ(mode_of(destination / "tree/folder/file"), 0600U);
  // and a link at the destination is replaced, not written through
  write_file(destination / "target", "old");
  fs::create_symlink("target", destination / "link");
  transfer({item("/kept/file", "/link")});
  EXPECT_EQ(mode_of(destination / "link"), 0600U);
  EXPECT_EQ(read_file(destination / "target"), "old");
}

TEST_F(TransferModes, FoldersMadeOnTheWayAreTheirOwnersAlone) {
  const ScopedUmask scoped(0);
  write_source("file", 0600);
  transfer({item("/file", "/new/deep/file")});
  EXPECT_EQ(mode_of(destination / "new"), 0700U);
  EXPECT_EQ(mode_of(destination / "new/deep"), 0700U);
}

TEST_F(TransferModes, TheGroupOfACopyMayBeAnother) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files to other groups";
  const ScopedUmask scoped(0);
  for (const mode_t mode : {0640U, 0660U, 0664U, 0604U}) {
    const std::string name = std::to_string(mode);
    write_source(name, mode);
    ASSERT_EQ(::chown((source / name).c_str(), 0, 54321), 0);
    transfer({item("/" + name, "/" + name)});
    const mode_t of_both = (mode >> 3U) & mode & 07U;
    EXPECT_EQ(mode_of(destination / name), (mode & 0600U) | of_both << 3U | of_both) << name;
  }
  // a folder may give its files its own group
  ASSERT_EQ(::chown(destination.c_str(), 0, 54321), 0);
  ASSERT_EQ(::chmod(destination.c_str(), 02755), 0);
  transfer({item("/416", "/same_group")});
  EXPECT_EQ(mode_of(destination / "same_group"), 0640U);
}

TEST_F(TransferModes, AccessControlListsOpenNothing) {
  const ScopedUmask scoped(0);
  write_source("listed", 0600);
  write_source("plain", 0640);
  fs::create_directories(source / "folder");
  ASSERT_EQ(::chmod((source / "folder").c_str(), 0750), 0);
  if (!set_list(source / "listed", "system.posix_acl_access") ||
      !set_list(destination, "system.posix_acl_default"))
    GTEST_SKIP() << "this file system has no access control lists";
  EXPECT_EQ(mode_of(source / "listed"), 0740U) << "the mask stands where the group's mode does";
  transfer({item("/listed", "/listed"), item("/plain", "/plain"),
            item("/folder/", "/folder/", {{"recursive", true}})});
  EXPECT_EQ(mode_of(destination / "listed"), 0600U) << "its group may not read the source";
  for (const char* name : {"listed", "plain", "folder"})
    EXPECT_FALSE(has_list(destination / name, "system.posix_acl_access")) << name;
  EXPECT_FALSE(has_list(destination / "folder", "system.posix_acl_default"));
  EXPECT_EQ(mode_of(destination / "plain"), 0640U);
}

}  // namespace globus_sandbox::testing
