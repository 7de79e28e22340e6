// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "async/async_mode.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/core/body.hpp"
#include "support/hostile_server.hpp"
#include "support/recording_server.hpp"
#include "support/sanitized.hpp"
#include "support/socket_server.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

/// A client that sends requests as they are.
template <class Mode>
class BasicStreamingClient : public BasicServiceClient<BasicStreamingClient, Mode> {
  using Base = BasicServiceClient<BasicStreamingClient, Mode>;

 public:
  using Base::Base;
  using Error = GlobusAPIError;
  static constexpr std::string_view service_name = "transfer";

  typename Base::template Result<GlobusHTTPResponse> stream(Request request) const {
    return this->send(std::move(request));
  }
};
using StreamingClient = BasicStreamingClient<Blocking>;

struct StreamedBodies : testing::TestWithParam<bool> {
  GlobusHTTPResponse stream(const StreamingClient& client, const Request& request) const {
    return GetParam() ? run_async(client.async().stream(request)) : client.stream(request);
  }
};
INSTANTIATE_TEST_SUITE_P(Transport, StreamedBodies, testing::Values(false, true), mode_of);

/// Keeps what it is given.
class KeepingSink : public BodySink {
 public:
  explicit KeepingSink(bool rewinds = false) : rewinds_(rewinds) {}

  void begin(const Answer& answer) override {
    ++begun;
    head = answer;
  }
  void write(std::span<const std::byte> bytes) override {
    if (on_write) on_write();
    text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  bool rewind() override {
    if (rewinds_) text.clear();
    return rewinds_;
  }

  int begun = 0;
  Answer head{};
  std::string text{};
  std::function<void()> on_write{};

 private:
  bool rewinds_;
};

/// Gives a text; it may promise another size.
class TextSource : public BodySource {
 public:
  explicit TextSource(std::string text, std::int64_t promised = -1)
      : text_(std::move(text)), promised_(promised < 0 ? std::ssize(text_) : promised) {}

  std::int64_t size() const override { return promised_; }
  void rewind() override {
    ++rewound;
    position_ = 0;
  }
  std::size_t read(std::span<std::byte> buffer) override {
    if (on_read) on_read();
    const std::size_t count = std::min(buffer.size(), text_.size() - position_);
    std::memcpy(buffer.data(), text_.data() + position_, count);
    position_ += count;
    return count;
  }

  int rewound = 0;
  std::function<void()> on_read{};

 private:
  std::string text_;
  std::int64_t promised_;
  std::size_t position_ = 0;
};

std::string many_bytes(std::size_t count) {
  std::string text(count, '\0');
  for (std::size_t index = 0; index < count; ++index) text[index] = static_cast<char>(index * 31);
  return text;
}

Request put(std::shared_ptr<BodySource> source) {
  return Request("PUT", "/file").body_from(std::move(source), "application/octet-stream");
}

Request get_to(std::shared_ptr<BodySink> sink) {
  return Request("GET", "/file").answer_to(std::move(sink));
}

// ---- answers ------------------------------------------------------------------------------------

TEST_P(StreamedBodies, ASuccessGoesToTheSinkHoweverLargeItIs) {
  const std::string content = many_bytes(3'000'000);
  RecordingServer server(
      [&](const RecordedRequest&) { return RecordedAnswer{200, content, {{"X-Of-File", "yes"}}}; });
  TransportSettings small;
  small.max_response_size = 1000;
  ClientOptions options = options_for(server.url());
  options.transport = Transport(small);
  const auto sink = std::make_shared<KeepingSink>();
  const GlobusHTTPResponse response = stream(StreamingClient(options), get_to(sink));
  EXPECT_EQ(response.http_status(), 200);
  EXPECT_EQ(response.headers().get("X-Of-File"), "yes");
  EXPECT_EQ(response.text(), "");
  EXPECT_TRUE(sink->text == content);
  EXPECT_EQ(sink->begun, 1);
  EXPECT_EQ(sink->head.status, 200);
  EXPECT_EQ(sink->head.headers.get("X-Of-File"), "yes");
  EXPECT_EQ(server.requests().at(0).header("accept-encoding"), "identity");
}

TEST_P(StreamedBodies, AnEmptySuccessBeginsTheSink) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{200, ""}; });
  const auto sink = std::make_shared<KeepingSink>();
  stream(StreamingClient(options_for(server.url())), get_to(sink));
  EXPECT_EQ(sink->begun, 1);
  EXPECT_EQ(sink->text, "");
}

