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

void check(const DownloadTarget& target, const DownloadOptions& options) {
  const std::string file = target.file().string();
  if (!target.sink() && file.empty()) {
    throw GlobusSDKUsageError("target must be the path of a file, and is empty");
  }
  if (file.find('\0') != std::string::npos) {
    throw GlobusSDKUsageError("target must not hold NUL");
  }
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

}  // namespace

std::shared_ptr<Download> make_download(const Connection& connection, const std::string& path,
                                        const DownloadTarget& target,
                                        const DownloadOptions& options) {
  check(target, options);
  Request request = file_request("GET", path).query_params(options.query_params);
  auto progress =
      std::make_shared<DownloadProgress>(options.on_progress.value_or(OnProgress()), path);
  std::shared_ptr<ByteTaker> taker;
  if (target.sink()) {
    taker = std::make_shared<OrderedTaker>(target.sink(), progress, asked_digest(options));
  } else {
    LocalDownload local;
    local.target = target.file();
    local.of = {connection.state->resource_server, path,
                sha256_text(form_encode(request.query_pairs()))};
    local.checksum = asked_digest(options);
    local.resumes = options.resume.value_or(true);
    local.keeps_times = options.keep_times.value_or(true);
    local.may_break_off = options.connections.value_or(most_connections) > 1;
    taker = make_local_taker(std::move(local), progress);
  }
  auto download = std::make_shared<Download>(std::move(request), path, std::move(taker));
  if (options.connections) download->connections = *options.connections;
  return download;
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
