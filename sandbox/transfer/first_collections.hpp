// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace globus_sandbox {
struct SandboxOptions;
class TemporaryFolder;
}  // namespace globus_sandbox

namespace globus_sandbox::transfer {

/// Names and folders of the collections that a sandbox starts with: those of its options. Where
/// there are none and the state has none, they are SOURCE and DESTINATION, in folders that go with
/// the sandbox, or that stay beside its state.
std::vector<std::pair<std::string, std::filesystem::path>> first_collections(
    const SandboxOptions& options, TemporaryFolder& temporary, bool state_has_some);

}  // namespace globus_sandbox::transfer
