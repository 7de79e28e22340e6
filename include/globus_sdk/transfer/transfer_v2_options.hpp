// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0 {

// Options of TransferClientV2's methods, each struct named for its method. Where TransferClient has
// a method of the same name, `TransferV2` stands before it.

/// Options of TransferClientV2::get_bookmark.
struct TransferV2GetBookmarkOptions {
  /// More query parameters: an object. `include` may be `collection`.
  Field<Json> query_params{};
};

/// Options of TransferClientV2::get_stream_access_point.
struct TransferV2GetStreamAccessPointOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClientV2::get_tunnel.
struct TransferV2GetTunnelOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClientV2::get_tunnel_events.
struct TransferV2GetTunnelEventsOptions {
  /// More query parameters: an object. `code_name` is a code of events; `is_error` is a boolean;
  /// `page[limit]` is the size of a page.
  Field<Json> query_params{};
};

/// Options of TransferClientV2::list_bookmarks.
struct ListBookmarksOptions {
  /// More query parameters: an object. `include` may be `collection`; `page[limit]` is the size of
  /// a page.
  Field<Json> query_params{};
};

/// Options of TransferClientV2::list_stream_access_points.
struct ListStreamAccessPointsOptions {
  /// More query parameters: an object. `filter[fulltext]` is a text to be found,
  /// `filter[endpoint_admin]` is a boolean; `page[limit]` is the size of a page.
  Field<Json> query_params{};
};

/// Options of TransferClientV2::list_tunnels.
struct TransferV2ListTunnelsOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

}  // namespace globus_sdk::inline v0
