// SPDX-License-Identifier: Apache-2.0
#pragma once

// The recorded answers, each read through the method that it is an answer of, and compared with
// what the Python SDK read from it (answers/read_with_python.py).

#include <gtest/gtest.h>

#include <cxxabi.h>
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

#include "wire/replay.hpp"
#include "wire/view_members.hpp"

namespace globus_sdk_test {

/// What the Python SDK read from the answers, in their order.
inline boost::json::array load_readings() {
  return load_records("../answers/python.json").at("readings").as_array();
}

/// The name of an object's class, without namespaces.
template <class T> std::string class_name(const T& object) {
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(typeid(object).name(), nullptr, nullptr, nullptr), &std::free);
  const std::string whole = name ? name.get() : "";
  return whole.substr(whole.rfind(':') + 1);
}

inline std::vector<std::string> texts(const boost::json::value& list) {
  std::vector<std::string> found;
  if (list.is_null()) return found;
  for (const auto& text : list.as_array()) found.push_back(text_or_empty(text));
  return found;
}

/// Collects what is not as Python read it, a line each.
class Comparison {
 public:
  template <class T> void operator()(const char* what, const T& is, const T& expected) {
    if (is != expected) lines_ += std::string(what) + " is not as Python read it\n";
  }
  const std::string& lines() const { return lines_; }

 private:
  std::string lines_{};
};

inline void compare_parameters(const globus_sdk::AuthorizationParameterInfo& is,
                               const boost::json::value& expected, Comparison& compare) {
  compare("authorization parameters", is.has_data, !expected.is_null());
  if (expected.is_null()) return;
  const auto& parameters = expected.as_object();
  const auto list = [](const std::optional<std::vector<std::string>>& of) {
    return of.value_or(std::vector<std::string>());
  };
  compare("session_message", is.session_message.value_or(""),
          text_or_empty(parameters.at("session_message")));
  compare("session_required_identities", list(is.session_required_identities),
          texts(parameters.at("session_required_identities")));
  compare("session_required_single_domain", list(is.session_required_single_domain),
          texts(parameters.at("session_required_single_domain")));
  compare("session_required_policies", list(is.session_required_policies),
          texts(parameters.at("session_required_policies")));
  const auto& mfa = parameters.at("session_required_mfa");
  compare("session_required_mfa", is.session_required_mfa,
          mfa.is_null() ? std::optional<bool>() : std::optional<bool>(mfa.as_bool()));
}

/// The code of an error of OAuth2's: its `error`, for which Python has no code. Empty for others.
inline std::string oauth2_code(const globus_sdk::GlobusAPIError& error,
                               const boost::json::object& expected) {
  const auto document = error.raw_json();
  const auto name = document ? document->get("error") : std::nullopt;
  return name && name->is_string() && expected.at("code").is_null() ? name->str() : std::string();
}

/// Whether Python found no text. The SDK then says the reason of the status.
inline bool is_empty(const boost::json::value& text) {
  return text.is_null() || text.as_string().empty();
}

inline void compare_errors(const std::vector<globus_sdk::ErrorSubdocument>& is,
                           const boost::json::array& expected, Comparison& compare) {
  compare("number of errors", is.size(), expected.size());
  for (std::size_t i = 0; i < std::min(is.size(), expected.size()); ++i) {
    const auto& one = expected[i].as_object();
    compare("a sub-error's code", is[i].code, text_or_empty(one.at("code")));
    compare("a sub-error's message", is[i].message, text_or_empty(one.at("message")));
    compare("a sub-error's document", is[i].raw.value(), one.at("raw"));
  }
}

/// What an error differs in from Python's.
inline std::string error_difference(const globus_sdk::GlobusAPIError& error,
                                    const boost::json::object& expected) {
  Comparison compare;
  compare("class", class_name(error), text_or_empty(expected.at("class")));
  compare("status", std::int64_t{error.http_status()}, expected.at("http_status").as_int64());
  compare("request id", error.request_id(), text_or_empty(expected.at("request_id")));
  compare_parameters(error.info().authorization_parameters, expected.at("authorization_parameters"),
                     compare);
  compare("required scopes", error.info().consent_required.required_scopes,
          texts(expected.at("required_scopes")));
  if (const std::string code = oauth2_code(error, expected); !code.empty()) {
    compare("code", error.code(), code);
    return compare.lines();
  }
  compare("code", error.code(), text_or_empty(expected.at("code")));
  if (is_empty(expected.at("message"))) return compare.lines();
  compare("messages", error.messages(), texts(expected.at("messages")));
  compare("message", error.message(), text_or_empty(expected.at("message")));
  compare_errors(error.errors(), expected.at("errors").as_array(), compare);
  return compare.lines();
}

