// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <istream>
#include <sstream>
#include <string>

namespace globus_sdk_test {

/// A stream that cannot be searched, as one over a pipe.
class PassingStream : private std::stringbuf, public std::istream {
 public:
  explicit PassingStream(const std::string& content)
      : std::stringbuf(content, std::ios::in), std::istream(this) {}

 protected:
  std::streampos seekoff(std::streamoff, std::ios::seekdir, std::ios::openmode) override {
    return {-1};
  }
  std::streampos seekpos(std::streampos, std::ios::openmode) override { return {-1}; }
};

}  // namespace globus_sdk_test
