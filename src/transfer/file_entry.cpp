// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/file_entry.hpp"

namespace globus_sdk::inline v0 {

FileEntry::FileEntry(const JsonView& data) : document(detail::require_object(data)) {}
FileEntry::FileEntry(const GlobusHTTPResponse& response) : FileEntry(response.data()) {}

}  // namespace globus_sdk::inline v0
