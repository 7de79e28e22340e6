// SPDX-License-Identifier: Apache-2.0
#include "collections/part_source.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "core/call/blocking_mode.hpp"
#include "core/call/first_failure.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// As many as a server bears, and as fill a line with a long way.
constexpr std::size_t most_at_once = 8;

/// Makes the server refuse the request, by status 412, when the file is in another state. A weak
/// ETag never matches in If-Match.
Request only_of(Request request, const ServedFile& served) {
  const bool has_strong_etag = served.etag && if_range(served) == served.etag;
  if (has_strong_etag) return std::move(request).header("If-Match", *served.etag);
  if (!served.last_modified) return request;
  return std::move(request).header("If-Unmodified-Since", *served.last_modified);
}

}  // namespace

const CallLimits& ReadLimits::get() {
  if (!limits_) limits_ = limits_of(*connection_.settings, std::chrono::steady_clock::now());
  return *limits_;
}

Connection ReadLimits::connection() {
  return within(connection_, get());
}

void ReadLimits::throw_ended(const std::string& path) {
  throw_failure(get().stop.stop_requested() ? cancelled_failure() : deadline_failure(true), "GET",
                path);
}

PartSource::PartSource(Connection connection, Request request, OpenedFile file)
    : connection_(std::move(connection)),
      request_(only_of(std::move(request), file.served)),
      file_(std::make_shared<const OpenedFile>(std::move(file))) {}

void PartSource::fetch(const std::shared_ptr<PartSink>& sink, const Connection& connection) const {
  try {
    execute<Blocking>(connection,
                      Request(request_).header("Range", range_text(sink->part())).answer_to(sink))
        .get();
  } catch (const GlobusAPIError& error) {
    if (error.http_status() == 412 || error.http_status() == 416) throw_changed(file_->path);
    throw;
  }
  sink->require_whole();
}

std::stop_token stop_of(const Connection& connection) {
  return connection.settings->stop.value_or(std::stop_token());
}

Connection stopped_by(const Connection& connection, std::stop_token stop) {
  CallSettings settings;
  settings.stop = std::move(stop);
  return with_settings(connection, settings);
}

void run_pieces(std::size_t pieces, const Connection& connection,
                const std::function<void(std::size_t piece, const Connection& connection)>& work) {
  if (pieces == 1) return work(0, connection);
  std::stop_source stop;
  const std::stop_callback callers_stop(stop_of(connection), [&stop] { stop.request_stop(); });
  const Connection shared = stopped_by(connection, stop.get_token());
  FirstFailure failure;  // what ends the others comes after it
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    try {
      for (std::size_t piece = next++; piece < pieces; piece = next++) work(piece, shared);
    } catch (...) {
      failure.note();
      next = pieces;
      stop.request_stop();
    }
  };
  run_together(std::vector<std::function<void()>>(std::min(pieces, most_at_once), run));
  failure.rethrow();
}

}  // namespace globus_sdk::inline v0::detail
