// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "support/walk_pages.hpp"
#include "wire/asked_parameters.hpp"
#include "wire/delivered.hpp"
#include "wire/replay.hpp"
#include "wire/tally.hpp"
#include "wire/world.hpp"

namespace globus_sdk_test {

/// What the records say of how a method pages.
struct RecordedPaging {
  explicit RecordedPaging(const boost::json::object& record)
      : paginator(record.at("paginator").as_string()) {
    const auto& parameters = record.at("params").as_object();
    if (const auto* key = record.at("items_key").if_string()) items_key = *key;
    if (const auto* key = parameters.if_contains("marker_key")) marker_key = key->as_string();
    if (!by_offset()) return;
    max_total_results = parameters.at("max_total_results").to_number<int>();
    page_size = parameters.at("page_size").to_number<int>();
  }

  bool by_offset() const {
    return paginator == "HasNextPaginator" || paginator == "LimitOffsetTotalPaginator";
  }

  std::string paginator;
  std::string items_key = "data";  // of JSON:API, where the records have none
  std::string marker_key = "marker";
  int max_total_results = 0;
  int page_size = 0;
};

/// A service with a listing of the numbers below `total`, which pages as recorded, and in no other
/// way. A page has `most` items at most, whatever limit is asked for.
class RecordedListing {
 public:
  RecordedListing(const RecordedPaging& paging, int total, int most)
      : paging_(paging), total_(total), most_(most) {}

  std::string operator()(const WireRequest& request) const {
    const Parameters asked = asked_parameters(request.query, request.body);
    const int from = std::stoi(parameter(asked, place_parameter(), "0"));
    const int limit =
        paging_.by_offset() ? std::stoi(parameter(asked, "limit", std::to_string(most_))) : most_;
    const int next = std::min(from + std::min(limit, most_), total_);
    boost::json::array items;
    for (int number = from; number < next; ++number) items.push_back(number);
    boost::json::object page = next < total_ ? link_to(next, request.path) : end();
    page[paging_.items_key] = items;
    return boost::json::serialize(page);
  }

  /// The parameter that says where a page begins.
  std::string place_parameter() const {
    if (paging_.by_offset()) return "offset";
    if (paging_.paginator == "LastKeyPaginator") return "last_key";
    if (paging_.paginator == "NextTokenPaginator") return "next_token";
    return paging_.paginator == "JSONAPIPaginator" ? "page[cursor]" : "marker";
  }

 private:
  boost::json::object link_to(int next, const std::string& path) const {
    const std::string place = std::to_string(next);
    if (paging_.paginator == "HasNextPaginator") return {{"has_next_page", true}};
    if (paging_.paginator == "LimitOffsetTotalPaginator") return {{"total", total_}};
    if (paging_.paginator == "LastKeyPaginator")
      return {{"has_next_page", true}, {"last_key", place}};
    if (paging_.paginator == "NextTokenPaginator") return {{"next_token", place}};
    if (paging_.paginator == "MarkerPaginator")
      return {{"has_next_page", true}, {paging_.marker_key, place}};
    if (paging_.paginator == "NullableMarkerPaginator") return {{paging_.marker_key, place}};
    const std::string link = "https://service.example" + path + "?page%5Bcursor%5D=" + place;
    return {{"links", {{"next", link}}}};
  }

  boost::json::object end() const {
    if (paging_.paginator == "LimitOffsetTotalPaginator") return {{"total", total_}};
    if (paging_.paginator == "LastKeyPaginator") {
      return {{"has_next_page", false}, {"last_key", "end"}};  // as Transfer answers
    }
    if (paging_.paginator == "NextTokenPaginator") return {{"next_token", nullptr}};
    if (paging_.paginator == "NullableMarkerPaginator") return {{paging_.marker_key, nullptr}};
    if (paging_.paginator == "JSONAPIPaginator") return {{"links", {{"next", nullptr}}}};
    return {{"has_next_page", false}};
  }

  RecordedPaging paging_;
  int total_;
  int most_;
};

/// Walks over a client's listings, in a mode. Of the methods that the records call paginated it
/// counts those that were walked.
template <class Mode, template <class> class Client> class ListingWalk {
 public:
  using MakeClient = Client<Mode> (*)(World<Mode>& world);

  ListingWalk(const std::string& file, MakeClient make_client)
      : recorded_(load_records(file).at("paginated").as_object()), make_client_(make_client) {}

  /// Compares all pages of a listing with the same listing in one page. `call` calls the method of
  /// a client.
  template <class Call> void walk(const std::string& method, Call call) {
    SCOPED_TRACE(std::string(mode_name<Mode>) + " " + method);
    walked_.insert(method);
    const RecordedPaging paging(recorded_.at(method).as_object());
    const Walked whole = read_whole(paging, call);
    EXPECT_EQ(whole.items.size(), std::size_t{total});
    const Walked paged = read_pages(RecordedListing(paging, total, 4), call);
    EXPECT_EQ(paged.items, whole.items);
    EXPECT_EQ(paged.requests.size(), 3U);
    for (const WireRequest& request : paged.requests) {
      EXPECT_EQ(shape_of(request, paging), shape_of(whole.requests.front(), paging));
    }
    if (paging.by_offset()) check_bounds(paging, call);
  }

  /// Every method that is there has to be walked.
  void expect_all_walked(const std::vector<std::string>& headers) const {
    const std::string code = code_of(headers);
    for (const auto& record : recorded_) {
      const std::string method(record.key());
      EXPECT_EQ(walked_.contains(method), declares_method(code, method)) << method;
    }
  }

 private:
  static constexpr int total = 11;

  struct Walked {
    std::vector<int> items{};
    std::vector<WireRequest> requests{};
  };

  template <class Call> Walked read_whole(const RecordedPaging& paging, Call call) const {
    World<Mode> world{RecordedListing(paging, total, total)};
    const Client<Mode> client = make_client_(world);
    const globus_sdk::GlobusHTTPResponse page = finish(call(client));
    return {page[paging.items_key].template as<std::vector<int>>(), world.take()};
  }

  template <class Call> Walked read_pages(const RecordedListing& listing, Call call) const {
    World<Mode> world{listing};
    const auto client = make_client_(world).paginated();
    auto items = items_of(call(client));
    return {std::move(items), world.take()};
  }

  /// The size of a page, and how many results there are at most, are as recorded.
  template <class Call> void check_bounds(const RecordedPaging& paging, Call call) const {
    const int results = paging.max_total_results;
    const Walked walked = read_pages(RecordedListing(paging, results + 7, results), call);
    EXPECT_EQ(walked.items.size(), static_cast<std::size_t>(results));
    EXPECT_EQ(walked.requests.size(), static_cast<std::size_t>(results / paging.page_size));
    const WireRequest& first = walked.requests.front();
    EXPECT_EQ(parameter(asked_parameters(first.query, first.body), "limit"),
              std::to_string(paging.page_size));
  }

  /// All of a request but what leads to its page.
  static std::string shape_of(const WireRequest& request, const RecordedPaging& paging) {
    Parameters others = asked_parameters(request.query, request.body);
    const std::string place = RecordedListing(paging, 0, 0).place_parameter();
    std::erase_if(others, [&](const auto& parameter) {
      return parameter.first == place || (paging.by_offset() && parameter.first == "limit");
    });
    return request.method + " " + request.path + " " + shown(others);
  }

  boost::json::object recorded_;
  MakeClient make_client_;
  std::set<std::string> walked_{};
};

}  // namespace globus_sdk_test
