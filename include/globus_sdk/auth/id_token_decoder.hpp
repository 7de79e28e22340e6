// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "globus_sdk/auth/id_token_error.hpp"
#include "globus_sdk/core/connection.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// Options of IDTokenDecoder.
struct IDTokenDecoderOptions {
  /// How far this machine's clock and the provider's may be apart; 64 s when unset.
  Field<std::chrono::milliseconds> jwt_leeway{};
  /// The client id that tokens have to be made for; that of the login client when unset.
  Field<std::string> jwt_audience{};
};

/// Options of IDTokenDecoder::decode.
struct DecodeIDTokenOptions {
  /// What the login sent as `nonce`: the token must have it.
  Field<std::string> nonce{};
  /// The access token that came with the id token: the `at_hash` of the id token must belong to it.
  Field<std::string> access_token{};
};

namespace detail {

class IDTokenDecoderState;

std::shared_ptr<IDTokenDecoderState> make_decoder_state(std::string client_id,
                                                        const IDTokenDecoderOptions& options);
const std::string& audience_of(const IDTokenDecoderState& state);
void store_configuration(IDTokenDecoderState& state, const JsonView& configuration);
void store_jwk(IDTokenDecoderState& state, const JsonView& jwk);

/// A client of Globus Auth, in whatever mode.
template <class Client>
concept FetchesKeys = requires(const Client& client) {
  client.connection();
  client.get_openid_configuration();
  client.get_jwk();
};

template <class Client> std::string client_id_of(const Client& client) {
  if constexpr (requires { client.client_id(); }) {
    return client.client_id();
  } else {
    return {};
  }
}

}  // namespace detail

/// Reads id tokens. A decoder checks that Globus Auth has signed the id token, for this client, and
/// that the id token is valid now. Then it gives the claims.
///
///     IDTokenDecoder decoder{client};
///     std::cout << tokens.decode_id_token(decoder)["preferred_username"];
///
/// The configuration and the keys of Globus Auth are fetched at the first id token, once for all
/// threads, and kept. When none of the kept keys fits an id token, they are fetched again, since
/// keys change, but not within a minute after the last time. Copies share what is kept.
///
/// Every check is always made: the signature, and `iss`, `sub`, `aud`, `azp`, `exp`, `nbf` and
/// `iat`. The algorithm of the signature must be one that Globus Auth announces (of RS, PS and ES
/// with 256, 384 and 512, and EdDSA with Ed25519), and that of the key. Mirrors
/// `globus_sdk.IDTokenDecoder`.
template <class Mode> class BasicIDTokenDecoder {
 public:
  template <class T> using Result = typename Mode::template Result<T>;
  template <class O> using Options = typename Mode::template Options<O>;
  using DecodeOptions = DecodeIDTokenOptions;

  /// @param auth_client fetches the keys. Any client of Globus Auth will do; one that has no client
  ///   id needs `jwt_audience`.
  /// @throws GlobusSDKUsageError when there is no audience, or the leeway is negative.
  template <detail::FetchesKeys Client>
  explicit BasicIDTokenDecoder(const Client& auth_client, const IDTokenDecoderOptions& options = {})
      : BasicIDTokenDecoder(
            auth_client.connection(),
            detail::make_decoder_state(detail::client_id_of(auth_client), options)) {}
  BasicIDTokenDecoder(detail::Connection connection,
                      std::shared_ptr<detail::IDTokenDecoderState> state)
      : connection_(std::move(connection)), state_(std::move(state)) {}

  /// The same decoder with other settings for its requests; it shares what is kept.
  [[nodiscard]] BasicIDTokenDecoder with(Options<CallSettings> settings) const {
    return {detail::with_settings(connection_, settings), state_};
  }
  /// The same decoder in asynchronous mode; needs globus_sdk/async.hpp.
  template <class Other = Async>
  [[nodiscard]] detail::InMode<BasicIDTokenDecoder, Other> async() const& {
    return {connection_, state_};
  }
  /// On g++ 12 and 13 a decoder needs a name first.
  template <class Other = Async, class Remedy = detail::NameTheClientBeforeCoAwait>
    requires detail::WantsNamedClient<Other>
  detail::InMode<BasicIDTokenDecoder, Other> async() const&& = delete;

  /// The claims of an id token.
  ///
  /// @throws IDTokenError when the id token is refused, with the check that it failed; AuthAPIError
  ///   or NetworkError when the keys cannot be fetched.
  Result<TemporaryJsonView> decode(Text id_token, Options<DecodeIDTokenOptions> options = {}) const;

  /// The client id that tokens have to be made for.
  const std::string& get_jwt_audience() const { return detail::audience_of(*state_); }

  /// The configuration of Globus Auth as it is kept. If none is kept, it is fetched with the keys.
  Result<TemporaryJsonView> get_openid_configuration() const;
  /// The key set as it is kept. If none is kept, it is fetched.
  Result<TemporaryJsonView> get_jwk() const;

  /// Keeps a configuration, which is then never fetched.
  ///
  /// @param openid_configuration what AuthClient::get_openid_configuration answered.
  void store_openid_configuration(const Json& openid_configuration) const {
    detail::store_configuration(*state_, openid_configuration.view());
  }
  /// Keeps keys, which are then never fetched.
  ///
  /// @param jwk a key set, as AuthClient::get_jwk answers, or one JSON Web Key.
  void store_jwk(const Json& jwk) const { detail::store_jwk(*state_, jwk.view()); }

 private:
  detail::Connection connection_;
  std::shared_ptr<detail::IDTokenDecoderState> state_;
};

extern template class BasicIDTokenDecoder<Blocking>;

/// The decoder in its ordinary mode: a method returns when its answer is there.
using IDTokenDecoder = BasicIDTokenDecoder<Blocking>;

}  // namespace globus_sdk::inline v0
