// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/validating_token_storage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "token_storage/stored_tokens.hpp"

namespace globus_sdk {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string first_user = *stored_token("a").identity_id;

TokenStorageDataByResourceServer tokens_of(const std::optional<std::string>& identity,
                                           const std::string& resource_server = "a") {
  auto tokens = stored_tokens(resource_server);
  tokens.at(resource_server).identity_id = identity;
  return tokens;
}

/// Writes down what it is asked, and can refuse.
class Witness final : public TokenDataValidator {
 public:
  struct Seen {
    std::vector<std::string> questions;
    bool refuses = false;
  };
  explicit Witness(std::shared_ptr<Seen> seen) : seen_(std::move(seen)) {}

  void before_store(const TokenStorageDataByResourceServer& tokens,
                    const TokenValidationContext& context) const override {
    note("store", tokens, context);
  }
  void after_retrieve(const TokenStorageDataByResourceServer& tokens,
                      const TokenValidationContext& context) const override {
    note("retrieve", tokens, context);
  }

 private:
  void note(const std::string& what, const TokenStorageDataByResourceServer& tokens,
            const TokenValidationContext& context) const {
    seen_->questions.push_back(what + " " + std::to_string(tokens.size()) + " " +
                               context.prior_identity_id.value_or("-") + " " +
                               context.token_data_identity_id.value_or("-"));
    if (seen_->refuses) throw TokenValidationError("refused");
  }

