// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "support/program.hpp"
#include "support/raw_http.hpp"

namespace globus_sdk_test {

/// A sandbox in a process of its own, so that the test's has one thread alone and may fork.
class ServedSandbox {
 public:
  explicit ServedSandbox(std::vector<std::string> options = {})
      : program_(command(std::move(options))), description_(boost::json::parse(program_.line())) {}

  /// A variable that a program would get from `globus-sandbox exec`.
  std::string variable(const std::string& name) const {
    return std::string(description_.at("environment").at(name).as_string());
  }
  std::string value(const std::string& name) const { return variable("GLOBUS_SANDBOX_" + name); }
  /// Of the server on 127.0.0.1.
  std::uint16_t port() const {
    const std::string url = value("URL");
    return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
  }
  globus_sdk::ConfidentialAppAuthClient login_client() const {
    return {value("CLIENT_ID"),
            value("CLIENT_SECRET"),
            {.base_url = variable("GLOBUS_SDK_SERVICE_URL_AUTH")}};
  }
  globus_sdk::TransferClient transfer_client(const globus_sdk::AnyAuthorizer& authorizer) const {
    return globus_sdk::TransferClient(authorizer,
                                      {.base_url = variable("GLOBUS_SDK_SERVICE_URL_TRANSFER")});
  }
  void expire(const std::string& token) const {
    raw_http::Client().send_json("POST", value("URL") + "expire",
                                 serialize(boost::json::value{{"token", token}}));
  }
  /// How many requests came for a path that ends so.
  std::ptrdiff_t count(std::string_view path_end) const {
    const auto answer = raw_http::Client().get(value("URL") + "requests");
    const auto requests = boost::json::parse(answer.body).at("requests").as_array();
    return std::count_if(requests.begin(), requests.end(), [path_end](const auto& request) {
      return std::string_view(request.at("path").as_string()).ends_with(path_end);
    });
  }

 private:
  static std::vector<std::string> command(std::vector<std::string> options) {
    options.insert(options.begin(), {GLOBUS_SANDBOX_PROGRAM, "serve"});
    return options;
  }

  programs::Program program_;
  boost::json::value description_;
};

}  // namespace globus_sdk_test
