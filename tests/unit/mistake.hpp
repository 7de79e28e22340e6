// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "globus_sdk/core/config.hpp"
#include "globus_sdk/core/errors.hpp"
#include "support/recording_server.hpp"

namespace globus_sdk_test {

/// A server that should receive nothing, and the clients that send to it.
class Refused {
 public:
  Refused() { options_.base_url = server_.url(); }
  ~Refused() { EXPECT_TRUE(server_.requests().empty()) << server_.requests().front().target; }

  const globus_sdk::ClientOptions& options() const { return options_; }

 private:
  RecordingServer server_{[](const RecordedRequest&) { return RecordedAnswer(); }};
  globus_sdk::ClientOptions options_{};
};

template <class Client> struct Mistake {
  const char* parameter;
  std::function<void(const Client&)> make;
};

/// Whether `work` throws a usage error whose message names the parameter.
template <class Work> testing::AssertionResult is_refused(const std::string& parameter, Work work) {
  try {
    work();
  } catch (const globus_sdk::GlobusSDKUsageError& error) {
    const std::string message = error.what();
    if (message.find(parameter) != std::string::npos) return testing::AssertionSuccess();
    return testing::AssertionFailure() << parameter << " is not named in: " << message;
  } catch (const std::exception& error) {
    return testing::AssertionFailure() << parameter << ": another error: " << error.what();
  }
  return testing::AssertionFailure() << parameter << ": nothing is thrown";
}

template <class Client>
void expect_refused(const Client& client, const std::vector<Mistake<Client>>& mistakes) {
  for (const auto& mistake : mistakes) {
    EXPECT_TRUE(is_refused(mistake.parameter, [&] { mistake.make(client); }));
  }
}

}  // namespace globus_sdk_test
