// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <istream>
#include <memory>
#include <streambuf>

#include "globus_sdk/collections/remote_file.hpp"

namespace globus_sdk::inline v0 {

/// A `std::istream` over a RemoteFile: to be read from front to back, or from any place by
/// `seekg`. Streams of one file share its cache; a stream itself is for one thread.
///
///     RemoteFileStream stream{files.open("/data/list.txt")};
///     for (std::string line; std::getline(stream, line);) ...
///
/// A read that fails sets `badbit`; after `stream.exceptions(std::ios::badbit)` it throws what
/// RemoteFile::read_at throws.
class RemoteFileStream : public std::istream {
 public:
  explicit RemoteFileStream(const RemoteFile& file);
  ~RemoteFileStream() override;

 private:
  std::unique_ptr<std::streambuf> buffer_;
};

}  // namespace globus_sdk::inline v0
