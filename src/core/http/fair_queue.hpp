// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <unordered_map>

namespace globus_sdk::inline v0::detail {

/// Requests of several clients that wait for their turn. The clients have turns one after another;
/// of one client, the lowest number goes first: numbers are given in the order in which requests
/// come. A client may have a limit on its requests that are
/// under way: one that has reached it lets the others pass.
class FairQueue {
 public:
  using Client = std::uint64_t;
  using Number = std::uint64_t;

  struct Turn {
    Client client = 0;
    Number number = 0;
    bool is_counted = false;  ///< `end` has to be called for it
  };

  /// One more waits.
  ///
  /// @param most_at_once the client's limit; 0 for none.
  void push(Client client, std::int64_t most_at_once, Number number);
  /// One that waits does so no longer. Nothing of it stays, however long the others wait.
  void remove(Client client, Number number);
  /// The next one that may begin; nothing where none may. It counts as under way.
  std::optional<Turn> pop();
  /// One that was counted has ended.
  void end(Client client);
  /// True only where nobody waits, and nobody is counted. After the last was removed it is true
  /// when `pop` has found nothing.
  bool empty() const noexcept { return clients_.empty(); }

 private:
  struct Waiting {
    std::set<Number> numbers{};
    std::int64_t most_at_once = 0;
    std::int64_t under_way = 0;  // counted where there is a limit
    bool has_place = false;      // in turns_

    bool is_over() const { return numbers.empty() && under_way == 0 && !has_place; }
    bool may_begin() const {
      return !numbers.empty() && (most_at_once == 0 || under_way < most_at_once);
    }
  };

  void give_place(Client client, Waiting& waiting);

  std::unordered_map<Client, Waiting> clients_{};
  std::deque<Client> turns_{};  // clients that had something that might begin
};

}  // namespace globus_sdk::inline v0::detail
