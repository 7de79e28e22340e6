// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <ostream>
#include <stop_token>
#include <string>

namespace globus_sdk::inline v0::detail {

/// Whether a person can be asked: standard input is a terminal, and so is standard output or, where
/// that goes elsewhere, standard error.
bool has_terminal();

/// The one of standard output and standard error that a person sees; standard output where neither
/// is a terminal.
std::ostream& terminal_output();

/// The next line of standard input without its end; nothing at the end of input. Other users of
/// `std::cin` find the lines after it.
///
/// @throws CancelledError when stopped.
std::optional<std::string> read_input_line(const std::stop_token& stop);

}  // namespace globus_sdk::inline v0::detail
