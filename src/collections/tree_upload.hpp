// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "collections/confined_folder.hpp"
#include "collections/folder_names.hpp"
#include "collections/tree_listing.hpp"
#include "collections/tree_walk.hpp"
#include "collections/upload_operations.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/transfer/file_entry.hpp"

namespace globus_sdk::inline v0::detail {

/// What the collection has under a name already.
struct EntryThere {
  bool is_folder = false;
  std::optional<std::int64_t> size{};
  std::optional<std::chrono::sys_seconds> modified{};
};

/// A folder of a tree that is sent.
struct UploadFolder {
  std::string path{};  ///< on the collection, with a slash at its end
  int depth = 0;
  bool may_be_there = true;         ///< on the collection
  ConfinedFolder::Shared parent{};  ///< where it is; null for the tree's own folder
  std::string name{};               ///< in `parent`
  ConfinedFolder::Shared local{};   ///< null until it is looked into
  std::unordered_map<std::string, EntryThere> there{};
};

/// Names of a folder that are to be read.
struct UploadNames {
  std::shared_ptr<UploadFolder> folder;
  std::shared_ptr<FolderNames> names{};  ///< null for the first ones

  const std::string& path() const { return folder->path; }
  /// Whether they are the first ones of the tree's own folder.
  bool is_top() const { return folder->depth == 0 && !names; }
};

/// A file of a tree that is to be sent.
struct UploadFile {
  std::shared_ptr<const UploadFolder> folder;
  std::string name{};

  std::string path() const { return folder->path + name; }
};

/// A tree on its way from a folder of this machine to a collection.
struct UploadTree : TreeState {
  static constexpr const char* method = "upload_tree";

  UploadTree(const TreePlan& plan, std::chrono::steady_clock::time_point now);

  /// Reads names of a folder. Before the first of them it sees to the folder on the collection.
  template <class Mode>
  static typename Mode::template Operation<std::monostate> visit(std::shared_ptr<UploadTree> tree,
                                                                 UploadNames place) {
    if (!place.names) {
      std::function<void()> open = [tree, folder = place.folder] { tree->open(*folder); };
      auto opening = ModeRuntime<Mode>::off_executor(tree->collection, std::move(open));
      co_await std::move(opening);
      auto preparing = prepare<Mode>(tree, place.folder);
      co_await std::move(preparing);
    }
    std::function<void()> take = [tree, place] { tree->take(place); };
    auto taking = ModeRuntime<Mode>::off_executor(tree->collection, std::move(take));
    co_await std::move(taking);
    co_return std::monostate();
  }

  /// Sends a file.
  template <class Mode>
  static typename Mode::template Operation<std::monostate> move(std::shared_ptr<UploadTree> tree,
                                                                UploadFile file) {
    const auto upload = std::make_shared<std::optional<Upload>>();
    std::function<void()> open = [tree, file, upload] { upload->emplace(tree->plan(file)); };
    auto opening = ModeRuntime<Mode>::off_executor(tree->collection, std::move(open));
    co_await std::move(opening);
    const std::int64_t size = (*upload)->body->size();
    auto sending = send_file<Mode>(tree->collection, std::move(**upload));
    co_await std::move(sending);
    tree->tally.add_moved(size);
    co_return std::monostate();
  }

  TreeQueue<UploadNames, UploadFile> queue;

 private:
  using Folder = std::shared_ptr<UploadFolder>;
  struct Found {
    std::vector<UploadNames> folders{};
    std::vector<UploadFile> files{};
  };

  /// Finds out what the collection has in the folder, or makes it there.
  template <class Mode>
  static typename Mode::template Operation<std::monostate> prepare(std::shared_ptr<UploadTree> tree,
                                                                   Folder folder) {
    bool is_there = false;
    if (folder->may_be_there) {
      auto listing = list<Mode>(tree, folder);
      is_there = co_await std::move(listing);
    }
    if (is_there) co_return std::monostate();
    auto making = make<Mode>(tree, folder->path);
    co_await std::move(making);
    if (begins_at_home(folder->path)) {
      auto listing = list<Mode>(tree, folder);  // says what its path is
      co_await std::move(listing);
    }
    co_return std::monostate();
  }

  /// Lists the folder on the collection.
  ///
  /// @return whether it is there.
  template <class Mode>
  static typename Mode::template Operation<bool> list(std::shared_ptr<UploadTree> tree,
                                                      Folder folder) {
    std::optional<PageCursor> cursor = list_folder(tree->collection_id, folder->path);
    while (cursor) {
      std::optional<GlobusHTTPResponse> page;
      try {
        auto listing = execute<Mode>(tree->transfer, cursor->request());
        page = co_await std::move(listing);
      } catch (const GlobusAPIError& error) {
        if (!says_missing(error)) throw;
      }
      if (!page) co_return false;
      take_listing(*folder, *page);
      cursor = next_page(*cursor, *page);
    }
    co_return true;
  }

  /// Makes a folder on the collection, with those above it.
  template <class Mode>
  static typename Mode::template Operation<std::monostate> make(std::shared_ptr<UploadTree> tree,
                                                                std::string folder) {
    std::vector<std::string> missing{std::move(folder)};
    bool looks_above = true;
    while (!missing.empty()) {
      std::exception_ptr refusal;
      bool lacks_parent = false;
      try {
        auto making =
            execute<Mode>(tree->transfer, make_folder_request(tree->collection_id, missing.back()));
        co_await std::move(making);
        tree->tally.add_folders(1);
      } catch (const GlobusAPIError& error) {
        if (!says_existing(error)) refusal = std::current_exception();
        lacks_parent = says_missing(error);
      }
      if (!refusal) {
        missing.pop_back();
        looks_above = false;
        continue;
      }
      std::string above = folder_above(missing.back());
      if (!lacks_parent || !looks_above || above == "/") std::rethrow_exception(refusal);
      missing.push_back(std::move(above));
    }
    co_return std::monostate();
  }

  void open(UploadFolder& folder);
  /// Remembers what the collection has in the folder.
  static void take_listing(UploadFolder& folder, const GlobusHTTPResponse& page);
  /// Reads names: passes over the files that the collection has already, and queues the rest.
  void take(const UploadNames& place);
  void take_entry(const Folder& folder, const std::string& entry, Found& found);
  bool is_unchanged(const struct stat& file, const EntryThere& there) const;
  Upload plan(const UploadFile& file);
};

}  // namespace globus_sdk::inline v0::detail
