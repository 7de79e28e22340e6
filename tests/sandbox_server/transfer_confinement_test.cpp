// SPDX-License-Identifier: Apache-2.0
// Nothing leaves a collection: by text, by links, or by races.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <atomic>
#include <system_error>

#include "sandbox/transfer/files/confined_folder.hpp"
#include "sandbox/transfer/files/file_names.hpp"
#include "sandbox/transfer/files/glob.hpp"
#include "sandbox/transfer/files/transfer_path.hpp"
#include "sandbox_server/transfer_fixture.hpp"

namespace globus_sandbox::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using transfer::ConfinedFolder;
using transfer::names_in;
using transfer::parse_transfer_path;

int error_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::system_error& error) {
    return error.code().value();
  }
  return 0;
}

TEST(TransferPath, FormsOfTheHomeAreTheRoot) {
  for (const auto* text : {"", "/", "/~", "/~/", "~", "~/", "//", "/./", "/a/..", "/~/a/../"})
    EXPECT_EQ(parse_transfer_path(text).relative, "") << text;
  for (const auto* text : {"a/b", "/a/b", "/~/a/b/", "~/a//b", "/x/../a/./b"})
    EXPECT_EQ(parse_transfer_path(text).relative, "a/b") << text;
  EXPECT_EQ(parse_transfer_path("/~name/~").relative, "~name/~");
}

TEST(TransferPath, WhatLeadsAboveTheRootIsRefused) {
  using namespace std::string_literals;
  for (const auto& text :
       {".."s, "/.."s, "/~/.."s, "/a/../../b"s, "../etc"s, "/a/b/../../../c"s, "~root/x"s, "/a\0b"s,
        "/a\r\nb"s, "/\xff\xfe"s, "/"s + std::string(300, 'x')})
    EXPECT_THROW(parse_transfer_path(text), transfer::InvalidPath) << text;
}

TEST(TransferPath, NamesThatAreNoUtf8GoThereAndBack) {
  for (const std::string name :
       {"caf\xe9", "\xff", "a/b\x80/c", "plain", "\xc3\xa9t\xc3\xa9", "\xef\xbf\xbdx"})
    EXPECT_EQ(transfer::from_document_name(transfer::to_document_name(name)), name);
  EXPECT_EQ(transfer::to_document_name("caf\xe9"),
            "\xef\xbf\xbd"
            "caf\xc3\xa9");
  // ".." cannot be hidden in that form
  EXPECT_EQ(transfer::from_document_name("\xef\xbf\xbd.."), "\xef\xbf\xbd..");
}

TEST(Glob, MatchesAsFilterRulesNeedIt) {
  using transfer::glob_matches;
  EXPECT_TRUE(glob_matches("*.t?t", "a.txt"));
  EXPECT_TRUE(glob_matches("?", "\xc3\xa9"));
  EXPECT_TRUE(glob_matches("[!a-c]x*", "dx.y"));
  EXPECT_FALSE(glob_matches("[!a-c]x", "bx"));
  EXPECT_TRUE(glob_matches("[]]", "]"));
  EXPECT_TRUE(glob_matches("a[b", "a[b"));
  EXPECT_TRUE(glob_matches("*a*b*c", "xxaxxbxxbc"));
  EXPECT_FALSE(glob_matches("*a", "ab"));
  EXPECT_TRUE(glob_matches("ABC*", "abcd", {.ignore_case = true, .only_star = true}));
  EXPECT_FALSE(glob_matches("a?", "ab", {.only_star = true}));
  EXPECT_FALSE(glob_matches("a/*", "a/b/c", {.slash_is_special = true}));
  EXPECT_FALSE(glob_matches("*b", "a/b", {.slash_is_special = true}));
  EXPECT_TRUE(glob_matches("a\\*", "a*", {.backslash_escapes = true}));
  EXPECT_FALSE(glob_matches("a\\*", "ab", {.backslash_escapes = true}));
}

/// Both ways of resolving paths.
class Confined : public TransferTest,
                 public ::testing::WithParamInterface<ConfinedFolder::Resolution> {
 protected:
  ConfinedFolder folder{source, GetParam()};
};

INSTANTIATE_TEST_SUITE_P(BothWays, Confined,
                         ::testing::Values(ConfinedFolder::Resolution::automatic,
                                           ConfinedFolder::Resolution::stepwise),
                         [](const auto& way) {
                           return way.param == ConfinedFolder::Resolution::automatic ? "kernel"
                                                                                     : "stepwise";
                         });

