// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "globus_sdk/async.hpp"
#include "globus_sdk/core/paging.hpp"
#include "globus_sdk/transfer/iterable_transfer_response.hpp"
#include "support/plain_client.hpp"
#include "support/recording_server.hpp"
#include "support/run_async.hpp"
#include "support/simulated_mode.hpp"
#include "wire/modes.hpp"
#include "wire/wire_request.hpp"

namespace globus_sdk_test {

/// The value of a query parameter, or `otherwise`.
inline std::string parameter(const Parameters& query, const std::string& name,
                             const std::string& otherwise = "") {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return otherwise;
}

/// A page as a service answers it, by the query that it was asked with.
using AnswerPage = std::function<RecordedAnswer(const Parameters& query)>;

/// A service on loopback for clients of Blocking and Async.
template <class Mode> class PagedService {
 public:
  explicit PagedService(AnswerPage answer)
      : server_([answer](const RecordedRequest& request) {
          return answer(query_of(request.target));
        }) {}

  globus_sdk::detail::Connection connection() const {
    globus_sdk::ClientOptions options;
    options.base_url = server_.url();
    return PlainClient(options).connection();
  }

  /// The queries received so far.
  std::vector<Parameters> queries() const {
    std::vector<Parameters> queries;
    for (const auto& request : server_.requests()) queries.push_back(query_of(request.target));
    return queries;
  }

 private:
  static Parameters query_of(const std::string& target) {
    WireRequest request;
    request.set_target(target);
    return form_parameters(request.query);
  }

  RecordingServer server_;
};

/// A simulated service.
template <> class PagedService<globus_sdk::Simulated> {
 public:
  explicit PagedService(AnswerPage answer)
      : simulated_(globus_sdk::simulate(globus_sdk::detail::service_of<PlainClient>)) {
    simulated_.second->answer = [answer](const globus_sdk::detail::OutgoingRequest& request) {
      const RecordedAnswer recorded = answer(query_of(request.url));
      return globus_sdk::simulated_answer(recorded.status, recorded.body);
    };
  }

  globus_sdk::detail::Connection connection() const { return simulated_.first; }

  std::vector<Parameters> queries() const {
    std::vector<Parameters> queries;
    for (const auto& request : simulated_.second->requests)
      queries.push_back(query_of(request.url));
    return queries;
  }

 private:
  static Parameters query_of(const std::string& url) {
    WireRequest request;
    request.set_target(url);
    return form_parameters(request.query);
  }

  std::pair<globus_sdk::detail::Connection, std::shared_ptr<globus_sdk::Simulation>> simulated_;
};

template <class Mode>
using TestPages = globus_sdk::Pages<Mode, globus_sdk::IterableTransferResponse>;

/// A walk that has not begun over a listing of that service.
template <class Mode>
TestPages<Mode> pages_of(const PagedService<Mode>& service, const globus_sdk::Paging& paging) {
  return TestPages<Mode>(service.connection(), globus_sdk::Request("GET", "/list"), paging);
}

/// Hands every item of all pages to `use`, whatever the mode.
template <class Mode, class Response, class Use>
void for_each_item(const globus_sdk::Pages<Mode, Response>& pages, Use use) {
  if constexpr (std::is_same_v<Mode, globus_sdk::Async>) {
    while (auto item = run_async(pages.next_item())) use(*item);
  } else {
    for (const auto& item : pages.items()) use(item);
  }
}

/// The same for the pages themselves.
template <class Mode, class Response, class Use>
void for_each_page(const globus_sdk::Pages<Mode, Response>& pages, Use use) {
  if constexpr (std::is_same_v<Mode, globus_sdk::Async>) {
    while (auto page = run_async(pages.next())) use(*page);
  } else {
    for (const auto& page : pages) use(page);
  }
}

template <class Mode, class Response>
std::vector<int> items_of(const globus_sdk::Pages<Mode, Response>& pages) {
  std::vector<int> items;
  for_each_item(pages, [&items](const globus_sdk::JsonView& item) {
    items.push_back(item.template as<int>());
  });
  return items;
}

}  // namespace globus_sdk_test
