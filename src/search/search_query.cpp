// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/search/search_query.hpp"

#include "core/arguments/not_negative.hpp"
#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0 {

SearchQueryV1::SearchQueryV1(const SearchQueryV1Options& options)
    : document_(Payload()
                    .set("@version", "query#1.0.0")
                    .set("q", options.q)
                    .set("limit", detail::not_negative("limit", options.limit))
                    .set("offset", detail::not_negative("offset", options.offset))
                    .set("advanced", options.advanced)
                    .set("filters", options.filters)
                    .set("facets", options.facets)
                    .set("post_facet_filters", options.post_facet_filters)
                    .set("boosts", options.boosts)
                    .set("sort", options.sort)
                    .merge(options.additional_fields)
                    .json()) {}

}  // namespace globus_sdk::inline v0
