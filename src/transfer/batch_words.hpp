// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "globus_sdk/core/field.hpp"

namespace globus_sdk::inline v0::detail {

using BatchWords = std::vector<std::string>;

/// What a line of a transfer's batch says.
struct TransferLine {
  std::string source_path{};
  std::string destination_path{};
  Field<bool> recursive{};
  Field<std::string> external_checksum{};
};

/// Reads the words of a line as globus-cli does: options stand anywhere, `--` ends them, and the
/// last one counts.
///
/// @throws GlobusSDKUsageError where the words are not what such a line has.
TransferLine read_transfer_line(BatchWords words);
/// The same for the path of a line of a deletion's batch, which has no options.
std::string read_delete_line(BatchWords words);

}  // namespace globus_sdk::inline v0::detail
