// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/server/http.hpp"

namespace globus_sandbox::transfer {

/// Which part of a listing is asked for.
struct Window {
  std::size_t offset = 0;
  std::size_t limit = 0;
};

/// Reads `limit` and `offset`; throws a ServiceError (400) when they are no numbers, or the limit
/// is 0 or above `maximum`.
Window read_window(const HttpRequest& request, std::size_t usual, std::size_t maximum);

/// Every value of a parameter that may come several times.
std::vector<std::string> query_values(const HttpRequest& request, std::string_view name);

/// Reads a parameter that is 0 or 1 (or a word for them).
bool read_flag(const HttpRequest& request, std::string_view name, bool usual);

/// A field to sort by.
struct Order {
  std::string field;
  bool descending = false;
};

/// Reads `orderby`: field names with ASC or DESC after them, and commas between. Throws a
/// ServiceError (400) for a field that is not one of `fields`.
std::vector<Order> read_orders(std::string_view orderby,
                               const std::vector<std::string_view>& fields);

/// Sorts documents; those that are equal keep their order.
void sort_documents(std::vector<boost::json::object>& documents, const std::vector<Order>& orders);

/// What is left of the documents in a window.
template <class T> std::vector<T> in_window(std::vector<T> documents, const Window& window) {
  const auto begin = std::min(window.offset, documents.size());
  const auto count = std::min(window.limit, documents.size() - begin);
  std::vector<T> result;
  result.reserve(count);
  for (std::size_t i = begin; i < begin + count; ++i) result.push_back(std::move(documents[i]));
  return result;
}

}  // namespace globus_sandbox::transfer
