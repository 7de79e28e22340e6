// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/plain_client.hpp"
#include "support/run_async.hpp"

namespace globus_sdk_test {

inline globus_sdk::ClientOptions options_for(const std::string& url, std::int64_t max_retries = 0) {
  globus_sdk::RetryConfig retry;
  retry.max_retries = max_retries;
  retry.max_sleep = std::chrono::milliseconds(1);
  globus_sdk::ClientOptions options;
  options.base_url = url;
  options.retry_config = retry;
  return options;
}

/// The same call in each mode that uses the network.
struct InBothModes : testing::TestWithParam<bool> {
  globus_sdk::GlobusHTTPResponse get(const PlainClient& client, const std::string& path) const {
    return GetParam() ? run_async(client.async().get(path)) : client.get(path);
  }
  globus_sdk::GlobusHTTPResponse post(const PlainClient& client, const std::string& path,
                                      const globus_sdk::RequestOptions& options) const {
    return GetParam() ? run_async(client.async().post(path, options)) : client.post(path, options);
  }
};

/// Names the tests of both modes.
inline std::string mode_of(const testing::TestParamInfo<bool>& parameter) {
  return parameter.param ? "Async" : "Blocking";
}

}  // namespace globus_sdk_test
