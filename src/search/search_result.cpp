// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/search/search_result.hpp"

namespace globus_sdk::inline v0 {

GMetaEntry::GMetaEntry(const JsonView& data) : document(detail::require_object(data)) {}
GMetaEntry::GMetaEntry(const GlobusHTTPResponse& response) : GMetaEntry(response.data()) {}

GMetaResult::GMetaResult(const JsonView& data) : document(detail::require_object(data)) {}
GMetaResult::GMetaResult(const GlobusHTTPResponse& response) : GMetaResult(response.data()) {}

SearchResult::SearchResult(const JsonView& data) : document(detail::require_object(data)) {}
SearchResult::SearchResult(const GlobusHTTPResponse& response) : SearchResult(response.data()) {}

}  // namespace globus_sdk::inline v0