  std::shared_ptr<Seen> seen_;
};

TEST(ValidatingTokenStorage, AsksItsValidatorsWithWhatIsKnown) {
  const auto seen = std::make_shared<Witness::Seen>();
  const MemoryTokenStorage memory{{.namespace_ = "mine"}};
  const ValidatingTokenStorage storage{memory, {.validators = {Witness(seen)}}};
  EXPECT_EQ(storage.namespace_(), "mine");
  EXPECT_EQ(storage.identity_id(), std::nullopt);

  EXPECT_TRUE(storage.get_token_data_by_resource_server().empty());
  storage.store_token_data_by_resource_server(tokens_of("u1"));
  EXPECT_EQ(storage.identity_id(), "u1");
  storage.store_token_data_by_resource_server(tokens_of("u2", "b"));
  EXPECT_EQ(storage.identity_id(), "u1") << "whose tokens came first";
  EXPECT_EQ(storage.get_token_data("b")->identity_id, "u2");
  EXPECT_TRUE(storage.remove_token_data("b"));
  EXPECT_FALSE(memory.get_token_data("b"));
  EXPECT_THAT(seen->questions,
              ElementsAre("retrieve 0 - -", "store 1 - u1", "store 1 u1 u2", "retrieve 1 u1 u2"));
}

TEST(ValidatingTokenStorage, KnowsWhoseTokensThereAre) {
  const MemoryTokenStorage memory;
  memory.store_token_data_by_resource_server(tokens_of("u1", "a"));
  memory.store_token_data_by_resource_server(tokens_of(std::nullopt, "b"));
  EXPECT_EQ(ValidatingTokenStorage{memory}.identity_id(), "u1");
  memory.store_token_data_by_resource_server(tokens_of("u2", "c"));
  EXPECT_THROW(ValidatingTokenStorage{memory}, ValidationError);
}

TEST(ValidatingTokenStorage, StoresNothingThatAValidatorRefuses) {
  const auto seen = std::make_shared<Witness::Seen>();
  const MemoryTokenStorage memory;
  const ValidatingTokenStorage storage{memory};
  storage.add_validator(Witness(seen));
  seen->refuses = true;
  EXPECT_THROW(storage.store_token_data_by_resource_server(tokens_of("u1")), TokenValidationError);
  EXPECT_TRUE(memory.get_token_data_by_resource_server().empty());
  EXPECT_EQ(storage.identity_id(), std::nullopt) << "of tokens that were not stored";
  seen->refuses = false;
  storage.store_token_data_by_resource_server(tokens_of("u2"));
  EXPECT_EQ(storage.identity_id(), "u2");
  seen->refuses = true;
  EXPECT_THROW(storage.get_token_data("a"), TokenValidationError);
  EXPECT_THROW(storage.get_token_data_by_resource_server(), TokenValidationError);
  EXPECT_EQ(storage.identity_id(), "u2");
}

TEST(ValidatingTokenStorage, SaysThatATokenIsMissing) {
  const ValidatingTokenStorage storage{MemoryTokenStorage{}};
  try {
    storage.get_token_data("a");
    FAIL() << "nothing is stored";
  } catch (const MissingTokenError& error) {
    EXPECT_EQ(error.resource_server(), "a");
    EXPECT_STREQ(error.what(), "No token data for a");
  }
}

Json refreshed(const std::string& resource_server) {
  return {{"access_token", "new-access"},
          {"expires_in", 100},
          {"resource_server", resource_server},
          {"scope", "email"},
          {"token_type", "Bearer"}};
}

TEST(ValidatingTokenStorage, KeepsTheIdentityOverARefresh) {
  const ValidatingTokenStorage storage{
      MemoryTokenStorage{},
      {.validators = {UnchangingIdentityIDValidator{}, NotExpiredValidator{}}}};
  auto expired = stored_tokens("a");
  expired.at("a").expires_at_seconds = 1;
  storage.store_token_data_by_resource_server(expired);
  const OAuthTokenResponse answer = OAuthRefreshTokenResponse(token_answer(refreshed("a")));
  storage.store_token_response(answer);
  EXPECT_EQ(storage.get_token_data("a")->identity_id, first_user);
  EXPECT_EQ(storage.get_token_data("a")->refresh_token, stored_token("a").refresh_token);
  EXPECT_EQ(storage.get_token_data("a")->access_token, "new-access");

  // a resource server that is new to it
  storage.store_token_response(OAuthRefreshTokenResponse(token_answer(refreshed("b"))));
  EXPECT_EQ(storage.get_token_data("b")->identity_id, first_user);
  EXPECT_THROW(storage.store_token_response(OAuthTokenResponse(token_answer(refreshed("a")))),
               MissingIdentityError);
}

TEST(ValidatingTokenStorage, LetsOneIdentityInHoweverManyThreadsStore) {
  const ValidatingTokenStorage storage{MemoryTokenStorage{},
                                       {.validators = {UnchangingIdentityIDValidator{}}}};
  std::atomic<int> stored{0};
  std::vector<std::jthread> running;
  for (int thread = 0; thread < 4; ++thread) {
    running.emplace_back([&, thread] {
      try {
        storage.store_token_data_by_resource_server(
            tokens_of("user-" + std::to_string(thread), std::to_string(thread)));
        ++stored;
      } catch (const IdentityMismatchError&) {}
    });
  }
  running.clear();
  EXPECT_EQ(stored, 1);
}

TEST(Validators, WantRefreshTokens) {
  auto tokens = stored_tokens("a");
  HasRefreshTokensValidator{}.after_retrieve(tokens, {});
  tokens.at("a").refresh_token.reset();
  HasRefreshTokensValidator{}.before_store(tokens, {});
  try {
    HasRefreshTokensValidator{}.after_retrieve(tokens, {});
    FAIL() << "there is no refresh token";
  } catch (const MissingTokenError& error) {
    EXPECT_EQ(error.resource_server(), "a");
    EXPECT_THAT(error.what(), AllOf(HasSubstr("refresh_token"), Not(HasSubstr("access-of"))));
  }
}

TEST(Validators, WantTokensThatHaveNotExpired) {
  const auto at = [](std::int64_t milliseconds) {
    return NotExpiredValidator([milliseconds] {
      return std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds));
    });
  };
  auto tokens = stored_tokens("a");
  tokens.at("a").expires_at_seconds = 1'700'000'000;
  at(1'700'000'000'000).after_retrieve(tokens, {});
  at(1'700'000'000'001).before_store(tokens, {});
  try {
    at(1'700'000'000'001).after_retrieve(tokens, {});
    FAIL() << "it has expired";
  } catch (const ExpiredTokenError& error) {
    EXPECT_EQ(error.expires_at_seconds(), 1'700'000'000);
    EXPECT_EQ(error.expiration().time_since_epoch().count(), 1'700'000'000);
    EXPECT_STREQ(error.what(), "Token expired at 2023-11-14T22:13:20Z");
  }
  tokens.at("a").expires_at_seconds = std::numeric_limits<std::int64_t>::max();
  NotExpiredValidator{}.after_retrieve(tokens, {});
  tokens.at("a").expires_at_seconds = std::numeric_limits<std::int64_t>::min();
  EXPECT_THROW(NotExpiredValidator{}.after_retrieve(tokens, {}), ExpiredTokenError);
}

TEST(Validators, WantTheSameIdentity) {
  const UnchangingIdentityIDValidator validator;
  const auto tokens = stored_tokens("a");
  validator.before_store(tokens, {.prior_identity_id = {}, .token_data_identity_id = "u1"});
  validator.before_store(tokens, {.prior_identity_id = "u1", .token_data_identity_id = "u1"});
  validator.after_retrieve(tokens, {.prior_identity_id = "u1", .token_data_identity_id = "u2"});
  EXPECT_THROW(validator.before_store(tokens, {}), MissingIdentityError);
  EXPECT_THROW(
      validator.before_store(tokens, {.prior_identity_id = "u1", .token_data_identity_id = {}}),
      IdentityValidationError);
  try {
    validator.before_store(tokens, {.prior_identity_id = "u1", .token_data_identity_id = "u2"});
    FAIL() << "the identity has changed";
  } catch (const IdentityMismatchError& error) {
    EXPECT_EQ(error.stored_id(), "u1");
    EXPECT_EQ(error.new_id(), "u2");
  }
}

}  // namespace
}  // namespace globus_sdk
