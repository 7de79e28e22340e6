// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "collections/collection_path.hpp"
#include "collections/require_success.hpp"
#include "core/call/execute.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

/// Sends a request whose answer is the head of a file.
template <class Mode>
typename Mode::template Operation<FileHead> head_file(Connection connection, Request request) {
  auto sending = execute<Mode>(std::move(connection), std::move(request));
  GlobusHTTPResponse response = co_await std::move(sending);
  require_success(response);
  co_return FileHead(std::move(response));
}

template <class Mode>
typename Mode::template Operation<GlobusHTTPResponse> remove_file(Connection connection,
                                                                  Request request) {
  auto sending = execute<Mode>(std::move(connection), std::move(request));
  GlobusHTTPResponse response = co_await std::move(sending);
  require_success(response);
  co_return response;
}

}  // namespace detail

template <class Mode>
typename BasicGCSCollectionClient<Mode>::template Result<FileHead>
BasicGCSCollectionClient<Mode>::head(Text path, Options<HeadFileOptions> options) const {
  return Mode::result(detail::head_file<Mode>(
      this->connection_, detail::file_request("HEAD", path).query_params(options.query_params)));
}

template <class Mode>
typename BasicGCSCollectionClient<Mode>::template Result<GlobusHTTPResponse>
BasicGCSCollectionClient<Mode>::remove(Text path, Options<RemoveFileOptions> options) const {
  return Mode::result(detail::remove_file<Mode>(this->connection_,
                                                detail::file_request("DELETE", path)
                                                    .optional_header("If-Match", options.if_match)
                                                    .query_params(options.query_params)));
}

}  // namespace globus_sdk::inline v0
