// SPDX-License-Identifier: Apache-2.0
// The forms in which the services write errors, and what may come instead.
#include <gtest/gtest.h>

#include "globus_sdk/auth/errors.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/transfer/errors.hpp"

namespace {

using namespace globus_sdk;
using Values = std::vector<std::string>;

Answer answer(int status, std::string body, std::string_view type = "application/json") {
  return {.status = status,
          .reason = "",
          .headers = {{"Content-Type", type}},
          .body = std::move(body),
          .method = "GET",
          .url = "https://host/v1/thing?limit=1",
          .secrets = {}};
}

GlobusAPIError error(int status, std::string body, std::string_view type = "application/json") {
  return GlobusAPIError(answer(status, std::move(body), type));
}

TEST(APIError, ReadsCodeAndMessage) {
  const auto failed = error(404, R"({"code":"ClientError.NotFound","message":"No such task",
      "request_id":"abc","resource":"/task/1"})");
  EXPECT_EQ(failed.http_status(), 404);
  EXPECT_EQ(failed.http_reason(), "Not Found");
  EXPECT_EQ(failed.code(), "ClientError.NotFound");
  EXPECT_EQ(failed.message(), "No such task");
  EXPECT_EQ(failed.messages(), Values{"No such task"});
  EXPECT_EQ(failed.request_id(), "abc");
  ASSERT_EQ(failed.errors().size(), 1U);
  EXPECT_EQ(failed.errors()[0].get("resource"), "/task/1");
  EXPECT_EQ(failed.raw_json()->get("resource"), "/task/1");
  EXPECT_EQ(failed.content_type(), "application/json");
  EXPECT_STREQ(failed.what(),
               "GET https://host/v1/thing?limit=1: 404 ClientError.NotFound: No such task "
               "(request id abc)");
}

TEST(APIError, ReadsJsonApi) {
  const auto failed = error(422, R"({"errors":[
      {"status":"422","code":"BAD","title":"Bad","detail":"first"},
      {"code":"BAD","title":"second"}],"code":"IGNORED"})",
                            "application/vnd.api+json; charset=utf-8");
  EXPECT_EQ(failed.code(), "BAD");
  EXPECT_EQ(failed.messages(), (Values{"first", "second"}));
  EXPECT_EQ(failed.message(), "first; second");
  ASSERT_EQ(failed.errors().size(), 2U);
  EXPECT_EQ(failed.errors()[0].title, "Bad");
  EXPECT_EQ(failed.errors()[0].detail, "first");
  EXPECT_EQ(failed.errors()[1].message, "second");
}

TEST(APIError, HasNoCodeWhereErrorsDisagree) {
  EXPECT_EQ(error(422, R"({"errors":[{"code":"A"},{"code":"B"}]})").code(), "");
  EXPECT_EQ(error(422, R"({"errors":[{"code":"A"},{}]})").code(), "A");
}

TEST(APIError, ReadsErrorsBesideCodeAndMessage) {
  const auto failed =
      error(400, R"({"code":"C","message":"M","errors":[{"code":"x","message":"inner"}]})");
  EXPECT_EQ(failed.code(), "C");
  EXPECT_EQ(failed.messages(), Values{"M"});
  EXPECT_EQ(failed.errors()[0].message, "inner");
}

TEST(APIError, ReadsAuthsErrors) {
  const auto failed = error(401, R"({"errors":[{"status":"401","id":"the-id","code":"UNAUTHORIZED",
      "detail":"Call must be authenticated","title":"Unauthorized"}],
      "error_description":"Unauthorized","error":"unauthorized"})");
  EXPECT_EQ(failed.code(), "UNAUTHORIZED");
  EXPECT_EQ(failed.message(), "Call must be authenticated");
  EXPECT_EQ(failed.request_id(), "the-id");
  EXPECT_EQ(error(401, R"({"errors":[{"id":"a"},{"id":"b"}]})").request_id(), "");
  EXPECT_EQ(error(401, R"({"errors":[{"id":"a"},{"id":null},{}]})").request_id(), "a");
}

TEST(APIError, ReadsOAuth2) {
  const auto failed =
      error(400, R"({"error":"invalid_grant","error_description":"The grant is expired"})");
  EXPECT_EQ(failed.code(), "invalid_grant");
  EXPECT_EQ(failed.message(), "The grant is expired");
  const auto bare = error(401, R"({"error":"invalid_grant"})");
  EXPECT_EQ(bare.code(), "invalid_grant");
  EXPECT_TRUE(bare.messages().empty());
  EXPECT_EQ(bare.message(), "Unauthorized");
  EXPECT_STREQ(bare.what(), "GET https://host/v1/thing?limit=1: 401 invalid_grant: Unauthorized");
}

