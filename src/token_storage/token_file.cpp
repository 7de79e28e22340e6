// SPDX-License-Identifier: Apache-2.0
#include "token_storage/token_file.hpp"

#include <boost/json/value.hpp>
#include <charconv>

#include "globus_sdk/core/json.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "token_storage/stored_token.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

namespace json = boost::json;

constexpr std::string_view current_format = "2.0";
/// Python's error shows it.
constexpr std::string_view sealed_format =
    "2.0, sealed by globus-sdk-cpp: only a program with its key can use this file";
constexpr std::string_view version_key = "globus-sdk.version";

[[noreturn]] void refuse(const std::string& filepath, const std::string& problem) {
  throw TokenStorageError(
      filepath, "is no file of tokens (" + problem + "); name another file, or move this one away");
}

const json::object* object_in(const json::object& document, std::string_view key) {
  const json::value* member = document.if_contains(key);
  return member == nullptr ? nullptr : member->if_object();
}

bool holds_text(const json::object& document, std::string_view key) {
  const json::value* member = document.if_contains(key);
  return member != nullptr && member->is_string();
}

/// Whether "3.1", say, is a later format than the one that is written.
bool is_later(std::string_view format) {
  int major = 0;
  const auto read = std::from_chars(format.data(), format.data() + format.size(), major);
  return read.ec == std::errc() && major >= 2 && format != current_format;
}

[[noreturn]] void refuse_format(std::string_view format, const std::string& filepath) {
  if (!is_later(format)) refuse(filepath, "its format_version is not known");
  throw TokenStorageError(filepath,
                          "is from a newer version of a Globus SDK (its format is not "
                          "1.0 or 2.0); update this program, or name another file");
}

json::object document_of(json::value data) {
  return {{"data", std::move(data)},
          {"format_version", current_format},
          {version_key, writer_version()}};
}

/// Without its format, which is known.
void require_format_2(const json::object& document, const std::string& filepath) {
  const json::object* data = object_in(document, "data");
  if (data == nullptr) refuse(filepath, "it has no 'data'");
  if (!holds_text(document, version_key)) refuse(filepath, "it has no 'globus-sdk.version'");
  for (const auto& space : *data) {
    if (!space.value().is_object()) refuse(filepath, "a namespace is no object");
  }
}

json::object current_document(const json::object& document, const std::string& filepath) {
  if (!holds_text(document, "format_version")) refuse(filepath, "it has no 'format_version'");
  const std::string_view format = document.at("format_version").get_string();
  if (format == "1.0") {
    const json::object* tokens = object_in(document, "by_rs");
    if (tokens == nullptr) refuse(filepath, "it has no 'by_rs'");
    return document_of({{"DEFAULT", *tokens}});
  }
  if (format != current_format && format != sealed_format) refuse_format(format, filepath);
  require_format_2(document, filepath);
  return document;
}

}  // namespace

TokenFile::TokenFile() : document_(document_of(json::object())) {}

std::optional<TokenFile> TokenFile::parse(std::string_view content, const std::string& filepath) {
  const auto document = parse_json(std::string(content));
  if (!document) return std::nullopt;
  const Json whole = *document;
  if (!whole.is_object()) refuse(filepath, "it is no JSON object");
  return TokenFile(current_document(whole.value().get_object(), filepath));
}

TokenStorageDataByResourceServer TokenFile::tokens(const std::string& space,
                                                   const std::string& filepath,
                                                   const Field<TokenSealer>& sealer) const {
  TokenStorageDataByResourceServer result;
  const json::object* stored = object_in(document_.at("data").get_object(), space);
  if (stored == nullptr) return result;
  for (const auto& member : *stored) {
    const std::string resource_server(member.key());
    result.emplace(resource_server,
                   open_document(sealer, space, resource_server, Json(member.value()), filepath));
  }
  return result;
}

void TokenFile::store(std::string_view space, const StoredDocuments& documents,
                      const std::string& filepath, const Field<TokenSealer>& sealer) {
  json::object& data = document_.at("data").get_object();
  json::object& stored = data.emplace(space, json::object()).first->value().get_object();
  for (const auto& [resource_server, document] : documents) {
    if (const json::value* before = stored.if_contains(resource_server)) {
      require_replaceable(sealer, resource_server, Json(*before), filepath);
    }
    stored.insert_or_assign(resource_server, document.value());
  }
  document_.insert_or_assign(version_key, writer_version());
  state_format();
}

void TokenFile::state_format() {
  bool sealed = false;
  for (const auto& space : document_.at("data").get_object()) {
    for (const auto& token : space.value().get_object()) {
      sealed =
          sealed || (token.value().is_object() && token.value().get_object().contains("sealed_by"));
    }
  }
  document_.insert_or_assign("format_version", sealed ? sealed_format : current_format);
}

bool TokenFile::remove(std::string_view space, std::string_view resource_server) {
  const auto found = document_.at("data").get_object().find(space);
  if (found == document_.at("data").get_object().end()) return false;
  const bool removed = found->value().get_object().erase(resource_server) > 0;
  state_format();
  return removed;
}

std::vector<std::string> TokenFile::namespaces() const {
  std::vector<std::string> names;
  for (const auto& space : document_.at("data").get_object()) {
    if (!space.value().get_object().empty()) names.emplace_back(space.key());
  }
  return names;
}

std::size_t TokenFile::remove_namespace(std::string_view space) {
  json::object& data = document_.at("data").get_object();
  const json::object* stored = object_in(data, space);
  const std::size_t count = stored == nullptr ? 0 : stored->size();
  data.erase(space);
  state_format();
  return count;
}

std::vector<TokenExpiry> TokenFile::expiries(const std::string& filepath) const {
  std::vector<TokenExpiry> result;
  for (const auto& space : document_.at("data").get_object()) {
    for (const auto& token : space.value().get_object()) {
      const std::string resource_server(token.key());
      result.push_back({std::string(space.key()), resource_server,
                        read_stored_expiry(token.value(), resource_server, filepath)});
    }
  }
  return result;
}

std::string TokenFile::content() const {
  return serialize(json::value(document_));
}

}  // namespace globus_sdk::inline v0::detail
