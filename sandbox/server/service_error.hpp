// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include "sandbox/server/http.hpp"

namespace globus_sandbox {

/// Thrown where a request cannot be served. The service that it was sent to writes the error in its
/// own form (`Service::write_error`).
class ServiceError : public std::exception {
 public:
  /// @param code in the service's own spelling, or in CamelCase where any service may throw it
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

/// What Globus has and the sandbox does not.
ServiceError not_implemented(const std::string& what);

/// Thrown in place of an answer that is no error document of a service: a page, a redirection, an
/// error of OAuth2.
struct Refusal {
  HttpResponse response;
};

/// `NOT_IMPLEMENTED` for `NotImplemented`, for services that spell their codes so; a code without
/// small letters stays as it is.
std::string to_capitals(std::string_view code);

/// The form that most services share: `code`, `message`, `request_id`, `resource`, and what more
/// the error has.
HttpResponse shared_error_form(const ServiceError& error, const std::string& resource);

}  // namespace globus_sandbox
