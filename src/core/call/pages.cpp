// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/pages.hpp"

#include <boost/json/value.hpp>

#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0::detail {

void ListingReader::go_to(std::string_view position) {
  if (position.empty()) return;
  const auto document = parse_json(std::string(position));
  const auto page = document ? document->get("page") : std::nullopt;
  if (!page) throw_no_position();
  std::size_t read = 0;
  if (const auto given = document->get("items")) {
    const std::int64_t* count = given->value().if_int64();
    if (count == nullptr || *count < 0) throw_no_position();
    read = static_cast<std::size_t>(*count);
  }
  cursor_ = cursor_.at(Json(*page));
  read_ = read;
}

std::string ListingReader::position() const {
  Payload position;
  position.set("page", here_ ? *here_ : cursor_.parameters());
  if (read_ > 0) position.set("items", Json(read_));
  return position.json().dump();
}

void ListingReader::open_page(const GlobusHTTPResponse& page) {
  PageCursor after = cursor_.after(page);
  here_ = cursor_.parameters();
  cursor_ = std::move(after);
  read_ = 0;
}

void ListingReader::close_page() noexcept {
  here_.reset();
  items_.reset();
  read_ = 0;
}

void ListingReader::open_items(const GlobusHTTPResponse& page) {
  JsonView items = page_items(page, cursor_.paging());
  const std::size_t count = items.size();
  PageCursor after = cursor_.after(page);
  if (read_ >= count) {  // all of them are behind the reader, who may have had larger pages
    read_ -= count;
  } else {
    here_ = cursor_.parameters();
    items_ = std::move(items);
    items_count_ = count;
  }
  cursor_ = std::move(after);
}

}  // namespace globus_sdk::inline v0::detail
