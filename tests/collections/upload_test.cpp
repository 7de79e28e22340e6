// SPDX-License-Identifier: Apache-2.0
// Uploads as they go over the wire, in both modes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <ctime>
#include <fstream>
#include <functional>
#include <future>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "collections/passing_stream.hpp"
#include "globus_sdk/async.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"
#include "support/message_of.hpp"
#include "support/recording_server.hpp"
#include "support/run_async.hpp"
#include "support/scoped_folder.hpp"
#include "support/socket_server.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::AllOf;
using testing::HasSubstr;
namespace fs = std::filesystem;

const std::string collection_id = "6528bad5-bc02-497d-8a4f-a38547d0e72a";
const std::string content = "These are the bytes of a file.";

GCSCollectionClient client_of(const std::string& url, std::int64_t max_retries = 0) {
  return GCSCollectionClient(collection_id, url, options_for(url, max_retries));
}

UploadSource bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

/// A function that gives a text, and counts how often it begins.
struct CountingText {
  std::string text{};
  std::shared_ptr<std::atomic<int>> begun = std::make_shared<std::atomic<int>>(0);

  std::size_t operator()(std::int64_t offset, std::span<std::byte> buffer) const {
    if (offset == 0) ++*begun;
    const std::size_t count =
        std::min(buffer.size(), text.size() - static_cast<std::size_t>(offset));
    std::memcpy(buffer.data(), text.data() + offset, count);
    return count;
  }
};

struct Uploads : testing::TestWithParam<bool> {
  GlobusHTTPResponse upload(const GCSCollectionClient& client, const UploadSource& source,
                            const std::string& path, const UploadOptions& options = {}) const {
    return GetParam() ? run_async(client.async().upload(source, path, options))
                      : client.upload(source, path, options);
  }
  template <class Error>
  std::string refusal_of(const GCSCollectionClient& client, const UploadSource& source,
                         const UploadOptions& options = {}) const {
    return message_of<Error>([&] { upload(client, source, "/file", options); });
  }
};
INSTANTIATE_TEST_SUITE_P(Collections, Uploads, testing::Values(false, true), mode_of);

RecordedAnswer created(const RecordedRequest&) {
  return {201, "", {{"ETag", "\"new\""}}};
}

// ---- in a coroutine -----------------------------------------------------------------------------

boost::asio::awaitable<void> upload_in_coroutine(GCSCollectionClient client,
                                                 std::shared_ptr<const std::string> text) {
  const auto give = [text](std::int64_t offset, std::span<std::byte> room) {
    return text->copy(reinterpret_cast<char*>(room.data()), room.size(),
                      static_cast<std::size_t>(offset));
  };
  const auto files = client.async();
  const UploadOptions options{.size = std::ssize(*text)};
  const auto response = co_await files.upload(give, "/file", options);
  EXPECT_EQ(response.http_status(), 201);
}

TEST(AsyncUpload, LetsGoOfItsFunctionOnce) {
  RecordingServer server(created);
  const auto text = std::make_shared<const std::string>(content);
  run_to_its_end(upload_in_coroutine(client_of(server.url()), text));
  EXPECT_EQ(server.requests().at(0).body, content);
  EXPECT_EQ(text.use_count(), 1);
}

// ---- what arrives -------------------------------------------------------------------------------

TEST_P(Uploads, OfAFileArriveAsTheyAre) {
  const ScopedFolder folder;
  std::string large(3'000'000, '\0');
  for (std::size_t at = 0; at < large.size(); ++at) large[at] = static_cast<char>(at * 31 % 251);
  std::ofstream(folder.path / "file", std::ios::binary) << large;
  RecordingServer server(created);
  const auto response =
      upload(client_of(server.url()), folder.path / "file", "/data/a file with #%?.h5");
  EXPECT_EQ(response.http_status(), 201);
  EXPECT_EQ(response.headers().get("ETag"), "\"new\"");
  ASSERT_EQ(server.requests().size(), 1U);
  const RecordedRequest request = server.requests()[0];
  EXPECT_EQ(request.method, "PUT");
  EXPECT_EQ(request.target, "/data/a%20file%20with%20%23%25%3F.h5");
  EXPECT_EQ(request.header("content-length"), "3000000");
  EXPECT_EQ(request.header("content-type"), "application/octet-stream");
  EXPECT_EQ(request.header("transfer-encoding"), "");
  EXPECT_EQ(request.header("if-none-match"), "");
  EXPECT_EQ(request.header("if-match"), "");
  EXPECT_TRUE(request.body == large);
}

