// SPDX-License-Identifier: Apache-2.0
// Sealed tokens: what is sealed can be opened with its key, for its user and service, and not
// otherwise.
#include "globus_sdk/token_storage/token_sealer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <sstream>
#include <thread>

#include "globus_sdk/core/errors.hpp"
#include "support/scoped_variable.hpp"
#include "token_storage/file_storages.hpp"

namespace globus_sdk {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string first_key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const std::string second_key = "////////////////////////////////////////////";

SealingKey first() {
  return SealingKey::from_base64(first_key);
}
SealingKey second() {
  return SealingKey::from_base64("+" + std::string(41, 'B') + "A=");
}

/// The message of the TokenSealError that opening throws; it shows neither token nor key.
std::string seal_error(const TokenSealer& sealer, const std::string& name,
                       const std::string& resource_server, const Json& document) {
  try {
    sealer.unseal(name, resource_server, document, "STORAGE");
  } catch (const TokenSealError& error) {
    EXPECT_EQ(error.resource_server(), resource_server);
    EXPECT_EQ(error.filepath(), "STORAGE");
    EXPECT_THAT(error.what(), AllOf(HasSubstr("STORAGE"), HasSubstr(resource_server),
                                    Not(HasSubstr("access-of")), Not(HasSubstr("AAEC"))));
    return error.what();
  }
  return "nothing was thrown";
}

Json with(const Json& document, const std::string& member, const Json& value) {
  auto members = document.view().as<std::map<std::string, Json>>();
  members[member] = value;
  return members;
}

TEST(TokenSealer, OpensWhatItSealed) {
  const TokenSealer sealer({first()});
  TokenStorageData plain = stored_token("x");
  plain.refresh_token.reset();
  plain.scope.clear();
  plain.access_token.clear();
  TokenStorageData large = stored_token("x");
  large.access_token = std::string(5'000'000, 'a');
  for (const auto& data : {stored_token("x"), plain, large}) {
    const Json document = sealer.seal("user", data);
    EXPECT_TRUE(TokenSealer::is_sealed(document));
    EXPECT_EQ(sealer.unseal("user", "x", Json::parse(document.dump())), data);
  }
  EXPECT_FALSE(TokenSealer::is_sealed(stored_token("x").to_dict()));
  EXPECT_FALSE(TokenSealer::is_sealed(nullptr));
}

TEST(TokenSealer, ShowsServiceAndExpiryAlone) {
  const TokenSealer sealer({first()});
  const Json document = sealer.seal("user", stored_token("x"));
  EXPECT_EQ(document.view()["resource_server"].as<std::string>(), "x");
  EXPECT_EQ(document.view()["expires_at_seconds"].as<std::int64_t>(), 4'000'000'000);
  const std::string text = document.dump();
  EXPECT_THAT(text, AllOf(Not(HasSubstr("access-of")), Not(HasSubstr("refresh-of")),
                          Not(HasSubstr("all-of")), Not(HasSubstr("5a1c5c7e"))));
  EXPECT_NE(text, sealer.seal("user", stored_token("x")).dump()) << "each has a nonce of its own";
}

TEST(TokenSealer, RefusesWhatWasPutInThePlaceOfAnother) {
  const TokenSealer sealer({first()});
  const Json document = sealer.seal("user", stored_token("x"));
  EXPECT_THAT(seal_error(sealer, "other", "x", document), HasSubstr("was changed"));
  EXPECT_THAT(seal_error(sealer, "user", "y", document), HasSubstr("was changed"));
  EXPECT_THAT(seal_error(sealer, "user", "x", with(document, "expires_at_seconds", 5)),
              HasSubstr("was changed"));
}

TEST(TokenSealer, RefusesWhatWasChanged) {
  const TokenSealer sealer({first()});
  const Json document = sealer.seal("user", stored_token("x"));
  for (const auto* member : {"sealed", "nonce"}) {
    std::string text = document.view()[member].as<std::string>();
    for (const std::size_t at : {std::size_t{0}, text.size() / 2, text.size() - 2}) {
      std::string changed = text;
      changed[at] = changed[at] == 'A' ? 'B' : 'A';
      EXPECT_THAT(seal_error(sealer, "user", "x", with(document, member, changed)),
                  HasSubstr("was changed"));
    }
    for (const Json& wrong : {Json(""), Json("*"), Json(1), Json(nullptr)}) {
      EXPECT_THAT(seal_error(sealer, "user", "x", with(document, member, wrong)),
                  HasSubstr("is damaged"));
    }
  }
  EXPECT_THAT(seal_error(sealer, "user", "x", with(document, "sealed_format", 2)),
              HasSubstr("newer version"));
  EXPECT_THAT(seal_error(sealer, "user", "x", with(document, "sealed_by", "other")),
              HasSubstr("another program"));
  EXPECT_THAT(seal_error(sealer, "user", "x", stored_token("x").to_dict()),
              HasSubstr("is not sealed"));
}

TEST(TokenSealer, OpensWithEachOfSeveralKeysAndSealsWithTheFirst) {
  const TokenSealer before({first()});
  const TokenSealer both({second(), first()});
  const TokenSealer after({second()});
  const Json old_document = before.seal("user", stored_token("x"));
  EXPECT_EQ(both.unseal("user", "x", old_document), stored_token("x"));
  EXPECT_EQ(after.unseal("user", "x", both.seal("user", stored_token("x"))), stored_token("x"));
  EXPECT_THAT(seal_error(after, "user", "x", old_document),
              AllOf(HasSubstr("a key that this program does not have"), HasSubstr("add the key")));
}

TEST(TokenSealer, AsksAKeyServiceOnceAndAgainForAKeyThatItDoesNotKnow) {
  std::atomic<int> asked = 0;
  std::vector<SealingKey> keys{first()};
  const TokenSealer sealer([&] {
    ++asked;
    return keys;
  });
  EXPECT_EQ(asked, 0);
  const Json document = sealer.seal("user", stored_token("x"));
  EXPECT_EQ(sealer.unseal("user", "x", document), stored_token("x"));
  EXPECT_EQ(asked, 1);
  const Json newer = TokenSealer({second()}).seal("user", stored_token("x"));
  keys = {second(), first()};
  EXPECT_EQ(sealer.unseal("user", "x", newer), stored_token("x"));
  EXPECT_EQ(asked, 2);
}

TEST(TokenSealer, ManyThreadsWaitForOneAnswer) {
  std::atomic<int> asked = 0;
  const TokenSealer sealer([&] {
    ++asked;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return std::vector<SealingKey>{first()};
  });
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      EXPECT_EQ(sealer.unseal("user", "x", sealer.seal("user", stored_token("x"))),
                stored_token("x"));
    });
  }
  threads.clear();
  EXPECT_EQ(asked, 1);
}

