// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/token_storage/file_path.hpp"
#include "globus_sdk/token_storage/token_storage_data.hpp"

namespace globus_sdk::inline v0 {

/// A key that seals tokens: 32 random bytes. Printing it shows nothing of it, and its bytes are
/// wiped when the last copy is gone.
class GLOBUS_SDK_EXPORT SealingKey {
 public:
  /// How many bytes a key has.
  static constexpr std::size_t size = 32;

  /// Reads a key from a file that holds it in Base64, on one line, as `openssl rand -base64 32`
  /// writes it.
  ///
  /// @throws GlobusSDKUsageError when the file cannot be read, belongs to somebody else, may be
  ///   read by others, or holds no such key.
  static SealingKey from_file(const FilePath& filepath);
  /// Reads a key from an environment variable that holds it in Base64.
  ///
  /// @throws GlobusSDKUsageError when it is not set, or holds no such key.
  static SealingKey from_environment(Text variable);
  /// @param base64 the 32 bytes in Base64.
  /// @throws GlobusSDKUsageError when it is no such key.
  static SealingKey from_base64(Text base64);

  SealingKey(const SealingKey&);
  SealingKey& operator=(const SealingKey&);
  ~SealingKey();

  /// Shows nothing of the key.
  friend std::ostream& operator<<(std::ostream& out, const SealingKey& /*key*/) {
    return print(out);
  }

 private:
  struct Bytes;
  explicit SealingKey(std::shared_ptr<const Bytes> bytes);
  static SealingKey from_text(std::string_view base64, const std::string& source);
  static std::ostream& print(std::ostream& out);
  friend class TokenSealer;
  std::shared_ptr<const Bytes> bytes_;
};

/// Seals tokens before they are stored, with AES-256-GCM, so that whoever reads the storage without
/// the key reads no token. A sealed token is bound to its namespace and resource server: in the
/// place of another one it is refused.
///
/// A sealer is a handle, and may be used by many threads at once.
class GLOBUS_SDK_EXPORT TokenSealer {
 public:
  /// Seals with the first key, and opens what any of them has sealed. To change the key, put the
  /// new one first, and keep the old one until everything has been stored anew.
  ///
  /// @throws GlobusSDKUsageError when there is no key.
  explicit TokenSealer(std::vector<SealingKey> keys);
  /// Asks for the keys when they are needed: those of a key service. The answer is kept until
  /// something was sealed with a key that is not among them; then the function is asked again. It
  /// is called by one thread at a time; threads that need its answer wait for it. What it throws
  /// comes out of the call that needed the keys, and the next such call asks again. It may not use
  /// this sealer.
  ///
  /// @throws GlobusSDKUsageError when `keys` is empty.
  explicit TokenSealer(std::function<std::vector<SealingKey>()> keys);

  TokenSealer(const TokenSealer&);
  TokenSealer& operator=(const TokenSealer&);
  ~TokenSealer();

  /// The document that is stored in place of `TokenStorageData::to_dict()`. It shows the resource
  /// server and when the access token expires, and nothing else.
  Json seal(Text namespace_, const TokenStorageData& data) const;

  /// Whether a stored document is a sealed one.
  static bool is_sealed(const Json& document);

  /// Opens a sealed document.
  ///
  /// @param storage what an error calls the storage: the name of its file, for example.
  /// @throws TokenSealError when no key fits, or when the document was changed or put in the place
  ///   of another one.
  TokenStorageData unseal(Text namespace_, Text resource_server, const Json& document,
                          Text storage = "of sealed tokens") const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace globus_sdk::inline v0
