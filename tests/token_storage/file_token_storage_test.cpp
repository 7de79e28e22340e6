// SPDX-License-Identifier: Apache-2.0
// What storages in files do alike: as a storage, as a file among others, and when it cannot be.
#include <thread>

#include "support/scoped_variable.hpp"
#include "token_storage/file_storages.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::ScopedVariable;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

template <class S> using FileTokenStorageTest = FileStorage<S>;
TYPED_TEST_SUITE(FileTokenStorageTest, FileStorages, FileStorageName);

TYPED_TEST(FileTokenStorageTest, StoresReplacesAndRemoves) {
  const auto storage = this->storage();
  EXPECT_THAT(storage.get_token_data_by_resource_server(), IsEmpty());
  storage.store_token_data_by_resource_server(stored_tokens("a"));
  auto others = stored_tokens("b");
  others.merge(stored_tokens("a", "second"));
  storage.store_token_data_by_resource_server(others);

  const auto again = this->storage();
  EXPECT_EQ(again.get_token_data_by_resource_server(), others);
  EXPECT_EQ(again.get_token_data("a"), stored_token("a", "second"));
  EXPECT_EQ(again.get_token_data("c"), std::nullopt);
  EXPECT_TRUE(again.remove_token_data("a"));
  EXPECT_FALSE(again.remove_token_data("a"));
  EXPECT_EQ(storage.get_token_data_by_resource_server(), stored_tokens("b"));
}

TYPED_TEST(FileTokenStorageTest, KeepsEveryCharacterOfWhatItStores) {
  const std::string odd = "'; DROP TABLE token_storage; -- \"\\ \u00e9\U0001F600 \n\x01";
  const auto storage = this->storage({.namespace_ = odd});
  storage.store_token_data_by_resource_server(stored_tokens(odd));
  EXPECT_EQ(this->storage({.namespace_ = odd}).get_token_data(odd), stored_token(odd));
}

TYPED_TEST(FileTokenStorageTest, KeepsNamespacesApart) {
  const auto mine = this->storage({.namespace_ = "mine"});
  const auto yours = this->storage({.namespace_ = "yours"});
  mine.store_token_data_by_resource_server(stored_tokens("a"));
  yours.store_token_data_by_resource_server(stored_tokens("a", "second"));
  EXPECT_EQ(mine.get_token_data("a"), stored_token("a"));
  EXPECT_EQ(yours.get_token_data("a"), stored_token("a", "second"));
  EXPECT_THAT(this->storage().get_token_data_by_resource_server(), IsEmpty());
  EXPECT_TRUE(mine.remove_token_data("a"));
  EXPECT_EQ(yours.get_token_data("a"), stored_token("a", "second"));
}

TYPED_TEST(FileTokenStorageTest, TouchesNothingBeforeTheFirstWrite) {
  this->file = this->folder.path / "one/two/tokens";
  const auto storage = this->storage();
  EXPECT_THAT(storage.get_token_data_by_resource_server(), IsEmpty());
  EXPECT_FALSE(storage.remove_token_data("a"));
  EXPECT_FALSE(storage.file_exists());
  EXPECT_FALSE(fs::exists(this->folder.path / "one"));
}

TYPED_TEST(FileTokenStorageTest, IsForItsOwnerAlone) {
  umask(0);
  fs::permissions(this->folder.path, static_cast<fs::perms>(0755));
  this->file = this->folder.path / "one/two/tokens";
  this->storage().store_token_data_by_resource_server(stored_tokens("a"));
  EXPECT_EQ(mode_of(this->file), 0600U);
  EXPECT_EQ(mode_of(this->folder.path / "one/two"), 0700U);
  EXPECT_EQ(mode_of(this->folder.path / "one"), 0700U);
  EXPECT_EQ(mode_of(this->folder.path), 0755U) << "a folder that was there was changed";
  for (const auto& name : this->names()) EXPECT_EQ(mode_of(this->file.parent_path() / name), 0600U);
  umask(022);
}

TYPED_TEST(FileTokenStorageTest, LeavesNothingBesideItButItsLock) {
  this->storage().store_token_data_by_resource_server(stored_tokens("a"));
  this->storage().remove_token_data("a");
  for (const auto& name : this->names()) {
    EXPECT_TRUE(name == "tokens" || name == "tokens.lock") << name;
  }
}

