// SPDX-License-Identifier: Apache-2.0
#pragma once

// fauxbus, a fake of Globus, as server.py started it.

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "globus_sdk/globus_sdk.hpp"
#include "peers/support/environment.hpp"
#include "support/browser.hpp"

namespace globus_sdk {

using globus_sdk_test::between;
using peers::variable;

/// Its client, its user, and what steers it.
struct FauxbusWorld : testing::Test {
  const std::string url = variable("FAUXBUS_URL");
  const std::string client_id = variable("FAUXBUS_CLIENT_ID");
  const std::string user = variable("FAUXBUS_USER");
  const std::string redirect_uri = variable("FAUXBUS_REDIRECT_URI");
  const ConfidentialAppAuthClient login_client{client_id, variable("FAUXBUS_CLIENT_SECRET"),
                                               options()};
  raw_http::Client http{};

  void TearDown() override {
    raw_http::Request disarm;
    disarm.method = "DELETE";
    disarm.url = url + "/_fauxbus/failures";
    http.send(disarm);
  }

  ClientOptions options() const { return {.base_url = url + "/"}; }

  /// One request to what steers fauxbus.
  raw_http::Answer control(const std::string& name, const boost::json::value& document) {
    return http.send_json("POST", url + "/_fauxbus/" + name, boost::json::serialize(document));
  }
  /// Logs the user in, without a page that asks, and brings the code back.
  std::string log_in(const std::string& authorize_url) {
    const auto session = control("auth/session", {{"account", user}});
    const auto sent = http.get(authorize_url, {{"Cookie", session.text("cookie")}});
    EXPECT_EQ(sent.status, 302) << sent.body;
    EXPECT_TRUE(sent.header("location").starts_with(redirect_uri)) << sent.header("location");
    return between(sent.header("location"), "code=", "&");
  }
};

/// What a call is refused with.
template <class Error, class Call> Error refusal(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  throw std::runtime_error("nothing was refused");
}

}  // namespace globus_sdk
