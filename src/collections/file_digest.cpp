// SPDX-License-Identifier: Apache-2.0
#include "collections/file_digest.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/ascii.hpp"
#include "core/base/base64.hpp"
#include "core/base/for_each_part.hpp"
#include "core/base/hexadecimal.hpp"
#include "core/base/one_line.hpp"
#include "core/base/openssl_errors.hpp"
#include "globus_sdk/collections/errors.hpp"
#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

struct Algorithm {
  std::string_view name;  ///< as in Checksum
  std::size_t size;
  const EVP_MD* (*digest)();
};

constexpr std::array<Algorithm, 4> algorithms{{{"md5", 16, &EVP_md5},
                                               {"sha1", 20, &EVP_sha1},
                                               {"sha256", 32, &EVP_sha256},
                                               {"sha512", 64, &EVP_sha512}}};

const Algorithm* find_algorithm(std::string_view name) {
  const auto found = std::ranges::find(algorithms, name, &Algorithm::name);
  return found == algorithms.end() ? nullptr : &*found;
}

/// The algorithm that a header means by a name of its own; empty for one that is not known.
std::string algorithm_of_header(std::string_view name) {
  std::string algorithm = ascii_lowered(std::string(name));
  std::erase(algorithm, '-');
  if (algorithm == "sha") algorithm = "sha1";
  return digest_size(algorithm) > 0 ? algorithm : std::string();
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// The checksums of a header: `SHA-256=TEXT,MD5=TEXT`, or as RFC 9530 writes it, `sha-256=:TEXT:`.
void add_digests(std::vector<ExpectedDigest>& digests, const Headers& headers,
                 const std::string& name) {
  for (const std::string& value : headers.all(name)) {
    for_each_part(value, ',', [&](std::string_view part) {
      const std::size_t equals = part.find('=');
      if (equals == std::string_view::npos) return;
      std::string algorithm = algorithm_of_header(trimmed(part.substr(0, equals)));
      std::string_view text = trimmed(part.substr(equals + 1));
      if (text.size() > 2 && text.front() == ':' && text.back() == ':') {
        text = text.substr(1, text.size() - 2);
      }
      if (!algorithm.empty()) digests.push_back({std::move(algorithm), std::string(text), name});
    });
  }
}

std::string_view as_text(std::span<const unsigned char> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string hexadecimal_text(std::span<const unsigned char> bytes) {
  std::string text;
  for (const unsigned char byte : bytes) append_hexadecimal(text, byte);
  return text;
}

}  // namespace

std::size_t digest_size(std::string_view algorithm) {
  const Algorithm* found = find_algorithm(algorithm);
  return found == nullptr ? 0 : found->size;
}

std::string sha256_text(std::string_view text) {
  const OpenSSLErrors errors;
  std::array<unsigned char, 32> digest{};
  if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    throw GlobusError("SHA-256 cannot be computed");
  }
  return hexadecimal_text(digest);
}

ExpectedDigest expected(const Checksum& checksum) {
  return {checksum.algorithm(), checksum.hexadecimal(), "the option checksum"};
}

std::vector<ExpectedDigest> announced_digests(const Answer& head) {
  std::vector<ExpectedDigest> digests;
  add_digests(digests, head.headers, "Repr-Digest");
  if (head.status != 200) return digests;
  add_digests(digests, head.headers, "Digest");
  add_digests(digests, head.headers, "Content-Digest");
  if (const auto md5 = head.headers.get("Content-MD5")) {
    digests.push_back({"md5", std::string(trimmed(*md5)), "Content-MD5"});
  }
  return digests;
}

FileDigests::FileDigests(std::optional<ExpectedDigest> asked) : asked_(std::move(asked)) {
  restart();
}

bool FileDigests::begin(const ExpectedDigest& expected) {
  const OpenSSLErrors errors;
  Running running{expected, {}};
  running.context.reset(EVP_MD_CTX_new());
  const Algorithm* algorithm = find_algorithm(expected.algorithm);
  if (!running.context || algorithm == nullptr ||
      EVP_DigestInit_ex(running.context.get(), algorithm->digest(), nullptr) != 1) {
    return false;
  }
  digests_.push_back(std::move(running));
  return true;
}

void FileDigests::expect(const std::vector<ExpectedDigest>& digests) {
  for (const ExpectedDigest& digest : digests) begin(digest);
}

void FileDigests::update(std::span<const std::byte> bytes) {
  for (const Running& digest : digests_) {
    if (EVP_DigestUpdate(digest.context.get(), bytes.data(), bytes.size()) != 1) {
      throw GlobusError("a checksum by " + digest.expected.algorithm + " cannot be computed");
    }
  }
  size_ += static_cast<std::int64_t>(bytes.size());
}

void FileDigests::restart() {
  digests_.clear();
  size_ = 0;
  if (asked_ && !begin(*asked_)) {
    throw GlobusError("this OpenSSL computes no checksum by " + asked_->algorithm +
                      "; use another algorithm");
  }
}

void FileDigests::verify(const std::string& name) {
  for (const Running& digest : digests_) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    if (EVP_DigestFinal_ex(digest.context.get(), bytes.data(), &size) != 1) {
      throw GlobusError("a checksum by " + digest.expected.algorithm + " cannot be computed");
    }
    const std::span<const unsigned char> computed(bytes.data(), size);
    const std::string hexadecimal = hexadecimal_text(computed);
    const std::string& text = digest.expected.text;
    if (text == base64_encode(as_text(computed)) || ascii_equal(text, hexadecimal)) continue;
    throw FileIntegrityError(name + ": its checksum by " + digest.expected.algorithm + " is " +
                             hexadecimal + ", and not the one that " + digest.expected.origin +
                             " says (" + one_line(text) + ")");
  }
}

}  // namespace globus_sdk::inline v0::detail
