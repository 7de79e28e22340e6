// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/id_token_decoder.hpp"

#include "auth/id_token_operations.hpp"
#include "auth/verify_id_token.hpp"
#include "core/call/blocking_mode.hpp"
#include "globus_sdk/auth/get_jwk_response.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

Request jwk_request(const Connection& connection, const JsonView& configuration) {
  const Url base(base_url(connection));
  const Url uri = jwks_uri(configuration, base);
  if (same_origin(uri, base)) return get(uri.text());
  return get(uri.text()).unauthenticated();
}

IDTokenExpectations expectations_for(const IDTokenDecoderState& state,
                                     const DecodeIDTokenOptions& options) {
  IDTokenExpectations expected = state.expectations();
  if (options.nonce) expected.nonce = *options.nonce;
  if (options.access_token) expected.access_token = *options.access_token;
  return expected;
}

Verdict judge_id_token(const JsonWebSignature& token, const IDTokenProvider& provider,
                       const IDTokenExpectations& expected,
                       std::chrono::system_clock::time_point now) {
  try {
    return verify_id_token(token, provider, expected, now);
  } catch (const IDTokenError& error) {
    return error;
  }
}

bool depends_on_keys(const Verdict& verdict) {
  const auto* error = std::get_if<IDTokenError>(&verdict);
  // without names of keys a new one shows in a signature that the old one does not fit
  return error != nullptr &&
         (error->fault() == IDTokenFault::key || error->fault() == IDTokenFault::signature);
}

JsonView claims_of(Verdict verdict) {
  if (const auto* error = std::get_if<IDTokenError>(&verdict)) throw IDTokenError(*error);
  return std::get<JsonView>(std::move(verdict));
}

}  // namespace detail

std::string GetJWKResponse::as_pem() const {
  const auto keys = get("keys");
  if (!keys || !keys->is_array() || keys->empty()) {
    throw IDTokenError(IDTokenFault::provider, "the provider's key set has no keys");
  }
  return detail::read_key((*keys)[0]).pem();
}

template class BasicIDTokenDecoder<Blocking>;

}  // namespace globus_sdk::inline v0
