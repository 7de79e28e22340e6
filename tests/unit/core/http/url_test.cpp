// SPDX-License-Identifier: Apache-2.0
// URLs, as the parser reads them that sends to them.
#include "core/http/url.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/curl_version.hpp"

namespace globus_sdk {
namespace {

using detail::Url;

TEST(Url, IsReadInWhateverWayItIsWritten) {
  const Url url("HTTPS://Example.ORG/A/../b?x#y");
  EXPECT_TRUE(url.valid());
  EXPECT_EQ(url.scheme(), "https");
  EXPECT_EQ(url.host(), "example.org");
  EXPECT_EQ(url.port(), "443");
  EXPECT_TRUE(url.has_query_or_fragment());
  EXPECT_FALSE(url.has_user());
  EXPECT_EQ(Url("http://[::1]:8/x").host(), "::1");
  EXPECT_FALSE(Url("no url").valid());
  EXPECT_FALSE(Url("/path").valid());
  EXPECT_FALSE(Url("").valid());
}

TEST(Url, NamesAUserInWhateverWayThatIsWritten) {
  for (const char* text :
       {"https://u@h/", "https://u:p@h/", "https://:p@h/", "https://@h/", "http://base\\@other/"}) {
    EXPECT_TRUE(Url(text).has_user()) << text;
  }
  EXPECT_FALSE(Url("https://h/a@b").has_user());
  EXPECT_FALSE(Url("https://h/?a=b@c").has_user());
  // the host is what libcurl sends to
  EXPECT_EQ(Url("http://base\\@other/").host(), "other");
  const Url proxy("user:p%2Fw@proxy:1", Url::Form::proxy);
  EXPECT_EQ(proxy.scheme(), "http");
  EXPECT_EQ(proxy.user(), "user");
  EXPECT_EQ(proxy.password(), "p/w");
}

TEST(Url, StaysOnThisMachine) {
  for (const char* text :
       {"http://127.0.0.1/", "http://127.255.0.9:1/", "http://localhost/", "http://LOCALHOST/",
        "http://[::1]/", "http://[0:0::1]/", "http://127.1/", "http://2130706433/"}) {
    EXPECT_TRUE(Url(text).is_loopback()) << text;
    EXPECT_EQ(detail::destination_of(Url(text)).plain_http_host, "") << text;
  }
  for (const char* text : {"http://0.0.0.0/", "http://0/", "http://[::]/",
                           "http://[::ffff:127.0.0.1]/", "http://localhost.example/",
                           "http://128.0.0.1/", "http://login-node/", "http://10.0.0.1/"}) {
    EXPECT_FALSE(Url(text).is_loopback()) << text;
    EXPECT_EQ(detail::destination_of(Url(text)).plain_http_host, Url(text).host()) << text;
  }
  EXPECT_EQ(detail::destination_of(Url("HTTPS://login-node/")).plain_http_host, "");
}

/// Taken for this machine only by whom libcurl agrees with.
TEST(Url, BelowLocalhostStaysOnThisMachineUnlessANameServerIsAsked) {
  const bool stays = !globus_sdk_test::asks_name_servers_for_localhost();
  EXPECT_EQ(Url("http://a.localhost/").is_loopback(), stays);
  EXPECT_EQ(detail::destination_of(Url("http://A.localhost/")).plain_http_host,
            stays ? "" : "a.localhost");
}

TEST(Url, HasAnOrigin) {
  const auto same = [](const char* a, const char* b) { return same_origin(Url(a), Url(b)); };
  EXPECT_TRUE(same("https://A.example:1/x", "HTTPS://a.example:1"));
  EXPECT_TRUE(same("https://a.example/", "https://a.example:443/y"));
  EXPECT_FALSE(same("https://a.example/x", "https://a.example.evil/"));
  EXPECT_FALSE(same("https://a.example/", "http://a.example/"));
  EXPECT_FALSE(same("https://a.example/", "https://a.example:444/"));
  EXPECT_FALSE(same("https://a.example\\@b.example/", "https://a.example/"));
  EXPECT_FALSE(same("x", "x"));
}

TEST(Url, IsLeftByAReferenceToAnotherOrigin) {
  const auto stays = [](const char* reference) {
    return detail::is_reference_within_origin("https://a.example/x/y?z", reference);
  };
  for (const char* reference :
       {"/there", "there", "../there?q", "?q", "", "//a.example/z", "/with space", "/ue/\xC3\xBC",
        "https://a.example:443/", "HTTPS://A.example/z"}) {
    EXPECT_TRUE(stays(reference)) << reference;
  }
  for (const char* reference :
       {"//b.example/", "https://b.example/x", "http://a.example/", "https://a.example:444/",
        "https://a.example.evil/", "https://a.example\\@b.example/", "https://", "file:///x"}) {
    EXPECT_FALSE(stays(reference)) << reference;
  }
}

}  // namespace
}  // namespace globus_sdk
