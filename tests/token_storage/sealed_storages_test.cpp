// SPDX-License-Identifier: Apache-2.0
// Storages with a sealer: what they write, what they read, and what a program without the key
// meets.
#include <sqlite3.h>

#include <thread>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "token_storage/file_storages.hpp"

namespace globus_sdk {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TokenSealer sealer_of(const std::vector<char>& letters) {
  std::vector<SealingKey> keys;
  for (const char letter : letters) {
    keys.push_back(SealingKey::from_base64(std::string(42, letter) + "A="));
  }
  return TokenSealer(keys);
}

template <class S> class SealedStorage : public FileStorage<S> {
 protected:
  S sealed(const std::vector<char>& letters = {'k'}) const {
    return this->storage({.sealer = sealer_of(letters)});
  }
};
TYPED_TEST_SUITE(SealedStorage, FileStorages, FileStorageName);

TYPED_TEST(SealedStorage, KeepsNoTokenInTheFile) {
  this->sealed().store_token_data_by_resource_server(stored_tokens("x"));
  EXPECT_EQ(this->sealed().get_token_data("x"), stored_token("x"));
  EXPECT_THAT(content_of(this->file),
              AllOf(Not(HasSubstr("access-of")), Not(HasSubstr("refresh-of")),
                    HasSubstr("sealed by globus-sdk-cpp")));
  EXPECT_EQ(this->sealed().tokens_by_expiry(),
            (std::vector<TokenExpiry>{{"DEFAULT", "x", 4'000'000'000}}));
  EXPECT_EQ(this->sealed().in_namespace("y")->get_token_data("x"), std::nullopt);
}

TYPED_TEST(SealedStorage, SealsWhatWasStoredBeforeWhenItIsStoredAgain) {
  this->storage().store_token_data_by_resource_server(stored_tokens("x"));
  EXPECT_EQ(this->sealed().get_token_data("x"), stored_token("x"));
  EXPECT_THAT(content_of(this->file), HasSubstr("access-of-x-first"));
  this->sealed().store_token_data_by_resource_server(stored_tokens("x", "second"));
  EXPECT_EQ(this->sealed().get_token_data("x"), stored_token("x", "second"));
  EXPECT_THAT(content_of(this->file), Not(HasSubstr("access-of-x-second")));
}

TYPED_TEST(SealedStorage, IsRefusedWithoutASealerAndStaysAsItWas) {
  this->sealed().store_token_data_by_resource_server(stored_tokens("x"));
  const auto before = content_of(this->file);
  const auto plain = this->storage();
  EXPECT_THAT(storage_error(this->file, [&] { plain.get_token_data("x"); }),
              AllOf(HasSubstr("x is sealed"), HasSubstr("'sealer'")));
  EXPECT_THAT(storage_error(this->file,
                            [&] { plain.store_token_data_by_resource_server(stored_tokens("x")); }),
              HasSubstr("is sealed"));
  EXPECT_EQ(content_of(this->file), before);
  EXPECT_EQ(plain.tokens_by_expiry().size(), 1U) << "which shows no token";
  EXPECT_TRUE(plain.remove_token_data("x"));
  plain.store_token_data_by_resource_server(stored_tokens("x"));
  EXPECT_EQ(plain.get_token_data("x"), stored_token("x"));
}

TYPED_TEST(SealedStorage, ChangesItsKeyInSteps) {
  this->sealed({'k'}).store_token_data_by_resource_server(stored_tokens("x"));
  EXPECT_THAT(storage_error(this->file, [this] { this->sealed({'m'}).get_token_data("x"); }),
              HasSubstr("a key that this program does not have"));
  const auto both = this->sealed({'m', 'k'});
  const auto token = both.get_token_data("x");
  ASSERT_EQ(token, stored_token("x"));
  both.store_token_data_by_resource_server({{"x", *token}});
  EXPECT_EQ(this->sealed({'m'}).get_token_data("x"), stored_token("x"));
}

TYPED_TEST(SealedStorage, RefusesATokenUnderAnotherName) {
  EXPECT_THROW(this->sealed().store_token_data_by_resource_server({{"y", stored_token("x")}}),
               GlobusSDKUsageError);
  EXPECT_FALSE(fs::exists(this->file));
}

TYPED_TEST(SealedStorage, IsUsedByManyThreads) {
  std::vector<std::jthread> threads;
  const auto storage = this->sealed();
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&storage, thread] {
      const auto name = std::to_string(thread);
      for (int i = 0; i < 5; ++i) {
        storage.store_token_data_by_resource_server(stored_tokens(name, std::to_string(i)));
        EXPECT_EQ(storage.get_token_data(name), stored_token(name, std::to_string(i)));
      }
    });
  }
  threads.clear();
  EXPECT_EQ(storage.get_token_data_by_resource_server().size(), 4U);
}

TEST(SealedJson, SaysInItsFormatWhetherItIsSealed) {
  const globus_sdk_test::ScopedFolder folder;
  const auto file = folder.path / "tokens";
  const JSONTokenStorage sealed(file, {.sealer = sealer_of({'k'})});
  sealed.store_token_data_by_resource_server(stored_tokens("x"));
  EXPECT_THAT(content_of(file), HasSubstr(R"("format_version":"2.0, sealed by globus-sdk-cpp)"));
  EXPECT_TRUE(sealed.remove_token_data("x"));
  EXPECT_THAT(content_of(file), HasSubstr(R"("format_version":"2.0")"));
}

/// Python's writers replace a row without reading it.
TEST(SealedSqlite, LetsNobodyReplaceASealedRowWithAnOpenOne) {
  const globus_sdk_test::ScopedFolder folder;
  const auto file = folder.path / "tokens";
  const SQLiteTokenStorage sealed(file, {.sealer = sealer_of({'k'})});
  sealed.store_token_data_by_resource_server(stored_tokens("x"));
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &connection), SQLITE_OK);
  const auto replace = [&](const std::string& resource_server) {
    char* error = nullptr;
    const std::string statement =
        "REPLACE INTO token_storage VALUES ('DEFAULT', '" + resource_server + "', '{}')";
    sqlite3_exec(connection, statement.c_str(), nullptr, nullptr, &error);
    const std::string text = error == nullptr ? "" : error;
    sqlite3_free(error);
    return text;
  };
  EXPECT_THAT(replace("x"), HasSubstr("sealed by globus-sdk-cpp"));
  EXPECT_EQ(replace("y"), "") << "another row is not sealed";
  sqlite3_close(connection);
  EXPECT_TRUE(sealed.remove_token_data("y"));
  EXPECT_EQ(sealed.get_token_data("x"), stored_token("x"));
}

TEST(OpenMemory, KeepsMembersThatThisSdkDoesNotKnow) {
  const MemoryTokenStorage storage;
  auto data = stored_token("x");
  data.extra = Json{{"more", 1}};
  storage.store_token_data_by_resource_server({{"x", data}});
  EXPECT_EQ(storage.get_token_data("x"), data);
}

TEST(SealedMemory, OpensWhatItSealed) {
  const MemoryTokenStorage storage{{.sealer = sealer_of({'k'})}};
  storage.store_token_data_by_resource_server(stored_tokens("x"));
  EXPECT_EQ(storage.get_token_data("x"), stored_token("x"));
  EXPECT_EQ(storage.in_namespace("y")->get_token_data("x"), std::nullopt);
  EXPECT_EQ(storage.tokens_by_expiry().size(), 1U);
}

}  // namespace
}  // namespace globus_sdk
