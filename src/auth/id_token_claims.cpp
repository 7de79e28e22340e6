// SPDX-License-Identifier: Apache-2.0
#include "auth/id_token_claims.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "core/base/base64.hpp"
#include "core/base/seconds_text.hpp"
#include "globus_sdk/auth/id_token_error.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

using Fault = IDTokenFault;

[[noreturn]] void refuse(Fault fault, const std::string& message) {
  throw IDTokenError(fault, message);
}

[[noreturn]] void refuse_type(const char* name, const char* type) {
  refuse(Fault::claim, std::string("its claim ") + name + " is no " + type);
}

JsonView required(const JsonView& claims, const char* name) {
  auto claim = claims.get(name);
  if (!claim) refuse(Fault::claim, std::string("it has no claim ") + name);
  return std::move(*claim);
}

std::string required_text(const JsonView& claims, const char* name) {
  const JsonView claim = required(claims, name);
  if (!claim.is_string()) refuse_type(name, "text");
  return claim.as<std::string>();
}

/// Whether a claim that may be absent is there; null says as little as nothing.
bool has(const JsonView& claims, const char* name) {
  const auto claim = claims.get(name);
  return claim && !claim->is_null();
}

/// A claim that may be absent, but is a text where it is there.
std::optional<std::string> text(const JsonView& claims, const char* name) {
  if (!has(claims, name)) return std::nullopt;
  return required_text(claims, name);
}

/// Seconds since the epoch, perhaps with a fraction.
double required_time(const JsonView& claims, const char* name) {
  const JsonView claim = required(claims, name);
  if (!claim.is_number()) refuse_type(name, "number");
  return claim.as<double>();
}

/// Without telling by its time how much of a guess was right.
bool same_secret(const std::string& a, const std::string& b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::vector<std::string> audience_of(const JsonView& claims) {
  const JsonView claim = required(claims, "aud");
  if (claim.is_string()) return {claim.as<std::string>()};
  const auto is_text = [](const JsonView& value) { return value.is_string(); };
  if (!claim.is_array() || !std::all_of(claim.begin(), claim.end(), is_text)) {
    refuse_type("aud", "text or list of texts");
  }
  return claim.as<std::vector<std::string>>();
}

void check_audience(const JsonView& claims, const std::string& expected) {
  const std::vector<std::string> audience = audience_of(claims);
  if (std::ranges::find(audience, expected) == audience.end()) {
    refuse(Fault::audience, "it was made for another client (aud): expected " + expected);
  }
  const auto authorized_party = text(claims, "azp");
  if (!authorized_party && audience.size() == 1) return;
  if (authorized_party != expected) {
    refuse(Fault::audience, "another client has asked for it (azp): expected " + expected);
  }
}

void check_times(const JsonView& claims, std::chrono::milliseconds leeway,
                 std::chrono::system_clock::time_point now) {
  const double at = std::chrono::duration<double>(now.time_since_epoch()).count();
  const double tolerated = std::chrono::duration<double>(leeway).count();
  const std::string tolerance =
      "; a difference between clocks of " + seconds_text(leeway) + " s is tolerated";
  if (required_time(claims, "exp") + tolerated <= at) {
    refuse(Fault::expired, "it has expired (exp)" + tolerance);
  }
  if (has(claims, "nbf") && required_time(claims, "nbf") - tolerated > at) {
    refuse(Fault::not_yet_valid, "it is not valid yet (nbf)" + tolerance);
  }
  if (required_time(claims, "iat") - tolerated > at) {
    refuse(Fault::issued_at, "it was made in the future (iat)" + tolerance);
  }
}

void check_nonce(const JsonView& claims, const std::optional<std::string>& expected) {
  const auto nonce = text(claims, "nonce");
  if (!expected) return;
  if (!nonce) refuse(Fault::nonce, "it has no nonce, and one was asked for");
  if (!same_secret(*nonce, *expected)) {
    refuse(Fault::nonce, "it was made for another login: its nonce is not the one expected");
  }
}

/// OpenID Connect Core 1.0, section 3.1.3.6: the left half of the token's digest.
std::string access_token_hash(const std::string& access_token, const char* digest_name) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  std::size_t size = 0;
  if (EVP_Q_digest(nullptr, digest_name, nullptr, access_token.data(), access_token.size(),
                   digest.data(), &size) != 1) {
    throw GlobusError(std::string(digest_name) + " cannot be computed");
  }
  return base64url_encode({reinterpret_cast<const char*>(digest.data()), size / 2});
}

void check_access_token(const JsonView& claims, const char* digest_name,
                        const std::optional<std::string>& access_token) {
  const auto hash = text(claims, "at_hash");
  if (!access_token) return;
  if (!hash) refuse(Fault::access_token, "it has no at_hash, and an access token was given");
  if (!same_secret(*hash, access_token_hash(*access_token, digest_name))) {
    refuse(Fault::access_token, "its at_hash does not belong to the access token that was given");
  }
}

}  // namespace

void check_claims(const JsonView& claims, const std::string& issuer,
                  const SignatureAlgorithm& algorithm, const IDTokenExpectations& expected,
                  std::chrono::system_clock::time_point now) {
  if (required_text(claims, "iss") != issuer) {
    refuse(Fault::issuer, "it was made by another provider (iss): expected " + issuer);
  }
  if (required_text(claims, "sub").empty()) refuse(Fault::claim, "its claim sub is empty");
  check_audience(claims, expected.audience);
  check_times(claims, expected.leeway, now);
  check_nonce(claims, expected.nonce);
  check_access_token(claims, algorithm.digest, expected.access_token);
}

}  // namespace globus_sdk::inline v0::detail