TEST_P(Uploads, OfEachKindOfSourceArrive) {
  RecordingServer server(created);
  const GCSCollectionClient client = client_of(server.url());
  std::istringstream stream(content);
  UploadOptions sized;
  sized.size = std::ssize(content);
  upload(client, stream, "/stream");
  upload(client, CountingText{content}, "/function", sized);
  upload(client, bytes_of(content), "/memory");
  ASSERT_EQ(server.requests().size(), 3U);
  for (const RecordedRequest& request : server.requests()) EXPECT_EQ(request.body, content);
}

TEST_P(Uploads, OfNothingMakeAnEmptyFile) {
  const ScopedFolder folder;
  std::ofstream(folder.path / "file").close();
  RecordingServer server(created);
  upload(client_of(server.url()), folder.path / "file", "/empty");
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(server.requests()[0].method, "PUT");
  EXPECT_EQ(server.requests()[0].header("content-length"), "0");
  EXPECT_EQ(server.requests()[0].body, "");
}

TEST_P(Uploads, CarryTheirOptions) {
  RecordingServer server(created);
  const GCSCollectionClient client = client_of(server.url());
  UploadOptions new_file;
  new_file.overwrite = false;
  new_file.content_type = "text/plain";
  new_file.query_params = Json{{"k", "v"}};
  upload(client, bytes_of(content), "/file", new_file);
  UploadOptions same_state;
  same_state.if_match = "\"state\"";
  upload(client, bytes_of(content), "/file", same_state);
  ASSERT_EQ(server.requests().size(), 2U);
  EXPECT_EQ(server.requests()[0].target, "/file?k=v");
  EXPECT_EQ(server.requests()[0].header("if-none-match"), "*");
  EXPECT_EQ(server.requests()[0].header("content-type"), "text/plain");
  EXPECT_EQ(server.requests()[1].header("if-match"), "\"state\"");
  EXPECT_EQ(server.requests()[1].header("if-none-match"), "");
}

TEST_P(Uploads, ThatCannotBeSendNothing) {
  RecordingServer server(created);
  const GCSCollectionClient client = client_of(server.url());
  UploadOptions both;
  both.overwrite = false;
  both.if_match = "\"state\"";
  EXPECT_THAT(refusal_of<GlobusSDKUsageError>(client, bytes_of(content), both),
              HasSubstr("if_match"));
  UploadOptions split;
  split.content_type = "text/plain\r\nX-More: 1";
  EXPECT_THAT(refusal_of<GlobusSDKUsageError>(client, bytes_of(content), split),
              HasSubstr("content_type"));
  UploadOptions none;
  none.if_match = "";
  EXPECT_THAT(refusal_of<GlobusSDKUsageError>(client, bytes_of(content), none),
              HasSubstr("if_match"));
  UploadOptions negative;
  negative.size = -1;
  EXPECT_THAT(refusal_of<GlobusSDKUsageError>(client, bytes_of(content), negative),
              HasSubstr("size"));
  EXPECT_THAT(refusal_of<LocalFileError>(client, "/no/such/file"), HasSubstr("/no/such/file"));
  for (const std::string path : {"", "file", "/folder/", "/a/../b"}) {
    EXPECT_THROW(upload(client, bytes_of(content), path), GlobusSDKUsageError) << path;
  }
  EXPECT_TRUE(server.requests().empty());
}

// ---- once more ----------------------------------------------------------------------------------

