// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/gare/gare.hpp"
#include "globus_sdk/transfer/errors.hpp"

using namespace globus_sdk;

namespace {

GlobusAPIError api_error(const Json& body, int status = 403) {
  return GlobusAPIError({.status = status, .body = body.dump()});
}

TransferAPIError transfer_error(const Json& body) {
  return TransferAPIError({.status = 403, .body = body.dump()});
}

const Json present_form = Json::parse(R"({
  "code": "ConsentRequired", "debug": {"trace": 7},
  "authorization_parameters": {
    "session_message": "please", "session_required_identities": ["a", "b"],
    "session_required_policies": ["p"], "session_required_single_domain": ["example.org"],
    "session_required_mfa": true, "required_scopes": ["s1", "s2"], "prompt": "login",
    "of_the_future": [1, null]}})");

TEST(Gare, PresentFormIsReadAndWrittenBack) {
  const auto gare = to_gare(present_form);
  ASSERT_TRUE(gare);
  EXPECT_EQ(gare->code, "ConsentRequired");
  const auto& asked = gare->authorization_parameters;
  EXPECT_EQ(*asked.session_message, "please");
  EXPECT_EQ(*asked.session_required_identities, (Strings{"a", "b"}));
  EXPECT_EQ(*asked.session_required_policies, "p");
  EXPECT_EQ(*asked.session_required_single_domain, "example.org");
  EXPECT_TRUE(*asked.session_required_mfa);
  EXPECT_EQ(*asked.required_scopes, (Strings{"s1", "s2"}));
  EXPECT_EQ(*asked.prompt, "login");
  EXPECT_EQ(*asked.extra, Json::parse(R"({"of_the_future": [1, null]})"));
  EXPECT_EQ(*gare->extra, Json::parse(R"({"debug": {"trace": 7}})"));

  EXPECT_EQ(gare->to_dict({.include_extra = true}), present_form);
  EXPECT_FALSE(gare->to_dict().view().contains("debug"));
  EXPECT_FALSE(gare->to_dict().view()["authorization_parameters"].contains("of_the_future"));
  EXPECT_EQ(GARE::from_dict(gare->to_dict({.include_extra = true})), *gare);
  EXPECT_FALSE(GARE::from_dict(gare->to_dict()) == *gare);
}

TEST(Gare, NothingIsWrittenThatIsUnsetAndAnEmptyListIsNotUnset) {
  EXPECT_EQ(GlobusAuthorizationParameters{}.to_dict().dump(), "{}");
  const GlobusAuthorizationParameters none{.required_scopes = Strings()};
  EXPECT_EQ(none.to_dict().dump(), R"({"required_scopes":[]})");
  EXPECT_FALSE(none == GlobusAuthorizationParameters{});
  const auto nulls = Json::parse(R"({"prompt": null, "required_scopes": null})");
  EXPECT_EQ(GlobusAuthorizationParameters::from_dict(nulls), GlobusAuthorizationParameters{});
}

TEST(Gare, WhatIsOfTheWrongKindIsNamed) {
  const std::vector<std::pair<const char*, const char*>> wrong{
      {R"({"session_message": 1})", "session_message must be a string or null"},
      {R"({"session_required_identities": "a"})",
       "session_required_identities must be a list of strings or null"},
      {R"({"session_required_policies": "a,b"})",
       "session_required_policies must be a list of strings or null"},
      {R"({"session_required_single_domain": [1]})",
       "session_required_single_domain must be a list of strings or null"},
      {R"({"session_required_mfa": 1})", "session_required_mfa must be true, false or null"},
      {R"({"required_scopes": {}})", "required_scopes must be a list of strings or null"},
      {R"({"prompt": []})", "prompt must be a string or null"},
      {R"([])", "the document must be an object"},
  };
  for (const auto& [document, message] : wrong) {
    try {
      GlobusAuthorizationParameters::from_dict(Json::parse(document));
      ADD_FAILURE() << document;
    } catch (const ValidationError& error) {
      EXPECT_STREQ(error.what(), message);
    }
  }
  EXPECT_THROW(GARE::from_dict(Json::parse(R"({"authorization_parameters": {}})")),
               ValidationError);
  EXPECT_THROW(GARE::from_dict(Json::parse(R"({"code": "x"})")), ValidationError);
  const GARE bad{.code = "x", .extra = Json("text")};
  EXPECT_THROW(bad.to_dict({.include_extra = true}), ValidationError);
  EXPECT_NO_THROW(bad.to_dict());
}

