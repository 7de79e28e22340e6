// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

namespace globus_sdk_test {

/// A certificate with its key, in PEM.
struct Certificate {
  std::string certificate;
  std::string key;
};

/// What a certificate is for, and when.
struct CertificateSettings {
  std::string names = "DNS:localhost,IP:127.0.0.1";  ///< subjectAltName
  long valid_from = -3600;                           ///< seconds from now
  long valid_until = 3600;                           ///< seconds from now
};

/// A certificate authority of a test's own.
class CertificateAuthority {
 public:
  explicit CertificateAuthority(const char* name = "test authority");
  ~CertificateAuthority();

  /// Its own certificate, in PEM: what a client has to trust.
  const std::string& certificate() const { return certificate_; }
  Certificate issue(const CertificateSettings& settings = {}) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
  std::string certificate_;
};

/// A server's certificate that nobody issued but itself.
Certificate self_signed_certificate();

}  // namespace globus_sdk_test
