// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <concepts>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "globus_sdk/auth/get_jwk_response.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/response.hpp"
#include "wire/delivered.hpp"
#include "wire/tally.hpp"
#include "wire/world.hpp"

namespace globus_sdk_test {

template <class T> T finish(boost::asio::awaitable<T> operation) {
  return run_async(std::move(operation));
}
/// A method's result, whatever the mode.
template <class T> T finish(T result) {
  return result;
}

/// What there is to say against a result besides its type.
template <class T> void check_result(const T&) {}
/// Keys come in both forms.
inline void check_result(const globus_sdk::GetJWKResponse& keys) {
  if (!keys.data().is_object()) throw std::runtime_error("the keys are no object");
  if (!keys.as_pem().starts_with("-----BEGIN PUBLIC KEY-----"))
    throw std::runtime_error("no public key in PEM");
}

/// What the last call returned.
struct LastResult {
  std::optional<globus_sdk::GlobusHTTPResponse> response{};
  std::function<std::size_t()> count_items{};  ///< goes over the items, where there are any
};
inline LastResult& last_result() {
  static LastResult result;
  return result;
}

/// Keeps a result for tests that look at it.
template <class T> void keep_result(const T& result) {
  last_result() = {};
  if constexpr (std::derived_from<T, globus_sdk::GlobusHTTPResponse>) {
    last_result().response = result;
    if constexpr (requires { result.begin(); }) {
      last_result().count_items = [result] {
        std::size_t count = 0;
        for ([[maybe_unused]] const auto& item : result) ++count;
        return count;
      };
    }
  }
}

/// Carries a call through whose result has to be an Expected, which is what Python calls it.
template <class Expected, class T> void finish_as(T operation) {
  const auto result = finish(std::move(operation));
  static_assert(std::same_as<std::remove_const_t<decltype(result)>, Expected>,
                "the method returns a type of another name than Python's");
  check_result(result);
  keep_result(result);
}

/// One recorded call as a function; generate_calls.py writes them.
template <class Client> struct RecordedCall {
  std::string_view method;
  std::string_view variant;
  void (*run)(const Client&) = nullptr;  ///< none where the client has no such method
};

/// What came of a call: the error's name, or its text where none is expected.
template <class Client>
std::string outcome_of(void (*run)(const Client&), const Client& client, bool raises) {
  try {
    run(client);
  } catch (const globus_sdk::GlobusSDKUsageError& error) {
    return raises ? "GlobusSDKUsageError" : error.what();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

/// Runs one recorded call; returns what is wrong with it, or nothing.
template <class Mode, class Client>
std::string replay_call(World<Mode>& world, const Client& client, void (*run)(const Client&),
                        const boost::json::object& record) {
  const bool raises = record.contains("raises");
  const std::string expected = raises ? text_or_empty(record.at("raises")) : std::string();
  const std::string outcome = outcome_of(run, client, raises);
  std::string wrong = difference(world.take(), record.at("requests").as_array());
  if (outcome != expected) wrong += "outcome: '" + outcome + "', not '" + expected + "'\n";
  return wrong;
}

/// One call as a function that no service would take, and the parameter that is wrong.
template <class Client> struct MistakenCall {
  std::string_view method;
  std::string_view parameter;
  void (*run)(const Client&);
};

/// What is wrong with how a call was refused: it names the parameter, and sends nothing.
template <class Mode, class Client>
std::string refusal(World<Mode>& world, const Client& client, const MistakenCall<Client>& call) {
  std::string outcome = "nothing is thrown";
  try {
    call.run(client);
  } catch (const globus_sdk::GlobusSDKUsageError& error) {
    outcome = error.what();
    if (outcome.find(call.parameter) != std::string::npos) outcome.clear();
  } catch (const std::exception& error) {
    outcome = error.what();
  }
  if (!world.take().empty()) outcome += " (and something was sent)";
  return outcome;
}

/// Makes calls that no service would take: each has to be refused before anything is sent.
template <class Mode, class Client, class MakeClient>
void refuse_mistakes(const std::vector<MistakenCall<Client>>& calls, MakeClient make_client) {
  World<Mode> world;
  for (const MistakenCall<Client>& call : calls) {
    EXPECT_EQ(refusal(world, make_client(world), call), "")
        << mode_name<Mode> << " " << call.method << ", " << call.parameter;
  }
}

/// Replays a client's file of records. `headers` are where the client's methods stand, `calls` its
/// records as functions, in the file's order; `make_client` makes a fresh client in that world for
/// each call.
template <class Mode, class Client, class MakeClient>
void replay_calls(const std::string& file, const std::vector<std::string>& headers,
                  std::span<const RecordedCall<Client>> calls, MakeClient make_client) {
  const std::string code = code_of(headers);
  World<Mode> world;
  Count count;
  const boost::json::object records = load_records(file);
  ASSERT_EQ(records.at("calls").as_array().size(), calls.size());
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const auto& record = records.at("calls").at(i).as_object();
    const RecordedCall<Client>& call = calls[i];
    const std::string method = text_or_empty(record.at("method"));
    ASSERT_EQ(call.method, method);
    ASSERT_EQ(call.variant, text_or_empty(record.at("variant")));
    if (call.run == nullptr) {
      EXPECT_FALSE(declares_method(code, method)) << method << " is there and was left out";
      ++count.not_yet[method];
      continue;
    }
    ++count.delivered;
    const std::string wrong = replay_call(world, make_client(world), call.run, record);
    if (wrong.empty()) ++count.reproduced;
    EXPECT_EQ(wrong, "") << mode_name<Mode> << " " << method << ", " << call.variant;
  }
  report(mode_name<Mode>, file, count);
}

}  // namespace globus_sdk_test