/// A document in an older form, and what it says in the present one.
struct OlderForm {
  std::string name;
  std::string document;
  std::string present;
};

const std::vector<OlderForm> older_forms{
    {"TransferConsent",
     R"({"code": "ConsentRequired", "message": "Missing consent", "request_id": "r",
         "resource": "/operation/endpoint/x/ls", "required_scopes": ["t[*d]"]})",
     R"({"code": "ConsentRequired", "message": "Missing consent", "request_id": "r",
         "resource": "/operation/endpoint/x/ls",
         "authorization_parameters":
           {"session_message": "Missing consent", "required_scopes": ["t[*d]"]}})"},
    {"ActionProviderConsent",
     R"({"code": "ConsentRequired", "required_scope": "s", "description": "Consent is missing",
         "authorization_parameters": "odd"})",
     R"({"code": "ConsentRequired", "description": "Consent is missing",
         "authorization_parameters":
           {"session_message": "Consent is missing", "required_scopes": ["s"]}})"},
    {"AuthDependentConsent",
     R"({"error": "dependent_consent_required",
         "error_description": "Not all consents are there",
         "errors": [{"unapproved_scopes": ["a", "b"]}, {"unapproved_scopes": ["c"]}]})",
     R"({"code": "ConsentRequired", "authorization_parameters": {"required_scopes": ["a", "b"]}})"},
    {"AuthDependentConsentWithoutScopes",
     R"({"error": "dependent_consent_required", "errors": [{}]})",
     R"({"code": "ConsentRequired", "authorization_parameters": {"required_scopes": []}})"},
    {"AuthWithoutCode",
     R"({"authorization_parameters": {"session_required_identities": ["i"]}, "status": 403})",
     R"({"code": "AuthorizationRequired", "status": 403,
         "authorization_parameters": {"session_required_identities": ["i"]}})"},
    {"FlowsPoliciesWithCommas",
     R"({"code": "AuthorizationRequired",
         "authorization_parameters": {"session_message": "m", "session_required_policies": "a,b,",
                                      "session_required_single_domain": "x.org"}})",
     R"({"code": "AuthorizationRequired",
         "authorization_parameters": {"session_message": "m",
                                      "session_required_policies": ["a", "b", ""],
                                      "session_required_single_domain": ["x.org"]}})"},
    {"GcsSession",
     R"({"code": "permission_denied", "http_response_code": 403, "DATA_TYPE": "result#1.0.0",
         "detail": {"DATA_TYPE": "reauth#1.0.0"}, "message": "no",
         "authorization_parameters": {"session_required_single_domain": "a.org,b.org",
                                      "session_required_mfa": false, "prompt": "login"}})",
     R"({"code": "permission_denied", "http_response_code": 403, "DATA_TYPE": "result#1.0.0",
         "detail": {"DATA_TYPE": "reauth#1.0.0"}, "message": "no",
         "authorization_parameters": {"session_required_single_domain": ["a.org", "b.org"],
                                      "session_required_mfa": false, "prompt": "login"}})"},
    {"ScopesWithoutCode", R"({"authorization_parameters": {"required_scopes": ["s"]}})",
     R"({"code": "AuthorizationRequired", "authorization_parameters": {"required_scopes": ["s"]}})"},
};

TEST(Gare, OlderFormsBecomeThePresentOne) {
  for (const auto& form : older_forms) {
    const auto gare = to_gare(Json::parse(form.document));
    ASSERT_TRUE(gare) << form.name;
    EXPECT_EQ(gare->to_dict({.include_extra = true}), Json::parse(form.present))
        << form.name << ": " << gare->to_dict({.include_extra = true}).dump();
    EXPECT_EQ(GARE::from_dict(Json::parse(form.present)), *gare) << form.name;
  }
}

