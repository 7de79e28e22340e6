// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <system_error>

#include "sandbox/server/http.hpp"
#include "sandbox/server/service_error.hpp"

namespace globus_sandbox::https {

/// What the failure of a system call means for a request.
/// @param path as the request has it
ServiceError file_error(const std::system_error& error, const std::string& path);

/// Where a request is for something that is no file: a folder, a device.
/// @param status 404 where there is nothing to read, 409 where nothing can be written
ServiceError not_a_file(int status, const std::string& path);

/// Where a request's conditions do not hold.
ServiceError precondition_failed(const std::string& path);

/// An error in the form of Globus Connect Server: a `result` document.
HttpResponse result_form(const ServiceError& error);

}  // namespace globus_sandbox::https
