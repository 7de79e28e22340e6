// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <globus_sdk/globus_sdk.hpp>
#include <stdexcept>
#include <string>

#include "data_service/messages.hpp"

namespace data_service {

/// A request that this service itself refuses.
class Refused : public std::runtime_error {
 public:
  Refused(unsigned status, const std::string& message)
      : std::runtime_error(message), status_(status) {}
  unsigned status() const noexcept { return status_; }

 private:
  unsigned status_;
};

/// What a user is answered where something went wrong: a status, and `error` with what to do. The
/// SDK's messages never hold a token.
UserAnswer explain(const std::exception& error);

/// Whether the user has to log in again, perhaps with a new consent.
bool needs_login(const std::exception& error);

}  // namespace data_service
