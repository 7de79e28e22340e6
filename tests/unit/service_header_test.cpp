// SPDX-License-Identifier: Apache-2.0
// A service's header alone is enough to use the service: it brings what its methods throw, and the
// literals that its options take.
#include "globus_sdk/transfer/transfer_client.hpp"

#include <gtest/gtest.h>

namespace {

using namespace globus_sdk;

/// Like a program's own code: nothing else of the SDK is included here.
bool is_there(const TransferClient& tc) try {
  return tc.with({.timeout = 5s}).get("/x").http_status() == 200;
} catch (const TransferAPIError& error) {
  return error.http_status() != 404;
} catch (const NetworkError&) {
  return false;
}

TEST(ServiceHeader, BringsItsErrorsAndTheLiterals) {
  EXPECT_FALSE(is_there(TransferClient(ClientOptions{
      .base_url = "http://127.0.0.1:1/", .retry_config = RetryConfig{.max_retries = 0}})));
}

}  // namespace
