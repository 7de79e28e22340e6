// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <globus_sdk/globus_sdk.hpp>
#include <optional>
#include <string>

#include "file_tree.hpp"
#include "interruption.hpp"

namespace demo {

/// The result of a transfer.
struct TransferResult {
  TreeSize done;
  double seconds = 0;
};

/// Submits the transfer of a whole collection into another, and watches it to its end.
///
/// @param after_a_third called when a third of it is done, and then until it returns a line to
/// show.
/// @throws std::runtime_error, with what Globus says of it, when the task meets a fault or fails.
TransferResult run_transfer(const globus_sdk::TransferClient& transfer_client,
                            const std::string& source_id, const std::string& destination_id,
                            TreeSize total,
                            const std::function<std::optional<std::string>()>& after_a_third,
                            const Interruption& interruption);

}  // namespace demo
