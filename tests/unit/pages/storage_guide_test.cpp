// SPDX-License-Identifier: Apache-2.0
// What docs/guide/storage.md shows beside its first program, compiled and run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

#include "support/scoped_folder.hpp"

using namespace globus_sdk;

namespace {

const std::string transfer{TransferScopes.resource_server};
const ConfidentialAppAuthClient client{"a client", "a secret"};

class StorageGuide : public testing::Test {
 protected:
  globus_sdk_test::ScopedFolder folder;
  std::string file = folder.path / "tokens.json";
};

TokenStorageData data() {
  return {.resource_server = transfer,
          .identity_id = "an identity",
          .scope = std::string(TransferScopes.all),
          .access_token = "an access token",
          .refresh_token = "a refresh token",
          .expires_at_seconds = 4'102'444'800,
          .token_type = "Bearer"};
}

TEST_F(StorageGuide, Sealed) {
  const TokenStorageData token = data();
  const std::string key_file = folder.path / "key";
  const std::string& new_key = key_file;
  const std::string& old_key = key_file;
  const std::string database = folder.path / "tokens.db";
  std::ofstream(key_file) << std::string(42, 'k') << "A=\n";
  std::filesystem::permissions(key_file, std::filesystem::perms::owner_read);
  //! [sealed]
  const TokenSealer sealer{{SealingKey::from_file(key_file)}};
  const SQLiteTokenStorage storage{database, {.sealer = sealer}};
  storage.store_token_data_by_resource_server({{transfer, token}});
  //! [sealed]
  //! [two-keys]
  // the first key seals, and all of them open
  const TokenSealer changing{{SealingKey::from_file(new_key), SealingKey::from_file(old_key)}};
  //! [two-keys]
  EXPECT_EQ(SQLiteTokenStorage(database, {.sealer = changing}).get_token_data(transfer), token);
  EXPECT_THROW(SQLiteTokenStorage(database).get_token_data(transfer), TokenSealError);
}

TEST_F(StorageGuide, Using) {
  const TokenStorageData token = data();
  //! [using]
  const JSONTokenStorage storage{file, {.namespace_ = "my-profile"}};
  storage.store_token_data_by_resource_server({{transfer, token}});

  if (const auto stored = storage.get_token_data(transfer))
    std::cout << stored->scope << ", until " << stored->expires_at_seconds << '\n';
  storage.remove_token_data(transfer);
  //! [using]
  EXPECT_TRUE(storage.file_exists());
  EXPECT_TRUE(storage.get_token_data_by_resource_server().empty());
}

TEST_F(StorageGuide, Authorizers) {
  const std::string database = file + ".db";
  //! [authorizers]
  const SQLiteTokenStorage storage{database};
  StoredTokenAuthorizer of_the_user{storage, transfer, client, {.lock_timeout = 30s}};
  StoredTokenAuthorizer of_the_service{storage, transfer, client, TransferScopes.all};
  //! [authorizers]
  EXPECT_FALSE(storage.file_exists());
}

TEST_F(StorageGuide, Validators) {
  //! [validators]
  const ValidatingTokenStorage storage{
      JSONTokenStorage{file},
      {.validators = {HasRefreshTokensValidator{}, NotExpiredValidator{},
                      UnchangingIdentityIDValidator{}}}};
  try {
    const auto token = storage.get_token_data(transfer);
    std::cout << "of " << storage.identity_id().value_or("nobody") << '\n';
  } catch (const MissingTokenError& error) {
    std::cout << "nothing is stored for " << error.resource_server() << '\n';
  } catch (const TokenValidationError& error) {
    std::cout << "it will not do: " << error.what() << '\n';
  }
  //! [validators]
  EXPECT_THROW(storage.get_token_data(transfer), MissingTokenError);
  storage.store_token_data_by_resource_server({{transfer, data()}});
  EXPECT_EQ(storage.get_token_data(transfer)->access_token, "an access token");
}

TEST_F(StorageGuide, ManyUsers) {
  const std::string database = file;
  const std::string user = "alice";
  const TokenStorageData token = data();
  const std::int64_t in_an_hour = token.expires_at_seconds + 1;
  testing::internal::CaptureStdout();
  //! [many-users]
  const SQLiteTokenStorage storage{database};
  storage.in_namespace(user)->store_token_data_by_resource_server({{transfer, token}});

  for (const std::string& name : storage.iter_namespaces({.limit = 100})) std::cout << name << '\n';
  for (const TokenExpiry& expiry : storage.tokens_by_expiry({.before = in_an_hour}))
    std::cout << expiry.namespace_ << " has a token that expires soon\n";

  storage.remove_namespace(user);  // deletes the user, with all tokens
  //! [many-users]
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "alice\nalice has a token that expires soon\n");
  EXPECT_TRUE(storage.iter_namespaces().empty());
}

//! [own-validator]
/// Accepts tokens of the services that this program uses, and no others.
class OnlyTransferValidator final : public TokenDataValidator {
 public:
  void before_store(const TokenStorageDataByResourceServer& tokens,
                    const TokenValidationContext&) const override {
    for (const auto& [resource_server, token] : tokens)
      if (resource_server != TransferScopes.resource_server)
        throw TokenValidationError("a token for " + resource_server);
  }
};
//! [own-validator]

TEST_F(StorageGuide, AValidatorOfOnesOwn) {
  const ValidatingTokenStorage storage(MemoryTokenStorage(),
                                       {.validators = {OnlyTransferValidator{}}});
  storage.store_token_data_by_resource_server({{transfer, data()}});
  EXPECT_THROW(storage.store_token_data_by_resource_server({{"other.example", data()}}),
               TokenValidationError);
}

TEST_F(StorageGuide, Errors) {
  std::ofstream(file) << "{";
  std::filesystem::permissions(file, std::filesystem::perms::owner_read);
  const JSONTokenStorage storage{file};
  testing::internal::CaptureStderr();
  //! [errors]
  try {
    storage.get_token_data(transfer);
  } catch (const TokenStorageError& error) {
    std::cerr << error.what() << '\n';  // what is wrong with which file, and what to do
  }
  //! [errors]
  EXPECT_THAT(testing::internal::GetCapturedStderr(), testing::HasSubstr(file));
}

}  // namespace
