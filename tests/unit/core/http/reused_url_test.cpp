// SPDX-License-Identifier: Apache-2.0
#include "core/http/reused_url.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace globus_sdk::detail;

/// What `form` says; "none" of none.
std::string text_of(CURLU* form) {
  char* text = nullptr;
  if (form == nullptr || curl_url_get(form, CURLUPART_URL, &text, 0) != CURLUE_OK) return "none";
  std::string copy(text);
  curl_free(text);
  return copy;
}

std::string read_alone(const std::string& url) {
  return text_of(ReusedUrl().read(url));
}

TEST(ReusedUrl, ReadsEachUrlAsIfItWereTheFirst) {
  const std::string urls[] = {"https://host/a/b",
                              "https://host/a?x=1&y=%20",
                              "https://host/",
                              "https://host",
                              "https://host?x=1",
                              "https://host#f",
                              "https://host/a#f",
                              "https://host/a?",
                              "https://host/%2e%2e/a",
                              "https://host/%2F%c3%A9?path=%2F~%2f",
                              "https://host/a/../b",
                              "https://host/a/./b?x=/../y",
                              "https://host/.hidden",
                              "https://host//a",
                              "https://host/a b",
                              "https://host/\xC3\xA9",
                              "https://host/a?b?c",
                              "https://host:8443/a",
                              "https://hostile/a",
                              "https://HOST/a",
                              "http://host/a",
                              "https://user:secret@host/a",
                              "http://[::1]:80/a",
                              "no url",
                              "://x/",
                              ""};
  ReusedUrl reused;
  for (const std::string& first : urls) {
    for (const std::string& second : urls) {
      reused.read(first);
      EXPECT_EQ(text_of(reused.read(second)), read_alone(second)) << first << " then " << second;
    }
  }
}

}  // namespace
