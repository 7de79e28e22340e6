// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>

#include <memory>
#include <string>

#include "sandbox/base/clock.hpp"
#include "sandbox/base/file_descriptor.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::https {

/// A regular file that is open for reading.
struct OpenFile {
  std::shared_ptr<const FileDescriptor> descriptor;
  struct stat status{};
  std::string name;   ///< as bytes of the file system, without folders
  std::string shown;  ///< its path as the request has it
};

/// What a GET or a HEAD of a file is answered with: all of it, the ranges that are asked for, or
/// that it has not changed. Throws a ServiceError (412 or 416).
HttpResponse answer_with_file(const HttpRequest& request, const OpenFile& file, Instant now);

}  // namespace globus_sandbox::https
