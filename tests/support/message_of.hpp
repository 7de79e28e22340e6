// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>

namespace globus_sdk_test {

/// The message of the Error that an action throws; what else comes of it, where it throws none.
template <class Error, class Action> std::string message_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  } catch (const std::exception& error) {
    return std::string("another error: ") + error.what();
  }
  return "no error";
}

}  // namespace globus_sdk_test
