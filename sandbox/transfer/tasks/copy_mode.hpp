// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

namespace globus_sandbox::transfer {

/// To whom an open file or folder is open.
struct Openness {
  mode_t mode = 0;               ///< its permission bits
  gid_t group = 0;               ///< whom the middle three are for
  bool has_access_list = false;  ///< then the middle three are not what they seem
};

/// Throws std::system_error.
Openness openness_of(int file);

/// The permission bits that a copy may have at most, when it belongs to a group: it is open to
/// nobody whom its source keeps out. Its owner may read it, who has read the source.
mode_t bits_for_copy(const Openness& source, gid_t group_of_copy);

/// Gives an open file or folder permission bits, and takes away the access control lists that it
/// inherited; at no moment is it more open than it was or is to be. Throws std::system_error.
void set_bits(int file, mode_t bits);

/// The bits that this process' umask leaves of some.
mode_t without_umask(mode_t bits);

}  // namespace globus_sandbox::transfer
