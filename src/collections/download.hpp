// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "collections/byte_taker.hpp"
#include "collections/download_parts.hpp"
#include "collections/local_place.hpp"
#include "globus_sdk/collections/collection_options.hpp"
#include "globus_sdk/collections/download_target.hpp"
#include "globus_sdk/core/connection.hpp"
#include "globus_sdk/core/globus_error.hpp"
#include "globus_sdk/core/request.hpp"
#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0::detail {

/// An answer is broken off at its head: the file is so large that its parts are to be fetched by
/// several connections.
class WorthSeveralConnections : public GlobusError {
 public:
  using GlobusError::GlobusError;
};

/// One download, as it was asked for.
struct Download {
  /// Keeps the head of the first answer that has come to its end.
  void keep_head(const GlobusHTTPResponse& response);

  Request request;
  std::string name;  ///< of the file, for messages
  std::shared_ptr<ByteTaker> taker;
  Splitting splitting{};
  std::optional<GlobusHTTPResponse> head{};  ///< guarded by mutex while answers come
  std::mutex mutex{};
};

/// @param path on the collection.
/// @throws GlobusSDKUsageError for a path, a target or an option that is not valid.
std::shared_ptr<Download> make_download(const Connection& connection, const std::string& path,
                                        const DownloadTarget& target,
                                        const DownloadOptions& options,
                                        const Splitting& splitting = {});
/// The same for a local file whose place has been found.
std::shared_ptr<Download> make_download(const Connection& connection, const std::string& path,
                                        LocalPlace place, const DownloadOptions& options);

/// Whether what was thrown may be the fault of bytes that are there already, so that the file is to
/// come anew.
bool is_mended_by_new_bytes(const std::exception_ptr& failure, std::int64_t resumed);
/// Whether a later download may go on from the bytes, after that was thrown.
bool leaves_bytes_worth_keeping(const std::exception_ptr& failure);

}  // namespace globus_sdk::inline v0::detail
