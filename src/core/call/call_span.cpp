// SPDX-License-Identifier: Apache-2.0
#include "core/call/call_span.hpp"

#include <charconv>
#include <string>
#include <utility>

#include "core/base/mask_secrets.hpp"
#include "core/base/redacted_url.hpp"
#include "core/http/header_text.hpp"
#include "core/http/url.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

constexpr const char* method_name = "http.request.method";
constexpr const char* status_name = "http.response.status_code";
constexpr const char* error_name = "error.type";
constexpr const char* attempts_name = "globus.attempts";

/// Runs what a tracer or a span does: its faults are not the call's.
template <class Tell> void tell(Tell telling) noexcept {
  try {
    telling();
  } catch (...) {  // nobody's call is about this
  }
}

void set(const std::shared_ptr<Span>& span, const char* name,
         std::variant<std::string, std::int64_t> value) {
  tell([&] { span->set_attribute({name, std::move(value)}); });
}

/// What the caller catches for a failure, unless another attempt does better.
const char* error_of(NetworkFailure::Kind kind) {
  using Kind = NetworkFailure::Kind;
  switch (kind) {
    case Kind::cancelled:
      return "CancelledError";
    case Kind::timeout:
    case Kind::deadline:
      return "GlobusTimeoutError";
    case Kind::connection_timeout:
      return "GlobusConnectionTimeoutError";
    case Kind::redirect:
    case Kind::response_too_large:
    case Kind::body:
      return "NetworkError";
    case Kind::certificate:
    case Kind::connection:
      break;
  }
  return "GlobusConnectionError";
}

/// The class of an exception, or the status where a service answered with it.
std::string error_of(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const GlobusAPIError& error) {
    return std::to_string(error.http_status());
  } catch (const GlobusSDKUsageError&) {
    return "GlobusSDKUsageError";
  } catch (const CancelledError&) {
    return "CancelledError";
  } catch (const GlobusConnectionTimeoutError&) {
    return "GlobusConnectionTimeoutError";
  } catch (const GlobusTimeoutError&) {
    return "GlobusTimeoutError";
  } catch (const GlobusConnectionError&) {
    return "GlobusConnectionError";
  } catch (const NetworkError&) {
    return "NetworkError";
  } catch (const GlobusError&) {
    return "GlobusError";
  } catch (...) {  // of a body, or of an authorizer of the program's own
    return "_OTHER";
  }
}

std::shared_ptr<Span> start(const Tracer& tracer, const SpanStart& of) {
  std::shared_ptr<Span> span;
  tell([&] { span = tracer.start_span(of); });
  return span;
}

std::vector<SpanAttribute> attributes_of(const OutgoingRequest& request, std::int64_t resends) {
  const Url url(request.url);
  std::vector<SpanAttribute> attributes{
      {method_name, request.method},
      {"server.address", url.host()},
      {"url.full", mask_secrets(redacted_url(request.url), request.secrets)}};
  std::int64_t port = 0;
  const std::string& text = url.port();
  if (std::from_chars(text.data(), text.data() + text.size(), port).ec == std::errc())
    attributes.push_back({"server.port", port});
  if (resends > 0) attributes.push_back({"http.request.resend_count", resends});
  return attributes;
}

/// In place of that of the attempt before.
void set_header(OutgoingRequest& request, const char* name, const std::string& value) {
  const std::string begin = std::string(name) + ": ";
  std::erase_if(request.header_lines,
                [&](const std::string& line) { return line.starts_with(begin); });
  if (!value.empty() && is_header_text(value)) request.header_lines.push_back(begin + value);
}

}  // namespace

CallSpan::CallSpan(const ClientState& state, const Request& request) : tracer_(state.tracer) {
  tell([&] {
    const std::string service(state.service.name);
    call_ = start(*tracer_, {SpanKind::call,
                             service + " " + request.method(),
                             nullptr,
                             {{"globus.service", service}, {method_name, request.method()}}});
  });
}

CallSpan::~CallSpan() {
  if (attempt_) {
    set(attempt_, error_name, "CancelledError");
    tell([&] { attempt_->end(); });
  }
  if (!call_ || has_ended_) return;
  set(call_, error_name, "CancelledError");
  end();
}

void CallSpan::begin_attempt(OutgoingRequest& request) {
  tell([&] {
    attempt_ = start(
        *tracer_, {SpanKind::attempt, request.method, call_, attributes_of(request, attempts_++)});
    if (!attempt_) return;
    const TraceContext context = attempt_->context();
    set_header(request, "traceparent", context.traceparent);
    set_header(request, "tracestate", context.tracestate);
  });
}

void CallSpan::end_attempt(const Outcome& outcome) {
  const auto span = std::exchange(attempt_, nullptr);
  if (!span) return;
  if (const auto* failure = std::get_if<NetworkFailure>(&outcome)) {
    set(span, error_name, error_of(failure->kind));
  } else if (const auto* answer = std::get_if<Answer>(&outcome)) {
    set(span, status_name, answer->status);
    if (answer->status >= 400) set(span, error_name, std::to_string(answer->status));
  }
  tell([&] { span->end(); });
}

void CallSpan::tell_of_retry(std::chrono::milliseconds delay) {
  if (!call_) return;
  tell([&] { call_->add_event("retry", {{"globus.retry.delay_ms", delay.count()}}); });
}

void CallSpan::succeed(int status) {
  if (!call_) return;
  set(call_, status_name, status);
  end();
}

void CallSpan::fail(const std::exception_ptr& failure) {
  if (!call_) return;
  tell([&] {
    try {
      std::rethrow_exception(failure);
    } catch (const GlobusAPIError& error) {
      set(call_, status_name, error.http_status());
    } catch (...) {  // no answer
    }
    set(call_, error_name, error_of(failure));
  });
  end();
}

void CallSpan::end() {
  has_ended_ = true;
  set(call_, attempts_name, attempts_);
  tell([&] { call_->end(); });
}

}  // namespace globus_sdk::inline v0::detail
