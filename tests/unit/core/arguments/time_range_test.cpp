// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/time_range.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk {
namespace {

using namespace std::chrono_literals;

std::string text_of(const Field<TimeRange>& range) {
  return range->str();
}

TEST(TimeRange, IsTwoTimesOrTexts) {
  const auto start = std::chrono::sys_seconds(1'767'323'045s);
  EXPECT_EQ(text_of({start, start + 1500ms}),
            "2026-01-02T03:04:05+00:00,2026-01-02T03:04:06+00:00");
  EXPECT_EQ(text_of({"2026-01-01", "2026-01-31T12:00:00Z"}), "2026-01-01,2026-01-31T12:00:00Z");
}

TEST(TimeRange, MayBeOpen) {
  EXPECT_EQ(text_of({"", "2026-01-31"}), ",2026-01-31");
  EXPECT_EQ(text_of({"2026-01-31", ""}), "2026-01-31,");
}

TEST(TimeRange, IsATextAsItIs) {
  EXPECT_EQ(text_of("2026-01-01,2026-01-31"), "2026-01-01,2026-01-31");
}

TEST(TimeRange, HasTwoEndsThatAreTimes) {
  EXPECT_THROW(text_of({"2026-01-01", "tomorrow"}), GlobusSDKUsageError);
  EXPECT_THROW((TimeRange{TimeRangeEnd("2026-01-01")}), GlobusSDKUsageError);
}

}  // namespace
}  // namespace globus_sdk
