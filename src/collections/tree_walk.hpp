// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "collections/download_progress.hpp"
#include "collections/tree_queue.hpp"
#include "collections/tree_tally.hpp"
#include "core/call/execute.hpp"
#include "globus_sdk/collections/collection_options.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0::detail {

/// How deep folders may be nested in a tree. A loop, by links or mounts, ends there.
inline constexpr int deepest_folder = 128;
/// Folders are looked into as long as fewer files than this wait for each worker.
inline constexpr std::size_t files_ahead = 8;
/// How many folders are looked into at once.
inline constexpr int most_visits = 4;

/// The options of a tree, with what is unset filled in.
struct TreeSettings {
  /// @throws GlobusSDKUsageError when a value makes no sense.
  explicit TreeSettings(const TreeOptions& options);

  std::size_t workers = 0;
  bool skips_unchanged = true;
  bool keeps_times = true;
  OnProgress on_progress{};
};

/// A tree that is to be moved.
struct TreePlan {
  /// @throws GlobusSDKUsageError for a path that cannot be that of a folder.
  TreePlan(Connection collection, Connection transfer, std::string collection_id, Text path,
           std::filesystem::path local_folder, const TreeOptions& options);

  Connection of_collection;  ///< its limits are those of the tree
  Connection of_transfer;
  std::string collection_id;
  std::string folder;  ///< on the collection, with a slash at its end
  std::filesystem::path local_folder;
  TreeSettings settings;
};

/// The tree's own folder.
template <class Folder> std::shared_ptr<Folder> top_folder(const TreePlan& plan) {
  auto top = std::make_shared<Folder>();
  top->path = plan.folder;
  return top;
}

/// What all who work on a tree have in common, whichever way its files go.
struct TreeState {
  TreeState(const TreePlan& plan, std::chrono::steady_clock::time_point now);
  TreeState(const TreeState&) = delete;
  TreeState& operator=(const TreeState&) = delete;

  /// Takes what was thrown for a path: the tree ends, or goes on without that file or folder.
  ///
  /// @param is_whole_tree it was thrown for the tree's own folder, without which there is nothing
  ///   to do.
  void take_failure(std::string path, const std::exception_ptr& failure, bool is_whole_tree,
                    std::chrono::steady_clock::time_point now);
  /// A file was found that has so many bytes.
  void expect(std::int64_t bytes) { expected_bytes_ += bytes; }
  void all_are_found() { progress.set_total(expected_bytes_); }
  /// Bytes have moved; fewer than 0 when they have to move again.
  void move_bytes(std::int64_t bytes);
  void skip_file(std::int64_t bytes);

  const TreeSettings settings;
  const std::string collection_id;
  const std::filesystem::path local_folder;
  TreeTally tally;
  DownloadProgress progress;
  CallLimits limits;      ///< of the tree
  Connection collection;  ///< within these limits, as is the next one
  Connection transfer;

 private:
  std::atomic<std::int64_t> expected_bytes_ = 0;
};

/// One worker: does what there is to do in the tree until nothing is left. It never throws.
template <class Mode, class Tree>
typename Mode::template Operation<std::monostate> work_on_tree(std::shared_ptr<Tree> tree) {
  using Runtime = ModeRuntime<Mode>;
  while (true) {
    if (tree->tally.has_ended()) {
      tree->queue.close();
      co_return std::monostate();
    }
    auto turn = tree->queue.next();
    if (turn.is_end()) co_return std::monostate();
    std::exception_ptr failure;
    try {
      if (turn.folder) {
        auto visiting = Tree::template visit<Mode>(tree, *turn.folder);
        co_await std::move(visiting);
      } else if (turn.file) {
        auto moving = Tree::template move<Mode>(tree, *turn.file);
        co_await std::move(moving);
      } else {
        auto waiting = Runtime::wait(tree->collection, turn.news, tree->limits);
        const Outcome waited = co_await std::move(waiting);
        if (const auto* ended = std::get_if<NetworkFailure>(&waited)) {
          throw_failure(*ended, Tree::method, "");
        }
      }
    } catch (...) {
      failure = std::current_exception();
    }
    if (failure) {
      const bool is_whole_tree = !turn.file && (!turn.folder || turn.folder->is_top());
      std::string path = turn.folder ? turn.folder->path() : turn.file ? turn.file->path() : "";
      tree->take_failure(std::move(path), failure, is_whole_tree, Runtime::now(tree->collection));
    }
    if (turn.folder && tree->queue.visited()) tree->all_are_found();
  }
}

/// Moves a tree, by as many workers as the options say.
template <class Mode, class Tree>
typename Mode::template Operation<TreeResult> walk_tree(std::shared_ptr<Tree> tree) {
  using Runtime = ModeRuntime<Mode>;
  Operations<Mode> workers;
  for (std::size_t count = 0; count < tree->settings.workers; ++count) {
    workers.emplace_back([tree] { return work_on_tree<Mode>(tree); });
  }
  auto working = Runtime::all(tree->collection, std::move(workers));
  co_await std::move(working);
  TreeResult result = tree->tally.result();
  tree->progress.end();
  co_return result;
}

}  // namespace globus_sdk::inline v0::detail
