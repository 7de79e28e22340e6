// SPDX-License-Identifier: Apache-2.0
// Says what the SDK takes from the environment. The test runs it as another user's setuid program.
#include <unistd.h>

#include "long_lives/programs/life.hpp"
#include "support/sanitized.hpp"

namespace {

using namespace globus_sdk;

void say(const char* what, const std::string& value) {
  std::printf("%s: %s\n", what, value.c_str());
}

/// What went wrong; "nothing" where nothing did.
template <class Action> std::string complaint(Action action) {
  try {
    action();
  } catch (const GlobusError& error) {
    return error.what();
  }
  return "nothing";
}

void say_all() {
  say("elevated", geteuid() == getuid() ? "no" : "yes");
  say("service", get_service_url("transfer"));
  say("groups", get_service_url("groups"));
  say("log", logger_from_environment().callback ? "yes" : "no");
  say("storage",
      JSONTokenStorage::for_globus_app("client", "app", "production", "DEFAULT").filepath());
  say("endpoint", LocalGlobusConnectPersonal().config_dir());
  say("transport", complaint([] { static_cast<void>(Transport()); }));
  say("app", complaint([] { static_cast<void>(ClientApp("app")); }));
  say("browser", complaint([] {
        const LocalServerLoginFlowManager login(NativeAppAuthClient("client"),
                                                {.fall_back_to_command_line = false});
        login.run_login_flow({.required_scopes = "openid"});
      }));
  // what libcurl reads itself, as soon as something is sent
  say("call", complaint([] {
        const TransferClient client(AccessTokenAuthorizer("token"),
                                    {.base_url = "http://127.0.0.1:1/",
                                     .transport = Transport({.proxy = nullptr}),
                                     .retry_config = RetryConfig{.max_retries = 0}});
        client.get_task("task");
      }));
}

}  // namespace

int main() {
  const int status = life::run(say_all);
  if (!globus_sdk_test::is_sanitized) return status;
  // LeakSanitizer would look at the process as a debugger does, which a setuid program forbids
  std::fflush(stdout);
  _exit(status);
}