/// What a successful answer's response differs in from the document and from Python's response.
inline std::string response_difference(const LastResult& result, const boost::json::object& answer,
                                       const boost::json::object& reading) {
  if (!result.response) return "the method returned no response\n";
  const globus_sdk::GlobusHTTPResponse& response = *result.response;
  std::string wrong;
  if (response.http_status() != answer.at("status").as_int64()) wrong += "the status differs\n";
  if (response.data().value() != answer.at("body")) wrong += "the document differs\n";
  const auto& items = reading.at("items");
  if (!items.is_null() && !result.count_items) {
    wrong += "there are no items to go over\n";
  } else if (!items.is_null() && result.count_items() != items.to_number<std::size_t>()) {
    wrong += "there are " + std::to_string(result.count_items()) + " items, not " +
             boost::json::serialize(items) + "\n";
  }
  return wrong + view_disagreement(std::string(reading.at("client").as_string()),
                                   std::string(reading.at("method").as_string()), response)
                     .lines;
}

/// Has a call answered with one answer; returns what is wrong with what comes of it, or nothing.
template <class Client>
std::string replay_answer(void (*run)(const Client&), const Client& client,
                          const boost::json::object& answer, const boost::json::object& reading) {
  const auto* const error = reading.if_contains("error");
  last_result() = {};
  try {
    run(client);
    if (error != nullptr) return "no error was thrown\n";
    return response_difference(last_result(), answer, reading);
  } catch (const typename Client::Error& thrown) {
    if (error != nullptr) return error_difference(thrown, error->as_object());
    return std::string(thrown.what()) + "\n";
  } catch (const std::exception& thrown) {
    return std::string(thrown.what()) + "\n";
  }
}

/// The call of a method that a reading names.
template <class Client>
std::size_t call_of(std::span<const RecordedCall<Client>> calls,
                    const boost::json::object& reading) {
  const auto found = std::ranges::find_if(calls, [&reading](const RecordedCall<Client>& call) {
    return call.method == text_or_empty(reading.at("method")) &&
           call.variant == text_or_empty(reading.at("variant"));
  });
  if (found == calls.end()) throw std::runtime_error("there is no call as in the reading");
  return static_cast<std::size_t>(found - calls.begin());
}

/// Replays the answers of one client, each through its recorded call.
template <class Mode, class Client, class MakeClient>
void replay_answers(const std::string& name, std::span<const RecordedCall<Client>> calls,
                    MakeClient make_client) {
  const boost::json::array answers = load_records("answers.json").at("answers").as_array();
  const boost::json::array readings = load_readings();
  const boost::json::object records = load_records(name + ".json");
  ASSERT_EQ(answers.size(), readings.size());
  globus_sdk::CallSettings once;
  once.max_retries = 0;
  World<Mode> world;
  Count count;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto& reading = readings[i].as_object();
    if (text_or_empty(reading.at("client")) != name) continue;
    const std::size_t index = call_of(calls, reading);
    if (calls[index].run == nullptr) {
      ++count.not_yet[std::string(calls[index].method)];
      continue;
    }
    const auto& answer = answers[i].as_object();
    const auto& requests = records.at("calls").at(index).at("requests").as_array();
    const Client client = make_client(world);
    world.answers().give(requests.size(), static_cast<int>(answer.at("status").as_int64()),
                         boost::json::serialize(answer.at("body")));
    const std::string wrong =
        replay_answer<Client>(calls[index].run, client.with(once), answer, reading);
    world.take();
    ++count.delivered;
    if (wrong.empty()) ++count.reproduced;
    EXPECT_EQ(wrong, "") << mode_name<Mode> << " " << text_or_empty(answer.at("answer_of")) << ", "
                         << text_or_empty(answer.at("case"));
  }
  report(mode_name<Mode>, std::string(answers_of) + name, count);
}

}  // namespace globus_sdk_test
