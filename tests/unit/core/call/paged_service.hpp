// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "globus_sdk/async.hpp"
#include "globus_sdk/core/pages.hpp"
#include "globus_sdk/transfer/iterable_transfer_response.hpp"
#include "support/plain_client.hpp"
#include "support/recording_server.hpp"
#include "support/simulated_mode.hpp"
#include "support/walk_pages.hpp"
#include "wire/asked_parameters.hpp"
#include "wire/modes.hpp"

namespace globus_sdk_test {

inline Parameters asked_by(const std::string& target, const std::string& body) {
  WireRequest request;
  request.set_target(target);
  return asked_parameters(request.query, body);
}

/// A page as a service answers it, by the parameters that it was asked with.
using AnswerPage = std::function<RecordedAnswer(const Parameters& query)>;

/// A service on loopback for clients of Blocking and Async.
template <class Mode> class PagedService {
 public:
  explicit PagedService(AnswerPage answer)
      : server_([answer](const RecordedRequest& request) {
          return answer(asked_by(request.target, request.body));
        }) {}

  globus_sdk::detail::Connection connection() const {
    globus_sdk::ClientOptions options;
    options.base_url = server_.url();
    return PlainClient(options).connection();
  }

  /// The parameters of the requests received so far.
  std::vector<Parameters> queries() const {
    std::vector<Parameters> queries;
    for (const auto& request : server_.requests()) {
      queries.push_back(asked_by(request.target, request.body));
    }
    return queries;
  }
  /// Their bodies.
  std::vector<std::string> bodies() const {
    std::vector<std::string> bodies;
    for (const auto& request : server_.requests()) bodies.push_back(request.body);
    return bodies;
  }

 private:
  RecordingServer server_;
};

/// A simulated service.
template <> class PagedService<globus_sdk::Simulated> {
 public:
  explicit PagedService(AnswerPage answer)
      : simulated_(globus_sdk::simulate(globus_sdk::detail::service_of<PlainClient>)) {
    simulated_.second->answer = [answer](const globus_sdk::detail::OutgoingRequest& request) {
      const RecordedAnswer recorded = answer(asked_by(request.url, request.body.value_or("")));
      return globus_sdk::simulated_answer(recorded.status, recorded.body);
    };
  }

  globus_sdk::detail::Connection connection() const { return simulated_.first; }

  std::vector<Parameters> queries() const {
    std::vector<Parameters> queries;
    for (const auto& request : simulated_.second->requests) {
      queries.push_back(asked_by(request.url, request.body.value_or("")));
    }
    return queries;
  }
  std::vector<std::string> bodies() const {
    std::vector<std::string> bodies;
    for (const auto& request : simulated_.second->requests) {
      bodies.push_back(request.body.value_or(""));
    }
    return bodies;
  }

 private:
  std::pair<globus_sdk::detail::Connection, std::shared_ptr<globus_sdk::Simulation>> simulated_;
};

template <class Mode>
using TestPages = globus_sdk::Pages<Mode, globus_sdk::IterableTransferResponse>;

/// A walk that has not begun over a listing of that service.
template <class Mode>
TestPages<Mode> pages_of(const PagedService<Mode>& service, const globus_sdk::Paging& paging) {
  globus_sdk::Request first = globus_sdk::detail::get("/list");
  if (paging.in_body) first = globus_sdk::detail::post("/list").json(globus_sdk::Json::object());
  return TestPages<Mode>(service.connection(), std::move(first), paging);
}

}  // namespace globus_sdk_test
