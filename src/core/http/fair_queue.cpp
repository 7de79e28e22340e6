// SPDX-License-Identifier: Apache-2.0
#include "core/http/fair_queue.hpp"

namespace globus_sdk::inline v0::detail {

void FairQueue::push(Client client, std::int64_t most_at_once, Number number) {
  Waiting& waiting = clients_[client];
  waiting.most_at_once = most_at_once;
  waiting.numbers.insert(number);
  give_place(client, waiting);
}

void FairQueue::remove(Client client, Number number) {
  const auto found = clients_.find(client);
  if (found == clients_.end()) return;
  found->second.numbers.erase(number);
  if (found->second.is_over()) clients_.erase(found);
}

std::optional<FairQueue::Turn> FairQueue::pop() {
  while (!turns_.empty()) {
    const Client client = turns_.front();
    turns_.pop_front();
    const auto found = clients_.find(client);
    Waiting& waiting = found->second;
    waiting.has_place = false;
    std::optional<Turn> turn;
    if (waiting.may_begin()) {  // it may have been removed since
      turn = Turn{client, *waiting.numbers.begin(), waiting.most_at_once > 0};
      waiting.numbers.erase(waiting.numbers.begin());
      if (turn->is_counted) ++waiting.under_way;
      give_place(client, waiting);
    }
    if (waiting.is_over()) clients_.erase(found);
    if (turn) return turn;
  }
  return std::nullopt;
}

void FairQueue::end(Client client) {
  const auto found = clients_.find(client);
  if (found == clients_.end()) return;
  Waiting& waiting = found->second;
  --waiting.under_way;
  give_place(client, waiting);
  if (waiting.is_over()) clients_.erase(found);
}

/// At the end of the turns, unless it has one already.
void FairQueue::give_place(Client client, Waiting& waiting) {
  if (waiting.has_place || !waiting.may_begin()) return;
  turns_.push_back(client);
  waiting.has_place = true;
}

}  // namespace globus_sdk::inline v0::detail
