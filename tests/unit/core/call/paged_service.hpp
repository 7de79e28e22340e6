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

/// What leads to a page: the parameters of the query, or the members of a body that is JSON.
inline Parameters asked_by(const std::string& target, const std::string& body) {
  WireRequest request;
  request.set_target(target);
  if (body.empty()) return form_parameters(request.query);
  Parameters parameters;
  const boost::json::value document = boost::json::parse(body);
  for (const auto& member : document.as_object()) {
    const auto* text = member.value().if_string();
    parameters.emplace(member.key(), text != nullptr ? std::string(*text)
                                                     : boost::json::serialize(member.value()));
  }
  return parameters;
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
