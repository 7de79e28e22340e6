// SPDX-License-Identifier: Apache-2.0
#include "support/certificates.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <stdexcept>

#include "support/c_handle.hpp"

namespace globus_sdk_test {

namespace {

using Key = Handle<EVP_PKEY, EVP_PKEY_free>;
using X509Handle = Handle<X509, X509_free>;
using Extension = Handle<X509_EXTENSION, X509_EXTENSION_free>;
using Memory = Handle<BIO, BIO_free_all>;

void check(bool good) {
  if (!good) throw std::runtime_error("OpenSSL makes no certificate");
}

template <class Write> std::string pem(Write write) {
  const Memory memory(BIO_new(BIO_s_mem()));
  check(write(memory.get()) == 1);
  char* data = nullptr;
  const auto size = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string to_pem(X509* certificate) {
  return pem([certificate](BIO* out) { return PEM_write_bio_X509(out, certificate); });
}

std::string to_pem(EVP_PKEY* key) {
  return pem([key](BIO* out) {
    return PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  });
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  check(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

X509Handle begin(EVP_PKEY* key, const char* name, const CertificateSettings& settings) {
  X509Handle certificate(X509_new());
  check(certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1);
  std::uint32_t serial = 0;
  check(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), settings.valid_from);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), settings.valid_until);
  check(X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(name), -1, -1, 0) == 1);
  check(X509_set_pubkey(certificate.get(), key) == 1);
  return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* key) {
  check(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1);
  check(X509_sign(certificate, key, EVP_sha256()) > 0);
}

X509Handle begin_server(EVP_PKEY* key, const CertificateSettings& settings) {
  X509Handle certificate = begin(key, "test server", settings);
  add_extension(certificate.get(), certificate.get(), NID_subject_alt_name, settings.names);
  return certificate;
}

Key make_key() {
  Key key(EVP_EC_gen("P-256"));
  check(key != nullptr);
  return key;
}

}  // namespace

struct CertificateAuthority::Parts {
  explicit Parts(const char* name) : certificate(begin(key.get(), name, {})) {}
  Key key = make_key();
  X509Handle certificate;
};

CertificateAuthority::CertificateAuthority(const char* name)
    : parts_(std::make_unique<Parts>(name)) {
  X509* own = parts_->certificate.get();
  add_extension(own, own, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(own, own, NID_key_usage, "critical,keyCertSign");
  sign(own, own, parts_->key.get());
  certificate_ = to_pem(own);
}

CertificateAuthority::~CertificateAuthority() = default;

Certificate CertificateAuthority::issue(const CertificateSettings& settings) const {
  const Key key = make_key();
  const X509Handle certificate = begin_server(key.get(), settings);
  sign(certificate.get(), parts_->certificate.get(), parts_->key.get());
  return {to_pem(certificate.get()), to_pem(key.get())};
}

Certificate self_signed_certificate() {
  const Key key = make_key();
  const X509Handle certificate = begin_server(key.get(), {});
  sign(certificate.get(), certificate.get(), key.get());
  return {to_pem(certificate.get()), to_pem(key.get())};
}

}  // namespace globus_sdk_test
