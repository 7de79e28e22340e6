// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>
#include <map>
#include <string>
#include <vector>

namespace globus_sandbox {

/// Holds back the signals that a command is to get from us, from its making to its end. To be made
/// before any thread is started, since threads take over what is held back.
class SignalsHeldBack {
 public:
  SignalsHeldBack();
  ~SignalsHeldBack();
  SignalsHeldBack(const SignalsHeldBack&) = delete;
  SignalsHeldBack& operator=(const SignalsHeldBack&) = delete;

  /// Runs a command with these variables added to our environment, hands on the signals that come
  /// meanwhile, and returns its exit status as a shell has it: 128 + N when signal N ended it, 127
  /// when it cannot be run (and a line on stderr says why).
  int run(const std::vector<std::string>& command,
          const std::map<std::string, std::string>& variables) const;

 private:
  sigset_t held_{};
  sigset_t before_{};
};

}  // namespace globus_sandbox
