// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/tracing.hpp"

namespace globus_sdk::inline v0 {

Span::~Span() = default;

void Span::add_event(std::string_view /*name*/, const std::vector<SpanAttribute>& /*attributes*/) {}

TraceContext Span::context() const {
  return {};
}

Tracer::~Tracer() = default;

}  // namespace globus_sdk::inline v0