TYPED_TEST(FileTokenStorageTest, RefusesAFileThatOthersMayReadOrWrite) {
  const auto storage = this->storage();
  storage.store_token_data_by_resource_server(stored_tokens("a"));
  for (const int mode : {0640, 0604, 0620, 0602, 0644}) {
    fs::permissions(this->file, static_cast<fs::perms>(mode));
    const auto before = content_of(this->file);
    for (const auto& message : {storage_error(this->file, [&] { storage.get_token_data("a"); }),
                                storage_error(this->file, [&] { storage.remove_token_data("a"); }),
                                storage_error(this->file, [&] {
                                  storage.store_token_data_by_resource_server(stored_tokens("b"));
                                })}) {
      EXPECT_THAT(message, HasSubstr("chmod 600"));
    }
    EXPECT_EQ(content_of(this->file), before);
  }
  fs::permissions(this->file, static_cast<fs::perms>(0600));
  EXPECT_EQ(storage.get_token_data("a"), stored_token("a"));
}

TYPED_TEST(FileTokenStorageTest, RefusesAFileOfAnotherUser) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  const auto storage = this->storage();
  storage.store_token_data_by_resource_server(stored_tokens("a"));
  ASSERT_EQ(chown(this->file.c_str(), 12345, 12345), 0);
  EXPECT_THAT(storage_error(this->file, [&] { storage.get_token_data("a"); }),
              AllOf(HasSubstr("12345"), HasSubstr("run as its owner")));
  EXPECT_NE(storage_error(this->file,
                          [&] { storage.store_token_data_by_resource_server(stored_tokens("b")); }),
            "");
}

TYPED_TEST(FileTokenStorageTest, RefusesWhatIsNoFile) {
  fs::create_directory(this->file);
  const auto storage = this->storage();
  const auto store = [&] { storage.store_token_data_by_resource_server(stored_tokens("a")); };
  EXPECT_THAT(storage_error(this->file, store), HasSubstr("is a folder"));
  EXPECT_THAT(storage_error(this->file, [&] { storage.get_token_data("a"); }),
              HasSubstr("is a folder"));
  EXPECT_THAT(this->names(), ElementsAre("tokens")) << "a lock file was put beside a folder";
  fs::remove(this->file);
  ASSERT_EQ(mkfifo(this->file.c_str(), 0600), 0);
  EXPECT_THAT(storage_error(this->file, store), HasSubstr("no ordinary file"));
  EXPECT_THAT(storage_error(this->file, [&] { storage.get_token_data("a"); }),
              HasSubstr("no ordinary file"));
}

TYPED_TEST(FileTokenStorageTest, RefusesNamesThatCannotBeMeant) {
  EXPECT_THROW(TypeParam{""}, GlobusSDKUsageError);
  EXPECT_THROW(TypeParam{"folder/"}, GlobusSDKUsageError);
  EXPECT_THROW(TypeParam{std::string("a\0b", 3)}, GlobusSDKUsageError);
  EXPECT_THROW(this->storage({.lock_timeout = std::chrono::milliseconds(-1)}), GlobusSDKUsageError);
}

TYPED_TEST(FileTokenStorageTest, NamesTheFolderInWhichItStoodAtFirst) {
  const auto before = fs::current_path();
  fs::current_path(this->folder.path);
  const TypeParam storage("relative");
  fs::current_path(before);
  storage.store_token_data_by_resource_server(stored_tokens("a"));
  EXPECT_EQ(storage.filepath(), (this->folder.path / "relative").string());
  EXPECT_TRUE(fs::exists(this->folder.path / "relative"));
  EXPECT_TRUE(storage.file_exists());
}

TYPED_TEST(FileTokenStorageTest, ReplacesWhatALinkNamesAndLeavesTheLink) {
  fs::create_directory(this->folder.path / "real");
  fs::create_symlink("real/tokens", this->file);
  const auto storage = this->storage();
  storage.store_token_data_by_resource_server(stored_tokens("a"));
  storage.store_token_data_by_resource_server(stored_tokens("b"));
  EXPECT_TRUE(fs::is_symlink(this->file));
  EXPECT_TRUE(fs::is_regular_file(this->folder.path / "real/tokens"));
  EXPECT_EQ(TypeParam(this->folder.path / "real/tokens").get_token_data("a"), stored_token("a"));
  EXPECT_EQ(storage.get_token_data("b"), stored_token("b"));

  // the two names have one lock: where it is can be seen
  EXPECT_FALSE(fs::exists(this->folder.path / "tokens.lock"));

  fs::remove(this->file);
  fs::create_symlink("tokens", this->file);
  EXPECT_NE(message_of([&] { storage.get_token_data("a"); }), "nothing was thrown");
  EXPECT_NE(message_of([&] { storage.store_token_data_by_resource_server(stored_tokens("a")); }),
            "nothing was thrown");
}

TYPED_TEST(FileTokenStorageTest, MakesAFolderThatIsGone) {
  this->file = this->folder.path / "one/tokens";
  const auto storage = this->storage();
  storage.store_token_data_by_resource_server(stored_tokens("a"));
  fs::remove_all(this->folder.path / "one");
  EXPECT_THAT(storage.get_token_data_by_resource_server(), IsEmpty());
  storage.store_token_data_by_resource_server(stored_tokens("b"));
  EXPECT_EQ(storage.get_token_data_by_resource_server(), stored_tokens("b"));
  EXPECT_EQ(mode_of(this->folder.path / "one"), 0700U);
}

