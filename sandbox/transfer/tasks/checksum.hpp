// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace globus_sandbox::transfer {

/// The algorithm of that name (in any case, with or without a hyphen) as Globus spells it: MD5,
/// SHA1, SHA224, SHA256, SHA384 or SHA512. Nothing for any other.
std::optional<std::string> find_checksum_algorithm(std::string_view name);

/// A checksum that is computed piece by piece.
class Checksum {
 public:
  /// `algorithm` is spelt as `find_checksum_algorithm` gives it.
  explicit Checksum(const std::string& algorithm);
  void add(const char* bytes, std::size_t count);
  /// The checksum of everything added, in hexadecimal, lower case. Ends the computation.
  std::string finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace globus_sandbox::transfer
