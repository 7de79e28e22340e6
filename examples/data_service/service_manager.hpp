// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace data_service {

/// Tells systemd how this service is, as sd_notify does: a datagram to the socket that
/// `NOTIFY_SOCKET` names. It does nothing where that variable is not set, and a manager that cannot
/// be told is no reason to end.
///
/// @param state `READY=1`, `STOPPING=1`, `WATCHDOG=1`, or `STATUS=` and a text; several are lines.
void notify_service_manager(const std::string& state);

/// How often systemd wants to hear `WATCHDOG=1`: half of the unit's WatchdogSec; nothing where it
/// does not ask for that.
std::optional<std::chrono::microseconds> watchdog_interval();

}  // namespace data_service
