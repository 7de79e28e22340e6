// SPDX-License-Identifier: Apache-2.0
// What every storage does, with the one that has the least to do.
#include "globus_sdk/token_storage/memory_token_storage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "core/base/base64.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "support/child_process.hpp"
#include "token_storage/id_token_subject.hpp"
#include "token_storage/stored_tokens.hpp"

namespace globus_sdk {
namespace {

Json token_document(const std::string& resource_server) {
  return {{"access_token", "new-access"},
          {"expires_in", 172800},
          {"resource_server", resource_server},
          {"scope", "email"},
          {"token_type", "Bearer"}};
}

Json with(const Json& document, const std::string& key, const Json& value) {
  auto members = document.view().as<std::map<std::string, Json>>();
  members[key] = value;
  return members;
}

TEST(MemoryTokenStorage, StoresReplacesAndRemoves) {
  const MemoryTokenStorage storage;
  EXPECT_EQ(storage.namespace_(), "DEFAULT");
  EXPECT_TRUE(storage.get_token_data_by_resource_server().empty());

  storage.store_token_data_by_resource_server(stored_tokens("a"));
  storage.store_token_data_by_resource_server(stored_tokens("b"));
  storage.store_token_data_by_resource_server(stored_tokens("a", "second"));
  EXPECT_EQ(storage.get_token_data("a"), stored_token("a", "second"));
  EXPECT_EQ(storage.get_token_data("b"), stored_token("b"));
  EXPECT_EQ(storage.get_token_data("c"), std::nullopt);

  EXPECT_TRUE(storage.remove_token_data("a"));
  EXPECT_FALSE(storage.remove_token_data("a"));
  EXPECT_EQ(storage.get_token_data_by_resource_server(), stored_tokens("b"));
}

TEST(MemoryTokenStorage, CopiesShare) {
  const MemoryTokenStorage storage{{.namespace_ = "mine"}};
  const MemoryTokenStorage copy = storage;  // NOLINT(performance-unnecessary-copy-initialization)
  copy.store_token_data_by_resource_server(stored_tokens("a"));
  EXPECT_EQ(storage.get_token_data("a"), stored_token("a"));
  EXPECT_EQ(copy.namespace_(), "mine");
  EXPECT_EQ(MemoryTokenStorage::for_globus_app("id", "app", "production", "x").namespace_(), "x");
}

TEST(MemoryTokenStorage, IsUsedFromManyThreads) {
  const MemoryTokenStorage storage;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&storage, thread] {
      for (int i = 0; i < 100; ++i) {
        const auto name = std::to_string(thread) + "-" + std::to_string(i);
        storage.store_token_data_by_resource_server(stored_tokens(name));
        EXPECT_TRUE(storage.get_token_data(name));
        if (i % 2 == 1) {
          EXPECT_TRUE(storage.remove_token_data(name));
        }
      }
    });
  }
  threads.clear();
  EXPECT_EQ(storage.get_token_data_by_resource_server().size(), 200U);
}

TEST(TokenStorage, StoresAnAnswerWithWhomItsTokensBelongTo) {
  const MemoryTokenStorage storage;
  Json document = with(token_document("auth.globus.org"), "id_token", id_token_for("user-1"));
  document = with(document, "refresh_token", "new-refresh");
  document = with(document, "other_tokens", Json::array({token_document("transfer")}));
  storage.store_token_response(OAuthAuthorizationCodeResponse(token_answer(document)));

  const auto auth = storage.get_token_data("auth.globus.org");
  ASSERT_TRUE(auth);
  EXPECT_EQ(auth->identity_id, "user-1");
  EXPECT_EQ(auth->access_token, "new-access");
  EXPECT_EQ(auth->refresh_token, "new-refresh");
  EXPECT_EQ(auth->token_type, "Bearer");
  EXPECT_GT(auth->expires_at_seconds, std::time(nullptr) + 170000);
  const auto transfer = storage.get_token_data("transfer");
  ASSERT_TRUE(transfer);
  EXPECT_EQ(transfer->identity_id, "user-1");
  EXPECT_EQ(transfer->refresh_token, std::nullopt);
}

TEST(TokenStorage, StoresDependentTokensAndThoseWithoutAnIdToken) {
  const MemoryTokenStorage storage;
  storage.store_token_response(OAuthDependentTokenResponse(
      token_answer(Json::array({token_document("a"), token_document("b")}))));
  storage.store_token_response(OAuthClientCredentialsResponse(token_answer(token_document("c"))));
  EXPECT_EQ(storage.get_token_data_by_resource_server().size(), 3U);
  EXPECT_EQ(storage.get_token_data("b")->identity_id, std::nullopt);
}

TEST(TokenStorage, KeepsWhatARefreshDoesNotName) {
  const MemoryTokenStorage storage;
  storage.store_token_data_by_resource_server(stored_tokens("a"));
  const OAuthTokenResponse refreshed = OAuthRefreshTokenResponse(token_answer(token_document("a")));
  storage.store_token_response(refreshed);
  const auto data = storage.get_token_data("a");
  EXPECT_EQ(data->access_token, "new-access");
  EXPECT_EQ(data->refresh_token, stored_token("a").refresh_token);
  EXPECT_EQ(data->identity_id, stored_token("a").identity_id);

  // a rotated one is taken, and another login starts afresh
  storage.store_token_response(OAuthRefreshTokenResponse(
      token_answer(with(token_document("a"), "refresh_token", "rotated"))));
  EXPECT_EQ(storage.get_token_data("a")->refresh_token, "rotated");
  storage.store_token_response(OAuthTokenResponse(token_answer(token_document("a"))));
  EXPECT_EQ(storage.get_token_data("a")->refresh_token, std::nullopt);
}

TEST(IdTokenSubject, RefusesWhatCannotBeRead) {
  EXPECT_EQ(detail::id_token_subject(id_token_for("x")), "x");
  const auto of_claims = [](std::string_view claims) {
    return "e30." + detail::base64url_encode(claims) + ".sig-secret";
  };
  const std::vector<std::string> wrong{"",
                                       "secret",
                                       "a.b",
                                       "a.secret.c",
                                       "a.b.c.d",
                                       "e30.*.c",
                                       "e30.e30=.c",
                                       "e30.e31.c",
                                       "e30.e.c",
                                       of_claims("{}"),
                                       of_claims("[]"),
                                       of_claims("not json secret"),
                                       of_claims(R"({"sub": 1})"),
                                       of_claims(R"({"sub": ""})"),
                                       of_claims(R"({"sub": "x")")};
  for (const auto& token : wrong) {
    try {
      detail::id_token_subject(token);
      ADD_FAILURE() << "'" << token << "' was read";
    } catch (const ValidationError& error) {
      EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("secret")));
    }
  }
}

TEST(MemoryTokenStorage, TheChildOfAForkDoesNotWaitForARenewalOfItsParent) {
  const MemoryTokenStorage storage;
  const auto held = storage.lock_renewal("transfer.api.globus.org", std::chrono::seconds(1));
  const pid_t child = globus_sdk_test::start_child([&storage] {
    // throws when it is not to be had in time
    storage.lock_renewal("transfer.api.globus.org", std::chrono::milliseconds(50));
  });
  EXPECT_EQ(globus_sdk_test::status_of(child), 0);
  EXPECT_THROW(storage.lock_renewal("transfer.api.globus.org", std::chrono::milliseconds(20)),
               TokenStorageError)
      << "it is still the parent's";
}

}  // namespace
}  // namespace globus_sdk
