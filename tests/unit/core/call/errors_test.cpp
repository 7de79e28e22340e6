// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/errors.hpp"
#include "globus_sdk/compute/errors.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/flows/errors.hpp"
#include "globus_sdk/gcs/errors.hpp"
#include "globus_sdk/groups/errors.hpp"
#include "globus_sdk/search/errors.hpp"
#include "globus_sdk/timers/errors.hpp"
#include "globus_sdk/transfer/errors.hpp"

#include <gtest/gtest.h>

#include "core/base/base64.hpp"
#include "core/base/mask_secrets.hpp"
#include "core/http/reason_phrase.hpp"

namespace {

using namespace globus_sdk;

template <class Derived, class Base> constexpr bool is_a = std::is_base_of_v<Base, Derived>;

static_assert(is_a<GlobusError, std::exception>);
static_assert(is_a<GlobusSDKUsageError, GlobusError> && is_a<ValidationError, GlobusError>);
static_assert(is_a<JsonError, GlobusError> && is_a<CancelledError, GlobusError>);
static_assert(is_a<GlobusAPIError, GlobusError> && is_a<NetworkError, GlobusError>);
static_assert(is_a<AuthAPIError, GlobusAPIError> && is_a<TransferAPIError, GlobusAPIError> &&
              is_a<GroupsAPIError, GlobusAPIError> && is_a<SearchAPIError, GlobusAPIError> &&
              is_a<FlowsAPIError, GlobusAPIError> && is_a<TimersAPIError, GlobusAPIError> &&
              is_a<ComputeAPIError, GlobusAPIError> && is_a<GCSAPIError, GlobusAPIError>);
static_assert(is_a<GlobusConnectionError, NetworkError> && is_a<GlobusTimeoutError, NetworkError>);
static_assert(is_a<GlobusConnectionTimeoutError, GlobusTimeoutError>);

// Copying an exception while another is in flight must not end the program.
static_assert(std::is_nothrow_copy_constructible_v<GlobusSDKUsageError>);
static_assert(std::is_nothrow_copy_constructible_v<NetworkError>);
static_assert(std::is_nothrow_copy_constructible_v<TransferAPIError>);
static_assert(std::is_nothrow_copy_assignable_v<TransferAPIError>);

TEST(Errors, SayWhatTheyWereTold) {
  try {
    throw GlobusSDKUsageError("path is empty");
  } catch (const std::exception& error) {
    EXPECT_STREQ(error.what(), "path is empty");
  }
}

TEST(Errors, OutliveWhatTheyWereCopiedFrom) {
  GlobusError copy("x");
  {
    const GlobusError original("original");
    copy = original;
  }
  EXPECT_STREQ(copy.what(), "original");
}

TEST(Errors, OfTheNetworkNameMethodAndUrl) {
  const GlobusConnectionTimeoutError error("no connection within 5 s", "POST",
                                           "https://u:hidden@host/token?code=hidden&x=1");
  EXPECT_STREQ(error.what(), "POST https://host/token?code=***&x=1: no connection within 5 s");
  EXPECT_EQ(error.method(), "POST");
  EXPECT_EQ(error.url(), "https://host/token?code=***&x=1");
}

TEST(Errors, MaskSecrets) {
  using detail::mask_secrets;
  EXPECT_EQ(mask_secrets("a s3 b s3", {"s3"}), "a *** b ***");
  EXPECT_EQ(mask_secrets("long-s3cret s3cret", {"s3cret", "long-s3cret"}), "*** ***");
  EXPECT_EQ(mask_secrets("x%2Fy%20z x/y+z x/y z", {"x/y z"}), "*** *** ***");
  EXPECT_EQ(mask_secrets("x%2Fy+z", {"x/y z"}), "***");
  EXPECT_EQ(mask_secrets("text", {""}), "text");
  EXPECT_EQ(mask_secrets("**", {"*"}), "******");
  EXPECT_EQ(mask_secrets("", {"a"}), "");
}

/// Who echoes a secret seldom does so in the form that it was sent in.
TEST(Errors, MaskSecretsInEveryForm) {
  using detail::mask_secrets;
  const std::string secret = "p\"a/s s+w\\o&r<d\xC3\xA9";
  for (const char* form : {"p\"a/s s+w\\o&r<d\xC3\xA9",                  // as it is
                           "p%22a%2Fs%20s%2Bw%5Co%26r%3Cd%C3%A9",        // quoted
                           "p%22a%2fs%20s%2bw%5co%26r%3cd%c3%a9",        // in small letters
                           "p%22a%2Fs+s%2Bw%5Co%26r%3Cd%C3%A9",          // in a form
                           "p%22a/s%20s%2Bw%5Co%26r%3Cd%C3%A9",          // in a path
                           "p\\\"a/s s+w\\\\o&r<d\xC3\xA9",              // in JSON
                           "p\\\"a\\/s s+w\\\\o&r<d\\u00e9",             // in JSON of ASCII
                           "p\\\"a/s s+w\\\\o\\u0026r\\u003cd\xC3\xA9",  // in JSON that fits HTML
                           "p&quot;a/s s+w\\o&amp;r&lt;d\xC3\xA9",       // in HTML
                           "p&#34;a/s s+w\\o&amp;r&lt;d\xC3\xA9",        // in HTML of others
                           "cCJhL3Mgcyt3XG8mcjxkw6k="}) {                // in base64
    EXPECT_EQ(mask_secrets(std::string("it was '") + form + "'", {secret}), "it was '***'") << form;
  }
}

/// What a Basic header says is a name and a secret.
TEST(Errors, MaskWhatABasicHeaderSays) {
  using detail::mask_secrets;
  const std::string credential = detail::base64_encode("client-id:the/secret");
  for (const char* form : {"the/secret", "the%2Fsecret", "client-id:the/secret",
                           "Y2xpZW50LWlkOnRoZS9zZWNyZXQ=", "Y2xpZW50LWlkOnRoZS9zZWNyZXQ"}) {
    EXPECT_EQ(mask_secrets(std::string("(") + form + ")", {credential}), "(***)") << form;
  }
  EXPECT_EQ(mask_secrets("client-id is unknown", {credential}), "client-id is unknown");
}

TEST(Errors, KnowTheUsualReasons) {
  EXPECT_EQ(detail::reason_phrase(404), "Not Found");
  EXPECT_EQ(detail::reason_phrase(599), "");
}

}  // namespace