TYPED_TEST(FileTokenStorageTest, SaysThatAFolderCannotBeMade) {
  write_file(this->folder.path / "one", "a file where a folder would be");
  this->file = this->folder.path / "one/tokens";
  const auto storage = this->storage();
  EXPECT_NE(storage_error(this->file, [&] { storage.get_token_data("a"); }), "");
  const auto message =
      message_of([&] { storage.store_token_data_by_resource_server(stored_tokens("a")); });
  EXPECT_THAT(message,
              AllOf(HasSubstr((this->folder.path / "one").string()), HasSubstr("Not a directory")));
}

TYPED_TEST(FileTokenStorageTest, SaysThatAFolderCannotBeWritten) {
  fs::create_directory(this->folder.path / "theirs");
  fs::permissions(this->folder.path, static_cast<fs::perms>(0777));
  fs::permissions(this->folder.path / "theirs", static_cast<fs::perms>(0755));
  this->file = this->folder.path / "theirs/tokens";
  const auto folder_that_stays = fs::path(this->folder.path / "theirs");
  const auto storage = this->storage();
  const auto message = as_ordinary_user([&] {
    if (geteuid() != 65534) fs::permissions(folder_that_stays, static_cast<fs::perms>(0500));
    return message_of([&] { storage.store_token_data_by_resource_server(stored_tokens("a")); });
  });
  EXPECT_THAT(message, AllOf(HasSubstr(this->file.string()), HasSubstr("Permission denied"),
                             HasSubstr("own the file and its folder")));
  EXPECT_FALSE(fs::exists(this->file));
}

TYPED_TEST(FileTokenStorageTest, KeepsWhatIsInAFolderThatMayOnlyBeRead) {
  fs::permissions(this->folder.path, static_cast<fs::perms>(0777));
  this->file = this->folder.path / "mine/tokens";
  const auto storage = this->storage();
  const auto told = as_ordinary_user([&] {
    storage.store_token_data_by_resource_server(stored_tokens("a"));
    fs::permissions(this->file.parent_path(), static_cast<fs::perms>(0500));
    const auto stored =
        message_of([&] { storage.store_token_data_by_resource_server(stored_tokens("b")); });
    const auto removed = message_of([&] { storage.remove_token_data("a"); });
    const bool forgot = storage.remove_token_data("never stored");
    const bool kept = storage.get_token_data_by_resource_server() == stored_tokens("a");
    fs::permissions(this->file.parent_path(), static_cast<fs::perms>(0700));
    return stored + "\n" + removed + "\n" + (forgot ? "forgot " : "") + (kept ? "kept" : "lost");
  });
  EXPECT_THAT(told, testing::MatchesRegex(".*" + this->file.string() + ".*modes 600 and 700.*\n.*" +
                                          this->file.string() + ".*modes 600 and 700.*\nkept"));
}

TYPED_TEST(FileTokenStorageTest, RefusesGarbageAndLeavesItAsItIs) {
  for (const std::string garbage : {"garbage", "[]", "{}", "null", "\"text\"", "{\"data\": {}}",
                                    "SQLite format 3", "\xff\xfe\x00"}) {
    write_file(this->file, garbage);
    const auto storage = this->storage();
    EXPECT_NE(storage_error(this->file, [&] { storage.get_token_data("a"); }), "") << garbage;
    EXPECT_NE(
        storage_error(this->file,
                      [&] { storage.store_token_data_by_resource_server(stored_tokens("a")); }),
        "")
        << garbage;
    EXPECT_NE(storage_error(this->file, [&] { storage.remove_token_data("a"); }), "") << garbage;
    EXPECT_EQ(content_of(this->file), garbage);
  }
}

/// What came of a file that holds only the first so many bytes of a store.
template <class S>
void try_cut_off(const fs::path& file, const std::string& content, std::size_t size) {
  write_file(file, std::string_view(content).substr(0, size));
  const S storage(file);
  EXPECT_NE(storage_error(file, [&] { storage.get_token_data("a"); }), "") << size << " bytes";
  EXPECT_NE(
      storage_error(file, [&] { storage.store_token_data_by_resource_server(stored_tokens("b")); }),
      "")
      << size << " bytes";
  EXPECT_EQ(content_of(file), std::string_view(content).substr(0, size));
}

/// Every one for JSON; for SQLite, where an empty file is a new one, the ends of its pages and many
/// between.
std::vector<std::size_t> sizes_to_cut_to(std::size_t size, bool is_json) {
  std::vector<std::size_t> sizes;
  for (std::size_t at = is_json ? 0 : 1; at < size; at += is_json ? 1 : 61) sizes.push_back(at);
  for (std::size_t at = 512; !is_json && at < size; at += 512) sizes.push_back(at);
  return sizes;
}

