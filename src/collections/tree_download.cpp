// SPDX-License-Identifier: Apache-2.0
#include "collections/tree_download.hpp"

#include <sys/stat.h>

#include "core/base/one_line.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// The path of an entry on the collection, for the list of failures.
std::string path_of(const DownloadFolder& folder, const JsonView& item) {
  const auto name = item.get("name");
  return folder.path + (name && name->is_string() ? name->str() : "");
}

/// What a symbolic link is called in a message; nothing for any other entry.
///
/// Transfer leaves links in folders out unless it is told otherwise (`recursive_symlinks`), and so
/// does this. But it says so: who reads the result knows what is missing.
std::optional<std::string> link_text(const FileEntry& entry) {
  if (entry.link_target.has_value()) {
    return "a symbolic link to " + one_line(*entry.link_target);
  }
  if (entry.type == FileType::invalid_symlink) return "a symbolic link that leads nowhere";
  return std::nullopt;
}

constexpr std::int64_t connections_of_large_file = 4;

[[noreturn]] void leave_out(const std::string& what) {
  throw FileTransferError("it is " + what + ": only files and folders are downloaded");
}

}  // namespace

DownloadTree::DownloadTree(const TreePlan& plan, std::chrono::steady_clock::time_point now)
    : TreeState(plan, now),
      queue(settings.workers * files_ahead, most_visits, {top_folder<DownloadFolder>(plan)}) {}

void DownloadTree::take(const DownloadPage& place, const GlobusHTTPResponse& page) {
  DownloadFolder& folder = *place.folder;
  if (!folder.local) open(folder, page);
  Found found;
  // the rest of this folder comes after what is below its folders
  if (auto next = next_page(*place.cursor, page)) {
    found.folders.push_back({place.folder, std::move(next)});
  }
  for (const JsonView& item : entries_of(page)) {
    if (tally.has_ended()) return;
    try {
      take_entry(place.folder, FileEntry(item), found);
    } catch (...) {
      take_failure(path_of(folder, item), std::current_exception(), false, {});
    }
  }
  queue.add(std::move(found.folders), std::move(found.files));
}

void DownloadTree::open(DownloadFolder& folder, const GlobusHTTPResponse& page) {
  auto [local, made] =
      folder.parent ? folder.parent->make_folder(folder.name) : ConfinedFolder::make(local_folder);
  tally.add_folders(made);
  folder.local = std::move(local);
  folder.parent.reset();
  folder.path = path_without_home(folder.path, page);
}

void DownloadTree::take_entry(const Folder& folder, const FileEntry& entry, Found& found) {
  const std::string& name = *entry.name;
  require_entry_name(name);
  if (name == folder->last_name) throw FileTransferError("its name comes twice in the listing");
  folder->last_name = name;
  if (const auto link = link_text(entry)) leave_out(*link);
  if (entry.type == FileType::file) return take_file(folder, entry, found);
  if (entry.type != FileType::dir) {
    leave_out("of the type " + (entry.type ? one_line(std::string(entry.type->str())) : "null"));
  }
  if (folder->depth >= deepest_folder) {
    throw FileTransferError("folders are nested deeper than " + std::to_string(deepest_folder) +
                            " levels, as they are where one leads back to itself");
  }
  auto below = std::make_shared<DownloadFolder>();
  below->path = folder->path + name + "/";
  below->depth = folder->depth + 1;
  below->parent = folder->local;
  below->name = name;
  found.folders.push_back({std::move(below)});
}

void DownloadTree::take_file(const Folder& folder, const FileEntry& entry, Found& found) {
  DownloadFile file;
  file.folder = folder;
  file.name = *entry.name;
  if (entry.size.has_value()) file.size = *entry.size;
  if (entry.last_modified.has_value()) file.modified = *entry.last_modified;
  expect(file.size.value_or(0));
  if (folder->local->was_made_empty()) {
    found.files.push_back(std::move(file));
    return;
  }
  if (const auto there = folder->local->file_status(file.name)) {
    file.mode = there->st_mode;
    if (is_unchanged(*there, file)) {
      folder->local->keep(file.name, *there);
      return skip_file(*file.size);
    }
  }
  found.files.push_back(std::move(file));
}

bool DownloadTree::is_unchanged(const struct stat& there, const DownloadFile& file) const {
  if (!settings.skips_unchanged || !file.size || !file.modified) return false;
  const std::int64_t modified = file.modified->time_since_epoch().count();
  const bool is_of_its_time =
      settings.keeps_times ? there.st_mtim.tv_sec == modified : there.st_mtim.tv_sec >= modified;
  return is_of_its_time && there.st_size == *file.size;
}

std::optional<std::chrono::sys_seconds> DownloadTree::time_for(const DownloadFile& file,
                                                               const FileHead& head) const {
  if (!settings.keeps_times) return std::nullopt;
  if (file.modified) return file.modified;
  if (const auto time = head.last_modified()) {
    return std::chrono::floor<std::chrono::seconds>(*time);
  }
  return std::nullopt;
}

std::shared_ptr<Download> DownloadTree::plan_large_file(const DownloadFile& file,
                                                        const std::shared_ptr<std::int64_t>& done) {
  ConfinedFolder& folder = *file.folder->local;
  if (const auto there = folder.file_status(file.name)) {
    folder.require_not_placed(file.name, *there);
  }
  DownloadOptions options;
  options.keep_times = settings.keeps_times;
  // other files come at the same time
  options.connections = connections_of_large_file;
  options.on_progress = [this, done](const FileProgress& progress_of_file) {
    move_bytes(progress_of_file.bytes - std::exchange(*done, progress_of_file.bytes));
  };
  return make_download(collection, file.path(), folder.place_of(file.name), options);
}

void DownloadTree::finish_large_file(const DownloadFile& file, const DownloadResult& result,
                                     std::int64_t done) {
  ConfinedFolder& folder = *file.folder->local;
  if (const auto time = time_for(file, result.head)) folder.set_time(file.name, *time);
  if (const auto there = folder.file_status(file.name)) folder.keep(file.name, *there);
  // what an earlier run had brought counts as there already
  progress.add_kept(result.resumed);
  move_bytes(result.size - result.resumed - done);
  tally.add_moved(result.size);
}

}  // namespace globus_sdk::inline v0::detail
