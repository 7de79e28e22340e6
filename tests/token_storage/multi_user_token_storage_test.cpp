// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/multi_user_token_storage.hpp"

#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "token_storage/file_storages.hpp"
#include "token_storage/storage_of_many_users.hpp"

namespace globus_sdk {
namespace {

template <class S> struct InFile {
  S storage() const { return S(folder.path / "tokens"); }
  static std::string why_not() { return {}; }
  globus_sdk_test::ScopedFolder folder{memory_folder()};
};

struct InMemory {
  MemoryTokenStorage storage() const { return MemoryTokenStorage(); }
  static std::string why_not() { return {}; }
};

INSTANTIATE_TYPED_TEST_SUITE_P(Json, StorageOfManyUsers, InFile<JSONTokenStorage>);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, StorageOfManyUsers, InFile<SQLiteTokenStorage>);
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, StorageOfManyUsers, InMemory);

template <class S> class FileOfManyUsers : public FileStorage<S> {};
TYPED_TEST_SUITE(FileOfManyUsers, FileStorages, FileStorageName);

TYPED_TEST(FileOfManyUsers, MakesNothingForAQuestion) {
  EXPECT_THAT(this->storage().iter_namespaces(), IsEmpty());
  EXPECT_THAT(this->storage().tokens_by_expiry(), IsEmpty());
  EXPECT_EQ(this->storage().remove_namespace("a"), 0U);
  EXPECT_THAT(this->names(), IsEmpty());
}

TYPED_TEST(FileOfManyUsers, RefusesToListExpiriesOfWhatIsNoToken) {
  this->storage().store_token_data_by_resource_server(stored_tokens("x"));
  std::string content = content_of(this->file);
  const std::string number = "4000000000";
  const auto found = content.find(number);
  ASSERT_NE(found, std::string::npos);
  content.replace(found, number.size(), "\"00000000\"");
  write_file(this->file, content);
  EXPECT_THAT(
      storage_error(this->file, [this] { this->storage().tokens_by_expiry({.before = 1}); }),
      testing::HasSubstr("no token"));
}

}  // namespace
}  // namespace globus_sdk
