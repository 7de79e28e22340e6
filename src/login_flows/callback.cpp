// SPDX-License-Identifier: Apache-2.0
#include "login_flows/callback.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <utility>

#include "core/base/url_encoding.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// In a time that says nothing of where they differ.
bool equal_secrets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

/// The value of a parameter that is there once; nothing otherwise.
std::optional<std::string> single(const NameValuePairs& parameters, std::string_view name) {
  std::optional<std::string> found;
  for (const auto& [key, value] : parameters) {
    if (key != name) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

/// A page of another origin can send here under a name of its own that it points to this machine.
bool is_own_host(std::string_view host, std::uint16_t port) {
  const std::string suffix = ":" + std::to_string(port);
  return host == "127.0.0.1" + suffix || host == "localhost" + suffix;
}

CallbackVerdict refusal(int status, std::string message) {
  return {.status = status,
          .result = "This is not the login that the program waits for",
          .message = std::move(message)};
}

CallbackVerdict received(Callback callback) {
  if (!callback.code.empty()) {
    return {.result = "You are logged in",
            .message = "Go back to the program, which goes on by itself. This page may be closed.",
            .callback = std::move(callback)};
  }
  std::string why = callback.error;
  if (!callback.error_description.empty()) why += ": " + callback.error_description;
  return {.result = "You are not logged in",
          .message = "Globus Auth says " + why +
                     ". Go back to the program to try again. This page may be closed.",
          .callback = std::move(callback)};
}

}  // namespace

CallbackVerdict judge_callback(const CallbackRequest& request, const ExpectedCallback& expected) {
  if (!is_own_host(request.host, expected.port)) {
    return refusal(421, "This address is for logins of a program on this machine.");
  }
  const auto question = request.target.find('?');
  if (request.target.substr(0, question) != "/") return refusal(404, "There is no such page.");
  if (request.method != "GET") return refusal(405, "This page can only be opened.");
  const auto parameters =
      form_decode(question == std::string_view::npos ? std::string_view()
                                                     : request.target.substr(question + 1));
  const auto state = single(parameters, "state");
  if (!state || !equal_secrets(*state, expected.state)) {
    return refusal(400, "Go on in the window where you log in, or begin again in the program.");
  }
  Callback callback{.code = single(parameters, "code").value_or(""),
                    .error = single(parameters, "error").value_or(""),
                    .error_description = single(parameters, "error_description").value_or("")};
  if (callback.code.empty() == callback.error.empty()) {
    return refusal(400, "There is neither a code nor an error in this address.");
  }
  return received(std::move(callback));
}

CallbackVerdict late_callback() {
  return {.status = 410,
          .result = "This login is over",
          .message = "Go back to the program. This page may be closed."};
}

CallbackVerdict unreadable_request() {
  return refusal(400, "The request cannot be read.");
}

}  // namespace globus_sdk::inline v0::detail
