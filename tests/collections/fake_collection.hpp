// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/url_encoding.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "support/recording_server.hpp"
#include "support/run_async.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {

/// A collection in memory: one server that plays both Transfer, which lists and makes folders, and
/// the collection's own, which has the files.
class FakeCollection {
 public:
  static constexpr const char* id = "3c4f8e2a-6f2d-4f5b-9a57-0f9e2b7f0c11";
  static constexpr std::int64_t usual_time = 1'600'000'000;

  struct File {
    std::string content;
    std::int64_t modified = usual_time;
  };
  using Answer = std::optional<RecordedAnswer>;

  void add_folder(const std::string& path) {
    const std::lock_guard lock(mutex_);
    make_folders(path);
  }
  void add_file(const std::string& path, std::string content, std::int64_t modified = usual_time) {
    const std::lock_guard lock(mutex_);
    make_folders(path.substr(0, path.rfind('/') + 1));
    files_[path] = {std::move(content), modified};
  }
  void remove_file(const std::string& path) {
    const std::lock_guard lock(mutex_);
    files_.erase(path);
  }
  /// An entry of a listing as it is, whatever it says.
  void add_entry(const std::string& folder, boost::json::object entry) {
    const std::lock_guard lock(mutex_);
    make_folders(folder);
    entries_[folder].push_back(std::move(entry));
  }
  /// What answers before the collection does, where it likes to.
  void answer_first(std::function<Answer(const RecordedRequest&)> answer) {
    const std::lock_guard lock(mutex_);
    answer_first_ = std::move(answer);
  }
  /// How many entries a page of a listing has at most.
  void set_page_size(std::size_t most) { page_size_ = most; }

  std::map<std::string, File> files() const {
    const std::lock_guard lock(mutex_);
    return files_;
  }
  std::set<std::string> folders() const {
    const std::lock_guard lock(mutex_);
    return folders_;
  }
  /// How many requests of a method came for a path with this in it.
  std::ptrdiff_t count(const std::string& method, const std::string& part) const {
    const auto requests = server_.requests();
    return std::ranges::count_if(requests, [&](const RecordedRequest& request) {
      return request.method == method && request.target.find(part) != std::string::npos;
    });
  }
  void forget_requests() { server_.clear(); }
  int connections() const { return server_.connections(); }

  globus_sdk::GCSCollectionClient client() const {
    return {id, "http://127.0.0.1", globus_sdk::AccessTokenAuthorizer("collection-token"),
            options_for(server_.url() + "/https", 2)};
  }
  globus_sdk::TransferClient transfer_client() const {
    return globus_sdk::TransferClient(globus_sdk::AccessTokenAuthorizer("transfer-token"),
                                      options_for(server_.url() + "/transfer", 2));
  }

  /// An error as Transfer answers with it.
  static RecordedAnswer transfer_error(int status, const std::string& code) {
    return {status,
            boost::json::serialize(boost::json::object{
                {"code", code}, {"message", "no"}, {"request_id", "abc"}, {"resource", "/"}})};
  }

 private:
  static std::string query_value(const std::string& target, const std::string& name) {
    const std::size_t question = target.find('?');
    if (question == std::string::npos) return {};
    for (const auto& [key, value] :
         globus_sdk::detail::form_decode(std::string_view(target).substr(question + 1))) {
      if (key == name) return value;
    }
    return {};
  }
  static std::size_t number(const std::string& text, std::size_t otherwise) {
    std::size_t value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }
  static std::string time_text(std::int64_t seconds) {
    const std::time_t time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    gmtime_r(&time, &parts);
    char text[40];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S+00:00", &parts);
    return text;
  }
  static boost::json::object entry(const std::string& name, const char* type, std::size_t size,
                                   std::int64_t modified) {
    return {{"DATA_TYPE", "file"},
            {"name", name},
            {"type", type},
            {"size", size},
            {"last_modified", time_text(modified)},
            {"link_target", nullptr},
            {"permissions", "0644"},
            {"user", "u"},
            {"group", "g"}};
  }

  void make_folders(const std::string& path) {
    for (std::size_t slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      folders_.insert(path.substr(0, slash + 1));
    }
  }

  RecordedAnswer answer(const RecordedRequest& request) {
    std::function<Answer(const RecordedRequest&)> first;
    {
      const std::lock_guard lock(mutex_);
      first = answer_first_;
    }
    if (first) {
      if (auto answer = first(request)) return *answer;
    }
    const std::lock_guard lock(mutex_);
    const std::string& target = request.target;
    if (target.starts_with("/https/")) return answer_for_file(request);
    if (target.find("/ls?") != std::string::npos) return list(target);
    if (target.find("/mkdir") != std::string::npos) return make(request.body);
    return {404, "{}"};
  }

