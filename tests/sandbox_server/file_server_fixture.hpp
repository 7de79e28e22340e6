// SPDX-License-Identifier: Apache-2.0
#pragma once

// The sandbox's server with a service that stores files and hands them out again, in parts.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "sandbox/base/file_descriptor.hpp"
#include "sandbox/server/certificate_authority.hpp"
#include "sandbox/server/router.hpp"
#include "sandbox/server/server.hpp"
#include "sandbox/server/service.hpp"
#include "support/loopback_socket.hpp"
#include "support/raw_http.hpp"
#include "support/scoped_folder.hpp"

namespace globus_sandbox::testing {

namespace fs = std::filesystem;

/// A file that is being received; removed unless it is kept. What its path leads to may be there.
class Upload : public ReceivedFile {
 public:
  explicit Upload(fs::path path)
      : path_(std::move(path)),
        file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)) {}
  ~Upload() override { ::unlink(path_.c_str()); }
  int descriptor() const override { return file_.get(); }
  void keep_as(const fs::path& target) { fs::rename(path_, target); }

 private:
  fs::path path_;
  FileDescriptor file_;
};

/// Stores files by PUT: `refused` by their head where their path says so, and `full` where there is
/// no room. GET hands them out: whole, or the ranges that `ranges=0-9,20-29` says, each after a
/// line that says the same; `rate` is in bytes a second, `size` a size that the file may not have.
class FileService : public Service {
 public:
  explicit FileService(fs::path folder) : folder_(std::move(folder)) {}

  std::string_view name() const override { return "files"; }
  ServiceScopes scopes() const override { return {"files", {}, {}}; }
  HttpResponse write_error(const ServiceError& error, const std::string& resource) const override {
    return shared_error_form(error, resource);
  }

  std::atomic<int> received = 0;  ///< how many bodies were let in

 protected:
  std::shared_ptr<ReceivedFile> receive(const HttpRequest& head) override {
    if (head.method != "PUT") return nullptr;
    if (head.path == "/refused") throw ServiceError(403, "PermissionDenied", "not here");
    if (head.path == "/redirected") throw Refusal{{302, {{"Location", "/elsewhere"}}}};
    const fs::path path = folder_ / ("upload-" + std::to_string(++received));
    if (head.path == "/full") fs::create_symlink("/dev/full", path);
    return std::make_shared<Upload>(path);
  }

  HttpResponse answer(HttpRequest request) override {
    const fs::path path = folder_ / request.path.substr(1);
    if (request.method == "PUT") return store(request, path);
    if (request.method == "POST") return {200, {}, request.body};
    return hand_out(request, path);
  }

 private:
  static HttpResponse store(const HttpRequest& request, const fs::path& path) {
    if (!request.body.empty()) throw ServiceError(500, "Unexpected", "the body is in memory");
    auto upload = std::dynamic_pointer_cast<Upload>(request.received);
    upload->keep_as(path);
    return {201, {}, std::to_string(request.received_size)};
  }

  static HttpResponse hand_out(const HttpRequest& request, const fs::path& path) {
    auto file = std::make_shared<const FileDescriptor>(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file->is_open()) throw ServiceError(404, "NotFound", "no such file");
    HttpResponse response;
    const auto number = [&](std::string_view name, std::uint64_t otherwise) {
      const auto text = request.query_value(name);
      return text ? std::stoull(*text) : otherwise;
    };
    response.bytes_per_second = static_cast<std::int64_t>(number("rate", 0));
    const auto ranges = request.query_value("ranges");
    if (!ranges) {
      response.parts.push_back({{}, file, 0, number("size", fs::file_size(path))});
      return response;
    }
    response.status = 206;
    response.body = "ranges:";
    std::istringstream words(*ranges);
    for (std::string word; std::getline(words, word, ',');) {
      const auto first = std::stoull(word);
      const auto last = std::stoull(word.substr(word.find('-') + 1));
      response.parts.push_back({'\n' + word + '\n', file, first, last - first + 1});
    }
    response.parts.push_back({"\nend", nullptr});
    return response;
  }

  fs::path folder_;
};

/// A conversation over one plain connection that is kept alive.
class Conversation {
 public:
  struct Answer {
    int status = 0;
    std::string head;
    std::string body;
  };

  explicit Conversation(std::uint16_t port) : socket(port) {}

  /// The next answer; without a body after HEAD. Nothing but zeros where the connection ended.
  Answer read(bool has_body = true) {
    while (text_.find("\r\n\r\n") == std::string::npos)
      if (!read_more()) return {};
    Answer answer;
    const auto end = text_.find("\r\n\r\n") + 4;
    answer.head = text_.substr(0, end);
    text_.erase(0, end);
    answer.status = std::atoi(answer.head.c_str() + std::string_view("HTTP/1.1 ").size());
    constexpr std::string_view length = "Content-Length: ";
    const auto field = answer.head.find(length);
    if (!has_body || field == std::string::npos) return answer;
    const auto size = std::stoull(answer.head.substr(field + length.size()));
    while (text_.size() < size)
      if (!read_more()) break;
    answer.body = text_.substr(0, size);
    text_.erase(0, size);
    return answer;
  }

