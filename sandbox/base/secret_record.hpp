// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace globus_sandbox {

/// Appends a secret, as a line, to the file that `GLOBUS_SANDBOX_SECRETS_FILE` names, if it names
/// one, and keeps it from other users: so a test can look for every secret that there was in what a
/// program has printed.
void record_secret(std::string_view secret);

}  // namespace globus_sandbox
