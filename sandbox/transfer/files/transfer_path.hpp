// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace globus_sandbox::transfer {

/// A path that no collection can have: with a NUL or a line break, into another user's home, or
/// above the root.
class InvalidPath : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// A path of a collection, read from a request.
struct TransferPath {
  std::string relative;        ///< bytes, below the collection's root; empty for the root
  bool ends_in_slash = false;  ///< it asked for a directory
};

/// Reads a path as Globus spells it. `/~/`, `~/` and a path that does not begin with a slash begin
/// at the collection's home, which is its root here. `.` and `..` are taken out by the text alone;
/// what would lead above the root is refused.
TransferPath parse_transfer_path(std::string_view text);

/// A path as the service shows it: from the root, with a slash at its beginning.
std::string to_document_path(std::string_view relative);

}  // namespace globus_sandbox::transfer
