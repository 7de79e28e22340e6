// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/timestamp.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"

namespace {

using namespace globus_sdk;
using std::chrono::sys_days;
using std::chrono::system_clock;

constexpr sys_days day{std::chrono::year(2026) / 1 / 31};

TEST(Timestamp, IsWrittenAsPythonDoes) {
  const Timestamp whole = system_clock::time_point(day + 12h + 3min + 4s);
  EXPECT_EQ(whole.iso(), "2026-01-31T12:03:04+00:00");
  EXPECT_EQ(whole.str(), "2026-01-31 12:03:04+00:00");
  const Timestamp fine = system_clock::time_point(day + 12h + 50us);
  EXPECT_EQ(fine.iso(), "2026-01-31T12:00:00.000050+00:00");
  EXPECT_EQ(fine.iso_seconds(), "2026-01-31T12:00:00+00:00");
  EXPECT_EQ(Timestamp(system_clock::time_point(day + 1ns)).iso(), "2026-01-31T00:00:00+00:00");
}

TEST(Timestamp, WritesTimesBeforeTheEpoch) {
  EXPECT_EQ(Timestamp(system_clock::time_point(-1us)).iso(), "1969-12-31T23:59:59.999999+00:00");
}

TEST(Timestamp, TakesTimesOfOtherPrecision) {
  EXPECT_EQ(Timestamp(std::chrono::sys_seconds(day)).iso(), "2026-01-31T00:00:00+00:00");
  EXPECT_EQ(Timestamp(day).iso(), "2026-01-31T00:00:00+00:00");
}

TEST(Timestamp, KeepsATextAsItIs) {
  for (const char* text : {"2026-01-31", "2026-01-31T12:00Z", "2026-01-31 12:00:00.5+01:00"}) {
    EXPECT_EQ(Timestamp(text).iso(), text);
    EXPECT_EQ(Timestamp(text).str(), text);
    EXPECT_EQ(Timestamp(text).iso_seconds(), text);
  }
  EXPECT_EQ(Timestamp("2026-01-31T01:00:00+01:00").time(), day);
}

TEST(Timestamp, RefusesTextThatIsNone) {
  for (const char* text : {"",
                           "x",
                           "2026",
                           "2026-01",
                           "2026-1-31",
                           "2026-02-29",
                           "2026-13-01",
                           "2026-00-10",
                           "0000-01-01",
                           "2026-01-31T",
                           "2026-01-31X12:00",
                           "2026-01-31T24:00",
                           "2026-01-31T12",
                           "2026-01-31T12:60",
                           "2026-01-31T12:00:61",
                           "2026-01-31T12:00:00.",
                           "2026-01-31T12:00:00+",
                           "2026-01-31T12:00:00+1",
                           "2026-01-31T12:00:00+01:",
                           "2026-01-31T12:00:00+01:60",
                           "2026-01-31T12:00:00Z ",
                           " 2026-01-31",
                           "2026-01-31T12:00:00ZZ",
                           "-026-01-31"}) {
    EXPECT_THROW(Timestamp{text}, GlobusSDKUsageError) << text;
  }
  EXPECT_THROW(Timestamp(std::string("2026-01-31\0", 11)), GlobusSDKUsageError);
}

TEST(Timestamp, RefusesTimesThatHaveNoText) {
  using Hours = std::chrono::sys_time<std::chrono::hours>;
  EXPECT_THROW(Timestamp{Hours::max()}, GlobusSDKUsageError);
  EXPECT_THROW(Timestamp{Hours::min()}, GlobusSDKUsageError);
  EXPECT_NO_THROW(Timestamp{system_clock::time_point::max()});
  EXPECT_NO_THROW(Timestamp{system_clock::time_point::min()});
}

}  // namespace