TYPED_TEST(FileTokenStorageTest, RefusesAFileThatIsCutOffAnywhere) {
  this->storage().store_token_data_by_resource_server(stored_tokens("a"));
  const std::string content = content_of(this->file);
  const auto sizes = sizes_to_cut_to(content.size(), std::is_same_v<TypeParam, JSONTokenStorage>);
  // side by side, since each waits for somebody to write the rest
  constexpr std::size_t threads = 64;
  std::vector<std::jthread> running;
  for (std::size_t thread = 0; thread < threads; ++thread) {
    running.emplace_back([&, thread] {
      const fs::path cut = this->folder.path / ("cut-" + std::to_string(thread));
      for (std::size_t i = thread; i < sizes.size(); i += threads) {
        try_cut_off<TypeParam>(cut, content, sizes[i]);
        fs::remove(cut);
      }
    });
  }
}

TYPED_TEST(FileTokenStorageTest, LosesNothingBetweenThreads) {
  const auto storage = this->storage();
  std::vector<std::jthread> running;
  for (int thread = 0; thread < 8; ++thread) {
    running.emplace_back([&storage, thread] {
      for (int i = 0; i < 10; ++i) {
        const auto name = std::to_string(thread) + "-" + std::to_string(i);
        storage.store_token_data_by_resource_server(stored_tokens(name));
        EXPECT_EQ(storage.get_token_data(name), stored_token(name));
      }
    });
  }
  running.clear();
  EXPECT_EQ(storage.get_token_data_by_resource_server().size(), 80U);
}

TYPED_TEST(FileTokenStorageTest, GoesOnInTheChildOfAFork) {
  const auto storage = this->storage();
  storage.store_token_data_by_resource_server(stored_tokens("a"));
  const pid_t child = fork();
  if (child == 0) {
    storage.store_token_data_by_resource_server(stored_tokens("b"));
    _exit(storage.get_token_data("a") == stored_token("a") ? 0 : 1);
  }
  storage.store_token_data_by_resource_server(stored_tokens("c"));
  int status = -1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(storage.get_token_data_by_resource_server().size(), 3U);
}

TYPED_TEST(FileTokenStorageTest, IsWhereAnAppOfPythonsHasIt) {
  const ScopedVariable home("HOME", this->folder.path.string() + "/");
  const std::string extension = std::is_same_v<TypeParam, JSONTokenStorage> ? "json" : "db";
  const auto storage = TypeParam::for_globus_app("the-id", "My App. v2", "production", "space");
  EXPECT_EQ(storage.filepath(),
            (this->folder.path / ".globus/app/the-id/my-app--v2/tokens.").string() + extension);
  EXPECT_EQ(storage.namespace_(), "space");
  EXPECT_EQ(TypeParam::for_globus_app("the-id", "a", "sandbox", "x").filepath(),
            (this->folder.path / ".globus/app/the-id/a/sandbox-tokens.").string() + extension);
  EXPECT_THROW(TypeParam::for_globus_app("../id", "a", "production", "x"), GlobusSDKUsageError);
  EXPECT_THROW(TypeParam::for_globus_app("", "a", "production", "x"), GlobusSDKUsageError);
  EXPECT_THROW(TypeParam::for_globus_app("id", "a", "..", "x"), GlobusSDKUsageError);
}

TEST(AppName, BecomesAFolder) {
  const std::vector<std::pair<std::string, std::string>> slugs{
      {"App", "app"},
      {"a?b*c", "a+b+c"},
      {"<>:\"/\\|?*", "+++++++++"},
      {"a. b", "a--b"},
      {"a\tb\nc\x7f", "abc"},
      {"com10", "com10"},
      {"../../etc/passwd", "--+--+etc+passwd"},
      {"\u00c4pfel \u0416\u00a0\u200b", "\u00e4pfel-\u0436"},
      // of Unicode 15, which not every C library has: formats are not printed
      {"a\U00013439b\U0001343fc", "abc"},
  };
  for (const auto& [name, slug] : slugs) {
    EXPECT_EQ(detail::slugify_app_name(name), slug);
  }
  for (const std::string name : {"", "\n", "CON", "nul", "com1", "LPT9", "\xff", "\xe2\x82"}) {
    EXPECT_THROW(detail::slugify_app_name(name), GlobusSDKUsageError) << name;
  }
}

TEST(SQLiteTokenStorage, RefusesMemory) {
  EXPECT_THROW(SQLiteTokenStorage(":memory:"), GlobusSDKUsageError);
}

}  // namespace
}  // namespace globus_sdk
