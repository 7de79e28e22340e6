// SPDX-License-Identifier: Apache-2.0
#include "collections/tree_upload.hpp"

#include <sys/stat.h>

#include <cerrno>

#include "collections/local_file_source.hpp"
#include "collections/sized_source.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// How many names of a folder are read at once.
constexpr std::size_t names_at_once = 1000;

}  // namespace

UploadTree::UploadTree(const TreePlan& plan, std::chrono::steady_clock::time_point now)
    : TreeState(plan, now),
      queue(settings.workers * files_ahead, most_visits, {top_folder<UploadFolder>(plan)}) {}

void UploadTree::open(UploadFolder& folder) {
  folder.local =
      folder.parent ? folder.parent->folder(folder.name) : ConfinedFolder::open(local_folder);
  folder.parent.reset();
}

void UploadTree::take_listing(UploadFolder& folder, const GlobusHTTPResponse& page) {
  folder.path = path_without_home(folder.path, page);
  for (const JsonView& item : entries_of(page)) {
    const FileEntry entry(item);
    EntryThere& there = folder.there[*entry.name];
    there.is_folder = entry.type == FileType::dir;
    if (entry.size.has_value()) there.size = *entry.size;
    if (entry.last_modified.has_value()) there.modified = *entry.last_modified;
  }
}

void UploadTree::take(const UploadNames& place) {
  UploadFolder& folder = *place.folder;
  const auto names = place.names ? place.names : std::make_shared<FolderNames>(*folder.local);
  Found found;
  const std::vector<std::string> some = names->next(names_at_once);
  // the rest of this folder comes after what is below its folders
  if (!some.empty()) found.folders.push_back({place.folder, names});
  for (const std::string& entry : some) {
    if (tally.has_ended()) return;
    try {
      take_entry(place.folder, entry, found);
    } catch (...) {
      take_failure(folder.path + entry, std::current_exception(), false, {});
    }
  }
  if (some.empty()) folder.there.clear();
  queue.add(std::move(found.folders), std::move(found.files));
}

void UploadTree::take_entry(const Folder& folder, const std::string& entry, Found& found) {
  const auto status = folder->local->status(entry);
  if (!status) return;  // it went meanwhile
  const bool is_folder = S_ISDIR(status->st_mode);
  if (!is_folder && !S_ISREG(status->st_mode)) {
    throw FileTransferError(folder->local->path_of(entry) + " is " + std::string(kind_of(*status)) +
                            ": only files and folders are uploaded");
  }
  const auto there = folder->there.find(entry);
  const bool is_there = there != folder->there.end();
  if (is_there && there->second.is_folder != is_folder) {
    throw FileTransferError(is_folder ? "the collection has a file where the folder has to be"
                                      : "the collection has a folder where the file has to be");
  }
  if (!is_folder) {
    expect(status->st_size);
    if (is_there && is_unchanged(*status, there->second)) return skip_file(status->st_size);
    found.files.push_back({folder, entry});
    return;
  }
  if (folder->depth >= deepest_folder) {
    throw FileTransferError("folders are nested deeper than " + std::to_string(deepest_folder) +
                            " levels");
  }
  auto below = std::make_shared<UploadFolder>();
  below->path = folder->path + entry + "/";
  below->depth = folder->depth + 1;
  below->may_be_there = is_there;
  below->parent = folder->local;
  below->name = entry;
  found.folders.push_back({std::move(below)});
}

/// A collection sets the time of a file that it receives to that of now. So a file that is younger
/// than the local one, and has its size, was sent after the local one had been changed last.
bool UploadTree::is_unchanged(const struct stat& file, const EntryThere& there) const {
  return settings.skips_unchanged && there.size == file.st_size && there.modified &&
         there.modified->time_since_epoch().count() >= file.st_mtim.tv_sec;
}

Upload UploadTree::plan(const UploadFile& file) {
  const ConfinedFolder& folder = *file.folder->local;
  FileDescriptor open = folder.open_file(file.name);
  struct stat status{};
  if (fstat(open.get(), &status) != 0) {
    throw LocalFileError("read", folder.path_of(file.name), errno);
  }
  if (!S_ISREG(status.st_mode)) {
    throw FileTransferError(folder.path_of(file.name) + " is no file any more");
  }
  UploadOptions options;
  options.on_progress = [this, done = std::int64_t{0}](const FileProgress& sent) mutable {
    move_bytes(sent.bytes - std::exchange(done, sent.bytes));
  };
  auto bytes =
      std::make_shared<SizedSource>(bytes_of_file(std::move(open), folder.path_of(file.name)));
  return plan_upload(std::move(bytes), file.path(), options);
}

}  // namespace globus_sdk::inline v0::detail
