// SPDX-License-Identifier: Apache-2.0
// globus-sandbox: a local Globus on the command line.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

#include "sandbox/run_command.hpp"
#include "sandbox/sandbox.hpp"

namespace {

using globus_sandbox::Sandbox;
using globus_sandbox::SandboxOptions;

constexpr int usage_error = 2;
constexpr int own_failure = 125;  // as env(1) and timeout(1) have it

/// NAME=DIR, as `--collection` takes it.
std::pair<std::string, std::filesystem::path> read_collection(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
    throw CLI::ValidationError("--collection", "'" + text + "' is not of the form NAME=DIR");
  const std::filesystem::path folder = text.substr(equals + 1);
  if (!std::filesystem::is_directory(folder))
    throw CLI::ValidationError("--collection", "there is no folder " + folder.string());
  return {text.substr(0, equals), folder};
}

/// The options that `serve` and `exec` share.
struct CommonOptions {
  SandboxOptions sandbox{};
  std::vector<std::string> collections{};
  std::int64_t token_lifetime = 172800;
  std::int64_t refresh_token_grace = 0;

  void add_to(CLI::App& command) {
    command.add_option("--port", sandbox.port, "port on 127.0.0.1; the system chooses one for 0")
        ->capture_default_str();
    command
        .add_option("--collection", collections,
                    "a collection of that name in that folder; may be repeated. Without any there "
                    "are SOURCE and DESTINATION, in folders of their own")
        ->type_name("NAME=DIR")
        ->allow_extra_args(false);
    command.add_option("--state", sandbox.state, "keep the state in this file, and go on with it")
        ->type_name("FILE");
    command.add_flag("--auto-consent", sandbox.auto_consent,
                     "show no page: the first user consents, or the one that a login names");
    command.add_flag("--rotate-refresh-tokens", sandbox.rotate_refresh_tokens,
                     "a refresh token can be used once, and the answer has the next one");
    command
        .add_option(
            "--refresh-token-grace", refresh_token_grace,
            "with --rotate-refresh-tokens: how long a used refresh token can be used again, "
            "for clients that did not get the answer")
        ->type_name("SECONDS")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command.add_option("--token-lifetime", token_lifetime, "of access tokens")
        ->type_name("SECONDS")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command.add_flag("--tls", sandbox.tls,
                     "serve HTTPS, with a certificate authority of the sandbox's own");
    command.add_flag("--serve-everyone", sandbox.serve_everyone,
                     "let the services answer every user of this machine, and not only you: for "
                     "containers where users cannot be told apart");
  }

  SandboxOptions finished() const {
    SandboxOptions result = sandbox;
    for (const auto& text : collections) result.collections.push_back(read_collection(text));
    result.token_lifetime = std::chrono::seconds(token_lifetime);
    result.refresh_token_grace = std::chrono::seconds(refresh_token_grace);
    return result;
  }
};

int serve(const SandboxOptions& options) {
  // Blocked before there are threads, so that the signals wait for us.
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ending, signal);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  const Sandbox sandbox(options);
  fmt::print("{}\n", sandbox.description());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&ending, &signal);
  return 0;
}

int exec(const SandboxOptions& options, const std::vector<std::string>& command) {
  const globus_sandbox::SignalsHeldBack signals;
  const Sandbox sandbox(options);
  return signals.run(command, sandbox.environment());
}

constexpr const char* about =
    "globus-sandbox is a local Globus: Auth, Transfer, and files over HTTPS as they are on the "
    "wire, on 127.0.0.1, with folders of this machine as its collections.";

constexpr const char* serve_help =
    "Start a sandbox, print one line of JSON when it listens, and serve until a signal ends it.";

constexpr const char* exec_help =
    "Start a sandbox, run a command with it, and end with the command's exit status.";

constexpr const char* exec_footer =
    "What the command finds in its environment:\n"
    "  GLOBUS_SDK_SERVICE_URL_*                     where SDKs and the CLI find the services\n"
    "  GLOBUS_SDK_VERIFY_SSL                        the CA file, under --tls\n"
    "  GLOBUS_SANDBOX_URL                           base of the sandbox's control, /_sandbox/\n"
    "  GLOBUS_SANDBOX_CONTROL_SECRET                opens control to users not known to be you\n"
    "  GLOBUS_SANDBOX_CLIENT_ID, _CLIENT_SECRET     a confidential app that may use every grant\n"
    "  GLOBUS_SANDBOX_NATIVE_CLIENT_ID              a native app\n"
    "  GLOBUS_SANDBOX_USERNAME                      the first user, who holds, through the app,\n"
    "  GLOBUS_SANDBOX_AUTH_TOKEN, _AUTH_REFRESH_TOKEN, _TRANSFER_TOKEN, _TRANSFER_REFRESH_TOKEN\n"
    "                                               and, through the native app,\n"
    "  GLOBUS_SANDBOX_NATIVE_AUTH_REFRESH_TOKEN, _NATIVE_TRANSFER_REFRESH_TOKEN\n"
    "  GLOBUS_SANDBOX_COLLECTION_<NAME>             the id of each collection\n"
    "  GLOBUS_SANDBOX_<NAME>_HTTPS_URL              where its files are over HTTPS, for which the\n"
    "                                               first user holds, through the app,\n"
    "  GLOBUS_SANDBOX_<NAME>_HTTPS_TOKEN, _HTTPS_REFRESH_TOKEN\n\n"
    "Exit status: the command's; 128 + N when signal N ended it; 127 when it could not be run; 125 "
    "when the sandbox could not start; 2 for bad options.\n\n"
    "Example: globus-sandbox exec -- sh -c 'curl -s \"$GLOBUS_SDK_SERVICE_URL_AUTH\"jwk.json'";

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{about};
  app.set_version_flag("--version", "globus-sandbox " GLOBUS_SANDBOX_VERSION,
                       "print the version and exit");
  app.require_subcommand(1);
  app.footer("globus-sandbox COMMAND --help tells more.");

  CommonOptions options;
  CLI::App* serve_command = app.add_subcommand("serve", serve_help);
  options.add_to(*serve_command);

  CLI::App* exec_command = app.add_subcommand("exec", exec_help);
  exec_command->footer(exec_footer);
  options.add_to(*exec_command);
  std::vector<std::string> command;
  exec_command->add_option("COMMAND", command, "the command and its arguments, after --")
      ->required();
  exec_command->positionals_at_end();

  SandboxOptions finished;
  try {
    app.parse(argc, argv);
    finished = options.finished();
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : usage_error;
  }
  const bool executing = exec_command->parsed();
  try {
    return executing ? exec(finished, command) : serve(finished);
  } catch (const std::exception& error) {
    fmt::print(stderr, "globus-sandbox: {}\n", error.what());
    return executing ? own_failure : 1;
  }
}
