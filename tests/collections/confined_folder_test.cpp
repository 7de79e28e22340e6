// SPDX-License-Identifier: Apache-2.0
#include "collections/confined_folder.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <linux/fs.h>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "collections/fake_collection.hpp"
#include "globus_sdk/collections/errors.hpp"
#include "support/scoped_folder.hpp"

namespace globus_sdk {
namespace {

namespace fs = std::filesystem;
using detail::ConfinedFolder;
using globus_sdk_test::content_of;
using globus_sdk_test::everything_below;
using globus_sdk_test::ScopedFolder;
using globus_sdk_test::write_file;

/// A folder with another one beside it, in which nothing may ever appear.
struct InAFolder : testing::Test {
  ScopedFolder scope{};
  fs::path inside = scope.path / "inside";
  fs::path outside = scope.path / "outside";
  ConfinedFolder::Shared folder{};

  void SetUp() override {
    fs::create_directory(outside);
    write_file(outside / "secret", "untouched");
    folder = ConfinedFolder::make(inside).folder;
  }
  void TearDown() override {
    EXPECT_EQ(everything_below(outside), std::set<std::string>{"secret"});
    EXPECT_EQ(content_of(outside / "secret"), "untouched");
  }
  void put_nameless(const std::string& name, const std::string& content) const {
    const auto file = folder->open_nameless(name, 0644);
    if (!file) GTEST_SKIP() << "the file system has no files without a name";
    ASSERT_EQ(::write(file.get(), content.data(), content.size()),
              static_cast<ssize_t>(content.size()));
    EXPECT_EQ(everything_below(inside).count(detail::part_name(name)), 0u);
    folder->place_nameless(file, name);
  }
  void put(const std::string& name, const std::string& content) const {
    const auto part = folder->open_part(name, 0666);
    ASSERT_EQ(::write(part.get(), content.data(), content.size()),
              static_cast<ssize_t>(content.size()));
    folder->place_part(part, name);
  }
};

struct HostileName : InAFolder, testing::WithParamInterface<std::string> {};

TEST_P(HostileName, IsRefusedWhateverIsDoneWithIt) {
  const std::string name = GetParam();
  const std::vector<std::function<void()>> uses{
      [&] { detail::require_entry_name(name); },
      [&] { folder->folder(name); },
      [&] { folder->make_folder(name); },
      [&] { folder->status(name); },
      [&] { folder->file_status(name); },
      [&] { folder->open_file(name); },
      [&] { folder->open_part(name, 0666); },
      [&] { folder->place_part(detail::FileDescriptor(), name); },
      [&] { folder->set_time(name, {}); },
      [&] { folder->place_of(name); },
  };
  for (const auto& use : uses) {
    EXPECT_THROW(use(), FileTransferError);
  }
  EXPECT_EQ(everything_below(inside), std::set<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(ConfinedFolder, HostileName,
                         testing::Values("", ".", "..", "/", "/etc", "../outside/new", "a/b", "a/",
                                         std::string("..\0", 3), std::string("a\0b", 3),
                                         std::string("\0", 1), ".a.globus-part"));

TEST_F(InAFolder, NamesThatOnlyLookHostileAreNames) {
  for (const std::string name : {"...", "..a", "-rf", "~", "a b", "a\\b", "%2e%2e", "*", "a\nb",
                                 "\xff", ".hidden", "x.globus-part", "\xe2\x80\xae"}) {
    put(name, "x");
    EXPECT_EQ(content_of(inside / name), "x") << name;
  }
}

TEST_F(InAFolder, AFileTakesItsPlaceAsAWhole) {
  put("a", "old");
  const auto part = folder->open_part("a", 0666);
  ASSERT_EQ(::write(part.get(), "new", 3), 3);
  EXPECT_EQ(content_of(inside / "a"), "old");
  folder->place_part(part, "a");
  EXPECT_EQ(content_of(inside / "a"), "new");
  EXPECT_EQ(everything_below(inside), std::set<std::string>{"a"});
}

TEST_F(InAFolder, AFileWithoutANameIsNothingUntilItHasOne) {
  { EXPECT_TRUE(folder->open_nameless("forgotten", 0600)); }
  EXPECT_EQ(everything_below(inside), std::set<std::string>{});
  put_nameless("a", "whole");
  EXPECT_EQ(everything_below(inside), std::set<std::string>{"a"});
  EXPECT_EQ(content_of(inside / "a"), "whole");
}

TEST_F(InAFolder, AFileWithoutANameTakesTheNameOfAnother) {
  const auto file = folder->open_nameless("a", 0600);
  write_file(inside / "a", "made meanwhile");
  folder->place_nameless(file, "a");
  EXPECT_EQ(everything_below(inside), std::set<std::string>{"a"});
  EXPECT_EQ(content_of(inside / "a"), "");
}

TEST_F(InAFolder, AFileWithoutANameReplacesNothingButFiles) {
  const auto file = folder->open_nameless("a", 0600);
  fs::create_directory(inside / "a");
  EXPECT_THROW(folder->place_nameless(file, "a"), FileTransferError);
  EXPECT_EQ(everything_below(inside), std::set<std::string>{"a"});
}

TEST_F(InAFolder, APartThatWasLeftIsNoPlaceForAFileWithoutAName) {
  write_file(inside / detail::part_name("a"), "left by a process that was killed");
  EXPECT_FALSE(folder->open_nameless("a", 0600));
}

TEST_F(InAFolder, TheLongestNamesHavePartsToo) {
  const std::string longest(255, 'n');
  put(longest, "1");
  put(std::string(254, 'n'), "2");
  EXPECT_EQ(content_of(inside / longest), "1");
  EXPECT_NE(detail::part_name(longest), detail::part_name(std::string(254, 'n')));
  EXPECT_LE(detail::part_name(longest).size(), 255u);
}

TEST_F(InAFolder, ALinkIsNotFollowedToAFolder) {
  fs::create_directory_symlink(outside, inside / "link");
  EXPECT_THROW(folder->folder("link"), FileTransferError);
  EXPECT_THROW(folder->make_folder("link"), FileTransferError);
}

TEST_F(InAFolder, ALinkIsNotFollowedToAFile) {
  fs::create_symlink(outside / "secret", inside / "link");
  EXPECT_THROW(folder->file_status("link"), FileTransferError);
  EXPECT_THROW(folder->open_file("link"), FileTransferError);
  EXPECT_TRUE(S_ISLNK(folder->status("link")->st_mode));
  folder->set_time("link", {});  // of the link
  put("link", "new");
  EXPECT_EQ(content_of(inside / "link"), "new");
  EXPECT_FALSE(fs::is_symlink(inside / "link"));
}

TEST_F(InAFolder, ALinkInThePlaceOfAPartIsNotWrittenThrough) {
  fs::create_symlink(outside / "secret", inside / detail::part_name("a"));
  put("a", "new");
  EXPECT_EQ(content_of(inside / "a"), "new");
}

TEST_F(InAFolder, NothingLeavesItWhenOthersRenameItMeanwhile) {
  const auto below = folder->make_folder("below").folder;
  fs::rename(inside / "below", inside / "moved");
  fs::create_directory_symlink(outside, inside / "below");
  const auto part = below->open_part("a", 0666);
  below->place_part(part, "a");
  EXPECT_TRUE(fs::exists(inside / "moved" / "a"));
}

TEST_F(InAFolder, WhatIsInTheWayIsNamed) {
  fs::create_directory(inside / "folder");
  write_file(inside / "file", "x");
  ASSERT_EQ(mkfifo((inside / "pipe").c_str(), 0600), 0);
  const auto message_of = [](const std::function<void()>& use) {
    try {
      use();
    } catch (const FileTransferError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(message_of([&] { folder->make_folder("file"); }),
            (inside / "file").string() + " is a file, which is not followed, used or replaced");
  EXPECT_EQ(message_of([&] { folder->file_status("folder"); }),
            (inside / "folder").string() + " is a folder, which is not followed, used or replaced");
  EXPECT_EQ(
      message_of([&] { folder->file_status("pipe"); }),
      (inside / "pipe").string() + " is a named pipe, which is not followed, used or replaced");
  EXPECT_EQ(message_of([&] { put("folder", "x"); }),
            (inside / "folder").string() + " is a folder, which is not followed, used or replaced");
  EXPECT_FALSE(folder->status("absent"));
}

TEST_F(InAFolder, APartIsOfOneProcessAtATime) {
  const auto first = folder->open_part("a", 0666);
  EXPECT_THROW(folder->open_part("a", 0666), FileTransferError);
  folder->place_part(first, "a");
  put("a", "second");
  EXPECT_EQ(content_of(inside / "a"), "second");
}

TEST_F(InAFolder, APartThatWasLeftIsNotUsed) {
  write_file(inside / detail::part_name("a"), "left by a process that was killed");
  put("a", "whole");
  EXPECT_EQ(everything_below(inside), std::set<std::string>{"a"});
  EXPECT_EQ(content_of(inside / "a"), "whole");
}

TEST_F(InAFolder, MadeFoldersAreCounted) {
  EXPECT_EQ(ConfinedFolder::make(inside / "x" / "y" / "z").made, 3);
  EXPECT_EQ(ConfinedFolder::make(inside / "x" / "y" / "z" / "").made, 0);
  EXPECT_EQ(folder->make_folder("x").made, 0);
  EXPECT_EQ(folder->make_folder("new").made, 1);
}

TEST_F(InAFolder, TheCallersOwnPathMayLeadThroughLinks) {
  fs::create_directory_symlink(inside, scope.path / "link");
  const auto same = ConfinedFolder::open(scope.path / "link");
  const auto part = same->open_part("a", 0666);
  same->place_part(part, "a");
  EXPECT_TRUE(fs::exists(inside / "a"));
  EXPECT_THROW(ConfinedFolder::open(scope.path / "absent"), LocalFileError);
  EXPECT_THROW(ConfinedFolder::make(outside / "secret" / "below"), LocalFileError);
}

/// What a file system shows that takes both names for one: one entry under both. So does a link of
/// that kind.
TEST_F(InAFolder, AnEntryIsNotReplacedUnderAnotherNameOfIt) {
  write_file(inside / "Readme", "of the first name");
  fs::create_hard_link(inside / "Readme", inside / "rEADME");
  folder->keep("Readme", *folder->status("Readme"));
  EXPECT_THROW(put("rEADME", "of the second name"), FileTransferError);
  EXPECT_THROW(folder->keep("rEADME", *folder->status("rEADME")), FileTransferError);
  EXPECT_THROW(folder->require_not_placed("rEADME", *folder->status("rEADME")), FileTransferError);
  EXPECT_EQ(content_of(inside / "Readme"), "of the first name");
  put("other", "other");
  folder->remove_part("rEADME");
}

/// A file system that does not tell capital letters from small ones; only root may have one.
class FoldingFileSystem {
 public:
  explicit FoldingFileSystem(const fs::path& folder) : folder_(folder) {
    fs::create_directory(folder_);
    mounted_ = mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=1m,mode=0700,casefold") == 0;
    if (mounted_) folds_ = fold();
  }
  ~FoldingFileSystem() {
    if (mounted_) umount(folder_.c_str());
  }
  FoldingFileSystem(const FoldingFileSystem&) = delete;
  FoldingFileSystem& operator=(const FoldingFileSystem&) = delete;

  explicit operator bool() const { return folds_; }

 private:
  bool fold() const {
    const detail::FileDescriptor open(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    int flags = 0;
    if (!open || ioctl(open.get(), FS_IOC_GETFLAGS, &flags) != 0) return false;
    flags |= FS_CASEFOLD_FL;
    return ioctl(open.get(), FS_IOC_SETFLAGS, &flags) == 0;
  }

  fs::path folder_;
  bool mounted_ = false;
  bool folds_ = false;
};

TEST(ConfinedFolder, TwoNamesThatFallTogetherDoNotReplaceEachOther) {
  const ScopedFolder scope;
  const FoldingFileSystem system(scope.path / "folding");
  if (!system) GTEST_SKIP() << "needs root, and a tmpfs that folds letters (Linux 6.13)";
  const auto folder = ConfinedFolder::open(scope.path / "folding");
  const auto put = [&](const std::string& name) {
    folder->place_part(folder->open_part(name, 0666), name);
  };
  put("1");
  put("Readme");
  EXPECT_THROW(put("README"), FileTransferError);
  EXPECT_THROW(folder->make_folder("readmE"), FileTransferError);
  put("other");
  folder->make_folder("Data");
  EXPECT_THROW(folder->make_folder("data"), FileTransferError);

  // what is there from an earlier run is replaced by its own file, and kept for its own name only
  const auto again = ConfinedFolder::open(scope.path / "folding");
  again->place_part(again->open_part("README", 0666), "README");
  EXPECT_THROW(again->keep("readme", *again->status("readme")), FileTransferError);
}

}  // namespace
}  // namespace globus_sdk
