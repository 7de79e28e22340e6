// SPDX-License-Identifier: Apache-2.0
#include "core/call/attempt.hpp"

#include <algorithm>
#include <string_view>

#include "core/base/mask_secrets.hpp"
#include "core/base/point_in_time.hpp"
#include "core/base/redacted_url.hpp"
#include "core/base/url_encoding.hpp"
#include "core/base/wipe.hpp"
#include "core/call/secrets.hpp"
#include "core/http/header_text.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// The credential of an Authorization header, without its scheme.
std::string credential_of(std::string_view header) {
  const std::size_t space = header.find(' ');
  return std::string(space == std::string_view::npos ? header : header.substr(space + 1));
}

std::optional<std::chrono::milliseconds> timeout_of(const Connection& connection) {
  const auto& timeout = connection.settings->timeout;
  if (timeout.has_value()) return *timeout;
  if (timeout.is_null() || !connection.state->transport) return std::nullopt;
  return connection.state->transport->settings().http_timeout;
}

/// Refuses to send a secret over a network in plain text.
void require_private_way(const ClientState& state, const Destination& destination) {
  const std::string& host = destination.plain_http_host;
  if (host.empty()) return;
  const auto& allowed = state.transport->settings().allow_plain_http;
  if (std::find(allowed.begin(), allowed.end(), host) != allowed.end()) return;
  throw GlobusSDKUsageError("credentials and other secrets are not sent to " + host +
                            " over plain http: use https, or name the host in allow_plain_http");
}

/// At an address that the client has found.
void set_found_url(OutgoingRequest& outgoing, const ClientState& state, const Request& request) {
  BaseURL base = base_url_of(state);
  if (base.text.empty()) throw GlobusError("the service's address was looked up, and not found");
  outgoing.url = join_url(base.text, request.path());
  outgoing.destination = std::move(base.destination);
}

void set_url(OutgoingRequest& outgoing, const ClientState& state, const Request& request) {
  if (request.has_own_url()) {
    const Url own(request.path());
    outgoing.url = own.text();
    outgoing.destination = destination_of(own);
    const std::size_t query = outgoing.url.find('?');
    if (query != std::string::npos) {
      add_secrets(outgoing.secrets, form_decode(std::string_view(outgoing.url).substr(query + 1)));
    }
  } else {
    if (state.base_url.empty()) {
      set_found_url(outgoing, state, request);
    } else {
      outgoing.url = join_url(state.base_url, request.path());
      outgoing.destination = state.destination;
    }
  }
  if (request.query_pairs().empty()) return;
  outgoing.url += '?';
  outgoing.url += form_encode(request.query_pairs());
  add_secrets(outgoing.secrets, request.query_pairs());
}

/// Adds the request's own headers, and of those that every request carries the ones that it has
/// not; returns its own Authorization, if it has one.
std::optional<std::string> add_headers(OutgoingRequest& outgoing, const ClientState& state,
                                       const Request& request) {
  const bool has_body = request.body() || request.source();
  if (request.header_pairs().empty() && !has_body) {  // most requests
    outgoing.header_lines = state.header_lines;
    return std::nullopt;
  }
  Headers own;
  for (const auto& [name, value] : request.header_pairs()) own.add(name, value);
  if (has_body && !own.contains("Content-Type")) {
    own.add("Content-Type", request.content_type());
  }
  for (const std::string& line : state.header_lines) {
    if (!own.contains(line.substr(0, line.find(':')))) outgoing.header_lines.push_back(line);
  }
  auto authorization = own.get("Authorization");
  own.remove("Authorization");
  add_secrets(outgoing.secrets, own);
  for (const auto& [name, value] : own) {
    outgoing.header_lines.push_back(value.empty() ? name + ";" : name + ": " + value);
  }
  return authorization;
}

std::int64_t checked_size(const BodySource& source) {
  const std::int64_t size = source.size();
  if (size < 0) throw GlobusSDKUsageError("BodySource::size: it must not be negative");
  return size;
}

