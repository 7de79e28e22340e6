// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <string>
#include <string_view>

#include "sandbox/base/openssl_handle.hpp"

namespace globus_sandbox {

/// Encrypts for a TLS connection as many records in one go as there are bytes for. Boost.Asio does
/// one record after the other, with a call of the system for each.
class BulkEncryption {
 public:
  /// @param connection after its handshake; it outlives this.
  explicit BulkEncryption(SSL* connection);
  BulkEncryption(const BulkEncryption&) = delete;
  BulkEncryption& operator=(const BulkEncryption&) = delete;

  /// What is to be sent for these bytes; good until the next call. Empty where OpenSSL refuses.
  /// Nothing else may be sent on the connection before that is.
  std::string_view encrypt(std::string_view bytes);

 private:
  SSL* connection_;
  std::string records_;
  OpenSSLHandle<BIO, BIO_free> output_;  ///< writes into `records_`
};

}  // namespace globus_sandbox
