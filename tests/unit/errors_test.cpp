// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/errors.hpp"

#include <gtest/gtest.h>

namespace {

using namespace globus_sdk;

template <class Derived, class Base> constexpr bool is_a = std::is_base_of_v<Base, Derived>;

static_assert(is_a<GlobusError, std::exception>);
static_assert(is_a<GlobusSDKUsageError, GlobusError> && is_a<ValidationError, GlobusError>);
static_assert(is_a<JsonError, GlobusError> && is_a<CancelledError, GlobusError>);
static_assert(is_a<GlobusAPIError, GlobusError> && is_a<NetworkError, GlobusError>);
static_assert(is_a<AuthAPIError, GlobusAPIError> && is_a<TransferAPIError, GlobusAPIError>);
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
  EXPECT_EQ(mask_secrets("x%2Fy%20z x/y+z x/y z", {"x/y z"}), "*** x/y+z ***");
  EXPECT_EQ(mask_secrets("x%2Fy+z", {"x/y z"}), "***");
  EXPECT_EQ(mask_secrets("text", {""}), "text");
  EXPECT_EQ(mask_secrets("**", {"*"}), "******");
  EXPECT_EQ(mask_secrets("", {"a"}), "");
}

TEST(Errors, KnowTheUsualReasons) {
  EXPECT_EQ(detail::reason_phrase(404), "Not Found");
  EXPECT_EQ(detail::reason_phrase(599), "");
}

}  // namespace
