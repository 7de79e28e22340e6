// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>

#include <string>

#include "sandbox/base/clock.hpp"

namespace globus_sandbox::https {

/// What a client tells one state of a file from another by.
struct Validators {
  std::string entity_tag;  ///< a strong one, as in an ETag header, with its quotes
  Instant modified;        ///< to the second, as in a Last-Modified header
};

/// The validators of a file. The tag is another one as soon as the file is another one, or has
/// another size, or was written at another time: times are those of the file system, to the
/// nanosecond where it has them.
/// @param now nothing was modified later than that (RFC 9110, 8.8.2.1)
Validators validators_of(const struct stat& status, Instant now);

}  // namespace globus_sandbox::https
