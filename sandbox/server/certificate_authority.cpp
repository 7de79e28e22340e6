// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/certificate_authority.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <memory>
#include <stdexcept>

#include "sandbox/base/openssl_handle.hpp"

namespace globus_sandbox {

namespace {

using Key = OpenSSLHandle<EVP_PKEY, EVP_PKEY_free>;
using Certificate = OpenSSLHandle<X509, X509_free>;
using Extension = OpenSSLHandle<X509_EXTENSION, X509_EXTENSION_free>;
using Memory = OpenSSLHandle<BIO, BIO_free_all>;

constexpr long lifetime_seconds = 365L * 24 * 3600;

void check(bool good) {
  if (!good) throw std::runtime_error("OpenSSL cannot make the sandbox's certificates");
}

std::string contents(const Memory& memory) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string to_pem(const Certificate& certificate) {
  const Memory memory(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_X509(memory.get(), certificate.get()) == 1);
  return contents(memory);
}

std::string to_pem(const Key& key) {
  const Memory memory(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_PrivateKey(memory.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) ==
        1);
  return contents(memory);
}

void set_random_serial(X509* certificate) {
  std::uint64_t serial = 0;
  check(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
  check(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1U) == 1);
}

void set_name(X509_NAME* name, const char* common_name) {
  const auto add = [&](const char* field, const char* text) {
    check(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                     reinterpret_cast<const unsigned char*>(text), -1, -1, 0) == 1);
  };
  add("O", "globus-sandbox");
  add("CN", common_name);
}

void add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
  check(extension != nullptr);
  check(X509_add_ext(certificate, extension.get(), -1) == 1);
}

Certificate begin_certificate(const Key& key, const char* common_name) {
  Certificate certificate(X509_new());
  check(certificate != nullptr);
  check(X509_set_version(certificate.get(), X509_VERSION_3) == 1);
  set_random_serial(certificate.get());
  // A day of grace for clocks that are behind.
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -24L * 3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), lifetime_seconds);
  set_name(X509_get_subject_name(certificate.get()), common_name);
  check(X509_set_pubkey(certificate.get(), key.get()) == 1);
  return certificate;
}

Certificate make_authority(const Key& key) {
  Certificate certificate = begin_certificate(key, "globus-sandbox certificate authority");
  X509* authority = certificate.get();
  check(X509_set_issuer_name(authority, X509_get_subject_name(authority)) == 1);
  add_extension(authority, authority, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(authority, authority, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(authority, authority, NID_subject_key_identifier, "hash");
  check(X509_sign(authority, key.get(), EVP_sha256()) > 0);
  return certificate;
}

Certificate make_server(const Key& key, X509* authority, const Key& authority_key) {
  Certificate certificate = begin_certificate(key, "localhost");
  X509* server = certificate.get();
  check(X509_set_issuer_name(server, X509_get_subject_name(authority)) == 1);
  add_extension(server, authority, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(server, authority, NID_key_usage, "critical,digitalSignature");
  add_extension(server, authority, NID_ext_key_usage, "serverAuth");
  add_extension(server, authority, NID_subject_key_identifier, "hash");
  add_extension(server, authority, NID_authority_key_identifier, "keyid:always");
  add_extension(server, authority, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1");
  check(X509_sign(server, authority_key.get(), EVP_sha256()) > 0);
  return certificate;
}

Key make_key() {
  Key key(EVP_EC_gen("P-256"));
  check(key != nullptr);
  return key;
}

}  // namespace

CertificateAuthority make_certificate_authority() {
  const Key authority_key = make_key();
  const Key server_key = make_key();
  const Certificate authority = make_authority(authority_key);
  const Certificate server = make_server(server_key, authority.get(), authority_key);
  return {to_pem(authority), {to_pem(server), to_pem(server_key)}};
}

}  // namespace globus_sandbox
