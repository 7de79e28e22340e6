// SPDX-License-Identifier: Apache-2.0
#include "collections/file_part.hpp"

#include <gtest/gtest.h>

namespace globus_sdk::detail {
namespace {

TEST(FilePart, IsAskedForByItsFirstAndLastByte) {
  EXPECT_EQ(range_text({0, 100}), "bytes=0-99");
  EXPECT_EQ(range_text({5'000'000'000, 1}), "bytes=5000000000-5000000000");
}

TEST(ContentRange, SaysWhichPartCame) {
  EXPECT_EQ(read_content_range("bytes 0-99/1000"), (ContentRange{{0, 100}, 1000}));
  EXPECT_EQ(read_content_range("Bytes 999-999/1000"), (ContentRange{{999, 1}, 1000}));
  EXPECT_EQ(read_content_range("bytes 5-9/*"), (ContentRange{{5, 5}, std::nullopt}));
}

TEST(ContentRange, OfAnyOtherFormSaysNothing) {
  for (const char* text :
       {"", "bytes", "bytes ", "0-99/1000", "lines 0-99/1000", "bytes */1000", "bytes -5/1000",
        "bytes 0-/1000", "bytes 0-99", "bytes 0-99/", "bytes 99-0/1000", "bytes 0-1000/1000",
        "bytes 0-99/1000 ", "bytes 0-99/1000, 200-299/1000", "bytes +0-99/1000",
        "bytes 0 - 99/1000", "bytes 0-99/-1", "bytes 0-9223372036854775807/*",
        "bytes 0-99/99999999999999999999"}) {
    EXPECT_EQ(read_content_range(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace globus_sdk::detail
