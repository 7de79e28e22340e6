// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/file_operations.hpp"

#include <boost/json/array.hpp>
#include <system_error>
#include <vector>

#include "sandbox/transfer/files/file_document.hpp"
#include "sandbox/transfer/files/transfer_path.hpp"
#include "sandbox/transfer/requests/document_filter.hpp"
#include "sandbox/transfer/requests/errors.hpp"
#include "sandbox/transfer/requests/list_options.hpp"
#include "sandbox/transfer/requests/request_document.hpp"

namespace globus_sandbox::transfer {

namespace {

constexpr std::size_t most_entries = 100000;

const FilterFields& listing_filter_fields() {
  static const FilterFields fields{
      {"name", FilterKind::text},       {"type", FilterKind::choice},
      {"size", FilterKind::number},     {"last_modified", FilterKind::time},
      {"user", FilterKind::text},       {"group", FilterKind::text},
      {"permissions", FilterKind::text}};
  return fields;
}

/// What an operation is called in error codes, such as `DirListingFailed`; and its words for what
/// is missing.
struct Operation {
  std::string_view failed;
  std::string_view not_found = "ClientError.NotFound";
};

constexpr Operation listing{"DirListingFailed"};
constexpr Operation stat_operation{"StatFailed", "NotFound"};
constexpr Operation mkdir_operation{"MkdirFailed"};
constexpr Operation rename_operation{"RenameFailed"};

ServiceError external_error(const Operation& operation, std::string_view kind,
                            std::string message) {
  std::string code = "ExternalError." + std::string(operation.failed);
  if (!kind.empty()) code += "." + std::string(kind);
  return {502, code, std::move(message)};
}

ServiceError to_service_error(const Operation& operation, const std::system_error& error,
                              const std::string& path) {
  switch (error.code().value()) {
    case ENOENT:
      return {404, std::string(operation.not_found),
              "Path '" + path + "': No such file or directory"};
    case EACCES:
    case EPERM:
    case EROFS:
      return {403, "EndpointPermissionDenied", "Path '" + path + "': Permission denied"};
    case EXDEV:
      return {403, "EndpointPermissionDenied",
              "Path '" + path + "': Permission denied, it leads out of the collection"};
    case ENOTDIR:
      return external_error(operation, "NotDirectory", "Path '" + path + "' is not a directory");
    case EEXIST:
    case ENOTEMPTY:
      return external_error(operation, "Exists", "Path '" + path + "' already exists");
    case EBUSY:
      return external_error(operation, "PermissionDenied",
                            "Path '" + path + "' is the collection's root");
    default:
      return external_error(operation, "", "Path '" + path + "': " + error.code().message());
  }
}

const ConfinedFolder& folder_of(const CollectionState& state, const Operation& operation) {
  if (state.credentials_expired)
    throw external_error(
        operation, "LoginFailed",
        "Login failed: the credentials for collection " + state.collection.id + " are expired");
  if (!state.folder)
    throw ServiceError(502, "EndpointError", "The collection's storage is not there");
  return *state.folder;
}

TransferPath read_path(std::string_view text) {
  try {
    return parse_transfer_path(text);
  } catch (const InvalidPath& error) {
    throw ServiceError(400, "ClientError.BadRequest.InvalidPath",
                       std::string("path: ") + error.what());
  }
}

/// Runs work on one path, so that a failure of the system becomes the operation's own error.
template <class Work>
auto with_errors_of(const Operation& operation, const std::string& path, Work work) {
  try {
    return work();
  } catch (const std::system_error& error) {
    throw to_service_error(operation, error, path);
  }
}

std::string required_text(const boost::json::object& document, std::string_view name) {
  const auto* value = document.if_contains(name);
  if (value == nullptr || !value->is_string() || value->get_string().empty())
    throw bad_request("the document needs a text '" + std::string(name) + "'");
  return std::string(value->get_string());
}

void check_local_user(const HttpRequest& request) {
  if (const auto user = request.query_value("local_user")) require_own_local_user(*user);
}

void check_local_user(const boost::json::object& document) {
  const auto* user = document.if_contains("local_user");
  if (user != nullptr && user->is_string()) require_own_local_user(user->get_string());
}

/// The path of a listing as it was asked for, with a slash at its end, so that names can be put
/// behind it.
std::string shown_path(std::string_view asked) {
  std::string path(asked);
  if (!path.starts_with('/')) path = path.starts_with('~') ? "/" + path : "/~/" + path;
  if (!path.ends_with('/')) path += '/';
  return path;
}

}  // namespace

boost::json::object list_directory(const CollectionState& state, const HttpRequest& request) {
  const auto asked = request.query_value("path").value_or("/~/");
  const auto path = read_path(asked);
  const auto window = read_window(request, most_entries, most_entries);
  const auto filter =
      DocumentFilter::parse(query_values(request, "filter"), listing_filter_fields());
  const bool show_hidden = read_flag(request, "show_hidden", true);
  check_local_user(request);
  const auto& folder = folder_of(state, listing);

  auto entries =
      with_errors_of(listing, asked, [&] { return entry_documents(folder, path.relative); });
  std::erase_if(entries, [&](const auto& entry) {
    return (!show_hidden && entry.at("name").as_string().starts_with('.')) ||
           !filter.matches(entry);
  });
  static const std::vector<std::string_view> order_fields{
      "name", "type", "size", "last_modified", "user", "group", "permissions", "link_target"};
  // by name first: a stable sort keeps that order among equals
  sort_documents(entries, {{"name"}});
  sort_documents(entries, read_orders(request.query_value("orderby").value_or(""), order_fields));
  const auto total = entries.size();
  entries = in_window(std::move(entries), window);
  const auto absolute = to_document_path(path.relative);
  return {{"DATA_TYPE", "file_list"},
          {"endpoint", state.collection.id},
          {"path", shown_path(asked)},
          {"absolute_path", absolute == "/" ? absolute : absolute + "/"},
          {"rename_supported", true},
          {"symlink_supported", true},
          {"length", entries.size()},
          {"total", total},
          {"limit", window.limit},
          {"offset", window.offset},
          {"DATA", boost::json::array(entries.begin(), entries.end())}};
}

boost::json::object stat_path(const CollectionState& state, const HttpRequest& request) {
  const auto asked = request.query_value("path").value_or("/~/");
  const auto path = read_path(asked);
  check_local_user(request);
  const auto& folder = folder_of(state, stat_operation);
  return with_errors_of(stat_operation, asked, [&] {
    auto document = file_document(folder, path.relative);
    if (path.ends_in_slash && document.at("type") != "dir")
      throw std::system_error(ENOTDIR, std::generic_category());
    return document;
  });
}

boost::json::object make_directory(const CollectionState& state, const HttpRequest& request) {
  const auto document = read_document(request, "mkdir");
  const auto asked = required_text(document, "path");
  const auto path = read_path(asked);
  check_local_user(document);
  const auto& folder = folder_of(state, mkdir_operation);
  if (path.relative.empty())
    throw external_error(mkdir_operation, "Exists", "Path '" + asked + "' already exists");
  with_errors_of(mkdir_operation, asked, [&] { folder.make_directory(path.relative); });
  return {{"DATA_TYPE", "mkdir_result"},
          {"code", "DirectoryCreated"},
          {"message", "The directory was created successfully"}};
}

boost::json::object rename_path(const CollectionState& state, const HttpRequest& request) {
  const auto document = read_document(request, "rename");
  const auto asked_old = required_text(document, "old_path");
  const auto asked_new = required_text(document, "new_path");
  const auto old_path = read_path(asked_old);
  const auto new_path = read_path(asked_new);
  check_local_user(document);
  const auto& folder = folder_of(state, rename_operation);
  // first the old path alone, so that an error names the path that it is about
  with_errors_of(rename_operation, asked_old, [&] { folder.link_status(old_path.relative); });
  with_errors_of(rename_operation, asked_new,
                 [&] { folder.rename(old_path.relative, new_path.relative); });
  return {{"DATA_TYPE", "result"},
          {"code", "FileRenamed"},
          {"message", "File or directory renamed successfully"}};
}

}  // namespace globus_sandbox::transfer
