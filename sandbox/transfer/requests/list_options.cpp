// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/requests/list_options.hpp"

#include <algorithm>
#include <boost/json/value.hpp>
#include <charconv>
#include <optional>

#include "sandbox/base/text.hpp"
#include "sandbox/transfer/requests/errors.hpp"

namespace globus_sandbox::transfer {

namespace {

std::optional<std::size_t> read_count(const HttpRequest& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::nullopt;
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size() || text->empty())
    throw bad_request(std::string(name) + " is a number from 0 on, which '" + *text + "' is not");
  return value;
}

/// -1, 0 or 1. `null` comes before everything.
int compare(const boost::json::value& a, const boost::json::value& b) {
  if (a.is_number() && b.is_number()) {
    const auto x = a.to_number<double>();
    const auto y = b.to_number<double>();
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if (a.is_string() && b.is_string()) {
    const int order = std::string_view(a.get_string()).compare(std::string_view(b.get_string()));
    return order < 0 ? -1 : order > 0 ? 1 : 0;
  }
  if (a.is_bool() && b.is_bool())
    return static_cast<int>(a.get_bool()) - static_cast<int>(b.get_bool());
  return static_cast<int>(!a.is_null()) - static_cast<int>(!b.is_null());
}

Order read_order(std::string_view part, const std::vector<std::string_view>& fields) {
  part = trimmed(part);
  const auto space = part.find(' ');
  Order order{std::string(part.substr(0, space)), false};
  const auto direction = space == std::string_view::npos ? "ASC" : trimmed(part.substr(space));
  if (direction != "ASC" && direction != "asc" && direction != "DESC" && direction != "desc")
    throw bad_request("orderby: the order is ASC or DESC, not '" + std::string(direction) + "'");
  order.descending = direction == "DESC" || direction == "desc";
  if (std::find(fields.begin(), fields.end(), order.field) == fields.end())
    throw bad_request("orderby: there is no ordering by '" + order.field + "'");
  return order;
}

}  // namespace

Window read_window(const HttpRequest& request, std::size_t usual, std::size_t maximum) {
  const Window window{read_count(request, "offset").value_or(0),
                      read_count(request, "limit").value_or(usual)};
  if (window.limit < 1 || window.limit > maximum)
    throw bad_request("limit is a number from 1 to " + std::to_string(maximum));
  return window;
}

std::vector<std::string> query_values(const HttpRequest& request, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : request.query)
    if (key == name) values.push_back(value);
  return values;
}

bool read_flag(const HttpRequest& request, std::string_view name, bool usual) {
  const auto text = request.query_value(name);
  if (!text) return usual;
  if (*text == "1" || *text == "true" || *text == "True") return true;
  if (*text == "0" || *text == "false" || *text == "False") return false;
  throw bad_request(std::string(name) + " is 0 or 1, not '" + *text + "'");
}

std::vector<Order> read_orders(std::string_view orderby,
                               const std::vector<std::string_view>& fields) {
  std::vector<Order> orders;
  if (!orderby.empty())
    for (const auto& part : split(orderby, ',')) orders.push_back(read_order(part, fields));
  return orders;
}

void sort_documents(std::vector<boost::json::object>& documents, const std::vector<Order>& orders) {
  if (orders.empty()) return;
  std::stable_sort(documents.begin(), documents.end(), [&](const auto& a, const auto& b) {
    for (const auto& order : orders) {
      const int result = compare(a.at(order.field), b.at(order.field));
      if (result != 0) return order.descending ? result > 0 : result < 0;
    }
    return false;
  });
}

}  // namespace globus_sandbox::transfer
