// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/json_member.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// What an entry of a folder is.
enum class FileType {
  file,             ///< a file
  dir,              ///< a folder
  invalid_symlink,  ///< a symbolic link that leads nowhere
  chr,              ///< a character device
  blk,              ///< a block device
  pipe,             ///< a named pipe
  other,            ///< anything else, as a socket
};
template <> struct ChoiceNames<FileType> {
  static constexpr std::string_view parameter = "type";
  static constexpr std::string_view names[] = {"file", "dir",  "invalid_symlink", "chr", "blk",
                                               "pipe", "other"};
  static constexpr bool closed = false;
};

/// An entry of a folder: an item of `operation_ls`, and the document of `operation_stat`.
///
/// Of a symbolic link, `name` is the link's; the other members are of what it leads to, and those
/// that begin with `link_` are its own.
///
///     for (const auto& item : tc.operation_ls(collection_id, {.path = "/~/"})) {
///       const FileEntry entry{item};
///       if (entry.type == FileType::file) std::cout << entry.name << ' ' << entry.size << '\n';
///     }
///
/// @see https://docs.globus.org/api/transfer/file_operations/#file_document
struct FileEntry {
  /// @throws JsonError when the document is no object, or a member is of another type.
  explicit FileEntry(const JsonView& data);
  /// The document of an answer.
  explicit FileEntry(const GlobusHTTPResponse& response);

  /// The whole document, with the members that have no name here.
  JsonView document;

  /// The name, without the folder.
  JsonMember<std::string> name{document, "name"};
  /// What it is.
  JsonMember<Choice<FileType>> type{document, "type"};
  /// In bytes.
  JsonMember<std::int64_t> size{document, "size"};
  /// When it was last changed.
  JsonMember<std::chrono::sys_seconds> last_modified{document, "last_modified"};
  /// The permissions in octal, for example `0644`.
  JsonMember<std::string> permissions{document, "permissions"};
  /// The owner: a name or a number.
  JsonMember<std::string> user{document, "user"};
  /// The group: a name or a number.
  JsonMember<std::string> group{document, "group"};

  /// Where a symbolic link leads; no value for other entries.
  JsonMember<std::string> link_target{document, "link_target"};
  /// The size of the link itself.
  JsonMember<std::int64_t> link_size{document, "link_size"};
  /// When the link itself was last changed.
  JsonMember<std::chrono::sys_seconds> link_last_modified{document, "link_last_modified"};
  /// The owner of the link itself.
  JsonMember<std::string> link_user{document, "link_user"};
  /// The group of the link itself.
  JsonMember<std::string> link_group{document, "link_group"};
};

}  // namespace globus_sdk::inline v0
