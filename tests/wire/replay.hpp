// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "globus_sdk/auth/auth_responses.hpp"
#include "globus_sdk/auth/authorization_flow.hpp"
#include "globus_sdk/auth/get_consents_response.hpp"
#include "globus_sdk/auth/get_identities_response.hpp"
#include "globus_sdk/auth/get_jwk_response.hpp"
#include "globus_sdk/authorizers/oauth_token_response.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/transfer/iterable_transfer_response.hpp"
#include "globus_sdk/transfer/task_wait.hpp"
#include "wire/arguments.hpp"
#include "wire/delivered.hpp"
#include "wire/tally.hpp"
#include "wire/world.hpp"

namespace globus_sdk_test {

/// What Python calls the type that a method returns.
template <class T> inline constexpr const char* python_name = nullptr;
template <>
inline constexpr const char* python_name<globus_sdk::GlobusHTTPResponse> = "GlobusHTTPResponse";
template <>
inline constexpr const char* python_name<globus_sdk::IterableTransferResponse> =
    "IterableTransferResponse";
template <>
inline constexpr const char* python_name<globus_sdk::GetIdentitiesResponse> =
    "GetIdentitiesResponse";
template <>
inline constexpr const char* python_name<globus_sdk::GetIdentityProvidersResponse> =
    "GetIdentityProvidersResponse";
template <>
inline constexpr const char* python_name<globus_sdk::GetConsentsResponse> = "GetConsentsResponse";
template <>
inline constexpr const char* python_name<globus_sdk::GetProjectsResponse> = "GetProjectsResponse";
template <>
inline constexpr const char* python_name<globus_sdk::GetPoliciesResponse> = "GetPoliciesResponse";
template <>
inline constexpr const char* python_name<globus_sdk::GetClientsResponse> = "GetClientsResponse";
template <>
inline constexpr const char* python_name<globus_sdk::GetClientCredentialsResponse> =
    "GetClientCredentialsResponse";
template <>
inline constexpr const char* python_name<globus_sdk::GetScopesResponse> = "GetScopesResponse";
template <> inline constexpr const char* python_name<globus_sdk::TaskWaitResult> = "bool";
template <>
inline constexpr const char* python_name<globus_sdk::OAuthTokenResponse> = "OAuthTokenResponse";
template <>
inline constexpr const char* python_name<globus_sdk::OAuthRefreshTokenResponse> =
    "OAuthRefreshTokenResponse";
template <>
inline constexpr const char* python_name<globus_sdk::OAuthAuthorizationCodeResponse> =
    "OAuthAuthorizationCodeResponse";
template <>
inline constexpr const char* python_name<globus_sdk::OAuthClientCredentialsResponse> =
    "OAuthClientCredentialsResponse";
template <>
inline constexpr const char* python_name<globus_sdk::OAuthDependentTokenResponse> =
    "OAuthDependentTokenResponse";
template <>
inline constexpr const char* python_name<globus_sdk::GlobusAuthorizationCodeFlowManager> =
    "GlobusAuthorizationCodeFlowManager";
template <>
inline constexpr const char* python_name<globus_sdk::GlobusNativeAppFlowManager> =
    "GlobusNativeAppFlowManager";
template <> inline constexpr const char* python_name<std::string> = "str";

template <class T> T result_of(boost::asio::awaitable<T> operation) {
  return run_async(std::move(operation));
}
/// A method's result, whatever the mode.
template <class T> T result_of(T result) {
  return result;
}

/// Carries a call through, and says what it returns in Python's words.
template <class T> std::string finish(T&& result) {
  const auto value = result_of(std::forward<T>(result));
  return python_name<std::remove_const_t<decltype(value)>>;
}

/// Fetches keys in the form that is asked for. In Python it is a parameter that says so.
template <class Client>
std::string finish_get_jwk(const Client& client, const Arguments& arguments) {
  globus_sdk::GetJWKOptions options;
  arguments.set("openid_configuration", options.openid_configuration);
  bool as_pem = false;
  arguments.set("as_pem", as_pem);
  const globus_sdk::GetJWKResponse keys = result_of(client.get_jwk(options));
  if (!as_pem) return keys.data().is_object() ? "dict" : "no dict";
  return keys.as_pem().starts_with("-----BEGIN PUBLIC KEY-----") ? "RSAPublicKey" : "no key";
}

/// How each method of a client is called, by its name. Each entry returns finish(...).
template <class Client>
using Calls = std::map<std::string, std::string (*)(const Client&, const Arguments&)>;

/// Runs one recorded call; returns what is wrong with it, or nothing.
template <class Mode, class Client>
std::string replay_call(World<Mode>& world, const Client& client, const Calls<Client>& calls,
                        const boost::json::object& record) {
  const auto call = calls.find(text_or_empty(record.at("method")));
  if (call == calls.end()) return "the method is delivered and has no entry in the table\n";
  const Arguments arguments(record.at("args").as_object());
  const bool raises = record.contains("raises");
  const std::string expected = text_or_empty(record.at(raises ? "raises" : "returns"));
  std::string outcome;
  try {
    outcome = call->second(client, arguments);
  } catch (const globus_sdk::GlobusSDKUsageError& error) {
    outcome = raises ? "GlobusSDKUsageError" : error.what();
  } catch (const std::exception& error) {
    outcome = error.what();
  }
  std::string wrong = difference(world.take(), record.at("requests").as_array());
  if (outcome != expected) wrong += "outcome: '" + outcome + "', not '" + expected + "'\n";
  for (const std::string& name : arguments.unused()) wrong += name + " was left out\n";
  return wrong;
}

/// Replays a client's file of records. `headers` are where the client's methods stand;
/// `make_client` makes a fresh client in that world for each call.
template <class Mode, class Client, class MakeClient>
void replay_file(const std::string& file, const std::vector<std::string>& headers,
                 const Calls<Client>& calls, MakeClient make_client) {
  const std::string code = code_of(headers);
  World<Mode> world;
  Count count;
  const boost::json::object records = load_records(file);
  for (const auto& value : records.at("calls").as_array()) {
    const auto& record = value.as_object();
    const std::string method = text_or_empty(record.at("method"));
    if (!declares_method(code, method)) {
      ++count.not_yet[method];
      continue;
    }
    ++count.delivered;
    const Client client = make_client(world);
    const std::string wrong = replay_call(world, client, calls, record);
    if (wrong.empty()) ++count.reproduced;
    EXPECT_EQ(wrong, "") << mode_name<Mode> << " " << method << ", "
                         << text_or_empty(record.at("variant"));
  }
  report(mode_name<Mode>, file, count);
}

}  // namespace globus_sdk_test
