// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <iosfwd>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "transfer/batch_words.hpp"

namespace globus_sdk::inline v0::detail {

/// Hands the words of each line to `take`; not of lines that are empty, or comments.
///
/// @param take throws GlobusSDKUsageError for a line that is wrong.
/// @throws GlobusSDKUsageError when the stream cannot be read, or, at its end, when lines were
///   wrong: what() has a line `file:line: what` for each of the first hundred, and the number of
///   the others.
void read_batch(std::istream& stream, const Field<std::string>& file_name,
                const std::function<void(BatchWords)>& take);

}  // namespace globus_sdk::inline v0::detail