  Answer ask(const std::string& method, const std::string& path, const std::string& more = "\r\n") {
    socket.write(method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + more);
    return read(method != "HEAD");
  }

  globus_sdk_test::LoopbackSocket socket;

 private:
  bool read_more() {
    const std::string some = socket.read_some();
    text_ += some;
    return !some.empty();
  }
  std::string text_;
};

/// A request's fields and body with its length, for `Conversation::ask`.
inline std::string with_length(const std::string& body, const std::string& more = {}) {
  return more + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// A body in chunks of that size, for `Conversation::ask`.
inline std::string in_chunks(std::string_view body, std::size_t size) {
  std::ostringstream text;
  text << "Transfer-Encoding: chunked\r\n\r\n" << std::hex;
  for (; !body.empty(); body.remove_prefix(std::min(size, body.size()))) {
    const auto chunk = body.substr(0, size);
    text << chunk.size() << "\r\n" << chunk << "\r\n";
  }
  text << "0\r\n\r\n";
  return text.str();
}

/// Bytes that are not the same at any two places near each other.
inline std::string bytes_of(std::size_t size) {
  std::string text(size, '\0');
  std::uint32_t state = 1;
  for (char& c : text) {
    state = state * 1664525 + 1013904223;
    c = static_cast<char>(state >> 24U);
  }
  return text;
}

/// How many files and connections this process has open. What a thread of the server asks the
/// kernel by is not counted: it is there from its first question on.
inline std::size_t open_files() {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    int domain = 0;
    socklen_t size = sizeof domain;
    const int descriptor = std::stoi(entry.path().filename());
    ::getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size);
    if (domain != AF_NETLINK) ++count;
  }
  return count;
}

/// A server with a FileService, plain or under TLS.
class FileServerFixture : public ::testing::Test {
 protected:
  void start(bool tls) {
    std::optional<ServerIdentity> identity;
    if (tls) {
      auto authority = make_certificate_authority();
      std::ofstream(ca_file()) << authority.certificate;
      identity = std::move(authority.server);
    }
    base = (tls ? "https://localhost:" : "http://127.0.0.1:");
    server = std::make_unique<Server>(0, std::move(identity));
    base += std::to_string(server->port()) + "/files/";
    is_encrypted = tls;
    server->start(callbacks());
  }

  ServerCallbacks callbacks() {
    ServerCallbacks result;
    result.refuse = [](const IncomingRequest&) { return std::nullopt; };
    result.receive = [this](const IncomingRequest& incoming) {
      return router.admit(incoming.request);
    };
    result.treat = [this](const IncomingRequest&) {
      const std::lock_guard lock(mutex);
      return std::exchange(treatment, {});
    };
    result.answer = [this](const IncomingRequest& incoming) {
      return router.answer(incoming.request);
    };
    result.answered = [this](const Treatment&, int status) {
      const std::lock_guard lock(mutex);
      statuses.push_back(status);
    };
    return result;
  }

  fs::path ca_file() const { return certificates.path / "ca.pem"; }

  static ServiceList one_service(std::unique_ptr<Service> service) {
    ServiceList list;
    list.push_back(std::move(service));
    return list;
  }
  FileService& service() { return static_cast<FileService&>(*services.front()); }

  raw_http::Answer send(const std::string& method, const std::string& path,
                        std::optional<std::string> body = std::nullopt) {
    raw_http::Request request;
    request.method = method;
    request.url = base + path;
    request.body = std::move(body);
    if (is_encrypted) request.ca_file = ca_file();
    return http.send(request);
  }
  raw_http::Answer get(const std::string& path) { return send("GET", path); }

  /// What happens to the next request.
  void treat(Treatment next) {
    const std::lock_guard lock(mutex);
    treatment = std::move(next);
  }
  void interrupt(Interruption::Kind kind, std::uint64_t at, double pause = 0) {
    Treatment next;
    next.interruption = Interruption{kind, at, std::chrono::duration<double>(pause)};
    treat(std::move(next));
  }

  void make_file(const std::string& name, std::string_view content) const {
    std::ofstream(folder.path / name, std::ios::binary) << content;
  }
  std::string content_of(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder.path / name, std::ios::binary).rdbuf();
    return text.str();
  }
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const auto& entry : fs::directory_iterator(folder.path))
      result.push_back(entry.path().filename());
    return result;
  }

  /// Waits until something is so, for a while.
  template <class Condition> static bool comes_true(Condition condition) {
    for (int i = 0; i < 2000 && !condition(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return condition();
  }

  globus_sdk_test::ScopedFolder folder;
  globus_sdk_test::ScopedFolder certificates;
  ServiceList services = one_service(std::make_unique<FileService>(folder.path));
  Router router{services};
  std::mutex mutex;
  Treatment treatment;
  std::vector<int> statuses;
  std::string base;
  bool is_encrypted = false;
  std::unique_ptr<Server> server;  ///< its callbacks use what stands above
  raw_http::Client http;
};

}  // namespace globus_sandbox::testing