TEST(Gare, OlderFormsAreFoundInServicesErrors) {
  for (const auto& form : older_forms) {
    const Json document = Json::parse(form.document);
    EXPECT_TRUE(is_gare(transfer_error(document))) << form.name;
    EXPECT_TRUE(is_gare(api_error({{"error", document}}))) << form.name;  // as Flows nests errors
    EXPECT_EQ(to_gares(std::vector{api_error(document)}).size(), 1U) << form.name;
  }
}

TEST(Gare, OtherDocumentsAreNone) {
  for (const char* text :
       {"{}", "[]", "null", "\"ConsentRequired\"", R"({"code": "ConsentRequired"})",
        R"({"code": "ConsentRequired", "required_scopes": "s"})",
        R"({"code": "ConsentRequired", "required_scopes": ["s"], "message": 1})",
        R"({"code": "ConsentRequired", "required_scope": ["s"]})",
        R"({"code": "Other", "required_scopes": ["s"]})",
        R"({"code": "x", "authorization_parameters": {"prompt": 1}})",
        R"({"authorization_parameters": {"prompt": "none"}})",
        R"({"code": "x", "authorization_parameters": []})",
        R"({"error": "dependent_consent_required"})",
        R"({"error": "dependent_consent_required", "errors": []})",
        R"({"error": "dependent_consent_required", "errors": ["x"]})",
        R"({"error": "dependent_consent_required", "errors": [{"unapproved_scopes": null}]})",
        R"({"error": "other", "errors": [{"unapproved_scopes": ["s"]}]})"}) {
    EXPECT_FALSE(is_gare(Json::parse(text))) << text;
    EXPECT_FALSE(is_gare(api_error(Json::parse(text)))) << text;
  }
  EXPECT_FALSE(is_gare(GlobusAPIError({.status = 500, .body = "no JSON at all"})));
}

TEST(Gare, OneAnswerMayHoldSeveral) {
  const auto answer = api_error(Json::parse(R"({"errors": [
      {"code": "Other", "detail": "no"},
      {"code": "ConsentRequired", "required_scopes": ["first"]},
      {"code": "x", "authorization_parameters": {"required_scopes": ["second"]}}],
    "code": "y", "authorization_parameters": {"required_scopes": ["whole"]}})"));
  // the whole document before all, where one is asked for
  EXPECT_EQ(*to_gare(answer)->authorization_parameters.required_scopes, "whole");

  const auto all = to_gares({answer, Json::parse(R"({"code": "z"})"), present_form});
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(*all[0].authorization_parameters.required_scopes, "first");
  EXPECT_EQ(*all[1].authorization_parameters.required_scopes, "second");
  EXPECT_EQ(*all[2].authorization_parameters.required_scopes, "whole");
  EXPECT_EQ(*all[3].authorization_parameters.session_message, "please");
}

TEST(Gare, ErrorsInAnErrorAndListsOfDocumentsAreTakenToo) {
  const auto answer = api_error(Json::parse(R"({"errors": [
      {"code": "Other"}, {"code": "ConsentRequired", "required_scopes": ["s"]}]})"));
  EXPECT_FALSE(is_gare(answer.errors()[0]));
  EXPECT_EQ(*to_gare(answer.errors()[1])->authorization_parameters.required_scopes, "s");
  EXPECT_TRUE(has_gares(answer.errors()));
  EXPECT_TRUE(has_gares((*answer.raw_json())["errors"]));
  EXPECT_EQ(to_gares((*answer.raw_json())["errors"]).size(), 1U);
  EXPECT_FALSE(has_gares({answer.errors()[0], Json::parse("{}")}));
  EXPECT_TRUE(has_gares({answer.errors()[0], present_form}));
}

TEST(Gare, OutlivesWhatItCameFrom) {
  const auto gare = [] {
    const auto error = transfer_error(Json::parse(older_forms.front().document));
    return *to_gare(error);
  }();
  EXPECT_EQ(gare.extra->view()["request_id"], "r");
}

}  // namespace