  RecordedAnswer list(const std::string& target) const {
    std::string folder = query_value(target, "path");
    if (folder.starts_with("/~/")) folder = "/home/me/" + folder.substr(3);
    if (files_.contains(folder.substr(0, folder.size() - 1))) {
      return transfer_error(502, "ExternalError.DirListingFailed.NotDirectory");
    }
    if (!folders_.contains(folder)) return transfer_error(404, "ClientError.NotFound");
    std::vector<boost::json::object> found;
    for (const auto& [path, file] : files_) {
      if (is_in(path, folder)) {
        found.push_back(
            entry(path.substr(folder.size()), "file", file.content.size(), file.modified));
      }
    }
    for (const auto& path : folders_) {
      const std::string below = path.substr(0, path.size() - 1);
      if (is_in(below, folder)) {
        found.push_back(entry(below.substr(folder.size()), "dir", 4096, usual_time));
      }
    }
    if (const auto more = entries_.find(folder); more != entries_.end()) {
      found.insert(found.end(), more->second.begin(), more->second.end());
    }
    const std::size_t total = found.size();
    const std::size_t offset = std::min(number(query_value(target, "offset"), 0), total);
    const std::size_t limit =
        std::min({number(query_value(target, "limit"), 100'000), page_size_, total - offset});
    boost::json::array data;
    for (std::size_t at = offset; at < offset + limit; ++at) data.emplace_back(found[at]);
    return {200, boost::json::serialize(boost::json::object{{"DATA_TYPE", "file_list"},
                                                            {"absolute_path", folder},
                                                            {"total", total},
                                                            {"length", limit},
                                                            {"DATA", std::move(data)}})};
  }
  static bool is_in(const std::string& path, const std::string& folder) {
    return path.size() > folder.size() && path.starts_with(folder) &&
           path.find('/', folder.size()) == std::string::npos;
  }

  RecordedAnswer make(const std::string& body) {
    std::string folder(boost::json::parse(body).at("path").as_string());
    if (folder.starts_with("/~/")) folder = "/home/me/" + folder.substr(3);
    const std::string above = folder.substr(0, folder.rfind('/', folder.size() - 2) + 1);
    if (folders_.contains(folder)) return transfer_error(502, "ExternalError.MkdirFailed.Exists");
    if (!folders_.contains(above)) return transfer_error(404, "ClientError.NotFound");
    folders_.insert(folder);
    return {202, R"({"code": "DirectoryCreated"})"};
  }

  RecordedAnswer answer_for_file(const RecordedRequest& request) {
    const std::string path = globus_sdk::detail::unquote_plus(request.target.substr(6));
    if (request.method == "PUT") {
      if (!folders_.contains(path.substr(0, path.rfind('/') + 1))) return {404, "{}"};
      files_[path] = {request.body, now()};
      return {201, "{}"};
    }
    const auto found = files_.find(path);
    if (found == files_.end()) {
      return {404, R"({"code": "NOT_FOUND", "message": "no such file"})"};
    }
    return {200,
            found->second.content,
            {{"Content-Type", "application/octet-stream"},
             {"ETag", "\"" + std::to_string(found->second.modified) + "\""}}};
  }
  static std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }

  mutable std::mutex mutex_;
  std::map<std::string, File> files_{};
  std::set<std::string> folders_{"/"};
  std::map<std::string, std::vector<boost::json::object>> entries_{};
  std::function<Answer(const RecordedRequest&)> answer_first_{};
  std::size_t page_size_ = 100'000;
  // the last one, so that no request comes to what is gone
  RecordingServer server_{[this](const RecordedRequest& request) { return answer(request); }};
};

/// An entry of a listing.
inline boost::json::object listed(const std::string& name, const char* type = "file") {
  return {{"DATA_TYPE", "file"},
          {"name", name},
          {"type", type},
          {"size", 4},
          {"last_modified", "2020-09-13 12:26:40+00:00"},
          {"link_target", nullptr}};
}

inline std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline void write_file(const std::filesystem::path& file, const std::string& content) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
}

/// Everything below a folder, as paths relative to it.
inline std::set<std::string> everything_below(const std::filesystem::path& folder) {
  std::set<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    found.insert(std::filesystem::relative(entry.path(), folder).string());
  }
  return found;
}

/// Trees in each mode that uses the network.
struct TreesInBothModes : testing::TestWithParam<bool> {
  globus_sdk::TreeResult download(const globus_sdk::GCSCollectionClient& client,
                                  const std::string& path, const std::filesystem::path& folder,
                                  const globus_sdk::TreeOptions& options = {}) const {
    const auto transfer = collection.transfer_client();
    if (!GetParam()) return client.download_tree(path, folder, transfer, options);
    return run_async(client.async().download_tree(path, folder, transfer, options));
  }
  globus_sdk::TreeResult download(const std::string& path, const std::filesystem::path& folder,
                                  const globus_sdk::TreeOptions& options = {}) const {
    return download(collection.client(), path, folder, options);
  }
  globus_sdk::TreeResult upload(const globus_sdk::GCSCollectionClient& client,
                                const std::filesystem::path& folder, const std::string& path,
                                const globus_sdk::TreeOptions& options = {}) const {
    const auto transfer = collection.transfer_client();
    if (!GetParam()) return client.upload_tree(folder, path, transfer, options);
    return run_async(client.async().upload_tree(folder, path, transfer, options));
  }
  globus_sdk::TreeResult upload(const std::filesystem::path& folder, const std::string& path,
                                const globus_sdk::TreeOptions& options = {}) const {
    return upload(collection.client(), folder, path, options);
  }

  FakeCollection collection{};
};

}  // namespace globus_sdk_test
