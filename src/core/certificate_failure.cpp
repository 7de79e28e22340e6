// SPDX-License-Identifier: Apache-2.0
#include "certificate_failure.hpp"

#include <array>

namespace globus_sdk::inline v0::detail {

namespace {

struct Remedy {
  std::string_view reason;  ///< in libcurl's and OpenSSL's words
  std::string_view remedy;
};

constexpr std::string_view name_the_authority =
    "if its authority is to be trusted, name a file with the authority's certificate: verify_ssl "
    "of "
    "TransportSettings, or the variable GLOBUS_SDK_VERIFY_SSL";

constexpr std::array remedies{
    Remedy{"has expired", "it is the server's to renew, unless this machine's clock is wrong"},
    Remedy{"not yet valid", "is this machine's clock right?"},
    Remedy{"does not match target host name", "is this the base_url that was meant?"},
    Remedy{"no alternative certificate subject name", "is this the base_url that was meant?"},
    Remedy{"self-signed", name_the_authority},
    Remedy{"self signed", name_the_authority},
    Remedy{"issuer certificate", name_the_authority},
    Remedy{"signature", name_the_authority},
};

/// OpenSSL reports a signature that does not verify by what failed below it: the trusted authority
/// of that name has another key than the one that signed.
bool is_wrong_signature(CURLcode code, std::string_view text) {
  return code == CURLE_SSL_CONNECT_ERROR &&
         (text.find("asn1 encoding routines") != std::string_view::npos ||
          text.find("rsa routines") != std::string_view::npos);
}

}  // namespace

std::optional<std::string> certificate_failure(CURLcode code, std::string_view error_text) {
  std::string reason(error_text);
  if (is_wrong_signature(code, error_text)) {
    reason = "its signature is not that of the trusted authority of that name";
  } else if (code != CURLE_PEER_FAILED_VERIFICATION) {
    return std::nullopt;
  }
  std::string message = "the server's certificate is refused: " + reason;
  for (const Remedy& remedy : remedies) {
    if (reason.find(remedy.reason) == std::string::npos) continue;
    return message.append("; ").append(remedy.remedy);
  }
  return message;
}

}  // namespace globus_sdk::inline v0::detail
