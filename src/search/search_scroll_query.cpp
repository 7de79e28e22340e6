// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/search/search_scroll_query.hpp"

#include "core/arguments/not_negative.hpp"
#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0 {

SearchScrollQuery::SearchScrollQuery(const SearchScrollQueryOptions& options)
    : document_(Payload()
                    .set("q", options.q)
                    .set("limit", detail::not_negative("limit", options.limit))
                    .set("advanced", options.advanced)
                    .set("marker", options.marker)
                    .merge(options.additional_fields)
                    .json()) {}

}  // namespace globus_sdk::inline v0
