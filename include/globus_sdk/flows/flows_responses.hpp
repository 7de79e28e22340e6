// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// A listing of flows: a range over its `flows`. Mirrors `globus_sdk.IterableFlowsResponse`.
class IterableFlowsResponse : public IterableResponse {
 public:
  explicit IterableFlowsResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "flows") {}
};

/// A listing of runs: a range over its `runs`. Mirrors `globus_sdk.IterableRunsResponse`.
class IterableRunsResponse : public IterableResponse {
 public:
  explicit IterableRunsResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "runs") {}
};

/// The log of a run: a range over its `entries`. Mirrors `globus_sdk.IterableRunLogsResponse`.
class IterableRunLogsResponse : public IterableResponse {
 public:
  explicit IterableRunLogsResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "entries") {}
};

/// A listing of registered APIs: a range over its `registered_apis`. Mirrors
/// `globus_sdk.IterableRegisteredAPIsResponse`.
class IterableRegisteredAPIsResponse : public IterableResponse {
 public:
  explicit IterableRegisteredAPIsResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "registered_apis") {}
};

/// A listing of web inputs: a range over its `web_input_summaries`. Mirrors
/// `globus_sdk.IterableWebInputsResponse`.
class IterableWebInputsResponse : public IterableResponse {
 public:
  explicit IterableWebInputsResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "web_input_summaries") {}
};

}  // namespace globus_sdk::inline v0
