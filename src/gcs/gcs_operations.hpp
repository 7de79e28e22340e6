// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/call/execute.hpp"
#include "globus_sdk/gcs/gcs_client.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

/// Sends a request whose answer has a document of a kind in it.
template <class Mode>
typename Mode::template Operation<UnpackingGCSResponse> unpack(Connection connection,
                                                               Request request,
                                                               std::string data_type) {
  auto sending = execute<Mode>(std::move(connection), std::move(request));
  GlobusHTTPResponse response = co_await std::move(sending);
  co_return UnpackingGCSResponse(std::move(response), data_type);
}

}  // namespace detail

template <class Mode>
typename BasicGCSClient<Mode>::template Result<UnpackingGCSResponse> BasicGCSClient<Mode>::unpacked(
    std::string_view data_type, Request&& request) const {
  return Mode::result(
      detail::unpack<Mode>(this->connection_, std::move(request), std::string(data_type)));
}

}  // namespace globus_sdk::inline v0
