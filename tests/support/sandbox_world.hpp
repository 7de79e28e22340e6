// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "sandbox/sandbox.hpp"
#include "support/over_tls.hpp"

namespace globus_sdk_test {

/// A sandbox, and the SDK's clients for it.
struct SandboxWorld {
  explicit SandboxWorld(globus_sandbox::SandboxOptions options = {})
      : sandbox(for_this_run(std::move(options))) {}

  globus_sdk::ClientOptions options(const std::string& service) const {
    globus_sdk::ClientOptions options;
    options.base_url = sandbox.service_url(service);
    if (!sandbox.ca_file().empty()) {
      globus_sdk::TransportSettings settings;
      settings.verify_ssl = sandbox.ca_file().string();
      options.transport = globus_sdk::Transport(settings);
    }
    return options;
  }
  globus_sdk::ConfidentialAppAuthClient login_client() const {
    return {sandbox.value("CLIENT_ID"), sandbox.value("CLIENT_SECRET"), options("auth")};
  }
  globus_sdk::NativeAppAuthClient native_client() const {
    return globus_sdk::NativeAppAuthClient(sandbox.value("NATIVE_CLIENT_ID"), options("auth"));
  }
  globus_sdk::AuthClient auth_client(const globus_sdk::AnyAuthorizer& authorizer) const {
    return globus_sdk::AuthClient(authorizer, options("auth"));
  }
  globus_sdk::TransferClient transfer_client(const globus_sdk::AnyAuthorizer& authorizer) const {
    return globus_sdk::TransferClient(authorizer, options("transfer"));
  }
  globus_sdk::TransferClient transfer_client() const {
    return transfer_client(globus_sdk::AccessTokenAuthorizer(sandbox.value("TRANSFER_TOKEN")));
  }
  std::string source() const { return sandbox.value("COLLECTION_SOURCE"); }
  std::string destination() const { return sandbox.value("COLLECTION_DESTINATION"); }

  /// How many requests came for a path that ends so.
  std::ptrdiff_t count(std::string_view path_end) const {
    const auto requests = sandbox.requests();
    return std::count_if(requests.begin(), requests.end(), [path_end](const auto& request) {
      return request.path.ends_with(path_end);
    });
  }
  void write(const std::string& path, const std::string& content) const {
    const auto file = sandbox.folder("SOURCE") / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
  }
  std::string read_destination(const std::string& path) const {
    std::ifstream file(sandbox.folder("DESTINATION") / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  globus_sandbox::Sandbox sandbox;
};

/// One whose authorize page consents by itself.
inline SandboxWorld consenting_world() {
  globus_sandbox::SandboxOptions options;
  options.auto_consent = true;
  return SandboxWorld(options);
}

inline std::int64_t now_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace globus_sdk_test
