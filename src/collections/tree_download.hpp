// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "collections/collection_path.hpp"
#include "collections/confined_folder.hpp"
#include "collections/download_operations.hpp"
#include "collections/tree_file.hpp"
#include "collections/tree_listing.hpp"
#include "collections/tree_walk.hpp"
#include "globus_sdk/transfer/file_entry.hpp"

namespace globus_sdk::inline v0::detail {

/// A folder of a tree that is fetched.
struct DownloadFolder {
  std::string path{};  ///< on the collection, with a slash at its end
  int depth = 0;
  ConfinedFolder::Shared parent{};  ///< where it is made; null for the tree's own folder
  std::string name{};               ///< in `parent`
  ConfinedFolder::Shared local{};   ///< null until its first page has come
  std::string last_name{};          ///< of its last entry that has come
};

/// A page of a folder that is to be asked for.
struct DownloadPage {
  std::shared_ptr<DownloadFolder> folder;
  std::optional<PageCursor> cursor{};  ///< nothing for the first page

  const std::string& path() const { return folder->path; }
  /// Whether it is the first page of the tree's own folder.
  bool is_top() const { return folder->depth == 0 && !cursor; }
};

/// A file of a tree that is to be fetched.
struct DownloadFile {
  std::shared_ptr<const DownloadFolder> folder;
  std::string name{};
  std::optional<std::int64_t> size{};  ///< by the listing, as the time
  std::optional<std::chrono::sys_seconds> modified{};
  std::optional<mode_t> mode{};  ///< of the file that it replaces

  std::string path() const { return folder->path + name; }
  /// Whether the file is fetched as small ones are: a small one that breaks off begins anew.
  bool is_small() const { return size && *size <= largest_small_file; }

  static constexpr std::int64_t largest_small_file = std::int64_t{4} << 20U;
};

/// A tree on its way from a collection to a folder of this machine.
struct DownloadTree : TreeState {
  static constexpr const char* method = "download_tree";

  DownloadTree(const TreePlan& plan, std::chrono::steady_clock::time_point now);

  /// Asks for a page of a folder, and takes what is in it.
  template <class Mode>
  static typename Mode::template Operation<std::monostate> visit(std::shared_ptr<DownloadTree> tree,
                                                                 DownloadPage place) {
    if (!place.cursor) place.cursor = list_folder(tree->collection_id, place.folder->path);
    auto listing = execute<Mode>(tree->transfer, place.cursor->request());
    const GlobusHTTPResponse page = co_await std::move(listing);
    std::function<void()> take = [tree, place, page] { tree->take(place, page); };
    auto taking = ModeRuntime<Mode>::off_executor(tree->collection, std::move(take));
    co_await std::move(taking);
    co_return std::monostate();
  }

  /// Fetches a file.
  template <class Mode>
  static typename Mode::template Operation<std::monostate> move(std::shared_ptr<DownloadTree> tree,
                                                                DownloadFile file) {
    auto moving = file.is_small() ? move_small<Mode>(tree, file) : move_large<Mode>(tree, file);
    co_await std::move(moving);
    co_return std::monostate();
  }

  TreeQueue<DownloadPage, DownloadFile> queue;

 private:
  using Folder = std::shared_ptr<DownloadFolder>;
  struct Found {
    std::vector<DownloadPage> folders{};
    std::vector<DownloadFile> files{};
  };

  template <class Mode>
  static typename Mode::template Operation<std::monostate> move_small(
      std::shared_ptr<DownloadTree> tree, DownloadFile file) {
    const auto sink =
        std::make_shared<TreeFile>(file.folder->local, file.name, file.mode,
                                   [tree](std::int64_t bytes) { tree->move_bytes(bytes); });
    auto fetching =
        execute<Mode>(tree->collection, file_request("GET", file.path()).answer_to(sink));
    const GlobusHTTPResponse answer = co_await std::move(fetching);
    std::function<void()> place = [tree, file, sink, answer] {
      sink->place(tree->time_for(file, FileHead(answer)));
    };
    auto placing = ModeRuntime<Mode>::off_executor(tree->collection, std::move(place));
    co_await std::move(placing);
    tree->tally.add_moved(sink->size());
    co_return std::monostate();
  }

  template <class Mode>
  static typename Mode::template Operation<std::monostate> move_large(
      std::shared_ptr<DownloadTree> tree, DownloadFile file) {
    const auto done = std::make_shared<std::int64_t>(0);
    const auto download = std::make_shared<std::shared_ptr<Download>>();
    std::function<void()> plan = [tree, file, done, download] {
      *download = tree->plan_large_file(file, done);
    };
    auto planning = ModeRuntime<Mode>::off_executor(tree->collection, std::move(plan));
    co_await std::move(planning);
    auto fetching = run_download<Mode>(tree->collection, *download);
    const DownloadResult result = co_await std::move(fetching);
    std::function<void()> finish = [tree, file, result, done] {
      tree->finish_large_file(file, result, *done);
    };
    auto finishing = ModeRuntime<Mode>::off_executor(tree->collection, std::move(finish));
    co_await std::move(finishing);
    co_return std::monostate();
  }

  /// Takes what is in a page of a folder: passes over what is there already, and queues the rest.
  void take(const DownloadPage& place, const GlobusHTTPResponse& page);
  void open(DownloadFolder& folder, const GlobusHTTPResponse& page);
  void take_entry(const Folder& folder, const FileEntry& entry, Found& found);
  void take_file(const Folder& folder, const FileEntry& entry, Found& found);
  bool is_unchanged(const struct stat& there, const DownloadFile& file) const;
  /// The time that a file gets; nothing for that of now.
  std::optional<std::chrono::sys_seconds> time_for(const DownloadFile& file,
                                                   const FileHead& head) const;
  /// @param done how many bytes of the file the progress has been told of.
  /// @throws FileTransferError when something else than a file is where it goes, or another file of
  ///   the tree.
  std::shared_ptr<Download> plan_large_file(const DownloadFile& file,
                                            const std::shared_ptr<std::int64_t>& done);
  void finish_large_file(const DownloadFile& file, const DownloadResult& result, std::int64_t done);
};

}  // namespace globus_sdk::inline v0::detail
