// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace data_service {

/// What an instance of the service is told when it starts.
struct Settings {
  std::string client_id{};
  std::string client_secret{};
  /// A PostgreSQL database; empty: the SQLite file.
  std::string token_storage_url{};
  std::filesystem::path tokens_file{};
  /// Keys that seal the stored tokens, in Base64; the first one seals, all of them open. Secrets.
  std::vector<std::string> sealing_keys{};
  /// Where it listens. Port 0 is chosen by the system.
  std::string address{};
  std::uint16_t port = 0;
  /// How many requests are worked on at once.
  std::size_t threads = 0;
  /// How long running requests may take after a SIGTERM before they are handed back.
  std::chrono::seconds stop_within{};
};

/// Reads the settings.
///
/// Secrets are files in the folder that `CREDENTIALS_DIRECTORY` names: `client-id`,
/// `client-secret`, and if there are such files `token-storage-url` and `sealing-key`, with a key
/// on each line. systemd sets that variable for a unit with LoadCredential, and a Kubernetes
/// manifest sets it to where a Secret is mounted. Without it, the variables of `globus-sandbox
/// exec` are used. Nothing comes from the command line, which all users of a machine can read.
///
/// | Variable | | unless set |
/// |---|---|---|
/// | `GLOBUS_SDK_TOKEN_STORAGE_URL` | the database, where `token-storage-url` is no file | |
/// | `STATE_DIRECTORY` | without a database: the folder of `tokens.db` | |
/// | `DATA_SERVICE_LISTEN` | address and port | `127.0.0.1:8080` |
/// | `DATA_SERVICE_THREADS` | requests that are worked on at once | 16 |
/// | `DATA_SERVICE_STOP_SECONDS` | how long running requests may take after SIGTERM | 25 |
///
/// @throws std::runtime_error, which names the variable or the file, and says what to do.
Settings read_settings();

}  // namespace data_service