TEST_P(Confined, LinksInsideAreFollowed) {
  write_file(source / "a/b/file", "x");
  fs::create_symlink("a/b/file", source / "link");
  fs::create_directory_symlink("a/../a/b", source / "dirlink");
  fs::create_symlink("../../link", source / "a/b/back");
  EXPECT_TRUE(S_ISREG(folder.status("link").st_mode));
  EXPECT_TRUE(S_ISLNK(folder.link_status("link").st_mode));
  EXPECT_TRUE(S_ISREG(folder.status("dirlink/back").st_mode));
  EXPECT_TRUE(S_ISDIR(folder.status("dirlink/").st_mode));
  EXPECT_EQ(folder.link_target("link"), "a/b/file");
  EXPECT_EQ(error_of([&] { folder.link_target("a"); }), EINVAL);
  EXPECT_THAT(names_in(folder.open_directory("dirlink")),
              ::testing::UnorderedElementsAre("file", "back"));
}

TEST_P(Confined, NothingLeadsOutside) {
  write_file(base / "secret", "s");
  fs::create_directories(source / "in");
  fs::create_symlink("../secret", source / "up");
  fs::create_symlink(base / "secret", source / "absolute");
  fs::create_symlink("/proc/self/root", source / "magic");
  fs::create_directory_symlink("../..", source / "in/far");
  fs::create_directory_symlink("in/far/..", source / "indirect");
  for (const auto* path : {"up", "absolute", "magic", "magic/etc/passwd", "in/far", "in/far/secret",
                           "indirect", "..", "in/../..", "../secret", "in/../../secret"}) {
    EXPECT_EQ(error_of([&] { folder.open_for_reading(path); }), EXDEV) << path;
    EXPECT_EQ(error_of([&] { folder.status(path); }), EXDEV) << path;
  }
  EXPECT_EQ(error_of([&] { folder.make_directory("in/far/new"); }), EXDEV);
  EXPECT_EQ(error_of([&] { folder.make_directories("in/far/new/deeper"); }), EXDEV);
  EXPECT_EQ(error_of([&] { folder.rename("in", "in/far/stolen"); }), EXDEV);
  EXPECT_EQ(error_of([&] { folder.rename("in/far/secret", "got"); }), EXDEV);
  EXPECT_EQ(error_of([&] { folder.open_parent(""); }), EBUSY);
  EXPECT_NE(error_of([&] { folder.open_for_reading(std::string_view("a\0b", 3)); }), 0);
}

TEST_P(Confined, LinksInCirclesEnd) {
  fs::create_symlink("b", source / "a");
  fs::create_symlink("a", source / "b");
  EXPECT_EQ(error_of([&] { folder.status("a"); }), ELOOP);
}

TEST_P(Confined, MakesDirectoriesWhereTheyAreMissing) {
  EXPECT_TRUE(folder.make_directories("x/y/z"));
  EXPECT_FALSE(folder.make_directories("x/y/z"));
  EXPECT_FALSE(folder.make_directories(""));
  write_file(source / "file", "");
  EXPECT_EQ(error_of([&] { folder.make_directories("file"); }), ENOTDIR);
  EXPECT_EQ(error_of([&] { folder.make_directories("file/below"); }), ENOTDIR);
  EXPECT_EQ(error_of([&] { folder.make_directory("x"); }), EEXIST);
}

TEST_P(Confined, OwnersPermissionsHoldForRootToo) {
  write_file(source / "locked/inner/file", "x");
  write_file(source / "unreadable", "x");
  fs::permissions(source / "unreadable", fs::perms::none);
  fs::permissions(source / "locked", fs::perms::none);
  EXPECT_EQ(error_of([&] { folder.open_for_reading("unreadable"); }), EACCES);
  EXPECT_EQ(error_of([&] { folder.open_for_reading("locked/inner/file"); }), EACCES);
  EXPECT_EQ(error_of([&] { folder.open_directory("locked"); }), EACCES);
  EXPECT_EQ(error_of([&] { folder.make_directory("locked/new"); }), EACCES);
}

