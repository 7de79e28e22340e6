// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct ssl_ctx_st;

namespace globus_sdk::inline v0::detail {

/// What OpenSSL finds wrong with the certificates that a transfer is shown. libcurl itself says
/// that they are refused, or, where a signature does not verify, only that TLS failed.
class CertificateCheck {
 public:
  /// Has the next transfer of `easy` tell of the connection that it makes, as long as this lives.
  /// Does nothing where libcurl's TLS is not the OpenSSL that we link.
  void watch(CURL* easy);

  /// OpenSSL's number of what is wrong (`X509_V_ERR_...`); `X509_V_OK` where it found nothing, and
  /// nothing where no connection was watched.
  std::optional<int> error() const;

 private:
  static CURLcode on_context(CURL* easy, void* context, void* check);

  // what is wrong is noted in the connection's own object: it may outlive this
  std::shared_ptr<ssl_ctx_st> context_{};
};

/// Why a server's certificate was refused and what can be done about it; nothing when the transfer
/// failed for another reason.
///
/// @param check_error what a CertificateCheck says.
/// @param error_text what libcurl said, to be shown where nothing better is known.
std::optional<std::string> certificate_failure(CURLcode code, std::optional<int> check_error,
                                               std::string_view error_text);

}  // namespace globus_sdk::inline v0::detail
