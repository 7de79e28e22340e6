// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sandbox::transfer {

/// Whether the bytes are well-formed UTF-8.
bool is_utf8(std::string_view bytes);

/// A file name or path of the file system as documents show it. A component that is no UTF-8 is
/// shown as Globus shows it: U+FFFD, and then each byte as the character of that number, so that it
/// can be handed back.
std::string to_document_name(std::string_view bytes);

/// The bytes that a name in a document stands for: the inverse of `to_document_name`.
std::string from_document_name(std::string_view name);

}  // namespace globus_sandbox::transfer
