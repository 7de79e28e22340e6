// SPDX-License-Identifier: Apache-2.0
// Built with -fvisibility=hidden and -fvisibility-inlines-hidden, and linked with the shared
// library: what is thrown there is caught here by its class.
#include "long_lives/programs/life.hpp"

namespace {

using namespace globus_sdk;

template <class Error, class Body> void expect(const char* name, Body body) {
  try {
    body();
  } catch (const Error& error) {
    std::printf("%s: %s\n", name, error.what());
    return;
  } catch (const std::exception& error) {
    throw std::runtime_error(std::string(name) + " was not caught by its class: " + error.what());
  }
  throw std::runtime_error(std::string(name) + " was not thrown");
}

/// Thrown here, called from there.
class OwnError : public GlobusError {
  using GlobusError::GlobusError;
};
struct OwnAuthorizer : GlobusAuthorizer {
  std::string get_authorization_header(const CallLimits&) const override {
    throw OwnError("of the consumer's own");
  }
};

ClientOptions unreachable() {
  ClientOptions options;
  options.base_url = "http://127.0.0.1:1/";
  RetryConfig never;
  never.max_retries = 0;
  options.retry_config = never;
  return options;
}

}  // namespace

int main() {
  return life::run([] {
    const TransferClient client = life::transfer_client();
    life::call(client);
    life::call_async(client);
    const auto listing = client.operation_ls(life::source());
    const auto ls_nothing = [&client] {
      client.operation_ls(life::source(), {.path = "/~/there is none/"});
    };
    expect<TransferAPIError>("TransferAPIError", ls_nothing);
    expect<GlobusAPIError>("GlobusAPIError", ls_nothing);
    expect<GlobusError>("GlobusError", ls_nothing);
    expect<TransferAPIError>("TransferAPIError, asynchronous", [&client] {
      OperationLsOptions options{.path = "/~/there is none/"};
      globus_sdk_test::run_async(client.async().operation_ls(life::source(), options));
    });
    expect<AuthAPIError>("AuthAPIError",
                         [] { AuthClient(AccessTokenAuthorizer("none")).userinfo(); });
    expect<JsonError>("JsonError", [&listing] { static_cast<void>(listing["no such member"]); });
    expect<GlobusSDKUsageError>("GlobusSDKUsageError", [] {
      TransferClient(ClientOptions{.base_url = std::string("no URL")});
    });
    expect<GlobusConnectionError>("GlobusConnectionError",
                                  [] { TransferClient(unreachable()).get("/"); });
    expect<GlobusTimeoutError>("GlobusTimeoutError", [&client] {
      // the sandbox is made to be slow here
      client.with({.timeout = std::chrono::milliseconds(100), .max_retries = 0}).task_list();
    });
    std::stop_source source;
    source.request_stop();
    expect<CancelledError>("CancelledError", [&] {
      client.with({.stop = source.get_token()}).operation_ls(life::source());
    });
    expect<OwnError>("OwnError",
                     [] { TransferClient(OwnAuthorizer()).operation_ls(life::source()); });
    expect<OwnError>("OwnError, asynchronous", [] {
      const TransferClient with_own{OwnAuthorizer()};
      globus_sdk_test::run_async(with_own.async().operation_ls(life::source()));
    });
  });
}
