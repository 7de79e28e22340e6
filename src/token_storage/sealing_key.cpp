// SPDX-License-Identifier: Apache-2.0
#include "token_storage/sealing_key.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ostream>

#include "core/base/base64.hpp"
#include "core/base/wipe.hpp"
#include "core/process/environment_variable.hpp"
#include "core/process/file_descriptor.hpp"
#include "globus_sdk/core/errors.hpp"
#include "token_storage/files.hpp"

namespace globus_sdk::inline v0 {

namespace {

constexpr const char* how_to_make_one =
    "make one with 'openssl rand -base64 32', and keep it where the tokens are not";

[[noreturn]] void refuse(const std::string& source, const std::string& problem) {
  throw GlobusSDKUsageError("sealing key from " + source + ": " + problem);
}

/// A text that is wiped at the end.
struct Secret {
  std::string text{};
  Secret() = default;
  explicit Secret(std::string_view secret) : text(secret) {}
  ~Secret() { detail::wipe(text); }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
};

/// By the rules for a file of tokens: nobody but its owner, who may be root, has any access to it.
void require_private(int descriptor, const std::string& source) {
  struct stat status{};
  if (fstat(descriptor, &status) != 0) {
    refuse(source, "it cannot be read: " + detail::explain(errno));
  }
  if (!S_ISREG(status.st_mode)) refuse(source, "it is no ordinary file; name another one");
  if (status.st_uid != geteuid() && status.st_uid != 0) {
    refuse(source, "the file belongs to the user with id " + std::to_string(status.st_uid) +
                       "; use a file of your own");
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    refuse(source,
           "the file is open to other users; give it mode 600, and use another key if others use "
           "this machine");
  }
}

/// What a text file has, without what ends its line; a longer text than a key's is cut.
void read_line(int descriptor, const std::string& source, std::string& line) {
  constexpr std::size_t longest = 256;
  line.resize(longest);
  std::size_t size = 0;
  while (size < longest) {
    const ssize_t count = detail::unless_interrupted(
        [&] { return ::read(descriptor, line.data() + size, longest - size); });
    if (count < 0) refuse(source, "it cannot be read: " + detail::explain(errno));
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r')) --size;
  line.resize(size);
}

/// The bytes of a key; empty when the text is no key.
void decode(std::string_view base64, std::string& bytes) {
  constexpr std::size_t digits = 43;  // and one '=', for 32 bytes
  if (base64.size() != digits + 1 || base64.back() != '=') return;
  if (base64.find_first_of("-_") != std::string_view::npos) return;
  Secret url_safe(base64.substr(0, digits));
  std::replace(url_safe.text.begin(), url_safe.text.end(), '+', '-');
  std::replace(url_safe.text.begin(), url_safe.text.end(), '/', '_');
  auto decoded = detail::base64url_decode(url_safe.text);
  if (!decoded) return;
  bytes.swap(*decoded);
}

std::string key_id(const std::array<unsigned char, SealingKey::size>& key) {
  constexpr std::string_view label = "globus-sdk-cpp sealing key id";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(label.data()), label.size(), digest.data(),
           &size) == nullptr) {
    throw GlobusError("OpenSSL has no HMAC-SHA256");
  }
  constexpr std::size_t shown = 8;
  return detail::base64url_encode({reinterpret_cast<const char*>(digest.data()), shown});
}

}  // namespace

SealingKey::Bytes::Bytes(std::string_view bytes) {
  std::copy(bytes.begin(), bytes.end(), key.begin());
  id = key_id(key);
}
SealingKey::Bytes::~Bytes() {
  OPENSSL_cleanse(key.data(), key.size());
}

SealingKey::SealingKey(std::shared_ptr<const Bytes> bytes) : bytes_(std::move(bytes)) {}
SealingKey::SealingKey(const SealingKey&) = default;
SealingKey& SealingKey::operator=(const SealingKey&) = default;
SealingKey::~SealingKey() = default;

SealingKey SealingKey::from_text(std::string_view base64, const std::string& source) {
  Secret bytes;
  decode(base64, bytes.text);
  if (bytes.text.size() != size) {
    refuse(source, std::string("it is no 32 bytes in Base64; ") + how_to_make_one);
  }
  return SealingKey(std::make_shared<const Bytes>(bytes.text));
}

SealingKey SealingKey::from_file(const FilePath& filepath) {
  const std::string source = "file '" + filepath.str() + "'";
  if (filepath.str().empty() || filepath.str().find('\0') != std::string::npos) {
    refuse(source, "filepath is no name of a file");
  }
  const detail::FileDescriptor file(
      open(filepath.str().c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file) refuse(source, "it cannot be read: " + detail::explain(errno));
  require_private(file.get(), source);
  Secret line;
  read_line(file.get(), source, line.text);
  return from_text(line.text, source);
}

SealingKey SealingKey::from_environment(Text variable) {
  const std::string source = "environment variable '" + variable.str() + "'";
  auto value = detail::environment_variable(variable.str());
  if (!value) refuse(source, std::string("it is not set; ") + how_to_make_one);
  Secret secret;
  secret.text.swap(*value);
  return from_text(secret.text, source);
}

SealingKey SealingKey::from_base64(Text base64) {
  return from_text(base64, "base64");
}

std::ostream& SealingKey::print(std::ostream& out) {
  return out << "sealing key";
}

}  // namespace globus_sdk::inline v0
