// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/evp.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "globus_sdk/collections/checksum.hpp"
#include "globus_sdk/core/answer.hpp"

namespace globus_sdk::inline v0::detail {

/// How many bytes a checksum by that algorithm has; 0 for an algorithm that is not known.
std::size_t digest_size(std::string_view algorithm);

/// SHA-256 of a text, in hexadecimal digits.
std::string sha256_text(std::string_view text);

/// A checksum that a file must have, and who said so.
struct ExpectedDigest {
  std::string algorithm{};  ///< as in Checksum
  std::string text{};       ///< in Base64, or in hexadecimal digits
  std::string origin{};     ///< for messages: `Repr-Digest`
};

ExpectedDigest expected(const Checksum& checksum);

/// The checksums of the whole file that the head of an answer says: by `Repr-Digest` (RFC 9530);
/// and by `Digest` (RFC 3230), `Content-Digest` and `Content-MD5`, which may be of the part alone
/// in an answer that has a part.
std::vector<ExpectedDigest> announced_digests(const Answer& head);

/// The checksums of bytes that come in their order, compared with what they must be. An algorithm
/// that this OpenSSL does not have (it may be of a kind without MD5) is left out, unless the
/// caller asked for it.
class FileDigests {
 public:
  /// @throws GlobusError for an algorithm of the caller's that OpenSSL does not have.
  explicit FileDigests(std::optional<ExpectedDigest> asked = std::nullopt);

  /// Adds what the server says the file must have. Before the first byte.
  void expect(const std::vector<ExpectedDigest>& digests);
  /// Whether there is nothing to compare.
  bool empty() const noexcept { return digests_.empty(); }
  /// Takes the next bytes.
  void update(std::span<const std::byte> bytes);
  /// How many bytes were taken.
  std::int64_t size() const noexcept { return size_; }
  /// Forgets the bytes, and what the server said.
  void restart();
  /// Compares, once all bytes were taken.
  ///
  /// @param name of the file, for messages.
  /// @throws FileIntegrityError when a checksum is another.
  void verify(const std::string& name);

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
  };
  struct Running {
    ExpectedDigest expected;
    std::unique_ptr<EVP_MD_CTX, Free> context;
  };
  bool begin(const ExpectedDigest& expected);

  std::optional<ExpectedDigest> asked_;
  std::vector<Running> digests_{};
  std::int64_t size_ = 0;
};

}  // namespace globus_sdk::inline v0::detail
