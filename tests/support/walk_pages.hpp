// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <type_traits>
#include <vector>

#include "globus_sdk/async.hpp"
#include "globus_sdk/core/pages.hpp"
#include "support/run_async.hpp"

namespace globus_sdk_test {

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

/// The items of a listing of numbers.
template <class Mode, class Response>
std::vector<int> items_of(const globus_sdk::Pages<Mode, Response>& pages) {
  std::vector<int> items;
  for_each_item(pages, [&items](const globus_sdk::JsonView& item) {
    items.push_back(item.template as<int>());
  });
  return items;
}

}  // namespace globus_sdk_test
