// SPDX-License-Identifier: Apache-2.0
// The SDK's side of the bench: each mode is what a user would write.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <globus_sdk/async.hpp>
#include <globus_sdk/globus_sdk.hpp>
#include <map>

#include "measure.hpp"

namespace {

using namespace globus_sdk;
using globus_bench::Arguments;
using globus_bench::Figures;
using globus_bench::measure;
using globus_bench::short_task;

TransferClient make_client(const Arguments& arguments) {
  return TransferClient{AccessTokenAuthorizer{globus_bench::token}, {.base_url = arguments.url}};
}

std::string call(const TransferClient& client, std::size_t calls, Text task = short_task) {
  std::string status;
  for (std::size_t done = 0; done < calls; ++done) status = client.get_task(task)["status"];
  return status;
}

Figures blocking(const Arguments& arguments) {
  const TransferClient client = make_client(arguments);
  call(client, 10);
  return measure(arguments.calls, [&] { return call(client, arguments.calls); });
}

Figures whole_answer(const Arguments& arguments) {
  const TransferClient client = make_client(arguments);
  call(client, 10, globus_bench::whole_task);
  return measure(arguments.calls,
                 [&] { return call(client, arguments.calls, globus_bench::whole_task); });
}

Figures threads(const Arguments& arguments) {
  const TransferClient client = make_client(arguments);
  const std::size_t each = arguments.calls / globus_bench::threads;
  const auto run = [&](std::size_t calls) {
    return globus_bench::on_threads(globus_bench::threads, [&] { return call(client, calls); });
  };
  run(10);
  return measure(each * globus_bench::threads, [&] { return run(each); });
}

boost::asio::awaitable<void> call_async(BasicTransferClient<Async> client, std::size_t calls,
                                        std::string* status) {
  for (std::size_t done = 0; done < calls; ++done) {
    const auto task = co_await client.get_task(short_task);
    *status = task["status"];
  }
}

/// So many at once, each `calls` times, on this thread.
std::string run_async(const BasicTransferClient<Async>& client, std::size_t at_once,
                      std::size_t calls) {
  std::string status;
  boost::asio::io_context context;
  for (std::size_t index = 0; index < at_once; ++index) {
    boost::asio::co_spawn(context, call_async(client, calls, &status), [](std::exception_ptr e) {
      if (e) std::rethrow_exception(e);
    });
  }
  context.run();
  return status;
}

Figures async(const Arguments& arguments) {
  const auto blocking = make_client(arguments);
  const auto client = blocking.async();
  run_async(client, globus_bench::in_flight, 10);
  const std::size_t each = arguments.calls / globus_bench::in_flight;
  return measure(each * globus_bench::in_flight,
                 [&] { return run_async(client, globus_bench::in_flight, each); });
}

/// The same with two threads of the SDK, and two that go on with the answers.
Figures async_threads(const Arguments& arguments) {
  const Transport transport({.io_threads = static_cast<std::int64_t>(globus_bench::io_threads)});
  const TransferClient blocking{AccessTokenAuthorizer{globus_bench::token},
                                {.base_url = arguments.url, .transport = transport}};
  const auto client = blocking.async();
  const std::size_t at_once = globus_bench::in_flight / globus_bench::io_threads;
  const auto run = [&](std::size_t calls) {
    return globus_bench::on_threads(globus_bench::io_threads,
                                    [&] { return run_async(client, at_once, calls); });
  };
  run(10);
  const std::size_t each = arguments.calls / globus_bench::in_flight;
  return measure(each * globus_bench::in_flight, [&] { return run(each); });
}

std::string walk(const IterableTransferResponse& listing) {
  std::int64_t bytes = 0;
  for (const auto& entry : listing) bytes += entry["size"].as<std::int64_t>();
  return std::to_string(bytes);
}

/// Parsing and walking alone: the answer is there, and its body is parsed when it is first asked.
Figures listing(const Arguments& arguments) {
  const auto answer = make_client(arguments).operation_ls(globus_bench::collection_id);
  return measure(1, [&] { return walk(answer); });
}

/// The whole: asking, receiving, parsing and walking, for its peak of memory.
Figures listing_memory(const Arguments& arguments) {
  const TransferClient client = make_client(arguments);
  return measure(1, [&] { return walk(client.operation_ls(globus_bench::collection_id)); });
}

}  // namespace

int main(int count, char** values) {
  try {
    const std::map<std::string, std::function<Figures(const Arguments&)>> modes{
        {"blocking", blocking},
        {"whole-answer", whole_answer},
        {"threads", threads},
        {"async", async},
        {"async-threads", async_threads},
        {"listing", listing},
        {"listing-memory", listing_memory}};
    const Arguments arguments = globus_bench::read_arguments(count, values);
    print(modes.at(arguments.mode)(arguments));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
