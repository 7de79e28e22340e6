// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/json_token_storage.hpp"

#include <thread>

#include "token_storage/file_lock.hpp"
#include "token_storage/files.hpp"
#include "token_storage/multi_user_page.hpp"
#include "token_storage/token_file.hpp"

namespace globus_sdk::inline v0 {

namespace {

using std::chrono::milliseconds;

[[noreturn]] void refuse_torn(const std::string& filepath, bool empty) {
  throw TokenStorageError(
      filepath, std::string(empty ? "is empty" : "is damaged") +
                    " (a program that wrote it may have been interrupted); move the file away "
                    "and log in again");
}

/// What the file has. One that is half written is read again: until it is whole, nothing has
/// happened to it for nearly two seconds, for which its writer may wait for a processor or a disk,
/// or somebody has written over it for some seconds.
detail::TokenFile load(const std::string& filepath) {
  constexpr int attempts_without_a_change = 20;
  constexpr int attempts = 700;
  std::optional<detail::FileVersion> before;
  int unchanged = 0;
  for (int attempt = 1;; ++attempt) {
    const auto version = detail::version_of(filepath);
    const auto content = detail::read_private_file(filepath);
    if (!content) return detail::TokenFile();
    if (auto file = detail::TokenFile::parse(*content, filepath)) return std::move(*file);
    unchanged = version == before ? unchanged + 1 : 1;
    if (unchanged == attempts_without_a_change || attempt == attempts) {
      refuse_torn(filepath, content->empty());
    }
    before = version;
    // odd, so that one who writes at regular times is not met at the same moment again and again
    std::this_thread::sleep_for(milliseconds(7 + 9 * (unchanged - 1) + attempt % 5));
  }
}

/// Changes the file under its lock. `change` says whether there is anything to write.
template <class Change>
bool update(const std::string& filepath, milliseconds lock_timeout, Change change) {
  detail::make_folders_above(filepath);
  const std::string target = detail::resolve_links(filepath);
  detail::exists_and_is_private(target);  // before a lock file is put beside what is none of ours
  const detail::FileLock lock(target + ".lock", target, lock_timeout);
  // A writer that takes no lock may come in between, and what it wrote must not be lost; nor may
  // one that never stops keep us from writing.
  constexpr int attempts = 20;
  for (int attempt = 1;; ++attempt) {
    const auto version = detail::version_of(target);
    detail::TokenFile file = load(target);
    if (!change(file)) return false;
    detail::Replacement replacement(target, file.content());
    if (detail::version_of(target) != version && attempt < attempts) continue;
    replacement.put_in_place();
    return true;
  }
}

}  // namespace

JSONTokenStorage::JSONTokenStorage(const FilePath& filepath, const FileTokenStorageOptions& options)
    : FileTokenStorage(filepath, options) {}
JSONTokenStorage::JSONTokenStorage(const JSONTokenStorage& storage, Text namespace_)
    : FileTokenStorage(storage, namespace_) {}
JSONTokenStorage::~JSONTokenStorage() = default;
JSONTokenStorage::JSONTokenStorage(const JSONTokenStorage&) = default;
JSONTokenStorage& JSONTokenStorage::operator=(const JSONTokenStorage&) = default;

JSONTokenStorage JSONTokenStorage::for_globus_app(Text client_id, Text app_name, Text environment,
                                                  Text namespace_) {
  return JSONTokenStorage(detail::globus_app_filepath(client_id, app_name, environment, "json"),
                          {.namespace_ = namespace_.str()});
}

void JSONTokenStorage::store_token_data_by_resource_server(
    const TokenStorageDataByResourceServer& token_data_by_resource_server) const {
  const auto documents =
      detail::documents_to_store(sealer(), namespace_(), token_data_by_resource_server);
  update(filepath(), lock_timeout(), [&](detail::TokenFile& file) {
    file.store(namespace_(), documents, filepath(), sealer());
    return true;
  });
}

TokenStorageDataByResourceServer JSONTokenStorage::get_token_data_by_resource_server() const {
  return load(filepath()).tokens(namespace_(), filepath(), sealer());
}

bool JSONTokenStorage::remove_token_data(Text resource_server) const {
  const auto remove = [&](detail::TokenFile& file) {
    return file.remove(namespace_(), resource_server);
  };
  // what is not there can be forgotten where nothing can be written
  detail::TokenFile file = load(filepath());
  return remove(file) && update(filepath(), lock_timeout(), remove);
}

std::shared_ptr<const MultiUserTokenStorage> JSONTokenStorage::in_namespace(Text namespace_) const {
  return std::shared_ptr<const JSONTokenStorage>(new JSONTokenStorage(*this, namespace_));
}

std::vector<std::string> JSONTokenStorage::iter_namespaces(const NamespacePage& page) const {
  return detail::page_of(load(filepath()).namespaces(), page);
}

std::size_t JSONTokenStorage::remove_namespace(Text namespace_) const {
  std::size_t removed = 0;
  const auto remove = [&](detail::TokenFile& file) {
    removed = file.remove_namespace(namespace_);
    return removed > 0;
  };
  // what is not there can be forgotten where nothing can be written
  detail::TokenFile file = load(filepath());
  if (remove(file)) update(filepath(), lock_timeout(), remove);
  return removed;
}

std::vector<TokenExpiry> JSONTokenStorage::tokens_by_expiry(const ExpiryPage& page) const {
  return detail::page_of(load(filepath()).expiries(filepath()), page);
}

}  // namespace globus_sdk::inline v0
