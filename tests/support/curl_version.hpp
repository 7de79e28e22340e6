// SPDX-License-Identifier: Apache-2.0
// What the libcurl that a test runs with cannot do. Functions that say why, for GTEST_SKIP, say
// nothing where it can.
#pragma once

#include <curl/curl.h>
#include <openssl/crypto.h>

#include <string>

namespace globus_sdk_test {

/// Of names such as `a.localhost`, which are this machine to libcurl from 7.85 on.
inline bool asks_name_servers_for_localhost() {
  constexpr unsigned first_that_does_not = 0x075500;
  return curl_version_info(CURLVERSION_NOW)->version_num < first_that_does_not;
}

inline std::string why_look_ups_are_waited_for() {
  constexpr unsigned first_that_does_not = 0x075700;
  const curl_version_info_data& curl = *curl_version_info(CURLVERSION_NOW);
  if (curl.version_num >= first_that_does_not) return {};
  return std::string("libcurl ") + curl.version +
         " waits for a look-up that is given up; 7.87 and later do not";
}

/// That takes an OpenSSL which libcurl and the SDK have in common.
inline std::string why_certificates_are_not_explained() {
  const std::string tls = curl_version_info(CURLVERSION_NOW)->ssl_version;
  const std::string ours = std::string("OpenSSL/") + OpenSSL_version(OPENSSL_VERSION_STRING);
  if (tls == ours) return {};
  return "libcurl's TLS is " + tls + " and the SDK's " + ours +
         ": of a certificate that is refused only libcurl's own words are known";
}

}  // namespace globus_sdk_test
