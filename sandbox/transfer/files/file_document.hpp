// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "sandbox/transfer/files/confined_folder.hpp"

namespace globus_sandbox::transfer {

/// The `file` document of what is at `path`. A symbolic link that stays in the collection is shown
/// as what it leads to, with its own values in the `link_` fields; one that leads nowhere, or
/// outside, has the type `invalid_symlink`. Throws std::system_error where there is nothing.
boost::json::object file_document(const ConfinedFolder& folder, std::string_view path);

/// The documents of a directory's entries, in no order. Entries that vanish meanwhile are left out.
std::vector<boost::json::object> entry_documents(const ConfinedFolder& folder,
                                                 std::string_view path);

}  // namespace globus_sandbox::transfer
