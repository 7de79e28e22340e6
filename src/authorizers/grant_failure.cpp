// SPDX-License-Identifier: Apache-2.0
#include "authorizers/grant_failure.hpp"

#include <chrono>
#include <thread>

#include "core/call/blocking_mode.hpp"

namespace globus_sdk::inline v0::detail {

bool is_refusal(const GlobusError& error) {
  const auto* answer = dynamic_cast<const GlobusAPIError*>(&error);
  return answer != nullptr && answer->code() == "invalid_grant";
}

bool is_unclear(const GlobusError& error) {
  if (const auto* answer = dynamic_cast<const GlobusAPIError*>(&error)) {
    const int status = answer->http_status();
    const bool says_when = status == 503 && answer->retry_after();
    return (status == 500 || (status >= 502 && status <= 504)) && !says_when;
  }
  // something on the way answered in the service's name, or the answer did not come whole
  if (dynamic_cast<const JsonError*>(&error) != nullptr) return true;
  const bool was_cut = dynamic_cast<const GlobusConnectionError*>(&error) != nullptr ||
                       dynamic_cast<const GlobusTimeoutError*>(&error) != nullptr;
  return was_cut && !dynamic_cast<const NetworkError&>(error).surely_not_processed();
}

void pause_before_repeat() {
  std::this_thread::sleep_for(std::chrono::duration<double>(0.25 + 0.5 * random_jitter()));
}

std::string fresh_token_is_refused(const std::string& how, const std::string& again) {
  return "the token is fresh: " + how +
         " because the service refused the one before, so that another " + again +
         " will hardly help; see whether the token is meant for this service, and whether this "
         "machine's clock and the service are right";
}

LoginRequiredError login_required(const std::string& whose) {
  return LoginRequiredError(
      "login required: Globus Auth refuses " + whose +
      " (it was revoked, it can be used only once and was used, or it was not used "
      "for months); log in again, with an app by login({.force = true})");
}

}  // namespace globus_sdk::inline v0::detail
