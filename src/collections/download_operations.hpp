// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "collections/download.hpp"
#include "collections/download_parts.hpp"
#include "collections/stretch_sink.hpp"
#include "core/call/execute.hpp"
#include "globus_sdk/collections/errors.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

/// A file that is changed again and again does not hold a download up for ever.
inline constexpr int most_restarts = 3;

/// The policy by which a call of that connection sends its requests again.
RetryPolicy retry_policy_of(const Connection& connection);
/// Why an answer broke off.
NetworkFailure failure_of(const NetworkError& error);
void log_break(const Connection& connection, const StretchSink& sink, const Download& download,
               std::chrono::milliseconds delay);

/// Fetches bytes that come one after another. An answer that breaks off is gone on with where it
/// ended, as often as a request is sent again; each time that new bytes came counts as the first.
template <class Mode>
typename Mode::template Operation<std::monostate> fetch_stretch(Connection connection,
                                                                std::shared_ptr<Download> download,
                                                                std::shared_ptr<StretchSink> sink) {
  using Runtime = ModeRuntime<Mode>;
  const CallLimits limits = limits_of(*connection.settings, Runtime::now(connection));
  const RetryPolicy policy = retry_policy_of(connection);
  int attempt = 0;
  std::int64_t furthest = sink->furthest();
  while (true) {
    std::optional<GlobusHTTPResponse> response;
    std::optional<NetworkFailure> failure;
    std::exception_ptr thrown;
    try {
      auto sending =
          execute<Mode>(connection, sink->next_request(download->request).answer_to(sink));
      response.emplace(co_await std::move(sending));
    } catch (const NetworkError& error) {
      if (!sink->has_begun()) throw;  // sent again as often as any request
      failure = failure_of(error);
      thrown = std::current_exception();
    } catch (const GlobusAPIError& error) {
      if (error.http_status() == 416 && sink->asks_for_part()) sink->refuse(error);
      throw;
    }
    if (response) {
      const bool is_whole = sink->ended(*response);
      download->keep_head(*response);
      if (is_whole) co_return std::monostate();
    }
    if (sink->furthest() > furthest) attempt = 0;
    furthest = sink->furthest();
    if (response) continue;  // the server sends less at a time than it is asked for

    const RetryContext context{attempt, nullptr, &*failure, true};
    const auto delay =
        decide_retry(policy, context, Runtime::jitter(connection), Runtime::system_now(connection),
                     time_for_retry(LateRetry::is_not_begun, limits, Runtime::now(connection)));
    if (!delay) std::rethrow_exception(thrown);
    if (!sink->can_go_on()) {
      const auto is_restarted = std::make_shared<bool>(false);
      std::function<void()> restart = [sink, is_restarted] { *is_restarted = sink->restart(); };
      auto restarting = Runtime::off_executor(connection, std::move(restart));
      co_await std::move(restarting);
      if (!*is_restarted) std::rethrow_exception(thrown);
    }
    log_break(connection, *sink, *download, *delay);
    auto sleeping = Runtime::sleep(connection, *delay, limits);
    const Outcome slept = co_await std::move(sleeping);
    if (const auto* ended = std::get_if<NetworkFailure>(&slept)) {
      throw_failure(*ended, "GET", download->name);
    }
    ++attempt;
  }
}

/// Fetches a part of a file whose state is known.
template <class Mode>
typename Mode::template Operation<std::monostate> fetch_part(
    const Connection& connection, const std::shared_ptr<Download>& download, const FilePart& part,
    const ServedFile& file) {
  return fetch_stretch<Mode>(
      connection, download,
      std::make_shared<StretchSink>(download->taker, download->name, part, file));
}

/// One of several workers: fetches pieces until there are none.
///
/// @param is_spare whether it leaves the rest to the others where connections are fast.
template <class Mode>
typename Mode::template Operation<std::monostate> fetch_pieces(
    Connection connection, std::shared_ptr<Download> download, ServedFile file,
    std::shared_ptr<PieceQueue> pieces, std::shared_ptr<CommonEnd> end, bool is_spare) {
  using Runtime = ModeRuntime<Mode>;
  try {
    while (const auto piece = pieces->take()) {
      const auto begun = Runtime::now(connection);
      auto fetching = fetch_part<Mode>(connection, download, *piece, file);
      co_await std::move(fetching);
      const auto time = Runtime::now(connection) - begun;
      if (is_spare && download->splitting.is_fast(*piece, time)) break;
    }
  } catch (...) {
    end->fail();
  }
  co_return std::monostate();
}

/// Fetches parts of a file one after another.
template <class Mode>
typename Mode::template Operation<std::monostate> fetch_in_turn(Connection connection,
                                                                std::shared_ptr<Download> download,
                                                                ServedFile file,
                                                                std::vector<FilePart> parts) {
  for (const FilePart& part : parts) {
    auto fetching = fetch_part<Mode>(connection, download, part, file);
    co_await std::move(fetching);
  }
  co_return std::monostate();
}

