// SPDX-License-Identifier: Apache-2.0
// The page that is fetched while the caller works on the one before it.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <vector>

#include "globus_sdk/core/errors.hpp"
#include "unit/core/call/paged_service.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using namespace std::chrono_literals;
using AsyncPages = TestPages<Async>;
using Page = std::optional<IterableTransferResponse>;

constexpr auto patience = 20s;

/// What the server waits for before it answers, and the test opens.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    opened_.notify_all();
  }
  void pass() {
    std::unique_lock lock(mutex_);
    opened_.wait_for(lock, patience, [this] { return is_open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool is_open_ = false;
};

/// Pages of two items, `total` of them; what `before` does comes before the answer.
AnswerPage pages_of_two(int total, std::function<void(int number)> before = [](int) {}) {
  return [total, before](const Parameters& query) {
    const int number = std::stoi(parameter(query, "marker", "0"));
    before(number);
    boost::json::object page{{"DATA", {2 * number, 2 * number + 1}}};
    if (number + 1 < total) page["marker"] = std::to_string(number + 1);
    return RecordedAnswer{200, boost::json::serialize(page), {}};
  };
}

/// The same, where pages from the second on wait for the gate.
AnswerPage gated_pages(std::shared_ptr<Gate> gate) {
  return pages_of_two(3, [gate](int number) {
    if (number > 0) gate->pass();
  });
}

const Paging by_marker{.kind = Paging::Kind::nullable_marker, .items_key = "DATA"};

/// Whether so many requests come; without giving the executor a chance to run anything.
bool receives(const PagedService<Async>& service, std::size_t requests) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (service.queries().size() < requests) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

/// How many requests there are when no more come for a while.
std::size_t requests_at_last(const PagedService<Async>& service) {
  std::this_thread::sleep_for(100ms);
  return service.queries().size();
}

boost::asio::awaitable<void> work_on_pages(AsyncPages pages, const PagedService<Async>* service) {
  for (std::size_t number = 1; number <= 3; ++number) {
    const auto page = co_await pages.next();
    EXPECT_TRUE(page);
    EXPECT_TRUE(receives(*service, number + 1)) << "while the caller works on page " << number;
    EXPECT_EQ(requests_at_last(*service), number + 1) << "one page ahead, and no more";
  }
}

TEST(PageAhead, IsFetchedWhileTheCallerWorksOnTheOneBefore) {
  const PagedService<Async> service(pages_of_two(9));
  run_to_its_end(work_on_pages(pages_of(service, by_marker), &service));
}

boost::asio::awaitable<void> work_on_items(AsyncPages pages, const PagedService<Async>* service) {
  co_await pages.next_item();
  EXPECT_EQ(requests_at_last(*service), 1U) << "one item is no listing that is read on";
  co_await pages.next_item();
  EXPECT_TRUE(receives(*service, 2));
  co_await pages.next_item();  // the first of the second page
  EXPECT_TRUE(receives(*service, 3));
  EXPECT_EQ(requests_at_last(*service), 3U);
}

TEST(PageAhead, IsFetchedForItemsFromTheSecondOn) {
  const PagedService<Async> service(pages_of_two(9));
  run_to_its_end(work_on_items(pages_of(service, by_marker), &service));
}

TEST(PageAhead, ThereIsNoneAfterTheLast) {
  const PagedService<Async> service(pages_of_two(2));
  const AsyncPages pages = pages_of(service, by_marker);
  EXPECT_TRUE(run_async(pages.next()));
  EXPECT_TRUE(run_async(pages.next()));
  EXPECT_FALSE(run_async(pages.next()));
  EXPECT_EQ(requests_at_last(service), 2U);
}

boost::asio::awaitable<void> meet_an_error(AsyncPages pages, const PagedService<Async>* service) {
  const auto first = co_await pages.next();
  EXPECT_TRUE(first);
  EXPECT_TRUE(receives(*service, 2));
  bool thrown = false;
  try {
    co_await pages.next();
  } catch (const GlobusAPIError&) {
    thrown = true;
  }
  EXPECT_TRUE(thrown);
  const auto second = co_await pages.next();
  if (!second) throw std::runtime_error("there is no second page");
  EXPECT_EQ((*second)["DATA"][0], 2);
}

TEST(PageAhead, ItsErrorIsThrownWhenItIsAskedFor) {
  const auto requests = std::make_shared<std::atomic<int>>(0);
  const PagedService<Async> service([requests](const Parameters& query) {
    return ++*requests == 2 ? RecordedAnswer{404, R"({"code": "Gone"})", {}}
                            : pages_of_two(3)(query);
  });
  run_to_its_end(meet_an_error(pages_of(service, by_marker), &service));
}

boost::asio::awaitable<void> read_one_page(AsyncPages pages, const PagedService<Async>* service) {
  const auto first = co_await pages.next();
  EXPECT_TRUE(first);
  EXPECT_TRUE(receives(*service, 2));
}

TEST(PageAhead, EndsWithTheListingThatNobodyContinues) {
  const auto gate = std::make_shared<Gate>();
  const PagedService<Async> service(gated_pages(gate));
  const auto begun = std::chrono::steady_clock::now();
  run_to_its_end(read_one_page(pages_of(service, by_marker), &service));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, patience / 2) << "it waited for the page";
  gate->open();
}

boost::asio::awaitable<void> stop_while_waiting(AsyncPages pages,
                                                const PagedService<Async>* service,
                                                std::stop_source stop) {
  const auto first = co_await pages.next();
  EXPECT_TRUE(first);
  EXPECT_TRUE(receives(*service, 2));
  const std::jthread stopper([&stop] {
    std::this_thread::sleep_for(20ms);
    stop.request_stop();
  });
  bool cancelled = false;
  try {
    co_await pages.next();
  } catch (const CancelledError&) {
    cancelled = true;
  }
  EXPECT_TRUE(cancelled);
}

TEST(PageAhead, EndsWhenAStopIsRequested) {
  const auto gate = std::make_shared<Gate>();
  const PagedService<Async> service(gated_pages(gate));
  std::stop_source stop;
  const CallSettings settings{.stop = stop.get_token()};
  const AsyncPages pages(detail::with_settings(service.connection(), settings),
                         detail::get("/list"), by_marker);
  const auto begun = std::chrono::steady_clock::now();
  run_to_its_end(stop_while_waiting(pages, &service, stop));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, patience / 2);
  gate->open();
}

