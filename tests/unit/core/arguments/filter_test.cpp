// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/filter.hpp"

#include <gtest/gtest.h>

#include <map>

#include "globus_sdk/core/errors.hpp"

namespace {

using namespace globus_sdk;
using Values = std::vector<std::string>;

Values values(const Filter& filter) {
  return filter.values();
}

TEST(Filter, IsATextAsItIs) {
  EXPECT_EQ(values("name:~*.csv/x"), Values{"name:~*.csv/x"});
}

TEST(Filter, IsClausesInTheirOrder) {
  EXPECT_EQ(values({{"name", {"a.txt", "b*"}}, {"type", "file"}}),
            Values{"name:a.txt,b*/type:file"});
  EXPECT_EQ(values({{"name", "x"}}), Values{"name:x"});
  EXPECT_EQ(values({{"name", {"x"}}}), Values{"name:x"});
  EXPECT_EQ(values({{"status", {"ACTIVE", "INACTIVE"}},
                    {"label", "~nightly*"},
                    {"request_time", "2026-01-01,"}}),
            Values{"status:ACTIVE,INACTIVE/label:~nightly*/request_time:2026-01-01,"});
  EXPECT_EQ(values({{"size", 5}}), Values{"size:5"});
}

TEST(Filter, IsAListOfEither) {
  EXPECT_EQ(values({{{"name", "~x"}}, "size:>1024", {{"type", {"dir", "file"}}}}),
            (Values{"name:~x", "size:>1024", "type:dir,file"}));
  EXPECT_EQ(values({"a", "b"}), (Values{"a", "b"}));
  EXPECT_EQ(values({"a", "b", "c"}), (Values{"a", "b", "c"}));
  EXPECT_EQ(values({"a"}), Values{"a"});
}

TEST(Filter, IsAnyOfTheseAsJson) {
  const Json document = {{"name", {"a", "b"}}};
  EXPECT_EQ(values(document), Values{"name:a,b"});
  EXPECT_EQ(values(document.view()), Values{"name:a,b"});
  EXPECT_EQ(values(document.view()["name"]), (Values{"a", "b"}));
  EXPECT_EQ(values(document.view()["name"][0]), Values{"a"});
  EXPECT_EQ(values(std::map<std::string, std::string>{{"a", "x"}, {"b", "y"}}), Values{"a:x/b:y"});
  EXPECT_EQ(values(std::vector<std::string>{"a", "b"}), (Values{"a", "b"}));
}

TEST(Filter, RefusesWhatIsNone) {
  EXPECT_THROW(values(Json(5)), GlobusSDKUsageError);
  EXPECT_THROW(values(Json(nullptr)), GlobusSDKUsageError);
  EXPECT_THROW(values({{"a", nullptr}}), GlobusSDKUsageError);
  EXPECT_THROW(values({{"a", 1.5}}), GlobusSDKUsageError);
  EXPECT_THROW(values({"x", 5}), GlobusSDKUsageError);
  EXPECT_THROW(values({"x", {"a", "b"}}), GlobusSDKUsageError);
  EXPECT_THROW(values({{"a", {"x", {"y", "z"}}}}), GlobusSDKUsageError);
}

}  // namespace
