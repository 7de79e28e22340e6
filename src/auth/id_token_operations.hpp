// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "auth/id_token_decoder_state.hpp"
#include "auth/json_web_signature.hpp"
#include "core/call/execute.hpp"
#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/auth/id_token_decoder.hpp"
#include "globus_sdk/auth/login_client.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

/// The request for the keys at the configuration's `jwks_uri`, which carries the client's
/// authorization to the client's own host alone.
Request jwk_request(const Connection& connection, const JsonView& configuration);

/// What has to be checked of one token.
IDTokenExpectations expectations_for(const IDTokenDecoderState& state,
                                     const DecodeIDTokenOptions& options);

/// The claims, or why the token is refused.
using Verdict = std::variant<JsonView, IDTokenError>;
Verdict judge_id_token(const JsonWebSignature& token, const IDTokenProvider& provider,
                       const IDTokenExpectations& expected,
                       std::chrono::system_clock::time_point now);
/// Whether other keys could make it another verdict.
bool depends_on_keys(const Verdict& verdict);
JsonView claims_of(Verdict verdict);

template <class Mode>
typename Mode::template Operation<GetJWKResponse> fetch_jwk(Connection connection,
                                                            std::optional<JsonView> configuration) {
  using Runtime = ModeRuntime<Mode>;
  const CallLimits limits = limits_of(*connection.settings, Runtime::now(connection));
  if (!configuration) {
    auto looking = execute<Mode>(connection, get("/.well-known/openid-configuration"));
    const GlobusHTTPResponse fetched = co_await std::move(looking);
    configuration = fetched.data();
  }
  const Connection rest = within(connection, limits);
  auto fetching = execute<Mode>(rest, jwk_request(rest, *configuration));
  GlobusHTTPResponse fetched = co_await std::move(fetching);
  co_return GetJWKResponse(std::move(fetched));
}

template <class Mode>
typename Mode::template Operation<ProviderPtr> fetch_provider(Connection connection,
                                                              StoredByUser stored) {
  using Runtime = ModeRuntime<Mode>;
  const CallLimits limits = limits_of(*connection.settings, Runtime::now(connection));
  if (!stored.configuration) {
    auto looking = execute<Mode>(connection, get("/.well-known/openid-configuration"));
    const GlobusHTTPResponse fetched = co_await std::move(looking);
    stored.configuration = fetched.data();
  }
  if (!stored.jwk) {
    auto fetching = fetch_jwk<Mode>(within(connection, limits), stored.configuration);
    const GetJWKResponse fetched = co_await std::move(fetching);
    stored.jwk = fetched.data();
  }
  co_return std::make_shared<const IDTokenProvider>(
      read_provider(*stored.configuration, *stored.jwk));
}

/// Another provider than one that does not fit: as it is kept, or fetched by this call or by
/// another one, for which this one waits.
template <class Mode>
typename Mode::template Operation<ProviderPtr> other_provider(
    Connection connection, std::shared_ptr<IDTokenDecoderState> state, ProviderPtr unfit) {
  using Runtime = ModeRuntime<Mode>;
  const CallLimits limits = limits_of(*connection.settings, Runtime::now(connection));
  while (true) {
    const DecoderTurn turn = state->take_turn(unfit, Runtime::now(connection));
    if (turn.provider) co_return turn.provider;
    if (turn.fetch) {
      try {
        auto fetching = fetch_provider<Mode>(within(connection, limits), turn.fetch->stored());
        ProviderPtr fetched = co_await std::move(fetching);
        turn.fetch->succeed(fetched);
        co_return fetched;
      } catch (...) {
        turn.fetch->fail(std::current_exception());
        throw;
      }
    }
    auto waiting = Runtime::wait(connection, turn.others, limits);
    const Outcome waited = co_await std::move(waiting);
    if (const auto* failure = std::get_if<NetworkFailure>(&waited)) {
      throw_failure(*failure, "fetching keys of", base_url(connection));
    }
    rethrow_if_for_all(*turn.others);
  }
}

template <class Mode>
typename Mode::template Operation<TemporaryJsonView> decode_id_token(
    Connection connection, std::shared_ptr<IDTokenDecoderState> state,
    std::shared_ptr<const JsonWebSignature> token, IDTokenExpectations expected) {
  using Runtime = ModeRuntime<Mode>;
  const CallLimits limits = limits_of(*connection.settings, Runtime::now(connection));
  auto looking = other_provider<Mode>(connection, state, nullptr);
  const ProviderPtr provider = co_await std::move(looking);
  Verdict verdict = judge_id_token(*token, *provider, expected, Runtime::system_now(connection));
  if (depends_on_keys(verdict) && state->may_have_other(provider, Runtime::now(connection))) {
    auto again = other_provider<Mode>(within(connection, limits), state, provider);
    const ProviderPtr other = co_await std::move(again);
    verdict = judge_id_token(*token, *other, expected, Runtime::system_now(connection));
  }
  co_return claims_of(std::move(verdict));
}

/// The kept configuration, or key set.
template <class Mode>
typename Mode::template Operation<TemporaryJsonView> kept_document(
    Connection connection, std::shared_ptr<IDTokenDecoderState> state,
    JsonView IDTokenProvider::* document) {
  auto looking = other_provider<Mode>(std::move(connection), std::move(state), nullptr);
  const ProviderPtr provider = co_await std::move(looking);
  co_return (*provider).*document;
}

inline std::optional<JsonView> given(const GetJWKOptions& options) {
  if (!options.openid_configuration) return std::nullopt;
  return options.openid_configuration->view();
}

}  // namespace detail

template <class Mode>
typename BasicAuthClient<Mode>::template Result<GetJWKResponse> BasicAuthClient<Mode>::get_jwk(
    Options<GetJWKOptions> options) const {
  return Mode::result(detail::fetch_jwk<Mode>(this->connection_, detail::given(options)));
}

template <template <class> class Client, class Mode>
typename BasicAuthLoginClient<Client, Mode>::template Result<GetJWKResponse>
BasicAuthLoginClient<Client, Mode>::get_jwk(Options<GetJWKOptions> options) const {
  return Mode::result(detail::fetch_jwk<Mode>(this->connection_, detail::given(options)));
}

template <class Mode>
typename BasicIDTokenDecoder<Mode>::template Result<TemporaryJsonView>
BasicIDTokenDecoder<Mode>::decode(Text id_token, Options<DecodeIDTokenOptions> options) const {
  auto token =
      std::make_shared<const detail::JsonWebSignature>(detail::parse_signed_token(id_token));
  return Mode::result(detail::decode_id_token<Mode>(connection_, state_, std::move(token),
                                                    detail::expectations_for(*state_, options)));
}

template <class Mode>
typename BasicIDTokenDecoder<Mode>::template Result<TemporaryJsonView>
BasicIDTokenDecoder<Mode>::get_openid_configuration() const {
  return Mode::result(
      detail::kept_document<Mode>(connection_, state_, &detail::IDTokenProvider::configuration));
}

template <class Mode>
typename BasicIDTokenDecoder<Mode>::template Result<TemporaryJsonView>
BasicIDTokenDecoder<Mode>::get_jwk() const {
  return Mode::result(
      detail::kept_document<Mode>(connection_, state_, &detail::IDTokenProvider::jwk));
}

}  // namespace globus_sdk::inline v0
