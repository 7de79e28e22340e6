// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gcs/unpacking_gcs_response.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk {
namespace {

GlobusHTTPResponse response(const std::string& body) {
  Answer answer;
  answer.status = 200;
  answer.body = body;
  answer.headers = {{"Content-Type", "application/json"}};
  return GlobusHTTPResponse(answer);
}

UnpackingGCSResponse role_in(const std::string& body) {
  return UnpackingGCSResponse(response(body), "role");
}

TEST(UnpackingGCSResponse, ShowsTheFirstDocumentOfItsKind) {
  const auto role = role_in(R"({"DATA_TYPE": "result#1.0.0", "data": [
      7, {"id": "none"}, {"DATA_TYPE": 5, "id": "number"}, {"DATA_TYPE": "role", "id": "bare"},
      {"DATA_TYPE": "roles#1.0.0", "id": "longer"}, {"DATA_TYPE": "role#1.7.0#x", "id": "it"},
      {"DATA_TYPE": "role#1.0.0", "id": "second"}]})");
  EXPECT_TRUE(role.has_unpacked_data());
  EXPECT_EQ(role["id"], "it");
  EXPECT_EQ(role.data()["id"], "it");
  EXPECT_EQ(*role.get("id"), "it");
  EXPECT_FALSE(role.get("data"));
  EXPECT_TRUE(role.contains("id"));
  EXPECT_FALSE(role.contains("data"));
  EXPECT_EQ(role.full_data()["data"].size(), 7U);
  EXPECT_THROW(role["no such member"], JsonError);
}

TEST(UnpackingGCSResponse, ShowsAllWhereThereIsNone) {
  for (const char* body :
       {R"({"id": "all"})", R"({"id": "all", "data": null})", R"({"id": "all", "data": []})",
        R"({"id": "all", "data": {"DATA_TYPE": "role#1.0.0", "id": "in an object"}})",
        R"({"id": "all", "data": [{"DATA_TYPE": "endpoint#1.0.0", "id": "another"}]})",
        R"({"id": "all", "DATA_TYPE": "role#1.0.0"})"}) {
    const auto role = role_in(body);
    EXPECT_FALSE(role.has_unpacked_data()) << body;
    EXPECT_EQ(role["id"], "all") << body;
    EXPECT_TRUE(role.data().is_same_place(role.full_data())) << body;
  }
  EXPECT_EQ(role_in("[1, 2]")[1], 2);
}

TEST(UnpackingGCSResponse, MayHaveABodyThatIsNoJson) {
  const auto none = role_in("<html>");
  EXPECT_FALSE(none.has_unpacked_data());
  EXPECT_FALSE(none.get("id"));
  EXPECT_FALSE(none.contains("id"));
  EXPECT_EQ(none.text(), "<html>");
  EXPECT_THROW(none.data(), JsonError);
  EXPECT_THROW(none.full_data(), JsonError);
}

TEST(UnpackingGCSResponse, MayBeToldHowToFindTheDocument) {
  const std::string body = R"({"data": [{"id": "a"}, {"id": "b", "n": 1}, {"id": "c", "n": 1}]})";
  const UnpackingGCSResponse found(response(body),
                                   [](const JsonView& document) { return document.contains("n"); });
  EXPECT_EQ(found["id"], "b");
}

TEST(UnpackingGCSResponse, RefusesWhatIsNoKind) {
  for (const char* kind : {"", "role#1.0.0", "a role", "rôle", "role-"}) {
    EXPECT_THROW(UnpackingGCSResponse(response("{}"), kind), GlobusSDKUsageError) << kind;
  }
}

TEST(UnpackingGCSResponse, IsPrintedAsItsDocument) {
  const std::string body = R"({"code": "success", "data": [{"DATA_TYPE": "role#1.0.0"}]})";
  std::ostringstream printed;
  printed << role_in(body) << '\n' << role_in("<html>");
  EXPECT_EQ(printed.str(), "{\n  \"DATA_TYPE\": \"role#1.0.0\"\n}\n<html>");
}

/// What is kept of a temporary response stays.
TEST(UnpackingGCSResponse, MayBeATemporary) {
  const std::string body = R"({"data": [{"DATA_TYPE": "role#1.0.0", "id": "it"}], "more": [3]})";
  const JsonView document = role_in(body).data();
  const JsonView all = role_in(body).full_data();
  const std::string id = role_in(body)["id"];
  EXPECT_EQ(document["id"], "it");
  EXPECT_EQ(all["more"][0], 3);
  EXPECT_EQ(id, "it");
}

}  // namespace
}  // namespace globus_sdk
