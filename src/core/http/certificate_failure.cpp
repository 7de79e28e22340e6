// SPDX-License-Identifier: Apache-2.0
#include "core/http/certificate_failure.hpp"

#include <openssl/crypto.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <cstdint>

namespace globus_sdk::inline v0::detail {

namespace {

/// Objects of one version of OpenSSL are not for the functions of another, nor those of other
/// libraries for any of them.
bool libcurl_has_our_openssl() {
  static const bool same = [] {
    const char* of_libcurl = curl_version_info(CURLVERSION_NOW)->ssl_version;
    const char* ours = OpenSSL_version(OPENSSL_VERSION_STRING);
    return of_libcurl != nullptr && of_libcurl == "OpenSSL/" + std::string(ours);
  }();
  return same;
}

/// The number itself stands in the place of a pointer, so that nothing has to live as long.
void note_error(SSL_CTX* context, int error) {
  SSL_CTX_set_app_data(context, reinterpret_cast<void*>(static_cast<std::intptr_t>(error)));
}

int noted_error(SSL_CTX* context) {
  return static_cast<int>(reinterpret_cast<std::intptr_t>(SSL_CTX_get_app_data(context)));
}

/// Called by OpenSSL for each certificate; changes nothing of what it found.
int on_certificate(int is_good, X509_STORE_CTX* found) {
  if (is_good == 0) {
    const auto* connection = static_cast<const SSL*>(
        X509_STORE_CTX_get_ex_data(found, SSL_get_ex_data_X509_STORE_CTX_idx()));
    note_error(SSL_get_SSL_CTX(connection), X509_STORE_CTX_get_error(found));
  }
  return is_good;
}

struct Explanation {
  std::string reason;
  std::string remedy{};
};

Explanation of_unknown_authority(std::string reason) {
  return {std::move(reason),
          "if its authority is to be trusted, name a file with the authority's certificate: "
          "verify_ssl of TransportSettings, or the variable GLOBUS_SDK_VERIFY_SSL"};
}

Explanation explain(int error) {
  switch (error) {
    case X509_V_OK:  // each certificate is good: what libcurl then compares is the host
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return {"it is not for the host name of this URL", "is this the base_url that was meant?"};
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return {"it has expired",
              "it is the server's to renew, unless this machine's clock is wrong"};
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return {"it is not yet valid", "is this machine's clock right?"};
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return of_unknown_authority("it is self-signed: no authority issued it");
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED:
      return of_unknown_authority("it is of an authority that is not trusted here");
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return of_unknown_authority(
          "its signature is not that of the trusted authority of that name");
    default:
      return {X509_verify_cert_error_string(error)};
  }
}

}  // namespace

void CertificateCheck::watch(CURL* easy) {
  if (!libcurl_has_our_openssl()) return;
  curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, &CertificateCheck::on_context);
  curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, this);
}

CURLcode CertificateCheck::on_context(CURL*, void* context, void* check) {
  auto* made = static_cast<SSL_CTX*>(context);
  const int mode = SSL_CTX_get_verify_mode(made);
  if (mode == SSL_VERIFY_NONE) return CURLE_OK;  // whatever is wrong is no reason to fail
  SSL_CTX_set_verify(made, mode, &on_certificate);
  SSL_CTX_up_ref(made);
  static_cast<CertificateCheck*>(check)->context_ = {made, &SSL_CTX_free};
  return CURLE_OK;
}

std::optional<int> CertificateCheck::error() const {
  if (context_ == nullptr) return std::nullopt;
  return noted_error(context_.get());
}

std::optional<std::string> certificate_failure(CURLcode code, std::optional<int> check_error,
                                               std::string_view error_text) {
  // a signature that does not verify is no refusal to libcurl, but a failure of TLS
  const bool is_refused =
      code == CURLE_PEER_FAILED_VERIFICATION ||
      (code == CURLE_SSL_CONNECT_ERROR && check_error.value_or(X509_V_OK) != X509_V_OK);
  if (!is_refused) return std::nullopt;
  const Explanation why =
      check_error ? explain(*check_error) : of_unknown_authority(std::string(error_text));
  std::string message = "the server's certificate is refused: " + why.reason;
  if (!why.remedy.empty()) message += "; " + why.remedy;
  return message;
}

}  // namespace globus_sdk::inline v0::detail
