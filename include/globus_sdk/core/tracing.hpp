// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "globus_sdk/core/any_of.hpp"
#include "globus_sdk/core/export.hpp"

namespace globus_sdk::inline v0 {

/// What a span tells of its work: a name of OpenTelemetry's semantic conventions, and its value.
struct SpanAttribute {
  std::string name{};                               ///< such as `http.response.status_code`
  std::variant<std::string, std::int64_t> value{};  ///< without secrets

  friend bool operator==(const SpanAttribute& a, const SpanAttribute& b) = default;
};

/// What work a span is about.
enum class SpanKind {
  call,     ///< a call of a client's method, or a page of a listing, until it returns or throws
  attempt,  ///< one HTTP request of a call, which may need several
};

/// How a server knows that its work is a part of a trace: headers of W3C Trace Context.
struct TraceContext {
  std::string traceparent{};  ///< `00-TRACE_ID-SPAN_ID-FLAGS`; empty to send none
  std::string tracestate{};   ///< empty to send none
};

/// A piece of work that a tracer has been told of. It is told when the work goes on, and when it
/// ends, by one thread at a time, which need not always be the same one. Whatever a function of it
/// throws is ignored.
class GLOBUS_SDK_EXPORT Span {
 public:
  virtual ~Span();

  /// Something became known of the work: its status, or how it failed (`error.type`).
  virtual void set_attribute(const SpanAttribute& attribute) = 0;
  /// Something happened: `retry`, before a pause.
  virtual void add_event(std::string_view name, const std::vector<SpanAttribute>& attributes);
  /// The work has ended. It failed if there was an `error.type`. Called once.
  virtual void end() = 0;
  /// What is sent with the request of an attempt. The default is nothing.
  virtual TraceContext context() const;

 protected:
  Span() = default;
  Span(const Span&) = default;
  Span& operator=(const Span&) = default;
};

/// What a tracer is told of work that begins.
struct SpanStart {
  SpanKind kind = SpanKind::call;
  /// A name out of few: `transfer GET` for a call, `GET` for an attempt.
  std::string name{};
  /// The call of an attempt; null for a call.
  std::shared_ptr<Span> parent{};
  std::vector<SpanAttribute> attributes{};
};

/// Is told of every call and of each of its attempts. Derive from this class to hand them to
/// OpenTelemetry, or to write them down. Many threads may use one tracer at once. What it throws is
/// ignored.
///
/// A call's span has `globus.service`, `http.request.method`, in the end
/// `http.response.status_code` if an answer came, and `globus.attempts`. An attempt's span is what
/// the conventions call an HTTP client span: `http.request.method`, `server.address`,
/// `server.port`, `url.full`, `http.request.resend_count` unless it is the first attempt, and in
/// the end `http.response.status_code`. Both have `error.type` if they failed: the status, or the
/// name of the exception's class. No attribute has a token, secret, code or verifier in it.
class GLOBUS_SDK_EXPORT Tracer {
 public:
  virtual ~Tracer();

  /// Work begins, on the thread that does it. A call has no parent here: where it belongs to other
  /// work of the program, that is what the program's own tracing has as its current span on this
  /// thread.
  ///
  /// @return what is told how the work goes on; null for work that is not to be traced.
  virtual std::shared_ptr<Span> start_span(const SpanStart& start) const = 0;

 protected:
  Tracer() = default;
  Tracer(const Tracer&) = default;
  Tracer& operator=(const Tracer&) = default;
};

/// A tracer as a parameter: an object of any tracer class, by value or in a `std::shared_ptr`.
using AnyTracer = AnyOf<Tracer>;

}  // namespace globus_sdk::inline v0