std::string outcome_text(const Outcome& outcome) {
  if (const auto* answer = std::get_if<Answer>(&outcome)) return std::to_string(answer->status);
  return std::get<NetworkFailure>(outcome).message;
}

/// Why a server that redirects to a login does so.
std::string missing_login(const OutgoingRequest& request) {
  return request.authorization.empty() ? "the request carried no token"
                                       : "it does not take the token that the request carried";
}

}  // namespace

void OutgoingRequest::wipe_secrets() noexcept {
  wipe(authorization);
  for (std::string& secret : secrets) wipe(secret);
  if (!carries_secret) return;
  wipe(url);
  if (body) wipe(*body);
  for (std::string& line : header_lines) wipe(line);
}

CallLimits limits_of(const CallSettings& settings, std::chrono::steady_clock::time_point now) {
  CallLimits limits;
  if (settings.deadline.has_value()) limits.deadline = after(now, *settings.deadline);
  if (settings.deadline_at.has_value()) {
    limits.deadline =
        std::min(limits.deadline.value_or(*settings.deadline_at), *settings.deadline_at);
  }
  if (settings.stop) limits.stop = *settings.stop;
  return limits;
}

RetryPolicy limited(RetryPolicy policy, std::int64_t max_retries) {
  policy.max_retries = static_cast<int>(std::min<std::int64_t>(max_retries, 1'000'000));
  return policy;
}

OutgoingRequest prepare(const Connection& connection, const Request& request) {
  const ClientState& state = *connection.state;
  OutgoingRequest outgoing;
  outgoing.method = request.method();
  outgoing.secrets = request.secrets();
  set_url(outgoing, state, request);
  outgoing.body = request.body();
  outgoing.source = request.source();
  if (outgoing.source) outgoing.source_size = checked_size(*outgoing.source);
  outgoing.sink = request.sink();
  outgoing.repeatable = request.repeatable();
  outgoing.client = state.number;
  outgoing.most_at_once = state.max_concurrent_requests;
  outgoing.timeout = timeout_of(connection);
  auto authorization = add_headers(outgoing, state, request);
  outgoing.carries_secret = !outgoing.secrets.empty();
  if (outgoing.carries_secret) require_private_way(state, outgoing.destination);
  if (state.transport) {
    const auto& of_proxies = state.transport->settings().proxy_secrets;
    outgoing.secrets.insert(outgoing.secrets.end(), of_proxies.begin(), of_proxies.end());
  }
  // as careful with one of the caller's as with an authorizer's, which will take its place
  if (authorization) authorize(state, outgoing, std::move(*authorization));
  return outgoing;
}

void authorize(const ClientState& state, OutgoingRequest& request, std::string header) {
  if (header.empty()) {
    request.authorization.clear();
    return;
  }
  require_private_way(state, request.destination);
  if (!is_header_text(header)) {
    throw GlobusSDKUsageError("the authorizer's header holds a line end or NUL");
  }
  request.secrets.push_back(credential_of(header));
  request.authorization = std::move(header);
}

void hide_secrets(const OutgoingRequest& request, Outcome& outcome) {
  if (auto* failure = std::get_if<NetworkFailure>(&outcome)) {
    failure->message = mask_secrets(std::move(failure->message), request.secrets);
  }
}

bool wants_other_authorization(const ClientState& state, const OutgoingRequest& request,
                               const Outcome& outcome, SecondChances& chances) {
  const auto* answer = std::get_if<Answer>(&outcome);
  if (answer == nullptr || request.authorization.empty() || state.authorizer == nullptr) {
    return false;
  }
  const bool is_unauthorized = answer->status == 401 || answer->asks_for_login;
  if (is_unauthorized && std::exchange(chances.after_unauthorized, false)) {
    return state.authorizer->handle_missing_authorization(request.authorization);
  }
  return answer->status == 403 && std::exchange(chances.after_forbidden, false) &&
         state.authorizer->handle_insufficient_authorization(request.authorization, *answer);
}