TEST_P(Uploads, AreReadAgainForARetry) {
  std::atomic<int> calls{0};
  RecordingServer server([&calls](const RecordedRequest& request) {
    return ++calls == 1 ? RecordedAnswer{503, "busy"} : created(request);
  });
  CountingText text{content};
  UploadOptions options;
  options.size = std::ssize(content);
  EXPECT_EQ(upload(client_of(server.url(), 2), text, "/file", options).http_status(), 201);
  EXPECT_EQ(server.requests().at(0).body, content);
  EXPECT_EQ(server.requests().at(1).body, content);
  EXPECT_EQ(*text.begun, 2);
}

TEST_P(Uploads, OfAStreamThatGivesItsBytesOnceEndWithARetry) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{503, "busy"}; });
  PassingStream stream(content);
  UploadOptions options;
  options.size = std::ssize(content);
  EXPECT_THAT(refusal_of<FileTransferError>(client_of(server.url(), 2), stream, options),
              HasSubstr("once only"));
  EXPECT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(server.requests()[0].body, content);
}

TEST_P(Uploads, FollowARedirectWithAllOfTheirBytes) {
  for (const int status : {301, 302, 307, 308}) {
    RecordingServer server([status](const RecordedRequest& request) -> RecordedAnswer {
      if (request.target == "/file") return {status, "", {{"Location", "/elsewhere"}}};
      return created(request);
    });
    upload(client_of(server.url()), bytes_of(content), "/file");
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 2U) << status;
    EXPECT_EQ(requests[1].method, "PUT") << status;
    EXPECT_EQ(requests[1].target, "/elsewhere");
    EXPECT_EQ(requests[1].body, content) << status << ": a part of a file took its place";
  }
}

TEST_P(Uploads, ThatAreSentToALoginAreAnErrorThatSaysSo) {
  RecordingServer server([](const RecordedRequest&) {
    return RecordedAnswer{
        302,
        "",
        {{"Location", "https://auth.example/v2/oauth2/authorize?client_id=" + collection_id}}};
  });
  try {
    upload(client_of(server.url()), bytes_of(content), "/file");
    ADD_FAILURE() << "nothing was stored";
  } catch (const GlobusAPIError& error) {
    EXPECT_EQ(error.http_status(), 302);
    EXPECT_THAT(error.what(), HasSubstr("login"));
  }
}

// ---- half of a file -----------------------------------------------------------------------------

/// A server that reads what comes until the connection ends, and answers nothing unless it is told
/// to.
class ReadingServer {
 public:
  /// @param on_head is called when the head is there, and may return an answer.
  explicit ReadingServer(std::function<std::string()> on_head = [] { return std::string(); })
      : on_head_(std::move(on_head)), server_([this](int descriptor) { serve(descriptor); }) {}

  std::string url() const { return server_.url(); }
  /// How many bytes of the body had come when the connection ended.
  std::int64_t received() {
    auto result = received_.get_future();
    EXPECT_EQ(result.wait_for(std::chrono::seconds(60)), std::future_status::ready);
    return result.get();
  }

