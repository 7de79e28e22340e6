// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/scope_requirements_validator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "token_storage/stored_tokens.hpp"

namespace globus_sdk {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const TokenValidationContext known{.prior_identity_id = "u1", .token_data_identity_id = {}};

Consent consent(const std::string& scope, std::vector<std::int64_t> path) {
  Consent made;
  made.scope_name = scope;
  made.id = path.back();
  made.dependency_path = std::move(path);
  return made;
}

TokenStorageDataByResourceServer tokens_with(const std::string& scope) {
  auto tokens = stored_tokens("a");
  tokens.at("a").scope = scope;
  return tokens;
}

class ScopeRequirements : public testing::Test {
 protected:
  ScopeRequirementsValidator validator(ScopeList required) {
    return ScopeRequirementsValidator({{"a", std::move(required)}}, [this](const std::string& id) {
      asked.push_back(id);
      return ConsentForest(consents);
    });
  }

  std::vector<Consent> consents;
  std::vector<std::string> asked;
};

TEST_F(ScopeRequirements, AreTheTokensOwnScopes) {
  const auto wants = validator({Scope("one"), Scope("two")});
  wants.before_store(tokens_with("two three one"), known);
  wants.after_retrieve(tokens_with("two three one"), known);
  wants.before_store(stored_tokens("another"), known);
  wants.after_retrieve(stored_tokens("another"), known);
  for (const std::string scopes : {"", "one", "oneone two", "one twofold"}) {
    EXPECT_THROW(wants.before_store(tokens_with(scopes), known), UnmetScopeRequirementsError);
    EXPECT_THROW(wants.after_retrieve(tokens_with(scopes), known), UnmetScopeRequirementsError);
  }
  EXPECT_THAT(asked, IsEmpty());
}

TEST_F(ScopeRequirements, AreNamedWhenUnmet) {
  const auto wants = validator({Scope("one"), Scope("two")});
  try {
    wants.before_store(tokens_with("one"), known);
    FAIL() << "a scope is missing";
  } catch (const UnmetScopeRequirementsError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("lacks two"), Not(HasSubstr("access-of"))));
    EXPECT_EQ(error.scope_requirements().at("a").size(), 2U);
  }
}

TEST_F(ScopeRequirements, OfDependenciesAreMetByConsents) {
  const auto wants = validator({Scope("one").with_dependency(Scope("below"))});
  wants.before_store(tokens_with("one"), known);
  EXPECT_THAT(asked, IsEmpty()) << "what is stored is judged by its own scopes";

  consents = {consent("one", {1})};
  EXPECT_THROW(wants.after_retrieve(tokens_with("one"), known), UnmetScopeRequirementsError);
  consents.push_back(consent("below", {1, 2}));
  wants.after_retrieve(tokens_with("one"), known);
  EXPECT_THAT(asked, ElementsAre("u1", "u1"));
  wants.after_retrieve(tokens_with("one"), known);
  ScopeRequirementsValidator{wants}.after_retrieve(tokens_with("one"), {});
  EXPECT_EQ(asked.size(), 2U) << "what meets the requirements is fetched once";
}

TEST_F(ScopeRequirements, OfDependenciesAreLeftOutForNobody) {
  const auto wants = validator({Scope("one").with_dependency(Scope("below"))});
  wants.after_retrieve(tokens_with("one"), {});
  EXPECT_THAT(asked, IsEmpty());
  EXPECT_THROW(wants.after_retrieve(tokens_with("one"),
                                    {.prior_identity_id = "u1", .token_data_identity_id = "u2"}),
               UnmetScopeRequirementsError);
  EXPECT_THAT(asked, ElementsAre("u2")) << "whose the tokens are now";
}

TEST_F(ScopeRequirements, MayGrow) {
  ScopeRequirementsValidator::ScopeRequirements required;
  const ScopeRequirementsValidator wants([&] { return required; }, nullptr);
  wants.before_store(tokens_with("one"), known);
  required.insert_or_assign("a", ScopeList{Scope("two")});
  EXPECT_THROW(wants.before_store(tokens_with("one"), known), UnmetScopeRequirementsError);
}

}  // namespace
}  // namespace globus_sdk
