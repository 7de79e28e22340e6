// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <exception>
#include <string>
#include <utility>

namespace globus_sandbox::transfer {

/// A request that is answered with an error document of Globus' Transfer.
class ServiceError : public std::exception {
 public:
  ServiceError(int status, std::string code, std::string message, boost::json::object more = {})
      : status_(status),
        code_(std::move(code)),
        message_(std::move(message)),
        more_(std::move(more)) {}

  int status() const { return status_; }
  const std::string& code() const { return code_; }
  const std::string& message() const { return message_; }
  /// Further fields of the document, such as `required_scopes`.
  const boost::json::object& more() const { return more_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  int status_;
  std::string code_;
  std::string message_;
  boost::json::object more_;
};

/// A request that says something the service does not understand.
inline ServiceError bad_request(std::string message) {
  return {400, "ClientError.BadRequest", std::move(message)};
}

/// What Globus has and the sandbox does not.
inline ServiceError not_implemented(const std::string& what) {
  return {501, "NotImplemented", "the sandbox does not have: " + what};
}

}  // namespace globus_sandbox::transfer
