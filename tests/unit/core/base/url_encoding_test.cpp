// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "core/base/base64.hpp"
#include "core/base/redacted_url.hpp"
#include "core/base/url_encoding.hpp"

namespace {

using namespace globus_sdk::detail;

std::string all_bytes() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  return bytes;
}

TEST(UrlEncoding, QuotesPaths) {
  EXPECT_EQ(quote("/a b/c+d/é?x#y%z"), "/a%20b/c%2Bd/%C3%A9%3Fx%23y%25z");
  EXPECT_EQ(quote("AZaz09_.-~"), "AZaz09_.-~");
  EXPECT_EQ(quote("a/b", ""), "a%2Fb");
  EXPECT_EQ(quote(""), "");
  EXPECT_EQ(quote(std::string("\0\xff", 2)), "%00%FF");
}

TEST(UrlEncoding, WritesForms) {
  EXPECT_EQ(form_encode({{"a b", "c&d=e"}, {"a b", ""}, {"/", "é+~*"}}),
            "a+b=c%26d%3De&a+b=&%2F=%C3%A9%2B~%2A");
  EXPECT_EQ(form_encode({}), "");
}

TEST(UrlEncoding, ReadsForms) {
  const NameValuePairs pairs = {{"a b", "c&d=e"}, {"x", ""}, {"é", all_bytes()}};
  EXPECT_EQ(form_decode(form_encode(pairs)), pairs);
  EXPECT_EQ(form_decode("a&b=1=2&&=x"), (NameValuePairs{{"a", ""}, {"b", "1=2"}, {"", "x"}}));
  EXPECT_EQ(form_decode("a=%&b=%4&c=%zz&d=%41"),
            (NameValuePairs{{"a", "%"}, {"b", "%4"}, {"c", "%zz"}, {"d", "A"}}));
  EXPECT_TRUE(form_decode("").empty());
}

TEST(UrlEncoding, JoinsWithOneSlash) {
  EXPECT_EQ(join_url("https://h", "x"), "https://h/x");
  EXPECT_EQ(join_url("https://h/", "x"), "https://h/x");
  EXPECT_EQ(join_url("https://h", "/x"), "https://h/x");
  EXPECT_EQ(join_url("https://h/", "/x/"), "https://h/x/");
  EXPECT_EQ(join_url("https://h/", ""), "https://h/");
  EXPECT_EQ(join_url("https://h", ""), "https://h");
  EXPECT_EQ(join_url("https://h/", "//x"), "https://h//x");
}

TEST(UrlEncoding, RedactsUrls) {
  EXPECT_EQ(redacted_url("https://h/p?limit=1&code=S&marker=x"),
            "https://h/p?limit=1&code=***&marker=x");
  EXPECT_EQ(redacted_url("https://user:S@h:1/p"), "https://h:1/p");
  EXPECT_EQ(redacted_url("https://user:S@x@h/p@q"), "https://h/p@q");
  EXPECT_EQ(redacted_url("//u:S@h"), "//h");
  EXPECT_EQ(redacted_url("https://h/?q=a@b"), "https://h/?q=a@b");
  EXPECT_EQ(redacted_url("https://h/p#access_token=S"), "https://h/p");
  EXPECT_EQ(redacted_url("https://h?Access%5FToken=S&refresh_token=S&id_token=S"),
            "https://h?Access%5FToken=***&refresh_token=***&id_token=***");
  EXPECT_EQ(redacted_url("https://h/?X-Amz-Signature=S&X-Amz-Credential=S"),
            "https://h/?X-Amz-Signature=***&X-Amz-Credential=***");
  for (const char* name : {"token", "client_secret", "code_verifier", "assertion", "password",
                           "state", "code", "CLIENT_SECRET"}) {
    EXPECT_EQ(redacted_url(std::string("/p?") + name + "=S"), std::string("/p?") + name + "=***");
  }
  EXPECT_EQ(redacted_url(""), "");
  EXPECT_EQ(redacted_url("?"), "?");
  EXPECT_EQ(redacted_url("https://h/p?a&b=&code"), "https://h/p?a&b=&code");
}

TEST(UrlEncoding, WritesBase64) {
  EXPECT_EQ(base64_encode(""), "");
  EXPECT_EQ(base64_encode("f"), "Zg==");
  EXPECT_EQ(base64_encode("fo"), "Zm8=");
  EXPECT_EQ(base64_encode("foo"), "Zm9v");
  EXPECT_EQ(base64_encode("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64_encode("\xfb\xff\xbf"), "+/+/");
  EXPECT_EQ(base64url_encode("\xfb\xff\xbf"), "-_-_");
  EXPECT_EQ(base64url_encode("f"), "Zg");
}

}  // namespace
