// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace soak {

/// The text as gzip.
std::string compressed(const std::string& text);

/// A few kilobytes of gzip that become 4 MiB of blanks.
const std::string& bomb();

}  // namespace soak
