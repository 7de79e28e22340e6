// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <globus_sdk/globus_sdk.hpp>
#include <string>

#include "file_tree.hpp"
#include "sandbox/sandbox.hpp"

namespace demo {

/// The Globus that the demo talks to: a sandbox in this process, whose collections are the tree
/// that is transferred and an empty folder.
class LocalGlobus {
 public:
  LocalGlobus(const std::filesystem::path& tree, std::chrono::seconds token_lifetime,
              const TemporaryFolder& temporary);

  /// Settings for clients of this sandbox.
  globus_sdk::ClientOptions options_for(const std::string& service) const;

  globus_sandbox::Sandbox& sandbox() { return sandbox_; }
  std::string id_of(const std::string& collection) const {
    return sandbox_.value("COLLECTION_" + collection);
  }
  std::string value(const std::string& name) const { return sandbox_.value(name); }

 private:
  globus_sandbox::Sandbox sandbox_;
  globus_sdk::Transport transport_{globus_sdk::TransportSettings{.proxy = globus_sdk::null}};
};

/// The requests that a sandbox received since they were last cleared.
struct Traffic {
  int token_requests = 0;  ///< to Globus Auth, for new access tokens
  int transfer_calls = 0;
  int refused_tokens = 0;  ///< of the calls: answered with 401
};

Traffic count_traffic(const globus_sandbox::Sandbox& sandbox);

}  // namespace demo
