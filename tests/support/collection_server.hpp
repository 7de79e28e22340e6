// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/hostile_server.hpp"
#include "support/recording_server.hpp"

namespace globus_sdk_test {

/// What a CollectionServer is about to send.
struct CollectionAnswer {
  std::string status = "200 OK";
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  /// Sent again and again after the body, until the client goes or this many bytes are sent.
  std::string endlessly{};
  std::size_t most = std::size_t{1} << 30;
  Hostility::End end = Hostility::End::keep;

  /// Gives a header another value, in place of any that it has.
  void set(const std::string& name, const std::string& value);
  void drop(std::string_view name);
};

/// A server on loopback of one file, which has any path: with ranges, conditions, an ETag and a
/// time, and with uploads. It lists a folder as Transfer does, too. All that is right, until a lie
/// changes an answer.
class CollectionServer {
 public:
  /// Changes an answer before it is sent. Called by several threads, one at a time.
  using Lie = std::function<void(const RecordedRequest& request, CollectionAnswer& answer)>;

  /// @param names of files in each folder that is listed; all have the file's size.
  explicit CollectionServer(std::string content, Lie lie = {}, std::vector<std::string> names = {});
  ~CollectionServer();

  std::string url() const;
  /// What the file has now.
  std::string content() const;
  /// Another content, with another ETag.
  void change(std::string content);
  /// What was asked for, but for listings.
  std::vector<RecordedRequest> requests() const;
  int connections() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace globus_sdk_test
