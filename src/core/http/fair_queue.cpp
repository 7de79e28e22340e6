// SPDX-License-Identifier: Apache-2.0
#include "core/http/fair_queue.hpp"

namespace globus_sdk::inline v0::detail {

void FairQueue::push(Client client, std::int64_t most_at_once, Number number) {
  Waiting& waiting = clients_[client];
  waiting.most_at_once = most_at_once;
  waiting.numbers.push_back(number);
  give_place(client, waiting);
}

std::optional<FairQueue::Turn> FairQueue::pop() {
  if (turns_.empty()) return std::nullopt;
  const Client client = turns_.front();
  turns_.pop_front();
  Waiting& waiting = clients_.at(client);
  waiting.has_place = false;
  const Turn turn{client, waiting.numbers.front(), waiting.most_at_once > 0};
  waiting.numbers.pop_front();
  if (turn.is_counted) ++waiting.under_way;
  give_place(client, waiting);
  if (waiting.numbers.empty() && waiting.under_way == 0) clients_.erase(client);
  return turn;
}

void FairQueue::end(Client client) {
  const auto found = clients_.find(client);
  if (found == clients_.end()) return;
  Waiting& waiting = found->second;
  --waiting.under_way;
  give_place(client, waiting);
  if (waiting.numbers.empty() && waiting.under_way == 0) clients_.erase(found);
}

/// At the end of the turns, unless it has one already.
void FairQueue::give_place(Client client, Waiting& waiting) {
  if (waiting.has_place || !waiting.may_begin()) return;
  turns_.push_back(client);
  waiting.has_place = true;
}

}  // namespace globus_sdk::inline v0::detail