bool may_go_to_new_connection(const OutgoingRequest& request, const Outcome& outcome) {
  const auto* failure = std::get_if<NetworkFailure>(&outcome);
  return failure != nullptr && failure->connection_ended && request.repeatable &&
         !request.on_new_connection;
}

std::shared_ptr<OutgoingRequest> on_new_connection(OutgoingRequest request) {
  request.on_new_connection = true;
  return std::make_shared<OutgoingRequest>(std::move(request));
}

bool has_begun_sink(const Outcome& outcome) {
  const auto* failure = std::get_if<NetworkFailure>(&outcome);
  return failure != nullptr && failure->sink_has_begun;
}

RetryContext context_of(const Outcome& outcome, int attempt, bool safe_to_repeat) {
  return {attempt, std::get_if<Answer>(&outcome), std::get_if<NetworkFailure>(&outcome),
          safe_to_repeat};
}

GlobusHTTPResponse judge(const ClientState& state, const OutgoingRequest& request,
                         Outcome outcome) {
  if (const auto* failure = std::get_if<NetworkFailure>(&outcome)) {
    if (failure->cause) std::rethrow_exception(failure->cause);
    throw_failure(*failure, request.method, mask_secrets(request.url, request.secrets));
  }
  auto& answer = std::get<Answer>(outcome);
  answer.secrets = request.secrets;
  answer.is_secret = request.carries_secret;
  if (answer.status == 401 && state.authorizer && !request.authorization.empty()) {
    answer.remark = state.authorizer->explain_refusal(request.authorization);
  }
  if (answer.asks_for_login) {
    answer.remark = "the server asks for a login: " + missing_login(request);
  } else if (answer.status < 400) {
    return GlobusHTTPResponse(std::move(answer));
  }
  state.service.throw_error(std::move(answer));
  throw GlobusError("an error of the service " + std::string(state.service.name) +
                    " has no class");  // it has: the line above throws it
}

void rethrow_for(const OutgoingRequest& request) {
  try {
    throw;
  } catch (const GlobusTimeoutError& error) {
    if (!error.method().empty()) throw;  // of a request of its own
    throw GlobusTimeoutError(error.what(), request.method, request.url, true);
  } catch (const CancelledError& error) {
    throw CancelledError(request.method + " " + redacted_url(request.url) + ": " + error.what());
  }
}

void throw_failure(const NetworkFailure& failure, const std::string& method,
                   const std::string& url) {
  using Kind = NetworkFailure::Kind;
  const bool unprocessed = failure.surely_not_processed;
  switch (failure.kind) {
    case Kind::cancelled:
      throw CancelledError(method + " " + redacted_url(url) + ": " + failure.message);
    case Kind::timeout:
    case Kind::deadline:
      throw GlobusTimeoutError(failure.message, method, url, unprocessed);
    case Kind::connection_timeout:
      throw GlobusConnectionTimeoutError(failure.message, method, url, unprocessed);
    case Kind::redirect:
    case Kind::response_too_large:
    case Kind::body:
      throw NetworkError(failure.message, method, url, unprocessed);
    case Kind::certificate:
    case Kind::connection:
      break;
  }
  throw GlobusConnectionError(failure.message, method, url, unprocessed);
}

void log_attempt(const ClientState& state, const OutgoingRequest& request, const Outcome& outcome,
                 std::chrono::steady_clock::duration took) {
  if (!state.logger.wants(LogLevel::debug)) return;
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
  state.logger.callback(
      LogLevel::debug,
      mask_secrets(request.method + " " + redacted_url(request.url) + ": " + outcome_text(outcome) +
                       " after " + std::to_string(milliseconds) + " ms",
                   request.secrets));
}

void log_retry(const ClientState& state, const OutgoingRequest& request,
               std::chrono::milliseconds delay) {
  if (!state.logger.wants(LogLevel::info)) return;
  state.logger.callback(LogLevel::info,
                        mask_secrets(request.method + " " + redacted_url(request.url) +
                                         ": sent again in " + std::to_string(delay.count()) + " ms",
                                     request.secrets));
}

}  // namespace globus_sdk::inline v0::detail