TEST(TokenSealer, AsksAgainAfterAKeyServiceFailed) {
  int asked = 0;
  const TokenSealer sealer([&]() -> std::vector<SealingKey> {
    ++asked;
    if (asked == 1) throw std::runtime_error("the service is away");
    if (asked == 2) return {};
    return {first()};
  });
  EXPECT_THROW(sealer.seal("user", stored_token("x")), std::runtime_error);
  EXPECT_THROW(sealer.seal("user", stored_token("x")), GlobusSDKUsageError);
  EXPECT_NO_THROW(sealer.seal("user", stored_token("x")));
}

TEST(TokenSealer, NeedsKeys) {
  EXPECT_THROW(TokenSealer(std::vector<SealingKey>{}), GlobusSDKUsageError);
  EXPECT_THROW(TokenSealer(std::function<std::vector<SealingKey>()>{}), GlobusSDKUsageError);
}

/// The message of the GlobusSDKUsageError that `action` throws, which has no character of a key.
std::string key_error(const std::function<void()>& action) {
  try {
    action();
  } catch (const GlobusSDKUsageError& error) {
    EXPECT_THAT(error.what(), AllOf(Not(HasSubstr("AAEC")), Not(HasSubstr("hh8"))));
    return error.what();
  }
  return "nothing was thrown";
}

TEST(SealingKey, IsReadFromAFileOfItsOwners) {
  const globus_sdk_test::ScopedFolder folder;
  const auto file = folder.path / "key";
  write_file(file, first_key + "\n");
  const Json document = TokenSealer({SealingKey::from_file(file)}).seal("u", stored_token("x"));
  EXPECT_EQ(TokenSealer({first()}).unseal("u", "x", document), stored_token("x"));

  fs::permissions(file, static_cast<fs::perms>(0640));
  EXPECT_THAT(key_error([&] { SealingKey::from_file(file); }),
              AllOf(HasSubstr(file.string()), HasSubstr("mode 600")));
  EXPECT_THAT(key_error([&] { SealingKey::from_file(folder.path); }), HasSubstr("ordinary file"));
  EXPECT_THAT(key_error([&] { SealingKey::from_file(folder.path / "none"); }),
              HasSubstr("cannot be read"));
  EXPECT_THAT(key_error([&] { SealingKey::from_file(""); }), HasSubstr("filepath"));
  write_file(file, first_key + first_key);
  EXPECT_THAT(key_error([&] { SealingKey::from_file(file); }), HasSubstr("openssl rand"));
}

TEST(SealingKey, IsReadFromTheEnvironment) {
  const globus_sdk_test::ScopedVariable variable("GLOBUS_SDK_TEST_KEY", first_key);
  const auto key = SealingKey::from_environment("GLOBUS_SDK_TEST_KEY");
  EXPECT_NO_THROW(
      TokenSealer({first()}).unseal("u", "x", TokenSealer({key}).seal("u", stored_token("x"))));
  EXPECT_THAT(key_error([] { SealingKey::from_environment("GLOBUS_SDK_TEST_NO_KEY"); }),
              AllOf(HasSubstr("GLOBUS_SDK_TEST_NO_KEY"), HasSubstr("not set")));
}

TEST(SealingKey, RefusesWhatIsNoKey) {
  for (const std::string& wrong :
       {std::string(), first_key.substr(4), first_key + "=", first_key.substr(0, 43),
        " " + first_key, std::string(44, '='), second_key, "-" + first_key.substr(1)}) {
    EXPECT_THAT(key_error([&] { SealingKey::from_base64(wrong); }), HasSubstr("32 bytes"));
  }
}

TEST(SealingKey, PrintsNothingOfItself) {
  std::ostringstream text;
  text << first();
  EXPECT_EQ(text.str(), "sealing key");
}

}  // namespace
}  // namespace globus_sdk
