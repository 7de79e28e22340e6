// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/openssl_handle.hpp"
#include "auth/signature_algorithm.hpp"
#include "globus_sdk/core/json_view.hpp"

namespace globus_sdk::inline v0::detail {

/// A public key of a provider's set (RFC 7517) that may verify signatures.
class JsonWebKey {
 public:
  /// Takes what has been found valid.
  JsonWebKey(std::string key_type, std::string curve, PublicKey key)
      : key_type_(std::move(key_type)), curve_(std::move(curve)), key_(std::move(key)) {}

  void set_key_id(std::optional<std::string> key_id) { key_id_ = std::move(key_id); }
  void set_algorithm(std::optional<std::string> name) { algorithm_ = std::move(name); }

  const std::optional<std::string>& key_id() const noexcept { return key_id_; }
  /// Whether a signature by that algorithm may be verified with it: by type, curve, and its own
  /// `alg` where it has one.
  bool is_for(const SignatureAlgorithm& algorithm) const noexcept;
  bool verifies(const SignatureAlgorithm& algorithm, std::string_view message,
                std::string_view signature) const;
  /// The key as `-----BEGIN PUBLIC KEY-----`.
  std::string pem() const;

 private:
  std::string key_type_;
  std::string curve_;
  PublicKey key_;
  std::optional<std::string> key_id_{};
  std::optional<std::string> algorithm_{};
};

/// Reads one key.
///
/// @throws IDTokenError key, when it is none that may verify signatures: of an unknown type or
///   curve, no point on its curve, an RSA key of less than 2048 bits, one for another use.
JsonWebKey read_key(const JsonView& document);

/// The keys of a provider that may verify signatures.
struct JsonWebKeySet {
  std::vector<std::shared_ptr<const JsonWebKey>> keys{};
  std::vector<std::string> refused{};  ///< for each other key, what is wrong with it
};

/// Reads a set, or one key as a set of its own.
///
/// @throws IDTokenError provider, when it is neither.
JsonWebKeySet read_keys(const JsonView& document);

}  // namespace globus_sdk::inline v0::detail