boost::asio::awaitable<void> lose_patience(AsyncPages pages, std::shared_ptr<Gate> gate) {
  using namespace boost::asio::experimental::awaitable_operators;
  const auto first = co_await pages.next();
  EXPECT_TRUE(first);
  auto executor = co_await boost::asio::this_coro::executor;
  boost::asio::steady_timer timer(executor, 50ms);
  auto waiting = pages.next();
  auto either = std::move(waiting) || timer.async_wait(boost::asio::use_awaitable);
  const auto result = co_await std::move(either);
  EXPECT_EQ(result.index(), 1U) << "the timer";
  gate->open();
  const auto second = co_await pages.next();
  if (!second) throw std::runtime_error("there is no second page");
  EXPECT_EQ((*second)["DATA"][0], 2) << "the page that was waited for in vain";
}

TEST(PageAhead, MayBeAskedForAgainAfterAsiosOwnCancellation) {
  const auto gate = std::make_shared<Gate>();
  const PagedService<Async> service(gated_pages(gate));
  run_to_its_end(lose_patience(pages_of(service, by_marker), gate));
}

TEST(PageAhead, IsAskedForAgainWhenItWentWithItsExecutor) {
  const auto gate = std::make_shared<Gate>();
  const PagedService<Async> service(gated_pages(gate));
  const AsyncPages pages = pages_of(service, by_marker);
  {
    boost::asio::io_context context;
    bool read = false;
    boost::asio::co_spawn(
        context, pages.next(),
        [&read](const std::exception_ptr&, const Page& page) { read = page.has_value(); });
    while (!read) context.run_one();
    EXPECT_TRUE(receives(service, 2));
  }
  gate->open();
  const auto second = run_async(pages.next());
  ASSERT_TRUE(second);
  EXPECT_EQ((*second)["DATA"][0], 2);
}

boost::asio::awaitable<int> sum_up(AsyncPages pages) {
  int sum = 0;
  while (auto item = co_await pages.next_item()) sum += item->as<int>();
  co_return sum;
}

TEST(PageAhead, ComesToCoroutinesOfManyThreads) {
  const PagedService<Async> service(pages_of_two(20));
  boost::asio::thread_pool pool(4);
  std::vector<std::future<int>> sums;
  for (int walk = 0; walk < 8; ++walk) {
    sums.push_back(
        boost::asio::co_spawn(pool, sum_up(pages_of(service, by_marker)), boost::asio::use_future));
  }
  for (std::future<int>& sum : sums) EXPECT_EQ(sum.get(), 39 * 20);
  pool.join();
}

}  // namespace
}  // namespace globus_sdk_test
