// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "collections/require_success.hpp"
#include "collections/upload.hpp"
#include "core/call/execute.hpp"
#include "globus_sdk/collections/errors.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

/// The answer about a file that is the one which was to be sent; nothing when the collection has
/// another one, or does not give it.
template <class Mode>
typename Mode::template Operation<std::optional<GlobusHTTPResponse>> find_same_file(
    Connection connection, Request look, std::shared_ptr<SameBytes> comparison) {
  auto asking = execute<Mode>(std::move(connection), std::move(look).answer_to(comparison));
  std::optional<GlobusHTTPResponse> found;
  try {
    found = co_await std::move(asking);
  } catch (const CancelledError&) {
    throw;
  } catch (const GlobusError&) {
    found.reset();
  }
  if (!comparison->are_same()) found.reset();
  co_return found;
}

/// Sends a file.
///
/// A request with a condition cannot simply be sent again: when its answer was lost after the
/// collection had put the file in place, the condition does not hold any more, and the answer is
/// 412. So a 412 after such an attempt is no refusal if the collection's file was written during
/// this upload and has the same bytes. Nothing less would do: size and time may be those of another
/// writer's file.
template <class Mode>
typename Mode::template Operation<GlobusHTTPResponse> send_file(Connection connection,
                                                                Upload upload) {
  using Runtime = ModeRuntime<Mode>;
  const auto begin = Runtime::now(connection);
  const CallLimits limits = limits_of(*connection.settings, begin);
  if (upload.body->size() == 0) {  // nobody reads it, and so nobody sees that it is not empty
    std::function<void()> rewind = [bytes = upload.body->bytes()] { bytes->rewind(); };
    auto looking = Runtime::off_executor(connection, std::move(rewind));
    co_await std::move(looking);
  }
  std::optional<GlobusHTTPResponse> response;
  std::exception_ptr refusal;
  auto sending = execute<Mode>(connection, upload.request);
  try {
    response = co_await std::move(sending);
  } catch (const GlobusAPIError& error) {
    const bool may_be_its_own =
        error.http_status() == 412 && upload.look && upload.body->may_have_arrived_before();
    if (!may_be_its_own) throw;
    refusal = std::current_exception();
  }
  if (refusal) {
    auto comparison = std::make_shared<SameBytes>(upload.body->bytes(), begin);
    auto finding = find_same_file<Mode>(within(connection, limits), *upload.look, comparison);
    response = co_await std::move(finding);
    if (!response) std::rethrow_exception(refusal);
  } else {
    require_success(*response);
    upload.body->require_all_gone();
  }
  upload.body->end();
  co_return std::move(*response);
}

}  // namespace detail

template <class Mode>
typename BasicGCSCollectionClient<Mode>::template Result<GlobusHTTPResponse>
BasicGCSCollectionClient<Mode>::upload(Source source, Text path,
                                       Options<UploadOptions> options) const {
  return Mode::result(
      detail::send_file<Mode>(this->connection_, detail::plan_upload(source, path, options)));
}

}  // namespace globus_sdk::inline v0
