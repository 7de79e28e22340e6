// SPDX-License-Identifier: Apache-2.0
// The SDK at work, in ten seconds: a local Globus is started, a real tree of files moves between
// two of its collections while access tokens expire, and the copy is compared with the original.
//
//     demo [FOLDER]
#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <globus_sdk/globus_sdk.hpp>
#include <optional>
#include <string>
#include <vector>

#include "demo/file_tree.hpp"
#include "demo/interruption.hpp"
#include "demo/local_globus.hpp"
#include "demo/progress.hpp"
#include "demo/transfer_run.hpp"

namespace {

using namespace globus_sdk;
namespace fs = std::filesystem;

constexpr int fewest_files = 5000;
// a token's life, and the least time that the transfer takes: some tokens expire on the way
constexpr auto token_lifetime = std::chrono::seconds(3);
constexpr std::int64_t transfer_seconds = 6;
constexpr const char* transfer_scope = "urn:globus:auth:scope:transfer.api.globus.org:all";

/// The result of the transfer, and the requests that the services received for it.
struct Outcome {
  demo::TransferResult transfer;
  demo::Traffic traffic;
};

void print_heading(const std::string& text) {
  fmt::print("\n{}\n", text);
}

/// Prints one line about the top folder of a collection.
void list_collection(const TransferClient& transfer_client, const std::string& collection_id) {
  constexpr std::size_t most_names = 4;
  const auto name = transfer_client.get_endpoint(collection_id)["display_name"];
  const auto entries =
      transfer_client.operation_ls(collection_id, {.path = "/", .orderby = "name"});
  std::string names;
  std::size_t count = 0;
  for (auto entry : entries) {
    if (++count > most_names) break;
    names += (names.empty() ? ": " : ", ") + entry["name"].as<std::string>();
  }
  fmt::print("  {} has {} entries{}{}\n", name.as<std::string>(), entries.size(), names,
             count > most_names ? ", ..." : "");
}

/// Access Token Authorization on AuthClient and TransferClient
void use_access_tokens(const demo::LocalGlobus& globus, const CallSettings& settings) {
  print_heading("Access Token Authorization on AuthClient and TransferClient");
  const auto auth_client =
      AuthClient(AccessTokenAuthorizer(globus.value("AUTH_TOKEN")), globus.options_for("auth"))
          .with(settings);
  const auto transfer_client = TransferClient(AccessTokenAuthorizer(globus.value("TRANSFER_TOKEN")),
                                              globus.options_for("transfer"))
                                   .with(settings);

  fmt::print("  user {}\n", auth_client.userinfo()["preferred_username"].as<std::string>());
  list_collection(transfer_client, globus.id_of("SOURCE"));
  list_collection(transfer_client, globus.id_of("DESTINATION"));
}

/// Basic Auth on an AuthClient
void use_basic_auth(const ConfidentialAppAuthClient& client) {
  print_heading("Basic Auth on an AuthClient");
  const auto tokens = client.oauth2_client_credentials_tokens(transfer_scope);
  for (const auto& [resource_server, token] : tokens.by_resource_server())
    fmt::print("  the application has a token of its own for {}\n", resource_server);
}

/// How long the access token is valid that is in use.
std::int64_t seconds_left(const RefreshTokenAuthorizer& authorizer) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return authorizer.expires_at().value_or(0) -
         std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

/// Refresh Token Authorization on AuthClient and TransferClient: a transfer that outlives its
/// access tokens, one of which a service even refuses on the way.
Outcome use_refresh_tokens(demo::LocalGlobus& globus,
                           const ConfidentialAppAuthClient& internal_auth_client,
                           demo::TreeSize total, const demo::Interruption& interruption) {
  print_heading("Refresh Token Authorization on AuthClient and TransferClient");
  const CallSettings settings{.stop = interruption.token()};
  const RefreshTokenAuthorizer auth_authorizer(globus.value("AUTH_REFRESH_TOKEN"),
                                               internal_auth_client);
  const RefreshTokenAuthorizer transfer_authorizer(globus.value("TRANSFER_REFRESH_TOKEN"),
                                                   internal_auth_client);
  const auto auth_client = AuthClient(auth_authorizer, globus.options_for("auth")).with(settings);
  const auto transfer_client =
      TransferClient(transfer_authorizer, globus.options_for("transfer")).with(settings);
  fmt::print("  user {}\n", auth_client.userinfo()["preferred_username"].as<std::string>());
  fmt::print("  tasks so far: {}\n", transfer_client.task_list().size());
  fmt::print("  access tokens live {} s here; the transfer takes longer\n", token_lifetime.count());

  auto& sandbox = globus.sandbox();
  sandbox.clear_requests();
  sandbox.set_bandwidth_limit(total.bytes / transfer_seconds);
  const auto let_token_expire = [&]() -> std::optional<std::string> {
    // to expire a token that is about to be renewed anyway would prove nothing
    if (seconds_left(transfer_authorizer) < 2) return std::nullopt;
    sandbox.expire(transfer_authorizer.access_token().value());
    return "  the access token expires ahead of its time, right now";
  };
  const auto transfer =
      demo::run_transfer(transfer_client, globus.id_of("SOURCE"), globus.id_of("DESTINATION"),
                         total, let_token_expire, interruption);
  return {transfer, demo::count_traffic(sandbox)};
}

void compare(const fs::path& tree, const fs::path& copy, const demo::Interruption& interruption) {
  print_heading("Comparing both trees byte for byte");
  const auto comparison = demo::compare_trees(tree, copy, interruption);
  for (const auto& line : comparison.differences) fmt::print("  {}\n", line);
  if (!comparison.differences.empty()) throw std::runtime_error("the trees differ");
  fmt::print("  {} files are equal\n", demo::with_commas(comparison.equal_files));
}

void summarize(const Outcome& outcome) {
  const auto& [transfer, traffic] = outcome;
  print_heading("Summary");
  fmt::print("  files           {}\n", demo::with_commas(transfer.done.files));
  fmt::print("  bytes           {} ({})\n", demo::with_commas(transfer.done.bytes),
             demo::in_bytes(static_cast<double>(transfer.done.bytes)));
  fmt::print("  seconds         {:.1f}\n", transfer.seconds);
  fmt::print("  tokens renewed  {}, {} of them because Transfer had refused the one before\n",
             traffic.token_requests, traffic.refused_tokens);
  fmt::print("  calls           {}, none failed: nobody noticed\n",
             traffic.transfer_calls - traffic.refused_tokens);
}

/// The tree to transfer: the folder that was named, or one that most machines have, or else one
/// that the demo makes.
fs::path choose_tree(const std::vector<std::string>& arguments,
                     const demo::TemporaryFolder& temporary,
                     const demo::Interruption& interruption) {
  if (arguments.size() > 1) throw std::runtime_error("usage: demo [FOLDER]");
  if (!arguments.empty() && !fs::is_directory(arguments.front()))
    throw std::runtime_error("there is no folder " + arguments.front());
  if (!arguments.empty()) return fs::canonical(arguments.front());
  const fs::path everywhere = "/usr/include";
  if (fs::is_directory(everywhere) && demo::measure(everywhere, interruption).files >= fewest_files)
    return everywhere;
  const auto own = temporary.make("source");
  demo::make_small_files(own, fewest_files, interruption);
  return own;
}

void run(const std::vector<std::string>& arguments, const demo::Interruption& interruption) {
  const demo::TemporaryFolder temporary;
  const auto tree = choose_tree(arguments, temporary, interruption);
  const auto total = demo::measure(tree, interruption);
  fmt::print("{}: {} files, {}\n", tree.string(), demo::with_commas(total.files),
             demo::in_bytes(static_cast<double>(total.bytes)));

  demo::LocalGlobus globus(tree, token_lifetime, temporary);
  fmt::print("a local Globus at {}\n", globus.sandbox().url());
  const CallSettings settings{.stop = interruption.token()};
  use_access_tokens(globus, settings);
  const auto app =
      ConfidentialAppAuthClient(globus.value("CLIENT_ID"), globus.value("CLIENT_SECRET"),
                                globus.options_for("auth"))
          .with(settings);
  use_basic_auth(app);
  const auto outcome = use_refresh_tokens(globus, app, total, interruption);
  compare(tree, globus.sandbox().folder("DESTINATION") / "copy", interruption);
  summarize(outcome);
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int interrupted = 130;  // as shells have it
  const demo::Interruption interruption;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // who reads along in a pipe sees each line at once
  try {
    run({argv + 1, argv + argc}, interruption);
    return 0;
  } catch (const std::exception& error) {
    if (interruption.token().stop_requested()) {
      fmt::print(stderr, "interrupted: everything is stopped and removed\n");
      return interrupted;
    }
    fmt::print(stderr, "demo: {}\n", error.what());
    return 1;
  }
}
