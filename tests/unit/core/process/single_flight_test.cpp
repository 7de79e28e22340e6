// SPDX-License-Identifier: Apache-2.0
#include "core/process/single_flight.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "globus_sdk/core/errors.hpp"
#include "support/child_process.hpp"

namespace globus_sdk::detail {
namespace {

using std::chrono::milliseconds;

/// Work that has begun and ends when it is told to.
class Slow {
 public:
  ~Slow() { end(); }
  std::string operator()() {
    has_begun_ = true;
    while (!ends_) std::this_thread::yield();
    return "slow";
  }
  void await_begin() const {
    while (!has_begun_) std::this_thread::yield();
  }
  void end() { ends_ = true; }

 private:
  std::atomic<bool> has_begun_{false};
  std::atomic<bool> ends_{false};
};

struct SingleFlightTest : testing::Test {
  /// Begins slow work in another thread.
  void begin() {
    worker = std::jthread([this] { flight.join_or_run({}, [this] { return slow(); }); });
    slow.await_begin();
  }

  SingleFlight<std::string> flight;
  Slow slow;
  std::jthread worker;
};

CallLimits within(milliseconds time) {
  CallLimits limits;
  limits.deadline = std::chrono::steady_clock::now() + time;
  return limits;
}

const auto quick = [] { return std::string("quick"); };

TEST_F(SingleFlightTest, IsOneForAllWhoComeMeanwhile) {
  begin();
  std::atomic<int> joined{0};
  std::vector<std::jthread> others;
  for (int other = 0; other < 8; ++other) {
    others.emplace_back([&] {
      const auto boarded = flight.board();
      EXPECT_FALSE(boarded.begun);
      ++joined;
      EXPECT_EQ(boarded.flight->wait({}), "slow");
    });
  }
  while (joined < 8) std::this_thread::yield();
  slow.end();
  others.clear();
  worker.join();
  EXPECT_EQ(flight.join_or_run({}, quick), "quick") << "the next is another one";
}

TEST_F(SingleFlightTest, AWaiterKeepsItsDeadlineAndLeaves) {
  begin();
  EXPECT_THROW(flight.join_or_run(within(milliseconds(20)), quick), GlobusTimeoutError);
  EXPECT_TRUE(flight.under_way());
  slow.end();
}

TEST_F(SingleFlightTest, AStopEndsAWaitAndNotTheWork) {
  begin();
  std::stop_source stop;
  std::jthread stopper([&stop] {
    std::this_thread::sleep_for(milliseconds(20));
    stop.request_stop();
  });
  EXPECT_THROW(flight.join_or_run({{}, stop.get_token()}, quick), CancelledError);
  const auto under_way = flight.under_way();
  slow.end();
  EXPECT_EQ(under_way->wait({}), "slow");
}

TEST_F(SingleFlightTest, AnExceptionIsForAllAndTheNextBegins) {
  const auto boarded = flight.board();
  ASSERT_TRUE(boarded.begun);
  std::jthread other([&] { EXPECT_THROW(boarded.flight->wait({}), std::runtime_error); });
  flight.fly(boarded.flight, []() -> std::string { throw std::runtime_error("down"); });
  EXPECT_THROW(boarded.flight->result(), std::runtime_error);
  EXPECT_FALSE(flight.under_way());
  EXPECT_EQ(flight.join_or_run({}, quick), "quick");
}

TEST_F(SingleFlightTest, OneThatCannotBeFlownEnds) {
  const auto boarded = flight.board();
  flight.fail(boarded.flight, std::make_exception_ptr(std::bad_alloc()));
  EXPECT_THROW(boarded.flight->wait({}), std::bad_alloc);
  EXPECT_TRUE(flight.board().begun);
}

TEST_F(SingleFlightTest, OneThatIsNotFlownInOnePieceLands) {
  const auto boarded = flight.board();
  std::jthread other([&] { EXPECT_EQ(boarded.flight->wait({}), "landed"); });
  EXPECT_FALSE(boarded.flight->await_end(within(milliseconds(20))));
  flight.land(boarded.flight, "landed");
  EXPECT_TRUE(boarded.flight->await_end({}));
  EXPECT_FALSE(flight.under_way());
}

TEST_F(SingleFlightTest, TellsThoseWhoCannotWait) {
  std::vector<std::string> told;
  const auto watch = [&told](const Flight<std::string>& ended) { told.push_back(ended.result()); };
  const auto boarded = flight.board();
  boarded.flight->watch(watch);
  boarded.flight->watch(watch);
  EXPECT_TRUE(told.empty());
  flight.fly(boarded.flight, quick);
  boarded.flight->watch(watch);
  EXPECT_EQ(told, std::vector<std::string>(3, "quick"));
}

TEST_F(SingleFlightTest, TurnsComeOneAfterAnother) {
  begin();
  std::atomic<bool> has_run{false};
  std::jthread next([&] {
    flight.run_in_turn([&] {
      has_run = true;
      return std::string();
    });
  });
  std::this_thread::sleep_for(milliseconds(20));
  EXPECT_FALSE(has_run);
  slow.end();
  next.join();
  EXPECT_TRUE(has_run);
}

TEST_F(SingleFlightTest, ATurnWithinItsOwnIsAMistake) {
  const auto is_mine = [&] { return std::string(flight.is_mine() ? "mine" : "another's"); };
  EXPECT_EQ(flight.run_in_turn(is_mine), "mine");
  EXPECT_EQ(is_mine(), "another's");
  EXPECT_THROW(flight.run_in_turn([&] { return flight.run_in_turn(quick); }), GlobusSDKUsageError);
  EXPECT_EQ(flight.run_in_turn(quick), "quick");
}

TEST_F(SingleFlightTest, WaitingForItselfIsAMistake) {
  EXPECT_THROW(flight.join_or_run({}, [&] { return flight.join_or_run({}, quick); }),
               GlobusSDKUsageError);
  EXPECT_THROW(
      flight.join_or_run({}, [&] { return flight.join_or_run(within(milliseconds(500)), quick); }),
      GlobusSDKUsageError);
  EXPECT_EQ(flight.join_or_run({}, quick), "quick") << "and the next is as good as any";
}

TEST_F(SingleFlightTest, WaitingForItselfOnAnotherThreadIsAMistakeToo) {
  EXPECT_THROW(flight.join_or_run({},
                                  [&] {
                                    std::exception_ptr thrown;
                                    std::thread([&, path = current_work()] {
                                      const AtWork at_work{WorkPath(path)};
                                      try {
                                        flight.join_or_run({}, quick);
                                      } catch (...) {
                                        thrown = std::current_exception();
                                      }
                                    }).join();
                                    if (thrown) std::rethrow_exception(thrown);
                                    return std::string();
                                  }),
               GlobusSDKUsageError);
}

TEST_F(SingleFlightTest, ARingOfWaitsIsAMistakeOfTheOneWhoClosesIt) {
  constexpr int size = 3;
  std::vector<SingleFlight<std::string>> ring(size);
  std::atomic<int> begun{0};
  std::atomic<int> mistakes{0};
  std::vector<std::jthread> threads;
  for (std::size_t own = 0; own < size; ++own) {
    threads.emplace_back([&, own] {
      try {
        ring[own].join_or_run({}, [&] {
          ++begun;
          while (begun < size) std::this_thread::yield();
          return ring[(own + 1) % size].join_or_run({}, quick);
        });
      } catch (const GlobusSDKUsageError&) {
        ++mistakes;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(mistakes, size) << "it reaches all who wait for that work";
}

TEST_F(SingleFlightTest, MayBeDestroyedWhileSomebodyWaits) {
  auto own = std::make_unique<SingleFlight<std::string>>();
  const auto flight_of_own = own->board().flight;
  std::jthread waiter([&] { EXPECT_EQ(flight_of_own->wait({}), "landed"); });
  own.reset();
  flight_of_own->land("landed");
}

TEST_F(SingleFlightTest, AChildOfAForkIsNotAtIt) {
  begin();
  const pid_t child = globus_sdk_test::start_child([&] {
    if (flight.under_way()) throw std::runtime_error("nobody is at it here");
    if (flight.join_or_run({}, quick) != "quick") throw std::runtime_error("no flight of its own");
  });
  EXPECT_EQ(globus_sdk_test::status_of(child), 0);
  slow.end();
}

}  // namespace
}  // namespace globus_sdk::detail
