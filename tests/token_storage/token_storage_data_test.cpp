// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/token_storage_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "globus_sdk/core/errors.hpp"
#include "token_storage/stored_tokens.hpp"

namespace globus_sdk {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(TokenStorageData, ComesBackAsItWent) {
  const TokenStorageData data = stored_token("transfer.api.globus.org");
  EXPECT_EQ(TokenStorageData::from_dict(data.to_dict()), data);
}

TEST(TokenStorageData, LeavesOutWhatHasNoValue) {
  TokenStorageData data = stored_token("a");
  data.identity_id.reset();
  data.refresh_token.reset();
  data.token_type.reset();
  const Json dict = data.to_dict();
  EXPECT_EQ(dict.view().size(), 4U) << dict;
  EXPECT_EQ(TokenStorageData::from_dict(dict), data);
}

TEST(TokenStorageData, TakesNullForNoValue) {
  const auto data = TokenStorageData::from_dict(
      Json::parse(R"({"resource_server": "a", "identity_id": null, "scope": "", "access_token": "t",
                      "refresh_token": null, "expires_at_seconds": -1, "token_type": null})"));
  EXPECT_EQ(data.refresh_token, std::nullopt);
  EXPECT_EQ(data.expires_at_seconds, -1);
}

TEST(TokenStorageData, TakesAnEmptyTextForNoValue) {
  const auto data = TokenStorageData::from_dict(
      Json::parse(R"({"resource_server": "a", "identity_id": "", "scope": "", "access_token": "t",
                      "refresh_token": "", "expires_at_seconds": -1, "token_type": ""})"));
  EXPECT_EQ(data.refresh_token, std::nullopt);
  EXPECT_EQ(data.identity_id, std::nullopt);
  EXPECT_EQ(data.token_type, std::nullopt);
}

TEST(TokenStorageData, StoresNoEmptyText) {
  TokenStorageData data = stored_token("a");
  data.refresh_token = "";
  data.identity_id = "";
  data.token_type = "";
  const Json dict = data.to_dict();
  EXPECT_FALSE(dict.view().contains("refresh_token"));
  EXPECT_FALSE(dict.view().contains("identity_id"));
  EXPECT_FALSE(dict.view().contains("token_type"));
}

TEST(TokenStorageData, KeepsWhatItDoesNotKnow) {
  const Json dict = Json::parse(
      R"({"resource_server": "a", "scope": "s", "access_token": "t", "expires_at_seconds": 1,
          "invented_later": [1]})");
  const auto data = TokenStorageData::from_dict(dict);
  EXPECT_EQ(data.extra, Json::parse(R"({"invented_later": [1]})"));
  EXPECT_FALSE(data.to_dict().view().contains("invented_later"));
  EXPECT_EQ(data.to_dict(true).view()["invented_later"][0], 1);
}

TEST(TokenStorageData, NamesTheMemberThatIsWrongAndNoValue) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"resource_server", "null"},
      {"identity_id", "1"},
      {"scope", "[\"hush-hush\"]"},
      {"access_token", "12345"},
      {"refresh_token", "false"},
      {"expires_at_seconds", "1.5"},
      {"expires_at_seconds", "\"1\""},
      {"expires_at_seconds", "99999999999999999999"},
      {"token_type", "{}"}};
  for (const auto& [member, value] : wrong) {
    std::map<std::string, Json> dict =
        stored_token("a").to_dict().view().as<std::map<std::string, Json>>();
    dict[member] = Json::parse(value);
    try {
      TokenStorageData::from_dict(Json(dict));
      ADD_FAILURE() << member << " may not be " << value;
    } catch (const ValidationError& error) {
      EXPECT_THAT(error.what(), AllOf(HasSubstr(member), Not(HasSubstr(value)))) << value;
    }
  }
  EXPECT_THROW(TokenStorageData::from_dict(Json::parse("[]")), ValidationError);
  EXPECT_THROW(TokenStorageData::from_dict(Json()), ValidationError);
}

TEST(TokenStorageData, PrintsNoToken) {
  std::ostringstream out;
  out << stored_token("groups");
  EXPECT_THAT(out.str(), AllOf(HasSubstr("groups"), Not(HasSubstr("access-of")),
                               Not(HasSubstr("refresh-of"))));
}

}  // namespace
}  // namespace globus_sdk
