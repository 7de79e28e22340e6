// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "globus_sdk/core/json_member.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// What an index has about a subject under one id.
///
/// @see https://docs.globus.org/api/search/reference/get_entry/
struct GMetaEntry {
  /// @throws JsonError when the document is no object, or a member is of another type.
  explicit GMetaEntry(const JsonView& data);
  /// The document of an answer.
  explicit GMetaEntry(const GlobusHTTPResponse& response);

  /// The whole document, with the members that have no name here.
  JsonView document;

  /// The id; no value for the entry without one.
  JsonMember<std::string> entry_id{document, "entry_id"};
  /// What was ingested.
  JsonMember<JsonView> content{document, "content"};
  /// Why the user may see it.
  JsonMember<std::vector<std::string>> matched_principal_sets{document, "matched_principal_sets"};
};

/// All that an index has about a subject, and the user may see: an item of a search, and the
/// document of `get_subject`.
///
/// @see https://docs.globus.org/api/search/reference/post_query/
struct GMetaResult {
  /// @throws JsonError when the document is no object, or a member is of another type.
  explicit GMetaResult(const JsonView& data);
  /// The document of an answer.
  explicit GMetaResult(const GlobusHTTPResponse& response);

  /// The whole document, with the members that have no name here.
  JsonView document;

  /// What it is about, mostly a URL.
  JsonMember<std::string> subject{document, "subject"};
  /// The entries.
  JsonMember<std::vector<GMetaEntry>> entries{document, "entries"};
};

/// What a search found: one page of it.
///
///     const SearchResult found{search_client.search(index_id, "wind")};
///     std::cout << found.total << " results\n";
///     for (const GMetaResult& result : *found.gmeta) std::cout << result.subject << '\n';
///
/// @see https://docs.globus.org/api/search/reference/post_query/
struct SearchResult {
  /// @throws JsonError when the document is no object, or a member is of another type.
  explicit SearchResult(const JsonView& data);
  /// The document of an answer.
  explicit SearchResult(const GlobusHTTPResponse& response);

  /// The whole document, with the members that have no name here.
  JsonView document;

  /// How many results there are in all.
  JsonMember<std::int64_t> total{document, "total"};
  /// How many of them are on this page.
  JsonMember<std::int64_t> count{document, "count"};
  /// How many come before this page.
  JsonMember<std::int64_t> offset{document, "offset"};
  /// Whether more come after it.
  JsonMember<bool> has_next_page{document, "has_next_page"};
  /// The results on this page, the best ones first.
  JsonMember<std::vector<GMetaResult>> gmeta{document, "gmeta"};
  /// What the facets of the query came to.
  JsonMember<std::vector<JsonView>> facet_results{document, "facet_results"};
};

}  // namespace globus_sdk::inline v0