 private:
  void serve(int descriptor) {
    std::string head;
    std::vector<char> buffer(1 << 16);
    std::int64_t count = 0;
    while (true) {
      const ssize_t read = recv(descriptor, buffer.data(), buffer.size(), 0);
      if (read <= 0) break;
      count += read;
      if (head.find("\r\n\r\n") != std::string::npos) continue;
      head.append(buffer.data(), static_cast<std::size_t>(read));
      const std::size_t end = head.find("\r\n\r\n");
      if (end == std::string::npos) continue;
      count -= static_cast<std::int64_t>(end) + 4;
      const std::string answer = on_head_();
      send(descriptor, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
    if (!told_.exchange(true)) received_.set_value(count);
  }

  std::function<std::string()> on_head_;
  std::promise<std::int64_t> received_{};
  std::atomic<bool> told_{false};
  SocketServer server_;
};

TEST_P(Uploads, OfTooFewOrTooManyBytesNeverArriveWhole) {
  for (const int difference : {-1, 1}) {
    ReadingServer server;
    UploadOptions options;
    options.size = std::ssize(content) + difference;
    EXPECT_THAT(
        refusal_of<FileIntegrityError>(client_of(server.url(), 3), CountingText{content}, options),
        HasSubstr(difference > 0 ? "ended after 30 of 31" : "more than 29"));
    EXPECT_LT(server.received(), *options.size);
  }
}

/// A file that sockets do not hold.
fs::path large_file_in(const ScopedFolder& folder) {
  const fs::path file = folder.path / "file";
  std::ofstream(file).close();
  fs::resize_file(file, std::int64_t{64} << 20);
  return file;
}

TEST_P(Uploads, OfAFileThatChangesOnTheWayNeverArriveWhole) {
  constexpr std::int64_t size = std::int64_t{64} << 20;  // more than sockets hold
  const std::vector<std::function<void(const fs::path&)>> changes{
      [](const fs::path& file) { fs::resize_file(file, size + 1); },
      [](const fs::path& file) { fs::resize_file(file, size - 1); },
  };
  for (const auto& change : changes) {
    const ScopedFolder folder;
    const fs::path file = large_file_in(folder);
    ReadingServer server([&] {
      change(file);
      return std::string();
    });
    EXPECT_THAT(refusal_of<FileChangedError>(client_of(server.url(), 3), file),
                AllOf(HasSubstr(file.string()), HasSubstr("changed")));
    EXPECT_LT(server.received(), size);
  }
}

std::string answer_that_ends(const std::string& status) {
  return "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
}

TEST_P(Uploads, AreRefusedBeforeAllOfTheirBytesWereSent) {
  const ScopedFolder folder;
  ReadingServer server([] { return answer_that_ends("403 Forbidden"); });
  try {
    upload(client_of(server.url(), 3), large_file_in(folder), "/file");
    ADD_FAILURE() << "it was refused";
  } catch (const GlobusAPIError& error) {
    EXPECT_EQ(error.http_status(), 403);
  }
  EXPECT_LT(server.received(), std::int64_t{64} << 20);
}

TEST_P(Uploads, AreNoSuccessWhereTheServerDoesNotTakeAll) {
  const ScopedFolder folder;
  SocketServer server([](int descriptor) {
    char head[4096];
    recv(descriptor, head, sizeof head, 0);
    const std::string answer = answer_that_ends("201 Created");
    send(descriptor, answer.data(), answer.size(), MSG_NOSIGNAL);
  });
  EXPECT_THROW(upload(client_of(server.url()), large_file_in(folder), "/file"), GlobusError);
}

TEST_P(Uploads, ThrowWhatTheirSourceThrows) {
  ReadingServer server;
  UploadOptions options;
  options.size = 100;
  const UploadSource source = [](std::int64_t offset, std::span<std::byte> buffer) {
    if (offset > 0) throw std::out_of_range("the tape is torn");
    buffer[0] = std::byte{1};
    return std::size_t{1};
  };
  EXPECT_THAT(refusal_of<std::out_of_range>(client_of(server.url(), 3), source, options),
              HasSubstr("the tape is torn"));
}

TEST_P(Uploads, EndWhenStopIsRequested) {
  ReadingServer server;
  std::stop_source stop;
  UploadOptions options;
  options.size = 1000;
  const UploadSource source = [&stop](std::int64_t, std::span<std::byte> buffer) {
    stop.request_stop();
    buffer[0] = std::byte{1};
    return std::size_t{1};
  };
  CallSettings settings;
  settings.stop = stop.get_token();
  EXPECT_THROW(upload(client_of(server.url(), 3).with(settings), source, "/file", options),
               CancelledError);
  EXPECT_LT(server.received(), 1000);
}

// ---- progress -----------------------------------------------------------------------------------

TEST_P(Uploads, TellHowFarTheyAre) {
  RecordingServer server(created);
  std::vector<FileProgress> told;
  UploadOptions options;
  options.on_progress =
      OnProgress([&told](const FileProgress& progress) { told.push_back(progress); });
  const std::string large(5'000'000, 'x');
  upload(client_of(server.url()), bytes_of(large), "/file", options);
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.back().path, "/file");
  EXPECT_EQ(told.back().bytes, 5'000'000);
  EXPECT_EQ(told.back().total, 5'000'000);
  EXPECT_GT(told.back().bytes_per_second, 0);
}

TEST_P(Uploads, ThrowWhatTheirProgressThrows) {
  RecordingServer server(created);
  UploadOptions options;
  options.on_progress =
      OnProgress([](const FileProgress&) { throw std::out_of_range("the window is closed"); });
  EXPECT_THAT(refusal_of<std::out_of_range>(client_of(server.url()), bytes_of(content), options),
              HasSubstr("the window is closed"));
}

// ---- conditions ---------------------------------------------------------------------------------

std::string http_date(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[64];
  const std::size_t size = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text, size};
}