TEST(APIError, ReadsErrorDocuments) {
  const auto simple = error(404, R"({"error":{"code":"NOT_FOUND","detail":"no flow"},
      "debug_id":"x"})");
  EXPECT_EQ(simple.code(), "NOT_FOUND");
  EXPECT_EQ(simple.message(), "no flow");
  const auto listed = error(422, R"({"error":{"code":"UNPROCESSABLE_ENTITY","message":"2 errors",
      "detail":[{"loc":["a",0],"msg":"bad a"},{"loc":["b"],"msg":"bad b"}]}})");
  EXPECT_EQ(listed.code(), "UNPROCESSABLE_ENTITY");
  EXPECT_EQ(listed.messages(), (Values{"bad a", "bad b"}));
  EXPECT_EQ(listed.errors()[0].message, "") << "the list says more than the summary";
  const auto unnamed = error(422, R"({"error":{"code":"X","message":"m","detail":[{"a":1}]}})");
  EXPECT_EQ(unnamed.message(), "m");
}

TEST(APIError, ReadsCodeAndMessageBesideAnErrorDocument) {
  const auto failed = error(403, R"({"code":"C","message":"M","error":{"code":"E","detail":"D"}})");
  EXPECT_EQ(failed.code(), "C");
  EXPECT_EQ(failed.messages(), Values{"M"});
  EXPECT_EQ(failed.errors()[0].code, "C");
  // a code alone is that of a GARE
  const auto gare = error(403, R"({"code":"G","error":{"code":"E","detail":"D"}})");
  EXPECT_EQ(gare.code(), "E");
  EXPECT_EQ(gare.messages(), Values{"D"});
}

TEST(APIError, ReadsDetailLists) {
  const auto failed = error(422, R"({"detail":[
      {"loc":["body","start"],"msg":"field required","type":"value_error.missing"},
      {"loc":["items",0],"msg":"bad"},{"type":"x"},{"msg":"alone"}]})");
  EXPECT_EQ(failed.messages(), (Values{"field required: body.start", "bad: items.0", "alone"}));
  EXPECT_EQ(failed.errors().size(), 4U);
}

TEST(APIError, ReadsDetailTexts) {
  EXPECT_EQ(error(403, R"({"detail":"Forbidden here"})").message(), "Forbidden here");
  const auto gcs = error(422, R"({"DATA_TYPE":"result#1.0.0","code":"unprocessable_entity",
      "detail":"","http_response_code":422,"message":"Bad gateway id"})");
  EXPECT_EQ(gcs.code(), "unprocessable_entity");
  EXPECT_EQ(gcs.message(), "Bad gateway id");
}

TEST(APIError, ReadsMessagesThatAreNull) {
  const auto failed = error(403, R"({"code":"permission_denied","detail":"","message":null})");
  EXPECT_EQ(failed.code(), "permission_denied");
  EXPECT_TRUE(failed.messages().empty());
  EXPECT_STREQ(failed.what(),
               "GET https://host/v1/thing?limit=1: 403 permission_denied: Forbidden");
}

TEST(APIError, TakesAnyBody) {
  for (const char* body :
       {"", "<html>502 Bad Gateway</html>", "{\"code\":\"x\",\"mess", "[]", "5", "null", "\"x\"",
        "{}", R"({"code":5,"message":[],"errors":5,"error":7,"detail":{},"request_id":{}})",
        R"({"errors":[]})", R"({"errors":[1,"x"]})", R"({"errors":[{}]})", R"({"error":{}})",
        R"({"error":null})", R"({"detail":[]})", R"({"detail":[[]]})", R"({"error":{"detail":5}})",
        R"({"errors":{"a":1}})", "\xff\xfe"}) {
    const auto failed = error(502, body, "text/html");
    EXPECT_EQ(failed.code(), "") << body;
    EXPECT_TRUE(failed.messages().empty()) << body;
    EXPECT_EQ(failed.message(), "Bad Gateway") << body;
    EXPECT_EQ(failed.text(), body);
    EXPECT_STREQ(failed.what(), "GET https://host/v1/thing?limit=1: 502 Bad Gateway");
  }
  EXPECT_FALSE(error(502, "<html>").raw_json());
}

TEST(APIError, ReadsJsonWhateverItsContentType) {
  EXPECT_EQ(error(400, R"({"code":"C","message":"M"})", "text/plain").code(), "C");
  Answer untyped = answer(400, R"({"code":"C","message":"M"})");
  untyped.headers = {};
  EXPECT_EQ(GlobusAPIError(untyped).code(), "C");
  EXPECT_FALSE(GlobusAPIError(untyped).content_type());
}

TEST(APIError, ReadsAuthorizationParameters) {
  const auto failed = error(403, R"({"code":"ForbiddenAuth","message":"m",
      "authorization_parameters":{"session_message":"log in again",
      "session_required_identities":["a","b"],"session_required_single_domain":["uni.edu"],
      "session_required_policies":"p1,p2","session_required_mfa":true,
      "required_scopes":["s1"],"prompt":"login"}})");
  const AuthorizationParameterInfo& info = failed.info().authorization_parameters;
  EXPECT_TRUE(static_cast<bool>(info));
  EXPECT_EQ(info.session_message, "log in again");
  EXPECT_EQ(info.session_required_identities, (Values{"a", "b"}));
  EXPECT_EQ(info.session_required_single_domain, Values{"uni.edu"});
  EXPECT_EQ(info.session_required_policies, (Values{"p1", "p2"}));
  EXPECT_EQ(info.session_required_mfa, true);
  EXPECT_EQ(info.required_scopes, Values{"s1"});
  EXPECT_EQ(info.prompt, "login");
  EXPECT_FALSE(failed.info().consent_required);
}

