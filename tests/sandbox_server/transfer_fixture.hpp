// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "sandbox/base/database.hpp"
#include "sandbox/base/settings.hpp"
#include "sandbox/base/temporary_folder.hpp"
#include "sandbox/sandbox.hpp"
#include "sandbox/server/directory.hpp"
#include "sandbox/server/http.hpp"
#include "sandbox/transfer/transfer_service.hpp"
#include "support/scoped_folder.hpp"

namespace globus_sandbox::testing {

namespace fs = std::filesystem;
using boost::json::array;
using boost::json::object;
using boost::json::value;
using namespace std::chrono_literals;

/// An answer with its document parsed.
struct Answer {
  int status = 0;
  value body{};

  const value& operator[](std::string_view name) const { return body.at(name); }
  std::string text(std::string_view name) const { return std::string(body.at(name).as_string()); }
  std::int64_t number(std::string_view name) const {
    return body.at(name).to_number<std::int64_t>();
  }
  const array& data() const { return body.at("DATA").as_array(); }
  std::vector<std::string> names(std::string_view field = "name") const {
    std::vector<std::string> result;
    for (const auto& entry : data()) result.emplace_back(entry.at(field).as_string());
    return result;
  }
};

inline void write_file(const fs::path& path, std::string_view content) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

inline std::string read_file(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// Callers by their tokens, which are their identities; every session will do.
class CallersOfTests : public Directory {
 public:
  explicit CallersOfTests(std::vector<const Caller*> callers) : callers_(std::move(callers)) {}

  std::optional<Caller> authenticate(std::string_view access_token) const override {
    const auto* caller = find(access_token);
    return caller == nullptr ? std::nullopt : std::optional(*caller);
  }
  std::string user_name(const std::string& identity_id) const override {
    const auto* caller = find(identity_id);
    return caller == nullptr ? std::string() : caller->username;
  }
  std::string first_user() const override { return callers_.front()->identity_id; }
  TokenPair tokens_of_first_user(const std::vector<std::string>&) override { return {}; }
  bool meets(const Caller&, const object&, Instant) const override { return true; }
  void check_authorization_parameters(const object&) const override {}

 private:
  const Caller* find(std::string_view identity_id) const {
    for (const auto* caller : callers_)
      if (caller->identity_id == identity_id) return caller;
    return nullptr;
  }
  std::vector<const Caller*> callers_;
};

/// A service with two collections, SOURCE and DESTINATION, in a temporary folder of their own.
class TransferTest : public ::testing::Test {
 protected:
  TransferTest() {
    fs::create_directories(source);
    fs::create_directories(destination);
    start();
  }
  ~TransferTest() override {
    service.reset();
    database.reset();
    std::error_code ignored;
    for (const auto& entry : fs::recursive_directory_iterator(base, ignored))
      if (fs::symlink_status(entry.path(), ignored).type() == fs::file_type::directory)
        fs::permissions(entry.path(), fs::perms::owner_all, fs::perm_options::add, ignored);
  }

  void start() {
    service.reset();
    database = std::make_unique<Database>(state.string());
    settings = std::make_unique<Settings>(*database);
    service = std::make_unique<TransferService>(
        Surroundings{*database, *settings, options, temporary, "", services, &directory});
    source_id = service->add_collection("SOURCE", source, user.identity_id).id;
    destination_id = service->add_collection("DESTINATION", destination, user.identity_id).id;
  }
  /// As after the sandbox was stopped and started with the same state file, which must be set.
  void restart() {
    service.reset();
    database.reset();
    start();
  }

  Answer request(const std::string& method, const std::string& path,
                 std::vector<NamedValue> query = {}, const value& body = nullptr,
                 const Caller* as = nullptr) {
    HttpRequest r;
    r.method = method;
    r.path = "/v0.10/" + path;
    r.raw_path = "/transfer" + r.path;
    r.query = std::move(query);
    r.headers.emplace_back("authorization", "Bearer " + (as != nullptr ? *as : user).identity_id);
    if (!body.is_null()) {
      r.headers.emplace_back("content-type", "application/json");
      r.body = boost::json::serialize(body);
    }
    const auto response = service->handle(std::move(r));
    return {response.status, boost::json::parse(response.body)};
  }
  Answer get(const std::string& path, std::vector<NamedValue> query = {}) {
    return request("GET", path, std::move(query));
  }
  Answer post(const std::string& path, const value& body) {
    return request("POST", path, {}, body);
  }

  Answer operation(const std::string& id, const std::string& name, std::vector<NamedValue> query) {
    return get("operation/endpoint/" + id + "/" + name, std::move(query));
  }
  Answer ls(std::vector<NamedValue> query) { return operation(source_id, "ls", std::move(query)); }

  std::string new_submission_id() { return get("submission_id").text("value"); }

  static value item(const std::string& from, const std::string& to, object more = {}) {
    object result{{"DATA_TYPE", "transfer_item"}, {"source_path", from}, {"destination_path", to}};
    for (const auto& [name, v] : more) result[name] = v;
    return result;
  }
  object transfer_document(array items, object more = {}) {
    object document{{"DATA_TYPE", "transfer"},
                    {"submission_id", new_submission_id()},
                    {"source_endpoint", source_id},
                    {"destination_endpoint", destination_id},
                    {"DATA", std::move(items)}};
    for (const auto& [name, v] : more) document[name] = v;
    return document;
  }
  object delete_document(const std::vector<std::string>& paths, object more = {}) {
    array items;
    for (const auto& path : paths) items.push_back({{"DATA_TYPE", "delete_item"}, {"path", path}});
    object document{{"DATA_TYPE", "delete"},
                    {"submission_id", new_submission_id()},
                    {"endpoint", destination_id},
                    {"DATA", std::move(items)}};
    for (const auto& [name, v] : more) document[name] = v;
    return document;
  }
  std::string submit(const std::string& kind, const object& document) {
    const auto answer = post(kind, document);
    EXPECT_EQ(answer.status, 200) << boost::json::serialize(answer.body);
    return answer.status == 200 ? answer.text("task_id") : "";
  }
  std::string submit_transfer(array items, object more = {}) {
    return submit("transfer", transfer_document(std::move(items), std::move(more)));
  }

  Answer task(const std::string& id) { return get("task/" + id); }
  /// Waits until a task is as wanted; the last answer.
  Answer wait_until(const std::string& id, const std::function<bool(const Answer&)>& is_so,
                    std::chrono::seconds patience = 20s) {
    const auto end = std::chrono::steady_clock::now() + patience;
    auto answer = task(id);
    while (!is_so(answer) && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(5ms);
      answer = task(id);
    }
    EXPECT_TRUE(is_so(answer)) << boost::json::serialize(answer.body);
    return answer;
  }
  Answer wait(const std::string& id) {
    return wait_until(id, [](const Answer& a) {
      return a.text("status") == "SUCCEEDED" || a.text("status") == "FAILED";
    });
  }
  /// A transfer that is expected to succeed, from its submission to its end.
  Answer transfer(array items, object more = {}) {
    const auto result = wait(submit_transfer(std::move(items), std::move(more)));
    EXPECT_EQ(result.text("status"), "SUCCEEDED") << boost::json::serialize(result.body);
    return result;
  }
  std::vector<std::string> event_codes(const std::string& id) {
    return get("task/" + id + "/event_list").names("code");
  }
  /// Everything below a folder, sorted, as paths relative to it.
  static std::vector<std::string> tree(const fs::path& folder) {
    std::vector<std::string> result;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      result.push_back(fs::relative(entry.path(), folder).string());
    std::sort(result.begin(), result.end());
    return result;
  }

  Caller user{"11111111-2222-4333-8444-555555555555",
              "first@sandbox.example",
              "client",
              {"urn:globus:auth:scope:transfer.api.globus.org:all"},
              "",
              "",
              "transfer.api.globus.org"};
  Caller other{"99999999-2222-4333-8444-555555555555",
               "other@sandbox.example",
               "client",
               {"urn:globus:auth:scope:transfer.api.globus.org:all"},
               "",
               "",
               "transfer.api.globus.org"};
  CallersOfTests directory{{&user, &other}};
  const SandboxOptions options{};
  TemporaryFolder temporary;
  const ServiceList services{};
  globus_sdk_test::ScopedFolder base_folder;
  fs::path base = base_folder.path;
  fs::path source = base / "source";
  fs::path destination = base / "destination";
  fs::path state;
  std::unique_ptr<Database> database;
  std::unique_ptr<Settings> settings;
  std::unique_ptr<TransferService> service;
  std::string source_id;
  std::string destination_id;
};

}  // namespace globus_sandbox::testing
