// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/transfer/bookmark_documents.hpp"
#include "globus_sdk/transfer/errors.hpp"
#include "globus_sdk/transfer/transfer_v2_options.hpp"
#include "globus_sdk/transfer/tunnel_documents.hpp"
#include "globus_sdk/transfer/tunnel_state_options.hpp"

namespace globus_sdk::inline v0 {

namespace detail {
/// Whether one of an answer's errors is about somebody else's system, and will be the same next
/// time.
bool has_error_about_an_endpoint(const Answer& answer);
/// The request for a new tunnel; it may be repeated where the document has a submission id.
Request create_tunnel_request(const Json& document);
}  // namespace detail

/// Version 2 of the API of Globus Transfer, which is not finished: it may change at any time, and
/// so may this client. Its documents and errors have the form of JSON:API. An authorizer for it has
/// a user's tokens for `transfer.api.globus.org`.
/// Mirrors `globus_sdk.experimental.TransferClientV2`.
///
/// @see https://docs.globus.org/api/transfer/#v2
template <class Mode>
class BasicTransferClientV2 : public BasicServiceClient<BasicTransferClientV2, Mode> {
  using Base = BasicServiceClient<BasicTransferClientV2, Mode>;

 public:
  using Base::Base;
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;
  using Document = typename Base::Document;

  /// The class of the errors that Transfer answers with.
  using Error = TransferAPIError;
  /// As in the variable `GLOBUS_SDK_SERVICE_URL_TRANSFER`.
  static constexpr std::string_view service_name = "transfer";
  /// The key under which an app keeps the client's tokens.
  static constexpr std::string_view resource_server = TransferScopes.resource_server;
  /// The scopes that a client adds to what its app requires.
  static constexpr std::array<std::string_view, 1> default_scopes{TransferScopes.all};
  /// For the SDK's own use.
  static constexpr auto is_permanent = &detail::has_error_about_an_endpoint;

  // ---- tunnels ----------------------------------------------------------------------------------

  /// Makes a tunnel, which carries a stream from one access point to another. The request is
  /// repeated where the document has a submission id, as a TunnelCreateDocument always has: it
  /// makes one tunnel then.
  ///
  /// @param data a TunnelCreateDocument, or a document of your own, which is sent as it is.
  /// @return a document with the tunnel in `data`.
  Result<GlobusHTTPResponse> create_tunnel(Document data) const {
    return this->send(detail::create_tunnel_request(data.json()));
  }

  /// Changes a tunnel: its label, where it listens, or its state, to stop it.
  ///
  /// @param tunnel_id a UUID.
  /// @param update_doc a TunnelUpdateDocument, or a document of your own.
  /// @return a document with the tunnel in `data`.
  Result<GlobusHTTPResponse> update_tunnel(Text tunnel_id, Document update_doc) const {
    return this->send(detail::patch(detail::path("/v2/tunnels/{tunnel_id}", {tunnel_id}))
                          .json(update_doc.json()));
  }

  /// Starts a tunnel that is in the state `AWAITING_LISTENER`: says where its listening program is
  /// reached. This is beyond the Python SDK.
  ///
  /// @param tunnel_id a UUID.
  /// @return a document with the tunnel in `data`.
  Result<GlobusHTTPResponse> start_tunnel(Text tunnel_id,
                                          Options<StartTunnelOptions> options = {}) const {
    return this->send(detail::start_tunnel_request(tunnel_id, options));
  }

  /// Stops a tunnel that is neither `STOPPED` nor `STOPPING`. This is beyond the Python SDK.
  ///
  /// @param tunnel_id a UUID.
  /// @return a document with the tunnel in `data`.
  Result<GlobusHTTPResponse> stop_tunnel(Text tunnel_id,
                                         Options<StopTunnelOptions> options = {}) const {
    return this->send(detail::stop_tunnel_request(tunnel_id, options));
  }

  /// The document of a tunnel, in `data`.
  ///
  /// @param tunnel_id a UUID.
  Result<GlobusHTTPResponse> get_tunnel(Text tunnel_id,
                                        Options<TransferV2GetTunnelOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v2/tunnels/{tunnel_id}", {tunnel_id}))
                          .query_params(options.query_params));
  }