TEST_P(StreamedBodies, AHostThatIsNotFoundIsTheErrorOfEachAttempt) {
  const StreamingClient client(options_for("http://no-such-host.invalid", 2));
  const auto sink = std::make_shared<KeepingSink>();
  EXPECT_THROW(stream(client, get_to(sink)), GlobusConnectionError);
  EXPECT_THROW(stream(client, put(std::make_shared<TextSource>("content"))), GlobusConnectionError);
}

TEST_P(StreamedBodies, AnErrorIsParsedAndTheSinkUntouched) {
  RecordingServer server([](const RecordedRequest&) {
    return RecordedAnswer{404, R"({"code": "NotFound", "message": "no such file"})"};
  });
  const auto sink = std::make_shared<KeepingSink>();
  try {
    stream(StreamingClient(options_for(server.url())), get_to(sink));
    FAIL();
  } catch (const GlobusAPIError& error) {
    EXPECT_EQ(error.http_status(), 404);
    EXPECT_EQ(error.code(), "NotFound");
  }
  EXPECT_EQ(sink->begun, 0);
}

TEST_P(StreamedBodies, ATransientErrorBeforeTheSuccessIsRetried) {
  std::atomic<int> calls{0};
  RecordingServer server([&calls](const RecordedRequest&) {
    return ++calls == 1 ? RecordedAnswer{503, "busy"} : RecordedAnswer{200, "content"};
  });
  const auto sink = std::make_shared<KeepingSink>();
  stream(StreamingClient(options_for(server.url(), 3)), get_to(sink));
  EXPECT_EQ(sink->text, "content");
  EXPECT_EQ(calls, 2);
}

/// Two connections: on the first one the answer breaks off.
class BreakingServer {
 public:
  explicit BreakingServer(std::string content)
      : content_(std::move(content)), server_([this](int descriptor) { serve(descriptor); }) {}

  std::string url() const { return server_.url(); }
  int connections() const { return server_.connections(); }

 private:
  void serve(int descriptor) {
    std::array<char, 16384> request{};
    if (recv(descriptor, request.data(), request.size(), 0) <= 0) return;
    const bool breaks = served_++ == 0;
    const std::string head =
        "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(content_.size()) + "\r\n\r\n";
    const std::string answer =
        head + content_.substr(0, breaks ? content_.size() / 2 : content_.size());
    send(descriptor, answer.data(), answer.size(), MSG_NOSIGNAL);
  }

  std::string content_;
  std::atomic<int> served_{0};
  SocketServer server_;
};

