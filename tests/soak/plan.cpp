// SPDX-License-Identifier: Apache-2.0
#include "soak/plan.hpp"

#include <algorithm>
#include <array>

namespace soak {

namespace {

constexpr std::array<int, 4> transient_statuses{500, 502, 503, 504};

/// How often each of them is the first to go wrong. What takes seconds is rarer.
struct Weight {
  Trouble trouble;
  int weight;
  bool takes_long;
};
constexpr std::array<Weight, 20> weights{{
    {Trouble::refused, 10, false},
    {Trouble::no_connection, 1, true},
    {Trouble::silent_names, 1, true},
    {Trouble::no_tls, 3, false},
    {Trouble::reset, 10, false},
    {Trouble::closed, 10, false},
    {Trouble::cut, 12, false},
    {Trouble::cut_by_reset, 8, false},
    {Trouble::stalled, 4, true},
    {Trouble::server_error, 16, false},
    {Trouble::unavailable, 4, false},
    {Trouble::too_many, 8, false},
    {Trouble::too_many_seconds, 2, true},
    {Trouble::too_many_date, 2, true},
    {Trouble::too_many_past, 4, false},
    {Trouble::too_many_absurd, 4, false},
    {Trouble::not_compressed, 6, false},
    {Trouble::cut_compressed, 6, false},
    {Trouble::bomb, 3, false},
    {Trouble::unauthorized, 6, false},
}};

/// Troubles of the way to the server: the call meets them before any other.
bool is_of_the_way(Trouble trouble) {
  return trouble == Trouble::refused || trouble == Trouble::no_connection ||
         trouble == Trouble::silent_names || trouble == Trouble::no_tls;
}

Trouble any_trouble(Random& random, bool with_long, bool with_way) {
  int sum = 0;
  const auto may_come = [&](const Weight& entry) {
    return (with_long || !entry.takes_long) && (with_way || !is_of_the_way(entry.trouble));
  };
  for (const Weight& entry : weights) sum += may_come(entry) ? entry.weight : 0;
  int place = static_cast<int>(random.below(static_cast<std::uint64_t>(sum)));
  for (const Weight& entry : weights) {
    if (!may_come(entry)) continue;
    place -= entry.weight;
    if (place < 0) return entry.trouble;
  }
  return Trouble::closed;
}

Fault fault_of(Trouble trouble, Random& random) {
  Fault fault;
  fault.trouble = trouble;
  fault.place = random.share();
  fault.has_effect = random.happens(0.5);
  fault.is_page = random.happens(0.5);
  switch (trouble) {
    case Trouble::server_error:
      fault.status = transient_statuses[random.below(transient_statuses.size())];
      break;
    case Trouble::unavailable:
      fault.status = 503;
      break;
    case Trouble::too_many:
    case Trouble::too_many_seconds:
    case Trouble::too_many_date:
    case Trouble::too_many_past:
    case Trouble::too_many_absurd:
      fault.status = 429;
      break;
    case Trouble::unauthorized:
      fault.status = 401;
      break;
    case Trouble::cut:
    case Trouble::cut_by_reset:
    case Trouble::not_compressed:
    case Trouble::cut_compressed:
    case Trouble::bomb:
      fault.has_effect = true;  // a part of the true answer comes
      break;
    default:
      break;
  }
  // who says that nothing was done has done nothing
  if (fault.status == 429 || fault.status == 401 || trouble == Trouble::unavailable) {
    fault.has_effect = false;
  }
  return fault;
}

std::size_t length_of_burst(Random& random) {
  const std::uint64_t draw = random.below(10);
  if (draw < 6) return 1;
  return draw < 9 ? 2 + random.below(2) : 4 + random.below(4);
}

std::vector<Fault> faults_of(Random& random, const Mischief& mischief) {
  std::vector<Fault> faults;
  const Trouble first = any_trouble(random, mischief.waits, true);
  const std::size_t count = length_of_burst(random);
  const bool is_uniform = random.happens(0.5) || is_of_the_way(first);
  for (std::size_t fault = 0; fault < count; ++fault) {
    const bool is_same = fault == 0 || is_uniform;
    // one pause of seconds is enough
    const Trouble trouble = is_same ? first : any_trouble(random, false, false);
    faults.push_back(fault_of(trouble, random));
    if (is_of_the_way(trouble) && trouble != Trouble::refused) break;
  }
  return faults;
}

/// What keeps a call in a stage until it is stopped.
std::vector<Fault> faults_for(Stage stage) {
  Fault fault;
  switch (stage) {
    case Stage::connecting:
    case Stage::names:
      return {};  // that is in the way to the server
    case Stage::pause:
      fault.trouble = Trouble::too_many_seconds;
      fault.status = 429;
      fault.retry_after = 30;
      break;
    case Stage::head:
    case Stage::renewal:
      fault.trouble = Trouble::stalled;
      break;
    case Stage::body:
      fault.trouble = Trouble::stalled;
      fault.place = 0.9;
      break;
  }
  return {fault};
}

}  // namespace

std::string_view name_of(Trouble trouble) {
  constexpr std::array<std::string_view, troubles> names{
      "none",
      "connection refused",
      "no more connections taken",
      "name servers silent",
      "TLS broken off",
      "reset before the answer",
      "closed before the answer",
      "cut within the answer",
      "reset within the answer",
      "stalled",
      "500, 502, 503, 504",
      "503 with Retry-After",
      "429",
      "429, Retry-After in seconds",
      "429, Retry-After a date",
      "429, Retry-After in the past",
      "429, Retry-After absurd",
      "called gzip, is not",
      "gzip cut off",
      "gzip bomb",
      "401",
  };
  return names.at(static_cast<std::size_t>(trouble));
}

std::string_view name_of(Stage stage) {
  constexpr std::array<std::string_view, stages> names{
      "connecting",    "looking the name up", "waiting for the answer",
      "in the answer", "pausing for a retry", "waiting for a renewal",
  };
  return names.at(static_cast<std::size_t>(stage));
}

std::uint64_t mixed(std::uint64_t seed, std::uint64_t one, std::uint64_t other) {
  std::seed_seq numbers{seed, seed >> 32, one, one >> 32, other, other >> 32};
  std::array<std::uint32_t, 2> halves{};
  numbers.generate(halves.begin(), halves.end());
  return (std::uint64_t{halves[0]} << 32) | halves[1];
}

bool meets(const Plan& plan, Trouble trouble) {
  return std::ranges::count(plan.faults, trouble, &Fault::trouble) > 0;
}

bool hangs_until_a_limit(const Plan& plan) {
  return !plan.stopped_in && (meets(plan, Trouble::stalled) || meets(plan, Trouble::silent_names) ||
                              meets(plan, Trouble::no_connection));
}

Form Plan::form(std::size_t request) const {
  return static_cast<Form>(mixed(seed, call, 1000 + request) % 4);
}

Plan make_plan(std::uint64_t seed, std::uint64_t call, const Mischief& mischief) {
  Random random(mixed(seed, call, 0));
  Plan plan;
  plan.seed = seed;
  plan.call = call;
  plan.kind = random.below(std::uint64_t{1} << 32);
  plan.ends_by_deadline = random.happens(0.5);
  if (random.happens(mischief.stopped)) {
    plan.stopped_in = static_cast<Stage>(random.below(stages));
    plan.faults = faults_for(*plan.stopped_in);
  } else if (random.happens(mischief.share)) {
    plan.faults = faults_of(random, mischief);
  }
  if (!mischief.silent_names) {
    if (plan.stopped_in == Stage::names) plan.stopped_in = Stage::connecting;
    if (meets(plan, Trouble::silent_names)) plan.faults.front().trouble = Trouble::no_connection;
  }
  return plan;
}

}  // namespace soak
