// SPDX-License-Identifier: Apache-2.0
#include "collections/download.hpp"

#include <exception>
#include <utility>

#include "collections/collection_path.hpp"
#include "collections/download_operations.hpp"
#include "collections/local_place.hpp"
#include "collections/local_taker.hpp"
#include "collections/ordered_taker.hpp"
#include "collections/stretch_sink.hpp"
#include "core/base/one_line.hpp"
#include "core/base/url_encoding.hpp"
#include "core/call/attempt.hpp"
#include "core/call/client_state.hpp"
#include "globus_sdk/collections/errors.hpp"
#include "globus_sdk/core/body.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

constexpr std::int64_t most_connections = 64;

void check(const DownloadTarget& target) {
  const std::string file = target.file().string();
  if (!target.sink() && file.empty()) {
    throw GlobusSDKUsageError("target must be the path of a file, and is empty");
  }
  if (file.find('\0') != std::string::npos) {
    throw GlobusSDKUsageError("target must not hold NUL");
  }
}

void check(const DownloadOptions& options) {
  const auto& connections = options.connections;
  if (connections && (*connections < 1 || *connections > most_connections)) {
    throw GlobusSDKUsageError("connections must be from 1 to " + std::to_string(most_connections) +
                              ", not " + std::to_string(*connections));
  }
}

std::optional<ExpectedDigest> asked_digest(const DownloadOptions& options) {
  if (!options.checksum) return std::nullopt;
  return expected(*options.checksum);
}

std::shared_ptr<DownloadProgress> make_progress(const std::string& path,
                                                const DownloadOptions& options) {
  return std::make_shared<DownloadProgress>(options.on_progress.value_or(OnProgress()), path);
}

Request request_for(const std::string& path, const DownloadOptions& options) {
  return file_request("GET", path).query_params(options.query_params);
}

/// A download to a local file, of which `local` says where that is.
std::shared_ptr<Download> make_local_download(const Connection& connection, const std::string& path,
                                              LocalDownload local, const DownloadOptions& options) {
  if (options.connections) {
    local.splitting.connections = *options.connections;
    local.splitting.connections_where_fast = *options.connections;
  }
  const Splitting splitting = local.splitting;
  Request request = request_for(path, options);
  local.of = {connection.state->resource_server, path,
              sha256_text(form_encode(request.query_pairs()))};
  local.checksum = asked_digest(options);
  local.resumes = options.resume.value_or(true);
  local.keeps_times = options.keep_times.value_or(true);
  auto taker = make_local_taker(std::move(local), make_progress(path, options));
  return std::make_shared<Download>(std::move(request), path, std::move(taker), splitting);
}

}  // namespace

std::shared_ptr<Download> make_download(const Connection& connection, const std::string& path,
                                        const DownloadTarget& target,
                                        const DownloadOptions& options,
                                        const Splitting& splitting) {
  check(target);
  check(options);
  if (target.sink()) {
    auto taker = std::make_shared<OrderedTaker>(target.sink(), make_progress(path, options),
                                                asked_digest(options));
    return std::make_shared<Download>(request_for(path, options), path, std::move(taker));
  }
  LocalDownload local;
  local.target = target.file();
  local.splitting = splitting;
  return make_local_download(connection, path, std::move(local), options);
}

std::shared_ptr<Download> make_download(const Connection& connection, const std::string& path,
                                        LocalPlace place, const DownloadOptions& options) {
  check(options);
  LocalDownload local;
  local.place = std::make_shared<LocalPlace>(std::move(place));
  return make_local_download(connection, path, std::move(local), options);
}

void Download::keep_head(const GlobusHTTPResponse& response) {
  const std::lock_guard lock(mutex);
  if (!head) head = response;
}

bool is_mended_by_new_bytes(const std::exception_ptr& failure, std::int64_t resumed) {
  try {
    std::rethrow_exception(failure);
  } catch (const LocalFileError&) {
    return false;
  } catch (const FileChangedError&) {
    return true;
  } catch (const PartsRefused&) {
    return true;
  } catch (const FileTransferError&) {
    return resumed > 0;
  } catch (...) {
    return false;
  }
}

bool leaves_bytes_worth_keeping(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const LocalFileError&) {
    return true;
  } catch (const FileTransferError&) {
    return false;
  } catch (...) {
    return true;
  }
}

RetryPolicy retry_policy_of(const Connection& connection) {
  const auto& max_retries = connection.settings->max_retries;
  const RetryPolicy& policy = connection.state->retry;
  return max_retries ? limited(policy, *max_retries) : policy;
}

NetworkFailure failure_of(const NetworkError& error) {
  using Kind = NetworkFailure::Kind;
  NetworkFailure failure;
  failure.message = error.what();
  if (dynamic_cast<const GlobusTimeoutError*>(&error) != nullptr) {
    failure.kind = Kind::timeout;
  } else if (dynamic_cast<const GlobusConnectionError*>(&error) == nullptr) {
    failure.kind = Kind::response_too_large;  // or another one that is not to be repeated
  }
  return failure;
}

void log_break(const Connection& connection, const StretchSink& sink, const Download& download,
               std::chrono::milliseconds delay) {
  const Logger& logger = connection.state->logger;
  if (!logger.wants(LogLevel::info)) return;
  logger.callback(LogLevel::info, "GET " + one_line(download.name) +
                                      ": the answer broke off; goes "
                                      "on from byte " +
                                      std::to_string(sink.position()) + " in " +
                                      std::to_string(delay.count()) + " ms");
}

}  // namespace globus_sdk::inline v0::detail
