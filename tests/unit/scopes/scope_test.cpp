// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/scopes/scope.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <unordered_set>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/scopes/scope_parser.hpp"

namespace {

using namespace globus_sdk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr StaticScope constant{"urn:constant"};

// a scope is never made from what may be meant for something else
static_assert(!std::is_convertible_v<const char*, Scope>);
static_assert(!std::is_convertible_v<std::string, Scope>);
static_assert(!std::is_constructible_v<Scope, std::nullptr_t>);
static_assert(!std::is_default_constructible_v<Scope>);
static_assert(!std::is_constructible_v<ScopeList, std::vector<std::string>>);
static_assert(!std::is_constructible_v<ScopeList, const char*, const char*>);
static_assert(std::is_convertible_v<StaticScope, Scope>);
static_assert(std::is_nothrow_move_constructible_v<Scope>);
static_assert(std::is_convertible_v<const Scope&, std::string_view>);
static_assert(!std::is_convertible_v<Scope, std::string_view>, "its text would be gone");
static_assert(std::is_convertible_v<Scope, std::string> && std::is_convertible_v<Scope, Text>);
static_assert(!std::is_reference_v<decltype(std::declval<ScopeList>().values())>);
static_assert(std::is_trivially_destructible_v<StaticScope>);

std::string printed(const auto& scope) {
  std::ostringstream out;
  out << scope;
  return out.str();
}

TEST(Scope, IsItsName) {
  const Scope scope{"foo"};
  EXPECT_EQ(scope.scope_string(), "foo");
  EXPECT_FALSE(scope.optional());
  EXPECT_THAT(scope.dependencies(), IsEmpty());
  EXPECT_EQ(scope.str(), "foo");
  EXPECT_EQ(printed(scope), "foo");
}

TEST(Scope, TakesOptionalAndDependencies) {
  const Scope scope{"foo", {.optional = true, .dependencies = {Scope("bar"), constant}}};
  EXPECT_EQ(scope.scope_string(), "foo");
  EXPECT_TRUE(scope.optional());
  EXPECT_THAT(scope.dependencies(), ElementsAre(Scope("bar"), Scope(constant)));
  EXPECT_EQ(scope.str(), "*foo[bar urn:constant]");
  EXPECT_EQ(Scope("foo", ScopeOptions{}), Scope("foo"));
}

TEST(Scope, RefusesNamesThatWouldBeReadAsSomethingElse) {
  for (const char* name : {"", "a b", "*a", "a[b]", "a]", "a*", " ", "a "}) {
    EXPECT_THROW(Scope{name}, ValidationError) << name;
  }
  try {
    const Scope scope{"foo[bar]"};
    FAIL() << scope;
  } catch (const ValidationError& error) {
    EXPECT_THAT(error.what(), HasSubstr("Scope::parse"));
  }
  EXPECT_THROW(Scope{static_cast<const char*>(nullptr)}, GlobusSDKUsageError);
}

TEST(Scope, ChangesGiveNewScopes) {
  const Scope foo{"foo"};
  const Scope with_bar = foo.with_dependency(Scope("bar"));
  const Scope with_more = with_bar.with_dependencies({Scope("baz").with_optional(true), with_bar});
  EXPECT_EQ(foo.str(), "foo");
  EXPECT_EQ(with_bar.str(), "foo[bar]");
  EXPECT_EQ(with_more.str(), "foo[bar *baz foo[bar]]");
  EXPECT_EQ(with_more.with_optional(true).str(), "*foo[bar *baz foo[bar]]");
  EXPECT_EQ(with_more.with_optional(true).with_optional(false), with_more);
  EXPECT_EQ(with_more.with_dependencies({}), with_more);
  EXPECT_EQ(with_more.with_optional(true).with_dependency(foo).str(),
            "*foo[bar *baz foo[bar] foo]");
}

TEST(Scope, DependenciesAreScopes) {
  const Scope scope = Scope::parse("a[b[c *d[e]] f]");
  ASSERT_EQ(scope.dependencies().size(), 2U);
  const Scope b = scope.dependencies()[0];
  EXPECT_EQ(b.str(), "b[c *d[e]]");
  ASSERT_EQ(b.dependencies().size(), 2U);
  EXPECT_EQ(b.dependencies()[1].str(), "*d[e]");
  EXPECT_EQ(b.dependencies()[1].scope_string(), "d");
  EXPECT_TRUE(b.dependencies()[1].optional());
  EXPECT_THAT(b.dependencies()[1].dependencies(), ElementsAre(Scope("e")));
  EXPECT_EQ(b.with_optional(true).str(), "*b[c *d[e]]");
  EXPECT_EQ(scope.dependencies()[1].with_dependency(b.dependencies()[0]).str(), "f[c]");
}

TEST(Scope, TakesAnyListOfScopes) {
  const std::vector<Scope> vector{Scope("a"), Scope("b")};
  const std::set<Scope> set{Scope("b"), Scope("a")};
  const StaticScope array[]{constant};
  EXPECT_EQ(Scope("x").with_dependencies(vector).str(), "x[a b]");
  EXPECT_EQ(Scope("x").with_dependencies(set).str(), "x[a b]");
  EXPECT_EQ(Scope("x").with_dependencies(array).str(), "x[urn:constant]");
  EXPECT_EQ(Scope("x", {.dependencies = vector}).str(), "x[a b]");
}

TEST(Scope, EqualWhenWrittenAlike) {
  const Scope parsed = Scope::parse("a[b *c]");
  const Scope made{"a", {.dependencies = {Scope("b"), Scope("c").with_optional(true)}}};
  EXPECT_EQ(parsed, made);
  EXPECT_EQ(std::hash<Scope>()(parsed), std::hash<Scope>()(made));
  EXPECT_NE(parsed, Scope::parse("a[*c b]"));
  EXPECT_NE(parsed, parsed.with_optional(true));
  EXPECT_NE(Scope("a"), Scope("b"));
  EXPECT_LT(Scope("a"), Scope("b"));
  EXPECT_EQ((std::unordered_set<Scope>{parsed, made, Scope("a")}).size(), 2U);
}

TEST(Scope, CopyOutlivesWhatItWasMadeOf) {
  Scope dependency = Scope("unused");
  {
    const Scope whole = Scope::parse("a[b[c]]");
    dependency = whole.dependencies().front();
  }
  EXPECT_EQ(dependency.str(), "b[c]");
}

TEST(Scope, ParseTakesExactlyOne) {
  EXPECT_EQ(Scope::parse(" *a[b] ").str(), "*a[b]");
  EXPECT_EQ(Scope::parse("a a").str(), "a");
  EXPECT_THROW(Scope::parse(""), ValidationError);
  EXPECT_THROW(Scope::parse("a b"), ValidationError);
  EXPECT_THROW(Scope::parse("a["), ScopeParseError);
  EXPECT_THROW(Scope::parse("a[a]"), ScopeCycleError);
}

TEST(Scope, OfAnyDepthIsMadeAndUsedFlatly) {
  constexpr int levels = 1500;
  Scope scope{"leaf"};
  for (int level = 0; level < levels; ++level) scope = Scope("s").with_dependency(scope);
  const Scope copy = scope;
  EXPECT_EQ(copy, scope);
  int depth = 0;
  while (!scope.dependencies().empty()) {
    scope = scope.dependencies().front();
    ++depth;
  }
  EXPECT_EQ(depth, levels);
  EXPECT_EQ(scope, Scope("leaf"));
}

TEST(Scope, TooLongIsRefused) {
  const Scope half{std::string(std::size_t{2} << 20U, 'x')};
  EXPECT_THROW((void)half.with_dependency(half), ValidationError);
  EXPECT_THROW(Scope{std::string((std::size_t{4} << 20U) + 1, 'x')}, ValidationError);
  EXPECT_EQ(half.with_dependency(Scope("y")).str().size(), half.str().size() + 3);
}

TEST(StaticScope, IsAScope) {
  EXPECT_EQ(constant.str(), "urn:constant");
  EXPECT_EQ(constant.scope_string(), "urn:constant");
  EXPECT_EQ(printed(constant), "urn:constant");
  EXPECT_FALSE(constant.optional());
  EXPECT_THAT(constant.dependencies(), IsEmpty());
  EXPECT_EQ(constant, Scope("urn:constant"));
  EXPECT_EQ(Scope("urn:constant"), constant);
  EXPECT_EQ(constant, constant);
  EXPECT_EQ(constant.with_dependency(Scope("a")).str(), "urn:constant[a]");
  EXPECT_EQ(constant.with_dependencies({Scope("a"), constant}).str(),
            "urn:constant[a urn:constant]");
  EXPECT_EQ(constant.with_optional(true).str(), "*urn:constant");
  const std::string text = constant;
  EXPECT_EQ(text, "urn:constant");
}

TEST(Scope, StandsWhereTextsDo) {
  const Scope scope = Scope::parse("a[b]");
  const std::string text = scope;
  const std::string_view view = scope;
  EXPECT_EQ(text, "a[b]");
  EXPECT_EQ(view, "a[b]");
  using Values = std::vector<std::string>;
  const auto values = [](const Strings& strings) { return strings.values(); };
  EXPECT_EQ(values(scope), Values{"a[b]"});
  EXPECT_EQ(values(constant), Values{"urn:constant"});
  EXPECT_EQ(values({scope, constant, "c d"}), (Values{"a[b]", "urn:constant", "c d"}));
  EXPECT_EQ(values(std::vector<Scope>{scope, constant}), (Values{"a[b]", "urn:constant"}));
  EXPECT_EQ(values(ScopeParser::parse("x y")), (Values{"x", "y"}));
  const Field<Strings> field = {scope, constant};
  EXPECT_EQ(field->values(), (Values{"a[b]", "urn:constant"}));
  const Field<Strings> one = scope;
  EXPECT_EQ(one->values(), Values{"a[b]"});
}

}  // namespace
