// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>
#include <vector>

#include "soak/calls.hpp"

namespace soak {

/// How a call ended.
struct Ending {
  std::string name;  ///< "right answer", or the class of what was thrown
  int status = 0;    ///< of an error of the service
  std::string message{};

  /// With the class of the service's errors.
  std::string label() const { return status == 0 ? name : name + " " + std::to_string(status); }
  /// The same for all services.
  std::string row() const { return status == 0 ? name : "API error " + std::to_string(status); }
};

inline constexpr const char* right_answer = "right answer";

/// @param thrown by the call; null when it returned.
Ending ending_of(const std::exception_ptr& thrown);

/// What is wrong with the end of a call; nothing when it is right. Everything is known that the
/// server did, so that there is one right end, or two where the network decides.
///
/// @param journal what the server received of this call.
std::string judge(const Call& call, const Kind& kind, const Ending& ending,
                  const std::vector<Entry>& journal);

}  // namespace soak