/// Fetches parts of a file by several connections at once.
template <class Mode>
typename Mode::template Operation<std::monostate> fetch_at_once(Connection connection,
                                                                std::shared_ptr<Download> download,
                                                                ServedFile file,
                                                                std::vector<FilePart> parts) {
  std::vector<FilePart> queue = cut(parts, download->splitting.piece_size);
  const std::int64_t count = std::min(download->splitting.connections, std::ssize(queue));
  const auto pieces = std::make_shared<PieceQueue>(std::move(queue));
  const auto& stop = connection.settings->stop;
  const auto end = std::make_shared<CommonEnd>(stop ? std::optional(*stop) : std::nullopt);
  CallSettings settings;
  settings.stop = end->token();
  const Connection stoppable = with_settings(connection, settings);
  Operations<Mode> workers;
  for (std::int64_t index = 0; index < count; ++index) {
    const bool is_spare = index >= download->splitting.connections_where_fast;
    workers.emplace_back([stoppable, download, file, pieces, end, is_spare] {
      return fetch_pieces<Mode>(stoppable, download, file, pieces, end, is_spare);
    });
  }
  auto running = ModeRuntime<Mode>::all(connection, std::move(workers));
  co_await std::move(running);
  end->rethrow();
  co_return std::monostate();
}

template <class Mode>
typename Mode::template Operation<std::monostate> fetch_parts(Connection connection,
                                                              std::shared_ptr<Download> download,
                                                              ServedFile file,
                                                              std::vector<FilePart> parts) {
  std::int64_t bytes = 0;
  for (const FilePart& part : parts) bytes += part.size;
  if (download->splitting.is_worth_it(bytes)) {
    return fetch_at_once<Mode>(connection, download, file, parts);
  }
  return fetch_in_turn<Mode>(connection, download, file, parts);
}

/// Fetches what the taker does not have.
///
/// @return the size of the file.
template <class Mode>
typename Mode::template Operation<std::int64_t> fetch_missing(Connection connection,
                                                              std::shared_ptr<Download> download) {
  if (!download->taker->file()) {
    try {
      auto whole = std::make_shared<StretchSink>(download->taker, download->name);
      auto fetching = fetch_stretch<Mode>(connection, download, whole);
      co_await std::move(fetching);
      co_return whole->position();
    } catch (const WorthSeveralConnections&) {
      // its parts follow
    }
  }
  const ServedFile file = *download->taker->file();
  const std::vector<FilePart> parts = download->taker->missing();
  auto fetching = fetch_parts<Mode>(connection, download, file, parts);
  co_await std::move(fetching);
  co_return file.size.value_or(0);
}

/// Has the taker begin anew, where that may help.
///
/// @return whether it did.
template <class Mode>
typename Mode::template Operation<bool> restart(Connection connection,
                                                std::shared_ptr<Download> download,
                                                std::exception_ptr failure) {
  if (!is_mended_by_new_bytes(failure, download->taker->resumed())) co_return false;
  const auto is_restarted = std::make_shared<bool>(false);
  std::function<void()> work = [download, is_restarted] {
    *is_restarted = download->taker->restart();
    download->head.reset();
  };
  auto restarting = ModeRuntime<Mode>::off_executor(connection, std::move(work));
  co_await std::move(restarting);
  co_return *is_restarted;
}

/// Has the taker end after a failure, which is then thrown.
template <class Mode>
typename Mode::template Operation<std::monostate> leave(Connection connection,
                                                        std::shared_ptr<Download> download,
                                                        std::exception_ptr failure) {
  const bool is_worth_keeping = leaves_bytes_worth_keeping(failure);
  std::function<void()> work = [download, is_worth_keeping] {
    download->taker->leave(is_worth_keeping);
  };
  try {
    auto leaving = ModeRuntime<Mode>::off_executor(connection, std::move(work));
    co_await std::move(leaving);
  } catch (const std::exception&) {
    // the taker's destructor does what is left to do
  }
  std::rethrow_exception(failure);
}

template <class Mode>
typename Mode::template Operation<DownloadResult> run_download(Connection connection,
                                                               std::shared_ptr<Download> download) {
  using Runtime = ModeRuntime<Mode>;
  const CallLimits limits = limits_of(*connection.settings, Runtime::now(connection));
  const Connection each = within(connection, limits);
  std::function<void()> open = [download] { download->taker->open(); };
  auto opening = Runtime::off_executor(connection, std::move(open));
  co_await std::move(opening);
  for (int restarts = 0;; ++restarts) {
    std::exception_ptr failure;
    try {
      auto fetching = fetch_missing<Mode>(each, download);
      const std::int64_t size = co_await std::move(fetching);
      const std::int64_t resumed = download->taker->resumed();
      std::function<void()> finish = [download, size] { download->taker->finish(size); };
      auto finishing = Runtime::off_executor(connection, std::move(finish));
      co_await std::move(finishing);
      DownloadResult result{FileHead(*download->head), size, resumed};
      co_return result;
    } catch (...) {
      failure = std::current_exception();
    }
    bool is_restarted = false;
    if (restarts < most_restarts) {
      auto restarting = restart<Mode>(connection, download, failure);
      is_restarted = co_await std::move(restarting);
    }
    if (is_restarted) continue;
    auto leaving = leave<Mode>(connection, download, failure);
    co_await std::move(leaving);
  }
}

/// Fetches a file, as GCSCollectionClient::download does. Checks what it is given before it
/// returns.
///
/// @param path on the collection, not percent-encoded.
template <class Mode>
typename Mode::template Operation<DownloadResult> download_file(const Connection& connection,
                                                                const std::string& path,
                                                                const DownloadTarget& target,
                                                                const DownloadOptions& options,
                                                                const Splitting& splitting = {}) {
  return run_download<Mode>(connection,
                            make_download(connection, path, target, options, splitting));
}

}  // namespace detail

template <class Mode>
typename BasicGCSCollectionClient<Mode>::template Result<DownloadResult>
BasicGCSCollectionClient<Mode>::download(Text path, Target target,
                                         Options<DownloadOptions> options) const {
  return Mode::result(detail::download_file<Mode>(this->connection_, path.str(), target, options));
}

}  // namespace globus_sdk::inline v0