  /// Deletes a tunnel, which has to be stopped before.
  ///
  /// @param tunnel_id a UUID.
  Result<GlobusHTTPResponse> delete_tunnel(Text tunnel_id) const {
    return this->send(detail::delete_(detail::path("/v2/tunnels/{tunnel_id}", {tunnel_id})));
  }

  /// The user's tunnels. In pages, by the link to the next one, it is beyond the Python SDK.
  Result<IterableJSONAPIResponse> list_tunnels(
      Options<TransferV2ListTunnelsOptions> options = {}) const {
    return this->template send_paged<IterableJSONAPIResponse>(
        detail::get("/v2/tunnels").query_params(options.query_params), json_api());
  }

  /// The events of a tunnel. In pages, by the link to the next one, it is beyond the Python SDK.
  ///
  /// @param tunnel_id a UUID.
  Result<IterableJSONAPIResponse> get_tunnel_events(
      Text tunnel_id, Options<TransferV2GetTunnelEventsOptions> options = {}) const {
    return this->template send_paged<IterableJSONAPIResponse>(
        detail::get(detail::path("/v2/tunnels/{tunnel_id}/events", {tunnel_id}))
            .query_params(options.query_params),
        json_api());
  }

  // ---- stream access points ---------------------------------------------------------------------

  /// The document of a stream access point, in `data`.
  ///
  /// @param stream_ap_id a UUID.
  Result<GlobusHTTPResponse> get_stream_access_point(
      Text stream_ap_id, Options<TransferV2GetStreamAccessPointOptions> options = {}) const {
    return this->send(
        detail::get(detail::path("/v2/stream_access_points/{stream_ap_id}", {stream_ap_id}))
            .query_params(options.query_params));
  }

  /// The stream access points that the user may see; pages by the link to the next one.
  Result<IterableJSONAPIResponse> list_stream_access_points(
      Options<ListStreamAccessPointsOptions> options = {}) const {
    return this->template send_paged<IterableJSONAPIResponse>(
        detail::get("/v2/stream_access_points").query_params(options.query_params), json_api());
  }

  // ---- bookmarks --------------------------------------------------------------------------------

  /// Makes a bookmark, the name of a folder in a collection.
  ///
  /// @param data a BookmarkCreateDocument, or a document of your own.
  /// @return a document with the bookmark in `data`.
  Result<GlobusHTTPResponse> create_bookmark(Document data) const {
    return this->send(detail::post("/v2/bookmarks").json(data.json()));
  }

  /// Changes a bookmark.
  ///
  /// @param bookmark_id a UUID.
  /// @param update_document a BookmarkUpdateDocument, or a document of your own.
  /// @return a document with the bookmark in `data`.
  Result<GlobusHTTPResponse> update_bookmark(Text bookmark_id, Document update_document) const {
    return this->send(detail::patch(detail::path("/v2/bookmarks/{bookmark_id}", {bookmark_id}))
                          .json(update_document.json()));
  }

  /// The document of a bookmark, in `data`.
  ///
  /// @param bookmark_id a UUID.
  Result<GlobusHTTPResponse> get_bookmark(
      Text bookmark_id, Options<TransferV2GetBookmarkOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v2/bookmarks/{bookmark_id}", {bookmark_id}))
                          .query_params(options.query_params));
  }

  /// Deletes a bookmark.
  ///
  /// @param bookmark_id a UUID.
  Result<GlobusHTTPResponse> delete_bookmark(Text bookmark_id) const {
    return this->send(detail::delete_(detail::path("/v2/bookmarks/{bookmark_id}", {bookmark_id})));
  }

  /// The bookmarks of all of the user's identities. In pages, by the link to the next one, it is
  /// beyond the Python SDK.
  Result<IterableJSONAPIResponse> list_bookmarks(Options<ListBookmarksOptions> options = {}) const {
    return this->template send_paged<IterableJSONAPIResponse>(
        detail::get("/v2/bookmarks").query_params(options.query_params), json_api());
  }

 private:
  static Paging json_api() { return {.kind = Paging::Kind::json_api, .items_key = "data"}; }
};

extern template class BasicTransferClientV2<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using TransferClientV2 = BasicTransferClientV2<Blocking>;

}  // namespace globus_sdk::inline v0
