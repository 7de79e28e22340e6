// SPDX-License-Identifier: Apache-2.0
#include "core/base/iso8601.hpp"

#include <gtest/gtest.h>

namespace {

using namespace globus_sdk;

std::string reformatted(std::string_view text) {
  const auto time = detail::parse_iso8601(text);
  return time ? detail::format_iso8601(*time) : "none";
}

TEST(Iso8601, IsRead) {
  EXPECT_EQ(reformatted("2026-01-31"), "2026-01-31T00:00:00+00:00");
  EXPECT_EQ(reformatted("2026-01-31T12:03"), "2026-01-31T12:03:00+00:00");
  EXPECT_EQ(reformatted("2026-01-31T12:03:04"), "2026-01-31T12:03:04+00:00");
  EXPECT_EQ(reformatted("2026-01-31 12:03:04Z"), "2026-01-31T12:03:04+00:00");
  EXPECT_EQ(reformatted("2026-01-31t12:03:04z"), "2026-01-31T12:03:04+00:00");
  EXPECT_EQ(reformatted("2026-01-31T12:03:04.5Z"), "2026-01-31T12:03:04.500000+00:00");
  EXPECT_EQ(reformatted("2026-01-31T12:03:04.123456789Z"), "2026-01-31T12:03:04.123456+00:00");
  EXPECT_EQ(reformatted("2026-01-31T00:30:00+01:00"), "2026-01-30T23:30:00+00:00");
  EXPECT_EQ(reformatted("2026-01-31T23:30:00-0130"), "2026-02-01T01:00:00+00:00");
  EXPECT_EQ(reformatted("2026-01-31T23:30:00-01"), "2026-02-01T00:30:00+00:00");
  EXPECT_EQ(reformatted("2024-02-29T23:59:60Z"), "2024-03-01T00:00:00+00:00");
}

TEST(Iso8601, WritesWholeSecondsWithTheLetterOfUtc) {
  using std::chrono::seconds;
  using std::chrono::sys_seconds;
  EXPECT_EQ(detail::format_iso8601_seconds(sys_seconds(seconds(1700000000))),
            "2023-11-14T22:13:20Z");
  EXPECT_EQ(detail::format_iso8601_seconds(sys_seconds(seconds(-1))), "1969-12-31T23:59:59Z");
}

}  // namespace
