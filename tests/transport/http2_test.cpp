// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>

#include "transport/tls_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

class Http2 : public TlsInBothModes {};
INSTANTIATE_TEST_SUITE_P(Transport, Http2, testing::Values(false, true), mode_of);

boost::asio::awaitable<void> get_once(BasicPlainClient<Async> client, std::string path,
                                      std::atomic<int>* answered) {
  const auto response = co_await client.get(path);
  *answered += response.http_status() == 200 ? 1 : 0;
}

/// Sends GETs to different paths, many at once; returns how many were answered.
int get_many(const PlainClient& client, bool asynchronous, int count) {
  std::atomic<int> good = 0;
  if (!asynchronous) {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 8; ++thread) {
      threads.emplace_back([&, thread] {
        for (int call = thread; call < count; call += 8) {
          good += client.get("/" + std::to_string(call)).http_status() == 200 ? 1 : 0;
        }
      });
    }
    threads.clear();
    return good;
  }
  boost::asio::io_context context;
  for (int call = 0; call < count; ++call) {
    boost::asio::co_spawn(context, get_once(client.async(), "/" + std::to_string(call), &good),
                          [](std::exception_ptr thrown) {
                            if (thrown) std::rethrow_exception(thrown);
                          });
  }
  context.run();
  return good;
}

TEST_P(Http2, IsUsedWhereItIsOffered) {
  const TlsServer server(server_options());
  get(client(server.url()), "/x");
  EXPECT_EQ(server.processed(), std::vector<std::string>{"h2 GET /x 0"});
}

TEST_P(Http2, IsNotNeeded) {
  TlsServerOptions options = server_options();
  options.http2 = false;
  const TlsServer server(options);
  get(client(server.url()), "/x");
  EXPECT_EQ(server.processed(), std::vector<std::string>{"http/1.1 GET /x 0"});
}

TEST_P(Http2, LargeUploadsGoByHttp1) {
  const TlsServer server(server_options());
  const std::string large(std::size_t{2} << 20, 'x');
  post(client(server.url()), "/x", {.data = large, .encoding = "text"});
  EXPECT_EQ(server.processed(), std::vector<std::string>{"http/1.1 POST /x 2097152"});
}

/// libcurl cannot say whether a server that ends an HTTP/2 connection has processed a request.
TEST_P(Http2, WhatMustNotBeDoneTwiceGoesByHttp1) {
  const TlsServer server(server_options());
  post(client(server.url()), "/x", {.data = "body", .encoding = "text"});
  EXPECT_EQ(server.processed(), std::vector<std::string>{"http/1.1 POST /x 4"});
}

TEST_P(Http2, AGoawayLosesNoRequestAndSpendsNoRetry) {
  for (const bool within_an_answer : {false, true}) {
    TlsServerOptions options = server_options();
    options.requests_per_connection = 3;
    options.goaway_within_an_answer = within_an_answer;
    const TlsServer server(options);
    constexpr int count = 600;
    EXPECT_EQ(get_many(client(server.url()), GetParam(), count), count);
    EXPECT_GE(server.goaways(), 10);
    std::vector<std::string> processed = server.processed();
    EXPECT_EQ(processed.size(), static_cast<std::size_t>(count));
    std::sort(processed.begin(), processed.end());
    EXPECT_EQ(std::unique(processed.begin(), processed.end()), processed.end());
  }
}

}  // namespace
}  // namespace globus_sdk_test
