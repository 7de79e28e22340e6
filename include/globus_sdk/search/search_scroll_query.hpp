// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0 {

/// Options of SearchScrollQuery.
struct SearchScrollQueryOptions {
  /// What to search for; `*` finds everything.
  Field<std::string> q{};
  /// How many results a page has; 10 when unset.
  Field<std::int64_t> limit{};
  /// Read `q` as a query with operators and field names. Such a query may be refused for its
  /// syntax; without this every text is good.
  Field<bool> advanced{};
  /// Where to go on: the `marker` of the page before.
  Field<std::string> marker{};
  /// More members of the document, for example `filters`.
  Field<Json> additional_fields{};
};

/// A query for SearchClient::scroll. It may have filters, but neither facets nor boosts nor an
/// order. Mirrors `globus_sdk.SearchScrollQuery`.
///
/// @see https://docs.globus.org/api/search/reference/scroll_query/
class SearchScrollQuery {
 public:
  /// @throws GlobusSDKUsageError for a limit below zero.
  explicit SearchScrollQuery(const SearchScrollQueryOptions& options = {});

  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 private:
  Json document_;
};

}  // namespace globus_sdk::inline v0
