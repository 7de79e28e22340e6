// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0 {

/// Options of SearchQueryV1.
struct SearchQueryV1Options {
  /// What to search for. It is needed when there are no filters; `*` finds everything.
  Field<std::string> q{};
  /// How many results a page has; 10 when unset.
  Field<std::int64_t> limit{};
  /// How many results to skip; none when unset.
  Field<std::int64_t> offset{};
  /// Read `q` as a query with operators and field names. Such a query may be refused for its
  /// syntax; without this every text is good.
  Field<bool> advanced{};
  /// Conditions on fields: a list of objects.
  Field<Json> filters{};
  /// How the results are counted by fields: a list of objects.
  Field<Json> facets{};
  /// Filters that leave the counts of the facets as they are: a list of objects.
  Field<Json> post_facet_filters{};
  /// Which fields count more for the order of the results: a list of objects.
  Field<Json> boosts{};
  /// By which fields the results are sorted: a list of objects.
  Field<Json> sort{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// A query for SearchClient::post_search. Mirrors `globus_sdk.SearchQueryV1`.
///
/// @see https://docs.globus.org/api/search/reference/post_query/
class SearchQueryV1 {
 public:
  /// @throws GlobusSDKUsageError for a limit or offset below zero.
  explicit SearchQueryV1(const SearchQueryV1Options& options = {});

  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 private:
  Json document_;
};

}  // namespace globus_sdk::inline v0
