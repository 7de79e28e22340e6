// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "soak/plan.hpp"

namespace soak {

/// A request that the server received whole, and what it did then.
struct Entry {
  std::string method;
  std::string target;  ///< path and query, as the sandbox knows them
  Fault fault;
  bool is_safe_to_repeat = false;  ///< as the service sees it
  bool redeems_refresh_token = false;
  bool had_effect = false;
  int status = 0;  ///< of the answer, or of what was sent of it; 0 for none
};

/// The answer of a service that the sandbox does not have: JSON that no other request gets.
std::string answer_text(std::uint64_t seed, std::uint64_t call, std::uint64_t page);
/// Pages of a listing of such a service, and items of each.
constexpr std::uint64_t pages_of_listing = 3;
constexpr std::uint64_t items_of_page = 4;

/// Stands between the SDK and a sandbox, answers for the services that the sandbox does not have,
/// and lets go wrong what the plan of each call says. It keeps a journal of each call.
///
/// A call says which one it is by its URL: its client's base URL begins with url_of().
class TroubleServer {
 public:
  using PlanOf = std::function<Plan(std::uint64_t call)>;

  TroubleServer(std::uint16_t sandbox_port, PlanOf plan_of);
  ~TroubleServer();
  TroubleServer(const TroubleServer&) = delete;
  TroubleServer& operator=(const TroubleServer&) = delete;

  std::uint16_t port() const;
  /// What the base URLs of a call begin with, without a slash at the end.
  std::string url_of(std::uint64_t call) const { return url_of(call, port()); }
  static std::string url_of(std::uint64_t call, std::uint16_t port);

  /// Ends the journal of a call, and returns it.
  std::vector<Entry> end(std::uint64_t call);
  /// How many requests were received in all.
  std::uint64_t requests() const;

  class Door;
  struct State;

 private:
  std::shared_ptr<State> state_;
};

/// A port of its own that leads to the server, once it is open.
class TroubleServer::Door {
 public:
  /// Nobody listens yet: connections are refused.
  explicit Door(const TroubleServer& server);
  ~Door();
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  std::uint16_t port() const;
  /// Connections are accepted.
  void open();
  /// Connections are neither accepted nor refused.
  void block();

 private:
  struct Listening;
  std::shared_ptr<State> state_;
  std::shared_ptr<Listening> listening_;
  std::vector<int> blocking_{};
};

}  // namespace soak
