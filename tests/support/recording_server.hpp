// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace globus_sdk_test {

/// A request as it came over a socket.
struct RecordedRequest {
  std::string method;
  std::string target;                                        ///< path and query, as they were sent
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;

  /// The header of that name (lower case); empty when there is none.
  std::string header(const std::string& name) const;
};

struct RecordedAnswer {
  int status = 200;
  std::string body = "{}";
  std::vector<std::pair<std::string, std::string>> headers{};
};

/// A server on loopback that answers with a function and keeps what it received. It closes a
/// connection without an answer when the function returns status 0.
class RecordingServer {
 public:
  using Respond = std::function<RecordedAnswer(const RecordedRequest&)>;

  explicit RecordingServer(Respond respond);
  ~RecordingServer();
  RecordingServer(const RecordingServer&) = delete;
  RecordingServer& operator=(const RecordingServer&) = delete;

  /// `http://127.0.0.1:PORT`
  std::string url() const;
  std::vector<RecordedRequest> requests() const;
  void clear();
  /// Connections accepted so far.
  int connections() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk_test