TEST(APIError, PassesOverParametersOfTheWrongKind) {
  const auto failed = error(403, R"({"authorization_parameters":{"session_message":5,
      "session_required_identities":["a",1],"session_required_policies":["p"],
      "session_required_mfa":"yes"}})");
  const AuthorizationParameterInfo& info = failed.info().authorization_parameters;
  EXPECT_TRUE(static_cast<bool>(info));
  EXPECT_FALSE(info.session_message);
  EXPECT_FALSE(info.session_required_identities);
  EXPECT_EQ(info.session_required_policies, Values{"p"});
  EXPECT_FALSE(info.session_required_mfa);
  EXPECT_FALSE(error(403, R"({"authorization_parameters":[]})").info().authorization_parameters);
}

TEST(APIError, ReadsRequiredConsents) {
  const auto many =
      error(403, R"({"code":"ConsentRequired","message":"m","required_scopes":["a","b"]})");
  EXPECT_EQ(many.info().consent_required.required_scopes, (Values{"a", "b"}));
  const auto one = error(403, R"({"code":"ConsentRequired","message":"m","required_scope":"a"})");
  EXPECT_EQ(one.info().consent_required.required_scopes, Values{"a"});
  EXPECT_FALSE(error(403, R"({"code":"Other","required_scopes":["a"]})").info().consent_required);
  EXPECT_FALSE(error(403, R"({"code":"ConsentRequired"})").info().consent_required);
}

TEST(APIError, NeverSaysASecret) {
  Answer leaking = answer(400, R"({"code":"c-hunter2","message":"no token hunter2 or hunter%2F3",
      "request_id":"r-hunter2","errors":[{"code":"hunter2","detail":"hunter2"}]})");
  leaking.url = "https://u:hunter2@host/hunter2?token=hunter2&q=hunter2";
  leaking.reason = "hunter2";
  leaking.secrets = {"hunter2", "hunter/3"};
  const AuthAPIError failed(leaking);
  std::string all = std::string(failed.what()) + failed.message() + failed.code() + failed.url() +
                    failed.request_id();
  for (const ErrorSubdocument& part : failed.errors()) {
    all += part.code + part.title + part.detail + part.message;
  }
  EXPECT_EQ(all.find("hunter2"), std::string::npos) << all;
  EXPECT_EQ(all.find("hunter%2F3"), std::string::npos) << all;
}

TEST(APIError, SaysItInOneLine) {
  const std::string message = "a\\nb\\u001b[31m" + std::string(100'000, 'x');
  const auto failed = error(400, R"({"code":"C","message":")" + message + "\"}");
  const std::string what = failed.what();
  EXPECT_LT(what.size(), 2100U);
  EXPECT_EQ(what.find_first_of("\n\x1b"), std::string::npos);
  EXPECT_GT(failed.message().size(), 100'000U);
}

TEST(APIError, KnowsHowLongToWait) {
  const auto now = std::chrono::system_clock::now();
  Answer busy = answer(503, "");
  EXPECT_FALSE(GlobusAPIError(busy).retry_after(now));
  busy.headers.set("Retry-After", "120");
  EXPECT_EQ(GlobusAPIError(busy).retry_after(now), 120s);
  busy.headers.set("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT");
  const std::chrono::system_clock::time_point date(784111777s);
  EXPECT_EQ(GlobusAPIError(busy).retry_after(date - 90s), 90s);
  EXPECT_EQ(GlobusAPIError(busy).retry_after(date + 90s), 0s);
  busy.headers.set("Retry-After", "soon");
  EXPECT_FALSE(GlobusAPIError(busy).retry_after(now));
}

TEST(APIError, IsThrownAsAClientsClass) {
  try {
    detail::throw_as<TransferAPIError>(answer(404, R"({"code":"NotFound","message":"m"})"));
  } catch (const GlobusAPIError& caught) {
    EXPECT_NE(dynamic_cast<const TransferAPIError*>(&caught), nullptr);
    EXPECT_EQ(caught.code(), "NotFound");
  }
}

TEST(APIError, SharesWhatItKnowsWithItsCopies) {
  std::optional<TransferAPIError> original(std::in_place, answer(404, R"({"code":"C"})"));
  const GlobusAPIError copy = *original;
  original.reset();
  EXPECT_EQ(copy.code(), "C");
  EXPECT_EQ(copy.errors()[0].raw["code"], "C");
}

}  // namespace
