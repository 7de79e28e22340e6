// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/field.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/filter.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/core/timestamp.hpp"

namespace {
enum class Level { low, high };
}  // namespace

template <> struct globus_sdk::ChoiceNames<Level> {
  static constexpr std::string_view parameter = "level";
  static constexpr std::string_view names[] = {"low", "high"};
  static constexpr bool closed = true;
};

namespace {

using namespace globus_sdk;

struct Options {
  Field<std::string> path{};
  Field<bool> recursive{};
  Field<std::int64_t> limit{};
  Field<double> rate{};
  Field<Strings> orderby{};
  Field<Json> query_params{};
  Field<Filter> filter{};
  Field<Timestamp> deadline{};
  Field<Choice<Level>> level{};
  Field<std::chrono::duration<double>> timeout{};
  Field<std::vector<int>> statuses{};
  Nullable<std::string> label{};
  Nullable<Json> metadata{};
  Nullable<Strings> tags{};
};

Options taken(const Options& options = {}) {
  return options;
}

template <class T>
concept TakesTwoTexts = requires(void (*call)(T)) { call({"a", "b"}); };
template <class T>
concept TakesNestedTexts = requires(void (*call)(T)) { call({{"a", "b"}}); };

// What must not compile.
static_assert(!TakesTwoTexts<Field<std::string>> && !TakesNestedTexts<Field<std::string>>);
static_assert(!TakesTwoTexts<Nullable<std::string>> && !TakesNestedTexts<Nullable<std::string>>);
static_assert(!TakesTwoTexts<Field<Timestamp>> && !TakesNestedTexts<Field<Timestamp>>);
static_assert(!TakesTwoTexts<Field<Choice<Level>>> && !TakesNestedTexts<Field<Choice<Level>>>);
static_assert(TakesTwoTexts<Field<Strings>>);
static_assert(!std::is_constructible_v<Field<std::string>, std::nullptr_t>);
static_assert(!std::is_constructible_v<Field<std::string>, Null>);
static_assert(!std::is_constructible_v<Field<std::string>, int>);
static_assert(!std::is_constructible_v<Field<std::string>, char>);
static_assert(!std::is_constructible_v<Field<bool>, int>);
static_assert(!std::is_constructible_v<Field<bool>, const char*>);
static_assert(!std::is_constructible_v<Field<bool>, std::string>);
static_assert(!std::is_constructible_v<Field<bool>, void*>);
static_assert(!std::is_constructible_v<Field<bool>, std::nullptr_t>);
static_assert(!std::is_constructible_v<Field<std::int64_t>, bool>);
static_assert(!std::is_constructible_v<Field<std::int64_t>, double>);
static_assert(!std::is_constructible_v<Field<std::int64_t>, char>);
static_assert(!std::is_constructible_v<Field<std::int64_t>, std::nullptr_t>);
static_assert(!std::is_constructible_v<Field<double>, bool>);
static_assert(!std::is_constructible_v<Field<double>, const char*>);
static_assert(!std::is_constructible_v<Field<std::chrono::seconds>, int>);
static_assert(!std::is_constructible_v<Field<std::chrono::seconds>, std::chrono::milliseconds>);
static_assert(!std::is_constructible_v<Field<Json>, std::nullptr_t>);
static_assert(!std::is_constructible_v<Field<Strings>, std::nullptr_t>);
static_assert(!std::is_constructible_v<Field<Filter>, std::nullptr_t>);
static_assert(!std::is_constructible_v<Field<Timestamp>, std::nullptr_t>);
static_assert(!std::is_constructible_v<Field<Timestamp>, int>);
static_assert(!std::is_constructible_v<Field<Choice<Level>>, int>, "it has no numbers");
static_assert(!std::is_constructible_v<Field<std::string>, Field<bool>>);

TEST(Field, IsUnsetUntilGivenAValue) {
  const Options none = taken();
  EXPECT_FALSE(none.path.has_value());
  EXPECT_FALSE(none.recursive);
  EXPECT_TRUE(none.label.is_unset());
  EXPECT_FALSE(none.label);
  EXPECT_THROW((void)none.path.value(), std::bad_optional_access);
}

TEST(Field, TakesDesignatedInitialisers) {
  const Options options = taken({.path = "/~/",
                                 .recursive = false,
                                 .limit = 5,
                                 .rate = 2,
                                 .orderby = {"a", "b"},
                                 .query_params = {{"k", 1}},
                                 .filter = {{"name", {"a", "b*"}}, {"type", "file"}},
                                 .deadline = "2026-01-31",
                                 .level = Level::high,
                                 .timeout = 10min,
                                 .statuses = {429, 503},
                                 .label = nullptr,
                                 .metadata = {{"a", nullptr}},
                                 .tags = null});
  EXPECT_EQ(*options.path, "/~/");
  ASSERT_TRUE(options.recursive.has_value());
  EXPECT_FALSE(*options.recursive);
  EXPECT_EQ(*options.limit, 5);
  EXPECT_EQ(*options.rate, 2.0);
  EXPECT_EQ(options.orderby->values(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(options.query_params->dump(), R"({"k":1})");
  EXPECT_EQ(options.filter->values(), std::vector<std::string>{"name:a,b*/type:file"});
  EXPECT_EQ(options.deadline->iso(), "2026-01-31");
  EXPECT_EQ(options.level->str(), "high");
  EXPECT_EQ(options.timeout->count(), 600.0);
  EXPECT_EQ(*options.statuses, (std::vector<int>{429, 503}));
  EXPECT_TRUE(options.label.is_null());
  EXPECT_EQ(options.metadata->dump(), R"({"a":null})");
  EXPECT_TRUE(options.tags.is_null());
}

TEST(Field, TakesOneValueWhereManyMayStand) {
  const Options options = taken({.orderby = "name", .filter = "size:>1", .tags = "one"});
  EXPECT_EQ(options.orderby->values(), std::vector<std::string>{"name"});
  EXPECT_EQ(options.filter->values(), std::vector<std::string>{"size:>1"});
  EXPECT_EQ(options.tags->values(), std::vector<std::string>{"one"});
}

TEST(Field, EmptyBracesMeanUnset) {
  Options options =
      taken({.path = {}, .orderby = {}, .query_params = {}, .filter = {}, .tags = {}});
  EXPECT_FALSE(options.path || options.orderby || options.query_params || options.filter);
  EXPECT_TRUE(options.tags.is_unset());
  options.path = "x";
  options.path = {};
  EXPECT_FALSE(options.path);
  options.label = nullptr;
  options.label = {};
  EXPECT_TRUE(options.label.is_unset());
}

TEST(Field, TakesAssignments) {
  Options options;
  const std::map<std::string, int> map = {{"a", 1}};
  const Json document = {{"name", "x"}, {"names", {"x", "y"}}};
  options.query_params = map;
  EXPECT_EQ(options.query_params->dump(), R"({"a":1})");
  options.query_params = document;
  EXPECT_EQ(*options.query_params, document);
  options.path = document.view()["name"];
  EXPECT_EQ(*options.path, "x");
  options.orderby = document.view()["names"];
  EXPECT_EQ(options.orderby->size(), 2U);
  options.label = "x";
  EXPECT_EQ(*options.label, "x");
  options.label = null;
  EXPECT_TRUE(options.label.is_null());
  EXPECT_FALSE(options.label.has_value());
  options.label.reset();
  EXPECT_TRUE(options.label.is_unset());
}

TEST(Field, TakesAnOptional) {
  Options options;
  options.path = std::optional<std::string>("x");
  EXPECT_EQ(*options.path, "x");
  options.path = std::optional<std::string>();
  EXPECT_FALSE(options.path);
}

TEST(Field, RefusesWhatDoesNotFit) {
  Options options;
  const char* pointer = nullptr;
  EXPECT_THROW(options.path = pointer, GlobusSDKUsageError);
  EXPECT_THROW(options.limit = ~std::uint64_t{0}, GlobusSDKUsageError);
  EXPECT_THROW(options.level = "middle", GlobusSDKUsageError);
  EXPECT_THROW(options.deadline = "tomorrow", GlobusSDKUsageError);
}

TEST(Field, GivesAFallback) {
  Field<std::int64_t> limit;
  EXPECT_EQ(limit.value_or(7), 7);
  limit = 3;
  EXPECT_EQ(limit.value_or(7), 3);
  EXPECT_EQ(Nullable<std::string>(nullptr).value_or("x"), "x");
}

}  // namespace
