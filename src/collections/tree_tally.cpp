// SPDX-License-Identifier: Apache-2.0
#include "collections/tree_tally.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "globus_sdk/collections/errors.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// Whether the same would happen to every other file on this machine.
bool concerns_every_file(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EROFS:
    case EMFILE:
    case ENFILE:
      return true;
    default:
      return false;
  }
}

/// Whether the caller has to log in, or to consent.
bool asks_for_login(const GlobusAPIError& error) {
  return error.http_status() == 401 || error.http_status() < 400 || error.info().consent_required ||
         error.info().authorization_parameters;
}

std::string message_of(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "an exception that has no message";
  }
}

}  // namespace

bool concerns_whole_tree(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const LocalFileError& error) {
    return concerns_every_file(error.error_number());
  } catch (const GlobusAPIError& error) {
    return asks_for_login(error);
  } catch (const FileTransferError&) {
    return false;
  } catch (const NetworkError&) {
    return false;
  } catch (const JsonError&) {
    return false;
  } catch (...) {
    return true;
  }
}

TreeTally::TreeTally(const Field<std::stop_token>& first, const Field<std::stop_token>& second) {
  if (first) first_.emplace(*first, RequestStop{stop_});
  if (second) second_.emplace(*second, RequestStop{stop_});
}

void TreeTally::add_moved(std::int64_t bytes) {
  const std::lock_guard lock(mutex_);
  ++result_.files;
  result_.bytes += bytes;
}

void TreeTally::add_skipped() {
  const std::lock_guard lock(mutex_);
  ++result_.skipped;
}

void TreeTally::add_folders(int made) {
  const std::lock_guard lock(mutex_);
  result_.folders += made;
}

void TreeTally::add_failure(std::string path, const std::exception_ptr& failure) {
  TreeFailure entry{std::move(path), message_of(failure), failure};
  const std::lock_guard lock(mutex_);
  result_.failures.push_back(std::move(entry));
}

void TreeTally::end(const std::exception_ptr& failure) {
  {
    const std::lock_guard lock(mutex_);
    if (failure_) return;
    failure_ = failure;
  }
  stop_.request_stop();
}

bool TreeTally::has_ended() const {
  const std::lock_guard lock(mutex_);
  return failure_ != nullptr;
}

TreeResult TreeTally::result() {
  const std::lock_guard lock(mutex_);
  if (failure_) std::rethrow_exception(failure_);
  std::ranges::stable_sort(result_.failures, {}, &TreeFailure::path);
  return std::move(result_);
}

}  // namespace globus_sdk::inline v0::detail
