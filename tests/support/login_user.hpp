// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/raw_http.hpp"

namespace globus_sdk_test {

/// A user in a thread of its own: what a login asks to open goes to a function, which may open it,
/// or do something else.
class LoginUser {
 public:
  using Act = std::function<void(const std::string& authorize_url)>;

  explicit LoginUser(Act act) : state_(std::make_shared<State>()) { state_->act = std::move(act); }
  ~LoginUser() { wait(); }
  LoginUser(const LoginUser&) = delete;
  LoginUser& operator=(const LoginUser&) = delete;

  /// For a login's `open_browser`.
  std::function<bool(const std::string&)> opener() const {
    return [state = state_](const std::string& url) {
      state->threads.emplace_back(state->act, url);
      return true;
    };
  }

  /// Waits until the user is done; what a thread did is to be read only then.
  void wait() {
    for (auto& thread : state_->threads) {
      if (thread.joinable()) thread.join();
    }
  }

 private:
  struct State {
    Act act{};
    std::vector<std::thread> threads{};
  };
  std::shared_ptr<State> state_;
};

/// Where an authorize URL leads on a sandbox that consents by itself: to the login's server.
inline std::string callback_url(const std::string& authorize_url) {
  raw_http::Request request;
  request.url = authorize_url;
  request.verify = false;
  return raw_http::Client().send(request).header("location");
}

}  // namespace globus_sdk_test