/// A collection that puts a file in place, loses the answer, and then has the file.
struct LossyCollection {
  explicit LossyCollection(std::string there, std::chrono::seconds age = {})
      : server([=, this](const RecordedRequest& request) -> RecordedAnswer {
          if (request.method == "GET") {
            const auto now = std::chrono::system_clock::now();
            return {
                200, there, {{"Date", http_date(now)}, {"Last-Modified", http_date(now - age)}}};
          }
          if (++puts == 1) return {first_status, ""};
          return {412, R"({"code": "Exists", "message": "there is such a file"})"};
        }) {}

  std::ptrdiff_t count(const std::string& method) const {
    const auto requests = server.requests();
    return std::ranges::count(requests, method, &RecordedRequest::method);
  }

  int first_status = 0;  // a connection that ends without an answer
  std::atomic<int> puts{0};
  RecordingServer server;
};

UploadOptions of_new_file() {
  UploadOptions options;
  options.overwrite = false;
  return options;
}

TEST_P(Uploads, WithAConditionSucceedWhenTheAnswerWasLostAndTheFileIsThere) {
  for (const std::string& text : {content, std::string(1'000'000, 'x'), std::string()}) {
    LossyCollection collection(text);
    const auto response =
        upload(client_of(collection.server.url(), 2), bytes_of(text), "/file", of_new_file());
    EXPECT_EQ(response.http_status(), 200);
    EXPECT_EQ(collection.count("PUT"), 2);
    EXPECT_EQ(collection.count("GET"), 1);
  }
}

TEST_P(Uploads, WithAnETagSucceedWhenTheAnswerWasLostAndTheFileIsThere) {
  LossyCollection collection(content);
  UploadOptions options;
  options.if_match = "\"before\"";
  int ends = 0;
  options.on_progress =
      OnProgress([&ends](const FileProgress& progress) { ends += progress.bytes == 30 ? 1 : 0; });
  upload(client_of(collection.server.url(), 2), bytes_of(content), "/file", options);
  EXPECT_GE(ends, 1);
}

TEST_P(Uploads, WithAConditionAreRefusedWhenAnotherFileIsThere) {
  const std::vector<std::pair<std::string, std::chrono::seconds>> others{
      {"THESE are the bytes of a file.", 0s},  // of the same size
      {content + " ", 0s},
      {content.substr(1), 0s},
      {"", 0s},
      {content, 3600s},  // it was there before
  };
  for (const auto& [there, age] : others) {
    LossyCollection collection(there, age);
    try {
      upload(client_of(collection.server.url(), 2), bytes_of(content), "/file", of_new_file());
      ADD_FAILURE() << there;
    } catch (const GlobusAPIError& error) {
      EXPECT_EQ(error.http_status(), 412);
      EXPECT_EQ(error.code(), "Exists");
    }
    EXPECT_EQ(collection.count("GET"), 1);
  }
}

TEST_P(Uploads, WithAConditionAreRefusedAtOnceWhenNothingWasLost) {
  LossyCollection collection(content);
  collection.first_status = 412;
  EXPECT_THROW(
      upload(client_of(collection.server.url(), 2), bytes_of(content), "/file", of_new_file()),
      GlobusAPIError);
  EXPECT_EQ(collection.count("PUT"), 1);
  EXPECT_EQ(collection.count("GET"), 0);
}

}  // namespace
}  // namespace globus_sdk_test
