// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/files/file_document.hpp"

#include <grp.h>
#include <pwd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <map>
#include <mutex>
#include <system_error>
#include <vector>

#include "sandbox/base/time_text.hpp"
#include "sandbox/transfer/files/file_names.hpp"

namespace globus_sandbox::transfer {

namespace {

/// Names of users or groups, looked up once each.
template <class Id> class NameCache {
 public:
  template <class LookUp> std::string name(Id id, LookUp look_up) {
    const std::lock_guard lock(mutex_);
    const auto [entry, is_new] = names_.try_emplace(id);
    if (is_new) entry->second = look_up();
    return entry->second;
  }

 private:
  std::mutex mutex_;
  std::map<Id, std::string> names_;
};

std::string user_name(uid_t id) {
  static NameCache<uid_t> cache;
  return cache.name(id, [id] {
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    ::getpwuid_r(id, &entry, buffer.data(), buffer.size(), &found);
    return found != nullptr ? std::string(entry.pw_name) : std::to_string(id);
  });
}

std::string group_name(gid_t id) {
  static NameCache<gid_t> cache;
  return cache.name(id, [id] {
    std::array<char, 16384> buffer{};
    group entry{};
    group* found = nullptr;
    ::getgrgid_r(id, &entry, buffer.data(), buffer.size(), &found);
    return found != nullptr ? std::string(entry.gr_name) : std::to_string(id);
  });
}

std::string type_name(mode_t mode) {
  if (S_ISREG(mode)) return "file";
  if (S_ISDIR(mode)) return "dir";
  if (S_ISLNK(mode)) return "invalid_symlink";
  if (S_ISCHR(mode)) return "chr";
  if (S_ISBLK(mode)) return "blk";
  if (S_ISFIFO(mode)) return "pipe";
  return "other";
}

std::string permission_text(mode_t mode) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%04o", static_cast<unsigned>(mode & 07777U));
  return text.data();
}

std::string modified_text(const struct stat& status) {
  return to_spaced_text(Instant{std::chrono::seconds{status.st_mtim.tv_sec}});
}

boost::json::object document_of(std::string_view name, const struct stat& status) {
  return {{"DATA_TYPE", "file"},
          {"name", to_document_name(name)},
          {"type", type_name(status.st_mode)},
          {"size", status.st_size},
          {"last_modified", modified_text(status)},
          {"permissions", permission_text(status.st_mode)},
          {"user", user_name(status.st_uid)},
          {"group", group_name(status.st_gid)},
          {"link_target", nullptr},
          {"link_size", nullptr},
          {"link_last_modified", nullptr},
          {"link_user", nullptr},
          {"link_group", nullptr}};
}

boost::json::object link_document(const ConfinedFolder& folder, std::string_view path,
                                  std::string_view name, const struct stat& link,
                                  const std::string& target) {
  boost::json::object document;
  try {
    document = document_of(name, folder.status(path));
  } catch (const std::system_error&) {
    document = document_of(name, link);
  }
  document["link_target"] = to_document_name(target);
  document["link_size"] = link.st_size;
  document["link_last_modified"] = modified_text(link);
  document["link_user"] = user_name(link.st_uid);
  document["link_group"] = group_name(link.st_gid);
  return document;
}

}  // namespace

boost::json::object file_document(const ConfinedFolder& folder, std::string_view path) {
  const auto status = folder.link_status(path);
  const std::string name = path.empty() ? "/" : last_name_of(path);
  if (!S_ISLNK(status.st_mode)) return document_of(name, status);
  return link_document(folder, path, name, status, folder.link_target(path));
}

std::vector<boost::json::object> entry_documents(const ConfinedFolder& folder,
                                                 std::string_view path) {
  const auto directory = folder.open_directory(path);
  std::vector<boost::json::object> documents;
  for (const auto& name : names_in(directory)) {
    try {
      const auto status = entry_status(directory, name);
      documents.push_back(S_ISLNK(status.st_mode)
                              ? link_document(folder, join_path(path, name), name, status,
                                              entry_link_target(directory, name))
                              : document_of(name, status));
    } catch (const std::system_error& error) {
      if (error.code().value() != ENOENT) throw;
    }
  }
  return documents;
}

}  // namespace globus_sandbox::transfer
