// SPDX-License-Identifier: Apache-2.0
#include "collections/tree_walk.hpp"

#include <algorithm>

#include "collections/collection_path.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

constexpr std::int64_t usual_workers = 8;
constexpr std::int64_t most_workers = 256;

/// Whether the deadline of the whole tree ended a request, and not the time that one request may
/// take.
bool is_end_of_time(const CallLimits& limits, const std::exception_ptr& failure,
                    std::chrono::steady_clock::time_point now) {
  if (!limits.deadline || now < *limits.deadline) return false;
  try {
    std::rethrow_exception(failure);
  } catch (const GlobusTimeoutError&) {
    return true;
  } catch (...) {
    return false;
  }
}

/// The same connection for the requests of a tree, which end with it.
Connection of_tree(const Connection& connection, const CallLimits& limits) {
  CallSettings settings;
  settings.stop = limits.stop;
  if (limits.deadline) {
    const auto& own = connection.settings->deadline_at;
    settings.deadline_at = own.has_value() ? std::min(*own, *limits.deadline) : *limits.deadline;
  }
  return with_settings(connection, settings);
}

}  // namespace

TreeSettings::TreeSettings(const TreeOptions& options)
    : skips_unchanged(options.skip_unchanged.value_or(true)),
      keeps_times(options.keep_times.value_or(true)),
      on_progress(options.on_progress.value_or(OnProgress())) {
  const std::int64_t connections = options.connections.value_or(usual_workers);
  if (connections < 1 || connections > most_workers) {
    throw GlobusSDKUsageError("connections must be from 1 to " + std::to_string(most_workers));
  }
  workers = static_cast<std::size_t>(connections);
}

TreePlan::TreePlan(Connection collection, Connection transfer, std::string id, Text path,
                   std::filesystem::path local, const TreeOptions& options)
    : of_collection(std::move(collection)),
      of_transfer(std::move(transfer)),
      collection_id(std::move(id)),
      folder(folder_path(path)),
      local_folder(std::move(local)),
      settings(options) {
  if (local_folder.empty()) throw GlobusSDKUsageError("local_folder must not be empty");
}

TreeState::TreeState(const TreePlan& plan, std::chrono::steady_clock::time_point now)
    : settings(plan.settings),
      collection_id(plan.collection_id),
      local_folder(plan.local_folder),
      tally(plan.of_collection.settings->stop, plan.of_transfer.settings->stop),
      progress(settings.on_progress, ""),
      limits{.deadline = limits_of(*plan.of_collection.settings, now).deadline,
             .stop = tally.stop()},
      collection(of_tree(plan.of_collection, limits)),
      transfer(of_tree(plan.of_transfer, limits)) {}

void TreeState::take_failure(std::string path, const std::exception_ptr& failure,
                             bool is_whole_tree, std::chrono::steady_clock::time_point now) {
  if (is_whole_tree || concerns_whole_tree(failure) || is_end_of_time(limits, failure, now)) {
    tally.end(failure);
  } else {
    tally.add_failure(std::move(path), failure);
  }
}

void TreeState::move_bytes(std::int64_t bytes) {
  try {
    progress.add(bytes);
  } catch (...) {
    tally.end(std::current_exception());  // of the caller's own function: no file's failure
    throw;
  }
}

void TreeState::skip_file(std::int64_t bytes) {
  tally.add_skipped();
  progress.add_kept(bytes);
}

}  // namespace globus_sdk::inline v0::detail