TEST_P(Confined, ARaceWithLinksNeverLeadsOutside) {
  write_file(base / "outside/file", "secret");
  write_file(source / "real/file", "inside");
  fs::create_directory_symlink("../outside", source / "evil");
  std::atomic<bool> is_over = false;
  // "swap" is now a directory of the collection, now a link out of it
  std::thread attacker([&] {
    fs::create_directory_symlink("real", source / "swap");
    while (!is_over) {
      ::renameat2(AT_FDCWD, (source / "swap").c_str(), AT_FDCWD, (source / "evil").c_str(),
                  RENAME_EXCHANGE);
      ::renameat2(AT_FDCWD, (source / "swap").c_str(), AT_FDCWD, (source / "real").c_str(),
                  RENAME_EXCHANGE);
    }
  });
  int opened = 0;
  for (int i = 0; i < 20000; ++i) {
    try {
      const auto file = folder.open_for_reading("swap/file");
      char text[16] = {};
      const auto count = ::read(file.get(), text, sizeof text);
      ASSERT_EQ(std::string(text, static_cast<std::size_t>(std::max<ssize_t>(count, 0))), "inside");
      ++opened;
    } catch (const std::system_error&) {}
    try {
      folder.make_directory("swap/made");
    } catch (const std::system_error&) {}
  }
  is_over = true;
  attacker.join();
  EXPECT_FALSE(fs::exists(base / "outside/made"));
  std::cout << opened << " of 20000 opened\n";
}

class Confinement : public TransferTest {};

TEST_F(Confinement, OperationsRefuseWhatLeadsOutside) {
  write_file(base / "secret", "s");
  fs::create_directory_symlink("..", source / "out");
  for (const auto* path : {"/../", "/~/../secret", "..", "/a/../../"}) {
    EXPECT_EQ(ls({{"path", path}}).status, 400) << path;
    EXPECT_EQ(
        post("operation/endpoint/" + source_id + "/mkdir", {{"DATA_TYPE", "mkdir"}, {"path", path}})
            .status,
        400);
  }
  const auto denied = ls({{"path", "/out/"}});
  EXPECT_EQ(denied.status, 403);
  EXPECT_EQ(denied.text("code"), "EndpointPermissionDenied");
  const auto stat = operation(source_id, "stat", {{"path", "/out/secret"}});
  EXPECT_EQ(stat.status, 403);
  EXPECT_EQ(post("operation/endpoint/" + source_id + "/mkdir", {{"path", "/out/new"}}).status, 403);
  EXPECT_EQ(post("operation/endpoint/" + source_id + "/rename",
                 {{"old_path", "/out/secret"}, {"new_path", "/got"}})
                .status,
            403);
  EXPECT_THAT(tree(base), Not(Contains("new")));
  EXPECT_EQ(ls({}).data()[0].at("type"), "invalid_symlink");
  EXPECT_EQ(ls({}).data()[0].at("link_target"), "..");
}

TEST_F(Confinement, TransfersNeitherReadNorWriteOutside) {
  write_file(base / "secret", "s");
  write_file(source / "file", "f");
  fs::create_symlink("../secret", source / "link");
  fs::create_directory_symlink("..", destination / "out");
  const auto t = transfer({item("/", "/all", {{"recursive", true}})},
                          {{"recursive_symlinks", "copy"}, {"skip_source_errors", true}});
  EXPECT_EQ(t.number("subtasks_skipped_errors"), 1);
  EXPECT_THAT(tree(destination / "all"), ElementsAre("file"));
  const auto id = submit_transfer({item("/file", "/out/written")});
  const auto faulty = wait_until(id, [](const Answer& a) { return a.number("faults") > 0; });
  EXPECT_EQ(faulty.text("nice_status"), "PERMISSION_DENIED");
  EXPECT_FALSE(fs::exists(base / "written"));
  post("task/" + id + "/cancel", nullptr);
  EXPECT_EQ(post("transfer", transfer_document({item("/../secret", "/x")})).status, 400);
  EXPECT_EQ(post("delete", delete_document({"/../secret"})).status, 400);
  const auto removal = wait(submit("delete", delete_document({"/out"}, {{"recursive", true}})));
  EXPECT_EQ(removal.text("status"), "SUCCEEDED");
  EXPECT_TRUE(fs::exists(base / "secret"));
  EXPECT_FALSE(fs::is_symlink(destination / "out"));
}

TEST_F(Confinement, NamesThatAreNoUtf8CanBeUsed) {
  write_file(source / "caf\xe9/x", "1");
  const auto name = ls({}).text("DATA_TYPE") == "file_list" ? ls({}).names()[0] : "";
  EXPECT_EQ(name,
            "\xef\xbf\xbd"
            "caf\xc3\xa9");
  EXPECT_THAT(ls({{"path", "/" + name}}).names(), ElementsAre("x"));
  transfer({item("/" + name, "/" + name, {{"recursive", true}})});
  EXPECT_EQ(read_file(destination / "caf\xe9/x"), "1");
}

}  // namespace
}  // namespace globus_sandbox::testing