TEST_P(StreamedBodies, ABrokenAnswerIsAskedForAgainWhereTheSinkCanForget) {
  BreakingServer server(many_bytes(100'000));
  const auto sink = std::make_shared<KeepingSink>(true);
  stream(StreamingClient(options_for(server.url(), 3)), get_to(sink));
  EXPECT_TRUE(sink->text == many_bytes(100'000));
  EXPECT_EQ(sink->begun, 2);
}

TEST_P(StreamedBodies, ABrokenAnswerEndsTheCallWhereTheSinkCannotForget) {
  BreakingServer server(many_bytes(100'000));
  const auto sink = std::make_shared<KeepingSink>(false);
  EXPECT_THROW(stream(StreamingClient(options_for(server.url(), 3)), get_to(sink)),
               GlobusConnectionError);
  EXPECT_TRUE(sink->text == many_bytes(100'000).substr(0, 50'000));
  EXPECT_EQ(server.connections(), 1);
}

TEST_P(StreamedBodies, WhatASinkThrowsIsWhatTheCallThrows) {
  RecordingServer server(
      [](const RecordedRequest&) { return RecordedAnswer{200, many_bytes(3'000'000)}; });
  const auto sink = std::make_shared<KeepingSink>(true);
  sink->on_write = [] { throw std::out_of_range("the disk is full"); };
  EXPECT_THROW(stream(StreamingClient(options_for(server.url(), 3)), get_to(sink)),
               std::out_of_range);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST_P(StreamedBodies, WhatComesCompressedAllTheSameIsPassedOnAsItIs) {
  HostileServer server({.answer = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                                  "Content-Length: 4\r\n\r\nabcd"});
  const auto sink = std::make_shared<KeepingSink>();
  stream(StreamingClient(options_for(server.url())), get_to(sink));
  EXPECT_EQ(sink->text, "abcd");
  EXPECT_EQ(sink->head.headers.get("Content-Encoding"), "gzip");
}

/// Sends bytes without an end, and counts those that the system took.
class EndlessServer {
 public:
  EndlessServer() : server_([this](int descriptor) { serve(descriptor); }) {}

  std::string url() const { return server_.url(); }
  std::size_t sent() const { return sent_; }

 private:
  void serve(int descriptor) {
    std::array<char, 16384> request{};
    if (recv(descriptor, request.data(), request.size(), 0) <= 0) return;
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n";
    send(descriptor, head.data(), head.size(), MSG_NOSIGNAL);
    const std::string piece(65536, 'x');
    while (true) {
      const ssize_t count = send(descriptor, piece.data(), piece.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      sent_ += static_cast<std::size_t>(count);
    }
  }

  std::atomic<std::size_t> sent_{0};
  SocketServer server_;
};

/// Waits until the server has sent nothing for a while.
void wait_until_it_is_stuck(const EndlessServer& server) {
  for (std::size_t before = server.sent() + 1; before != server.sent();) {
    before = server.sent();
    std::this_thread::sleep_for(200ms);
  }
}

TEST_P(StreamedBodies, ASlowSinkMakesTheServerWaitAndHoldsUpNoOtherCall) {
  EndlessServer server;
  RecordingServer other([](const RecordedRequest&) { return RecordedAnswer{}; });
  const auto sink = std::make_shared<KeepingSink>();
  bool is_seen = false;
  sink->on_write = [&] {
    if (std::exchange(is_seen, true)) throw std::out_of_range("enough");
    wait_until_it_is_stuck(server);
  };
  Transport transport;
  ClientOptions options = options_for(server.url());
  options.transport = transport;
  // longer than the sink takes: silence that the sink makes is none of the server's
  StreamingClient client = StreamingClient(options).with({.timeout = 150ms});
  ClientOptions options_of_other = options_for(other.url());
  options_of_other.transport = transport;
  std::jthread second([&] {
    const PlainClient beside(options_of_other);
    if (GetParam()) {
      run_async(beside.async().get("/x"));
    } else {
      beside.get("/x");
    }
  });
  EXPECT_THROW(stream(client, get_to(sink)), std::out_of_range);
  EXPECT_LT(server.sent(), std::size_t{64} << 20);
  second.join();
}

TEST_P(StreamedBodies, AStopEndsTheCallAndLeavesTheSinkAlone) {
  EndlessServer server;
  std::stop_source stop;
  const auto sink = std::make_shared<KeepingSink>();
  std::atomic<bool> has_ended{false};
  std::atomic<bool> is_used_afterwards{false};
  sink->on_write = [&, count = 0]() mutable {
    if (has_ended) is_used_afterwards = true;
    if (++count == 20) stop.request_stop();
    sink->text.clear();
  };
  StreamingClient client =
      StreamingClient(options_for(server.url())).with({.stop = stop.get_token()});
  EXPECT_THROW(stream(client, get_to(sink)), CancelledError);
  has_ended = true;
  std::this_thread::sleep_for(50ms);
  EXPECT_FALSE(is_used_afterwards);
}

TEST_P(StreamedBodies, ADeadlineEndsTheCall) {
  EndlessServer server;
  const auto sink = std::make_shared<KeepingSink>();
  sink->on_write = [&] { sink->text.clear(); };
  StreamingClient client = StreamingClient(options_for(server.url())).with({.deadline = 100ms});
  EXPECT_THROW(stream(client, get_to(sink)), GlobusTimeoutError);
}

std::size_t peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoul(line.substr(6)) * 1024;
  }
  return 0;
}

TEST_P(StreamedBodies, ManyBytesNeedLittleMemory) {
  EndlessServer server;
  const auto sink = std::make_shared<KeepingSink>();
  std::size_t before = 0;
  sink->on_write = [&, written = std::size_t{0}]() mutable {
    if (before == 0) before = peak_memory();
    written += sink->text.size();
    sink->text.clear();
    if (written > std::size_t{300} << 20) throw std::out_of_range("enough");
  };
  EXPECT_THROW(stream(StreamingClient(options_for(server.url())), get_to(sink)), std::out_of_range);
  if (is_sanitized) return;
  EXPECT_LT(peak_memory() - before, std::size_t{16} << 20);
}

TEST_P(StreamedBodies, WhatCameBeforeABreakGoesToTheSink) {
  const std::string content = many_bytes(200'000);
  HostileServer server({.answer = "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + content});
  const auto sink = std::make_shared<KeepingSink>();
  EXPECT_THROW(stream(StreamingClient(options_for(server.url())), get_to(sink)),
               GlobusConnectionError);
  EXPECT_TRUE(sink->text == content) << sink->text.size();
}

// ---- logins -------------------------------------------------------------------------------------

TEST_P(StreamedBodies, ARedirectToALoginIsAnAuthorizationFailureAndNoContent) {
  RecordingServer login([](const RecordedRequest&) { return RecordedAnswer{200, "<html>"}; });
  RecordingServer server([&](const RecordedRequest&) {
    return RecordedAnswer{302,
                          "",
                          {{"Location", login.url() + "/v2/oauth2/authorize?client_id=abc&x=y"},
                           {"X-Behind", "still a header"}}};
  });
  const auto sink = std::make_shared<KeepingSink>();
  try {
    stream(StreamingClient(options_for(server.url(), 3)), get_to(sink));
    FAIL();
  } catch (const GlobusAPIError& error) {
    EXPECT_EQ(error.http_status(), 302);
    EXPECT_THAT(error.what(), HasSubstr("asks for a login: the request carried no token"));
    EXPECT_THAT(error.headers().get("Location").value_or(""), HasSubstr("client_id=abc"));
  }
  EXPECT_EQ(sink->begun, 0);
  EXPECT_EQ(login.requests().size(), 0u);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST_P(StreamedBodies, ATokenThatIsSentToALoginIsRefused) {
  RecordingServer server([](const RecordedRequest&) {
    return RecordedAnswer{
        302, "", {{"Location", "https://auth.globus.org/v2/oauth2/authorize?client_id=abc"}}};
  });
  const StreamingClient client(AccessTokenAuthorizer("a-secret"), options_for(server.url()));
  try {
    stream(client, get_to(std::make_shared<KeepingSink>()));
    FAIL();
  } catch (const GlobusAPIError& error) {
    EXPECT_THAT(error.what(), HasSubstr("does not take the token"));
    EXPECT_THAT(error.what(), testing::Not(HasSubstr("a-secret")));
  }
}

// ---- requests -----------------------------------------------------------------------------------

TEST_P(StreamedBodies, ASourceIsSentWithItsSize) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  const std::string content = many_bytes(3'000'000);
  stream(StreamingClient(options_for(server.url())), put(std::make_shared<TextSource>(content)));
  const auto request = server.requests().at(0);
  EXPECT_EQ(request.method, "PUT");
  EXPECT_TRUE(request.body == content);
  EXPECT_EQ(request.header("content-length"), "3000000");
  EXPECT_EQ(request.header("content-type"), "application/octet-stream");
  EXPECT_EQ(request.header("transfer-encoding"), "");
  EXPECT_EQ(request.header("expect"), "");
}

TEST_P(StreamedBodies, AnEmptySourceIsAnEmptyBody) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  stream(StreamingClient(options_for(server.url())), put(std::make_shared<TextSource>("")));
  EXPECT_EQ(server.requests().at(0).header("content-length"), "0");
}

TEST_P(StreamedBodies, ARetryReadsTheSourceAgain) {
  std::atomic<int> calls{0};
  RecordingServer server([&calls](const RecordedRequest&) {
    return ++calls == 1 ? RecordedAnswer{503, "busy"} : RecordedAnswer{};
  });
  const auto source = std::make_shared<TextSource>(many_bytes(600'000));
  stream(StreamingClient(options_for(server.url(), 3)), put(source));
  ASSERT_EQ(server.requests().size(), 2u);
  EXPECT_TRUE(server.requests()[1].body == many_bytes(600'000));
  EXPECT_GE(source->rewound, 2);
}

TEST_P(StreamedBodies, AnEmptySourceIsRewoundForEachAttemptToo) {
  std::atomic<int> calls{0};
  RecordingServer server([&calls](const RecordedRequest&) {
    return ++calls == 1 ? RecordedAnswer{503, "busy"} : RecordedAnswer{};
  });
  const auto source = std::make_shared<TextSource>("");
  stream(StreamingClient(options_for(server.url(), 3)), put(source));
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(source->rewound, 2);
}

/// Cannot be read from its beginning.
class LostSource : public TextSource {
 public:
  using TextSource::TextSource;
  void rewind() override { throw std::out_of_range("the tape is lost"); }
};

TEST_P(StreamedBodies, WhatASourceThrowsWhenItIsRewoundIsWhatTheCallThrows) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  for (const std::string content : {"content", ""}) {
    EXPECT_THROW(stream(StreamingClient(options_for(server.url(), 3)),
                        put(std::make_shared<LostSource>(content))),
                 std::out_of_range)
        << content;
  }
}

TEST_P(StreamedBodies, ARedirectTakesMethodAndBodyAlong) {
  for (const int status : {301, 302, 303, 307, 308}) {
    RecordingServer server([status](const RecordedRequest& request) -> RecordedAnswer {
      if (request.target == "/elsewhere") return {};
      return {status, "", {{"Location", "/elsewhere"}}};
    });
    const StreamingClient client(options_for(server.url()));
    stream(client, put(std::make_shared<TextSource>("content")));
    stream(client, Request("PUT", "/file").text("content"));
    stream(client, Request("PATCH", "/file").text("content"));
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 6U) << status;
    for (const std::size_t redirected : {1U, 3U, 5U}) {
      EXPECT_EQ(requests[redirected].method, requests[redirected - 1].method) << status;
      EXPECT_EQ(requests[redirected].body, "content") << status << ' ' << redirected;
    }
  }
}

TEST_P(StreamedBodies, ASourceThatEndsEarlyIsAnErrorAndNoWholeRequest) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  try {
    stream(StreamingClient(options_for(server.url(), 3)),
           put(std::make_shared<TextSource>(many_bytes(600'000), 600'001)));
    FAIL();
  } catch (const GlobusError& error) {
    EXPECT_THAT(error.what(), HasSubstr("ended after 600000 of 600001 bytes"));
  }
  EXPECT_EQ(server.requests().size(), 0u);
}

TEST_P(StreamedBodies, WhatASourceThrowsIsWhatTheCallThrows) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{}; });
  const auto source = std::make_shared<TextSource>(many_bytes(600'000));
  source->on_read = [] { throw std::out_of_range("the disk is broken"); };
  EXPECT_THROW(stream(StreamingClient(options_for(server.url(), 3)), put(source)),
               std::out_of_range);
  EXPECT_EQ(server.requests().size(), 0u);
}

TEST_P(StreamedBodies, AnUploadThatIsRefusedInTheMiddleGivesTheError) {
  // answers at once, and reads nothing of the body
  SocketServer server([](int descriptor) {
    std::array<char, 16384> request{};
    if (recv(descriptor, request.data(), request.size(), 0) <= 0) return;
    const std::string answer = http_answer("403 Forbidden", R"({"code": "PermissionDenied"})");
    send(descriptor, answer.data(), answer.size(), MSG_NOSIGNAL);
    shutdown(descriptor, SHUT_WR);
    while (recv(descriptor, request.data(), request.size(), 0) > 0) {}
  });
  try {
    stream(StreamingClient(options_for(server.url())),
           put(std::make_shared<TextSource>(many_bytes(30'000'000))));
    FAIL();
  } catch (const GlobusAPIError& error) {
    EXPECT_EQ(error.code(), "PermissionDenied");
  }
}

// ---- many logins at once ------------------------------------------------------------------------

/// What many threads wait for, though not for ever.
class Gate {
 public:
  void wait() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait_for(lock, 30s, [this] { return open_; });
  }
  bool await_that_wait(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 30s, [&] { return waiting_ >= count; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

/// An authorizer whose token server does not answer.
class HangingAuthorizer : public GlobusAuthorizer {
 public:
  explicit HangingAuthorizer(std::shared_ptr<Gate> gate) : gate_(std::move(gate)) {}
  std::string get_authorization_header(const CallLimits&) const override {
    gate_->wait();
    return "Bearer late";
  }

 private:
  std::shared_ptr<Gate> gate_;
};

boost::asio::awaitable<void> ask(PlainClient client) {
  auto asking = client.async().get("/x");
  co_await std::move(asking);
}

/// More calls at once than the SDK has threads for authorizers, each with one that hangs.
class HangingLogins {
 public:
  HangingLogins() {
    for (int call = 0; call < 40; ++call) {
      const PlainClient client(HangingAuthorizer(gate_), options_for("http://127.0.0.1:1"));
      boost::asio::co_spawn(context_, ask(client), [](const std::exception_ptr&) {});
    }
    thread_ = std::thread([this] { context_.run(); });
    EXPECT_TRUE(gate_->await_that_wait(32));
  }
  ~HangingLogins() {
    gate_->open();
    thread_.join();
  }
  HangingLogins(const HangingLogins&) = delete;
  HangingLogins& operator=(const HangingLogins&) = delete;

 private:
  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
  boost::asio::io_context context_{};
  std::thread thread_{};
};

TEST_P(StreamedBodies, ComeAndGoWhileLoginsHang) {
  RecordingServer server([](const RecordedRequest& request) {
    return RecordedAnswer{200, request.method == "GET" ? "content" : "{}", {}};
  });
  const HangingLogins logins;
  const StreamingClient client = StreamingClient(options_for(server.url())).with({.deadline = 10s});
  EXPECT_EQ(stream(client, put(std::make_shared<TextSource>("content"))).http_status(), 200);
  const auto sink = std::make_shared<KeepingSink>();
  EXPECT_EQ(stream(client, get_to(sink)).http_status(), 200);
  EXPECT_EQ(sink->text, "content");
}

TEST_P(StreamedBodies, EndWithAStopWhileLoginsHang) {
  EndlessServer server;
  const HangingLogins logins;
  const auto begun = Clock::now();
  std::stop_source stop;
  const StreamingClient client =
      StreamingClient(options_for(server.url())).with({.stop = stop.get_token()});
  std::jthread stopper([&] {
    std::this_thread::sleep_for(100ms);
    stop.request_stop();
  });
  const auto sink = std::make_shared<KeepingSink>();
  sink->on_write = [&] { sink->text.clear(); };
  EXPECT_THROW(stream(client, get_to(sink)), CancelledError);
  EXPECT_LT(Clock::now() - begun, 10s);
}

// ---- operations together ------------------------------------------------------------------------

using detail::ModeRuntime;
using detail::Operations;

boost::asio::awaitable<std::monostate> wait_and_count(std::shared_ptr<std::atomic<int>> ended,
                                                      detail::Connection connection,
                                                      std::chrono::milliseconds time, bool fails) {
  auto sleeping = ModeRuntime<Async>::sleep(connection, time, CallLimits());
  co_await std::move(sleeping);
  ++*ended;
  if (fails) throw std::out_of_range("this one fails");
  co_return std::monostate();
}

Operations<Async> some_operations(const std::shared_ptr<std::atomic<int>>& ended,
                                  const detail::Connection& connection,
                                  std::chrono::milliseconds time, bool one_fails) {
  Operations<Async> operations;
  for (int index = 0; index < 5; ++index) {
    const bool fails = one_fails && index == 2;
    operations.emplace_back([=] { return wait_and_count(ended, connection, time, fails); });
  }
  return operations;
}

TEST(OperationsTogether, RunAtTheSameTimeAndAreAllWaitedFor) {
  const PlainClient client(options_for("http://127.0.0.1:1"));
  const auto ended = std::make_shared<std::atomic<int>>(0);
  const auto begun = Clock::now();
  run_async(ModeRuntime<Async>::all(client.connection(),
                                    some_operations(ended, client.connection(), 200ms, false)));
  EXPECT_EQ(*ended, 5);
  EXPECT_LT(Clock::now() - begun, 900ms);
}

TEST(OperationsTogether, NoneIsNothing) {
  const PlainClient client(options_for("http://127.0.0.1:1"));
  run_async(ModeRuntime<Async>::all(client.connection(), {}));
  ModeRuntime<Blocking>::all(client.connection(), {});
}

TEST(OperationsTogether, TheFirstFailureIsThrownWhenAllHaveEnded) {
  const PlainClient client(options_for("http://127.0.0.1:1"));
  const auto ended = std::make_shared<std::atomic<int>>(0);
  EXPECT_THROW(run_async(ModeRuntime<Async>::all(
                   client.connection(), some_operations(ended, client.connection(), 10ms, true))),
               std::out_of_range);
  EXPECT_EQ(*ended, 5);
}

TEST(OperationsTogether, ACancellationWaitsForThemToEnd) {
  const PlainClient client(options_for("http://127.0.0.1:1"));
  const auto ended = std::make_shared<std::atomic<int>>(0);
  boost::asio::io_context context;
  boost::asio::cancellation_signal signal;
  std::exception_ptr failure;
  auto all = ModeRuntime<Async>::all(client.connection(),
                                     some_operations(ended, client.connection(), 60s, false));
  boost::asio::co_spawn(context, std::move(all),
                        boost::asio::bind_cancellation_slot(
                            signal.slot(), [&failure](const std::exception_ptr& thrown,
                                                      std::monostate) { failure = thrown; }));
  boost::asio::post(context, [&] { signal.emit(boost::asio::cancellation_type::terminal); });
  const auto begun = Clock::now();
  context.run();
  EXPECT_LT(Clock::now() - begun, 30s);
  ASSERT_TRUE(failure);
  EXPECT_THROW(std::rethrow_exception(failure), CancelledError);
  EXPECT_EQ(*ended, 5);
}

detail::BlockingOperation<std::monostate> meet(std::shared_ptr<std::atomic<int>> here, bool fails) {
  ++*here;
  while (*here < 3) std::this_thread::yield();
  if (fails) throw std::out_of_range("this one fails");
  co_return std::monostate();
}

TEST(OperationsTogether, BlockingOnesRunOnThreadsOfTheirOwn) {
  const PlainClient client(options_for("http://127.0.0.1:1"));
  for (const bool one_fails : {false, true}) {
    const auto here = std::make_shared<std::atomic<int>>(0);
    Operations<Blocking> operations;
    for (int index = 0; index < 3; ++index) {
      const bool fails = one_fails && index == 1;
      operations.emplace_back([here, fails] { return meet(here, fails); });
    }
    if (one_fails) {
      EXPECT_THROW(ModeRuntime<Blocking>::all(client.connection(), operations), std::out_of_range);
    } else {
      ModeRuntime<Blocking>::all(client.connection(), operations);
    }
    EXPECT_EQ(*here, 3);
  }
}

}  // namespace
}  // namespace globus_sdk_test
