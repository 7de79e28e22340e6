// SPDX-License-Identifier: Apache-2.0
// A collection that lies: about length, range, state, encoding and type of a file, about where it
// is, and about whether anything comes at all. Each lie is an error of a class that says so, in
// bounded time and memory; nothing but the target is touched, and that stays as it was; and no
// token goes to another host.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "support/collection_server.hpp"
#include "support/run_async.hpp"
#include "support/sanitized.hpp"
#include "support/scoped_folder.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::HasSubstr;
using End = Hostility::End;
namespace fs = std::filesystem;

constexpr const char* collection_id = "3c4f8e2a-6f2d-4f5b-9a57-0f9e2b7f0c11";
constexpr const char* token = "a-token-that-stays-here";
constexpr const char* path = "/data/a.bin";
const std::string old_content = "what was there before";

/// Bytes that differ at each place.
std::string file_content() {
  std::string text;
  while (text.size() < 100'000) text += std::to_string(text.size()) + " ";
  return text;
}

/// What a caller gets.
enum class Gets {
  whole,             ///< all bytes of the file, and no error
  other_bytes,       ///< no error, and not the file
  api_error,         ///< GlobusAPIError
  network_error,     ///< NetworkError
  changed,           ///< FileChangedError
  integrity_error,   ///< FileIntegrityError
  local_file_error,  ///< LocalFileError
  transfer_error,    ///< any other FileTransferError
  json_error,        ///< JsonError: of a listing that is none
  failures,          ///< of a tree: each is one of these errors
  other_error,       ///< a GlobusError of no class that is documented for this
};

void PrintTo(Gets gets, std::ostream* out) {
  constexpr std::array names{"whole",
                             "other bytes",
                             "GlobusAPIError",
                             "NetworkError",
                             "FileChangedError",
                             "FileIntegrityError",
                             "LocalFileError",
                             "FileTransferError",
                             "JsonError",
                             "failures of a tree",
                             "another GlobusError"};
  *out << names.at(static_cast<std::size_t>(gets));
}

void expect_readable(const std::string& message) {
  EXPECT_LT(message.size(), 4000U);
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  EXPECT_EQ(message.find('\0'), std::string::npos);
  EXPECT_THAT(message, testing::Not(HasSubstr(token)));
}

/// What an action ends with that gives `whole` or something else where it throws nothing.
Gets outcome_of(const std::function<Gets()>& action) {
  try {
    return action();
  } catch (const FileChangedError& error) {
    expect_readable(error.what());
    return Gets::changed;
  } catch (const FileIntegrityError& error) {
    expect_readable(error.what());
    return Gets::integrity_error;
  } catch (const LocalFileError& error) {
    expect_readable(error.what());
    return Gets::local_file_error;
  } catch (const FileTransferError& error) {
    expect_readable(error.what());
    return Gets::transfer_error;
  } catch (const GlobusAPIError& error) {
    expect_readable(error.what());
    return Gets::api_error;
  } catch (const NetworkError& error) {
    expect_readable(error.what());
    return Gets::network_error;
  } catch (const JsonError& error) {
    expect_readable(error.what());
    return Gets::json_error;
  } catch (const GlobusError& error) {
    ADD_FAILURE() << "of no documented class: " << error.what();
    return Gets::other_error;
  }
}

double megabytes_at_most() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

using ErrorClasses = std::set<Gets>;
const ErrorClasses wrong_bytes{Gets::integrity_error, Gets::changed, Gets::transfer_error};
const ErrorClasses any_error{Gets::api_error,       Gets::network_error,    Gets::changed,
                             Gets::integrity_error, Gets::local_file_error, Gets::transfer_error};

/// A lie, and what it may lead to.
struct Lie {
  std::string name;
  CollectionServer::Lie tell;
  ErrorClasses gets;
  bool stalls = false;
};

class HostileCollection : public testing::TestWithParam<bool> {
 protected:
  HostileCollection() {
    fs::create_directories(folder.path / "inside");
    std::ofstream(target()) << old_content;
  }

  fs::path target() const { return folder.path / "inside/target"; }
  bool is_async() const { return GetParam(); }

  /// Clients that do not wait for long, where waiting is all that happens.
  static ClientOptions options(const std::string& url, bool stalls) {
    ClientOptions result = options_for(url, 1);
    TransportSettings settings;
    settings.http_timeout = std::chrono::milliseconds(stalls ? 200 : 20'000);
    settings.proxy = nullptr;
    settings.max_response_size = std::int64_t{1} << 20;
    result.transport = Transport(settings);
    return result;
  }
  static GCSCollectionClient client(const std::string& url, bool stalls = false) {
    const GCSCollectionClient files{collection_id, url, AccessTokenAuthorizer{token},
                                    options(url, stalls)};
    return files.with({.deadline = 60s});
  }
  static TransferClient transfer_client(const std::string& url) {
    return TransferClient{AccessTokenAuthorizer{"a token for Transfer"}, options(url, false)};
  }

  DownloadResult download(const GCSCollectionClient& files, const DownloadTarget& where) const {
    return is_async() ? run_async(files.async().download(path, where))
                      : files.download(path, where);
  }

  /// All ways to read a file, by name.
  std::map<std::string, std::function<Gets(const GCSCollectionClient&)>> ways_to_read() const {
    std::map<std::string, std::function<Gets(const GCSCollectionClient&)>> ways{
        {"to a file", [this](const auto& files) { return to_file(files); }},
        {"to a stream", [this](const auto& files) { return to_stream(files); }},
        {"to a function", [this](const auto& files) { return to_function(files); }},
        {"to memory", [this](const auto& files) { return to_memory(files); }}};
    if (!is_async())
      ways["by RemoteFile"] = [](const auto& files) { return by_remote_file(files); };
    return ways;
  }

  Gets to_file(const GCSCollectionClient& files) const {
    download(files, target());
    const Gets gets = judge(content_of(target()));
    std::ofstream(target()) << old_content;
    return gets;
  }
  Gets to_stream(const GCSCollectionClient& files) const {
    std::ostringstream stream;
    download(files, stream);
    return judge(stream.str());
  }
  Gets to_function(const GCSCollectionClient& files) const {
    std::string taken;
    const DownloadTarget function = [&taken](std::span<const std::byte> bytes) {
      taken.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    };
    download(files, function);
    return judge(taken);
  }
  Gets to_memory(const GCSCollectionClient& files) const {
    std::vector<std::byte> memory;
    download(files, memory);
    return judge({reinterpret_cast<const char*>(memory.data()), memory.size()});
  }
  static Gets by_remote_file(const GCSCollectionClient& files) {
    const RemoteFile file = files.open(path);
    std::string text;
    std::array<std::byte, 5000> buffer;
    while (const std::size_t count = file.read_at(static_cast<std::int64_t>(text.size()), buffer)) {
      text.append(reinterpret_cast<const char*>(buffer.data()), count);
      if (text.size() > 10 * file_content().size()) break;
    }
    return judge(text);
  }

  /// A tree of two files, of which each is lied about.
  Gets tree(const CollectionServer& server, bool stalls) const {
    const GCSCollectionClient files = client(server.url(), stalls);
    const TransferClient transfer = transfer_client(server.url());
    const fs::path where = folder.path / "inside/target-tree";
    const TreeResult result =
        is_async() ? run_async(files.async().download_tree("/data/", where, transfer))
                   : files.download_tree("/data/", where, transfer);
    for (const TreeFailure& failure : result.failures) expect_readable(failure.message);
    if (!result) return Gets::failures;
    const bool is_whole = judge(content_of(where / "a.bin")) == Gets::whole &&
                          judge(content_of(where / "b.bin")) == Gets::whole;
    return is_whole ? Gets::whole : Gets::other_bytes;
  }

  static Gets judge(const std::string& content) {
    return content == file_content() ? Gets::whole : Gets::other_bytes;
  }
  static std::string content_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  /// Nothing is there but the target as it was, and what stands beside it under its name.
  void expect_nothing_else_touched(const std::string& what) const {
    EXPECT_EQ(content_of(target()), old_content) << what;
    for (const auto& entry : fs::directory_iterator(folder.path)) {
      EXPECT_EQ(entry.path().filename(), "inside") << what;
    }
    for (const auto& entry : fs::directory_iterator(folder.path / "inside")) {
      EXPECT_THAT(entry.path().filename().string(), HasSubstr("target")) << what;
    }
  }
  void forget_what_came() const {
    fs::remove_all(folder.path / "inside");
    fs::create_directories(folder.path / "inside");
    std::ofstream(target()) << old_content;
  }

  void expect(const std::vector<Lie>& lies) const {
    for (const Lie& lie : lies) {
      for (const auto& [way, read] : ways_to_read()) {
        const std::string what = lie.name + ", " + way;
        const CollectionServer server(file_content(), lie.tell);
        const GCSCollectionClient files = client(server.url(), lie.stalls);
        EXPECT_THAT(lie.gets, testing::Contains(outcome_of([&] { return read(files); }))) << what;
        expect_nothing_else_touched(what);
        forget_what_came();
      }
      expect_of_a_tree(lie);
    }
  }
  void expect_of_a_tree(const Lie& lie) const {
    const CollectionServer server(file_content(), lie_about_files(lie.tell), {"a.bin", "b.bin"});
    const Gets gets = outcome_of([&] { return tree(server, lie.stalls); });
    const bool may_be_whole = lie.gets.contains(Gets::whole);
    const bool may_fail = lie.gets != ErrorClasses{Gets::whole};
    EXPECT_TRUE(may_be_whole ? gets == Gets::whole || (may_fail && gets != Gets::other_bytes)
                             : gets != Gets::whole && gets != Gets::other_bytes)
        << lie.name << ", a tree: " << testing::PrintToString(gets);
    expect_nothing_else_touched(lie.name + ", a tree");
    forget_what_came();
  }
  /// The listing is right.
  static CollectionServer::Lie lie_about_files(const CollectionServer::Lie& lie) {
    return [lie](const RecordedRequest& request, CollectionAnswer& answer) {
      if (request.target.find("/operation/") == std::string::npos) lie(request, answer);
    };
  }

  ScopedFolder folder{};
};
INSTANTIATE_TEST_SUITE_P(Collections, HostileCollection, testing::Values(false, true), mode_of);

/// A lie that sets a header of each answer.
CollectionServer::Lie with_header(const std::string& name, const std::string& value) {
  return
      [name, value](const RecordedRequest&, CollectionAnswer& answer) { answer.set(name, value); };
}

CollectionServer::Lie with_status(const std::string& status) {
  return [status](const RecordedRequest&, CollectionAnswer& answer) { answer.status = status; };
}

/// Sends only the beginning of what was announced, and then ends the connection in that way.
CollectionServer::Lie cut(std::size_t size, End end) {
  return [size, end](const RecordedRequest& request, CollectionAnswer& answer) {
    if (request.method == "HEAD") return;
    answer.body.resize(std::min(size, answer.body.size()));
    answer.end = end;
  };
}

TEST_P(HostileCollection, Honesty) {
  expect({{"no lie", [](const RecordedRequest&, CollectionAnswer&) {}, {Gets::whole}}});
}

TEST_P(HostileCollection, LiesAboutLength) {
  expect({
      {"nothing comes of what was announced", cut(0, End::close), {Gets::network_error}},
      {"a reset before anything came", cut(0, End::reset), {Gets::network_error}},
      {"more was announced than there is",
       [](const RecordedRequest& request, CollectionAnswer& answer) {
         answer.set("Content-Length", std::to_string(answer.body.size() + 1000));
         if (request.method != "HEAD") answer.end = End::close;
       },
       any_error},
      {"as much was announced as no disk has",
       [](const RecordedRequest&, CollectionAnswer& answer) {
         answer.set("Content-Length", "4611686018427387904");
         answer.end = End::close;
       },
       any_error},
      {"a length below zero", with_header("Content-Length", "-1"), any_error},
      {"a length that is no number", with_header("Content-Length", "many"), any_error},
      {"two lengths",
       [](const RecordedRequest&, CollectionAnswer& answer) {
         answer.headers.emplace_back("Content-Length", "10");
       },
       any_error},
      {"a length and chunks that are none",
       [](const RecordedRequest&, CollectionAnswer& answer) {
         answer.set("Transfer-Encoding", "chunked");
         answer.end = End::close;
       },
       any_error},
  });
}

TEST_P(HostileCollection, SendsMoreThanWasAnnounced) {
  const auto endless = [](const RecordedRequest& request, CollectionAnswer& answer) {
    if (request.method != "HEAD") answer.endlessly = std::string(65536, 'x');
  };
  // what lies beyond the length is no part of the answer
  expect({{"bytes without end behind the body", endless, {Gets::whole}}});
}

TEST_P(HostileCollection, SendsMoreThanWasAskedFor) {
  const std::string chunk = "10000\r\n" + std::string(65536, 'x') + "\r\n";
  const double before = megabytes_at_most();
  expect({{"chunks without end in answer to a range",
           [chunk](const RecordedRequest& request, CollectionAnswer& answer) {
             answer.drop("Content-Length");
             answer.set("Transfer-Encoding", "chunked");
             answer.status = "206 Partial Content";
             answer.set("Content-Range", "bytes 0-99/" + std::to_string(file_content().size()));
             answer.body.clear();
             if (request.method != "HEAD") answer.endlessly = chunk;
           },
           any_error}});
  EXPECT_LT(megabytes_at_most() - before, is_sanitized ? 2000 : 200);
}

TEST_P(HostileCollection, LiesAboutTheRange) {
  const auto ranged = [](const std::string& range) {
    return [range](const RecordedRequest&, CollectionAnswer& answer) {
      answer.status = "206 Partial Content";
      answer.set("Content-Range", range);
    };
  };
  expect({
      {"another part than was asked for", ranged("bytes 7-100006/888888"), any_error},
      {"a part of a file of another size", ranged("bytes 0-9/7"), any_error},
      {"a part that ends before it begins", ranged("bytes 9-0/100"), any_error},
      {"a part beyond all numbers", ranged("bytes 0-99999999999999999999/99999999999999999999"),
       any_error},
      {"a part in another unit", ranged("lines 0-9/100"), any_error},
      {"no range at all", ranged(""), any_error},
      {"words for a range", ranged("bytes all"), any_error},
      {"the same beginning for each range",
       [](const RecordedRequest& request, CollectionAnswer& answer) {
         answer.status = "206 Partial Content";
         answer.set("Content-Range", "bytes 0-3/" + std::to_string(file_content().size()));
         answer.body = file_content().substr(0, 4);
         answer.set("Content-Length", "4");
         if (request.method == "HEAD") answer.body.clear();
       },
       any_error},
      {"that there is no such range", with_status("416 Range Not Satisfiable"), any_error},
  });
}

/// The file is another one at each look, and no answer has all of it.
TEST_P(HostileCollection, LiesAboutTheState) {
  const auto number = std::make_shared<int>(0);
  const auto cut_and_changed = [number](const RecordedRequest& request, CollectionAnswer& answer) {
    if (request.method == "HEAD") return;
    answer.set("ETag", "\"state " + std::to_string(++*number) + "\"");
    answer.body.resize(answer.body.size() / 2);
    answer.end = End::close;
  };
  const auto grows = [number](const RecordedRequest& request, CollectionAnswer& answer) {
    if (request.method == "HEAD") return;
    const std::string range = request.header("range");
    const std::string first =
        range.starts_with("bytes=") ? range.substr(6, range.find('-') - 6) : "0";
    answer.status = "206 Partial Content";
    answer.set(
        "Content-Range",
        "bytes " + first + "-" + std::to_string(std::stoul(first) + answer.body.size() - 1) + "/" +
            std::to_string(file_content().size() + 1000U * static_cast<std::size_t>(++*number)));
    answer.body.resize(answer.body.size() / 2);
    answer.end = End::close;
  };
  expect({{"another ETag each time", cut_and_changed, any_error},
          {"another size each time", grows, any_error}});
}

TEST_P(HostileCollection, LiesAboutTheEncoding) {
  expect({
      {"bytes that are not compressed", with_header("Content-Encoding", "gzip"), wrong_bytes},
      {"an encoding that there is none of", with_header("Content-Encoding", "sesame"), wrong_bytes},
  });
}

TEST_P(HostileCollection, SendsACompressedBomb) {
  const double before = megabytes_at_most();
  const auto bomb = [](const RecordedRequest& request, CollectionAnswer& answer) {
    answer.set("Content-Encoding", "gzip");
    // ten bytes of a gzip head, and a block that repeats itself
    answer.body = std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
    answer.drop("Content-Length");
    if (request.method != "HEAD") answer.endlessly = std::string(65536, '\0');
  };
  expect({{"a compressed file without end", bomb, wrong_bytes}});
  EXPECT_LT(megabytes_at_most() - before, is_sanitized ? 2000 : 200);
}

TEST_P(HostileCollection, LiesAboutTheType) {
  expect({
      {"several parts for one",
       [](const RecordedRequest& request, CollectionAnswer& answer) {
         answer.status = "206 Partial Content";
         answer.drop("Content-Range");
         answer.set("Content-Type", "multipart/byteranges; boundary=x");
         answer.body = "--x\r\nContent-Range: bytes 0-3/9\r\n\r\nabcd\r\n--x--\r\n";
         answer.set("Content-Length", std::to_string(answer.body.size()));
         if (request.method == "HEAD") answer.body.clear();
       },
       any_error},
      {"a file of a type that is none", with_header("Content-Type", "\x01/\xff"), {Gets::whole}},
  });
}

TEST_P(HostileCollection, LiesAboutTheChecksum) {
  const auto lied = [](const std::string& name, const std::string& value) {
    return [name, value](const RecordedRequest& request, CollectionAnswer& answer) {
      if (request.method == "GET") answer.set(name, value);
    };
  };
  const std::string zeros = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"Digest", "sha-256=" + zeros}, {"Repr-Digest", "sha-256=:" + zeros + ":"}}) {
    const CollectionServer server(file_content(), lied(name, value));
    EXPECT_EQ(outcome_of([&] { return to_file(client(server.url())); }), Gets::integrity_error)
        << name;
    expect_nothing_else_touched(name);
  }
}

TEST_P(HostileCollection, AnswersWithWhatIsNoFile) {
  expect({
      {"no content",
       [](const RecordedRequest&, CollectionAnswer& answer) {
         answer.status = "204 No Content";
         answer.drop("Content-Length");
         answer.body.clear();
       },
       any_error},
      {"not modified, unasked",
       [](const RecordedRequest&, CollectionAnswer& answer) {
         answer.status = "304 Not Modified";
         answer.body.clear();
         answer.drop("Content-Length");
       },
       any_error},
      {"a redirect that leads nowhere", with_status("302 Found"), any_error},
      {"several choices", with_status("300 Multiple Choices"), any_error},
      {"an error without end",
       [](const RecordedRequest& request, CollectionAnswer& answer) {
         answer.status = "403 Forbidden";
         answer.drop("Content-Length");
         if (request.method != "HEAD") answer.endlessly = std::string(65536, 'x');
       },
       {Gets::network_error, Gets::api_error}},
      {"an error each time", with_status("500 Internal Server Error"), {Gets::api_error}},
      {"a refusal each time", with_status("401 Unauthorized"), {Gets::api_error}},
  });
}

TEST_P(HostileCollection, Stalls) {
  const auto silent = [](const RecordedRequest&, CollectionAnswer& answer) {
    answer = CollectionAnswer{.status = "100 Continue", .end = End::stall};
  };
  expect({{.name = "nothing comes after the head",
           .tell = cut(0, End::stall),
           .gets = {Gets::network_error},
           .stalls = true},
          {.name = "nothing comes at all",
           .tell = silent,
           .gets = {Gets::network_error},
           .stalls = true},
          // each answer brings half, and then the rest is asked for
          {.name = "nothing comes after half",
           .tell = cut(50'000, End::stall),
           .gets = {Gets::whole, Gets::network_error},
           .stalls = true}});
}

TEST_P(HostileCollection, RedirectsToALogin) {
  expect({{"a login",
           [](const RecordedRequest&, CollectionAnswer& answer) {
             answer.status = "302 Found";
             answer.set("Location", "https://127.0.0.1:9/v2/oauth2/authorize?client_id=" +
                                        std::string(collection_id) + "&response_type=code");
           },
           {Gets::api_error}}});
}

TEST_P(HostileCollection, RedirectsToWhereNoFilesAre) {
  const auto to = [](const std::string& location) {
    return [location](const RecordedRequest&, CollectionAnswer& answer) {
      answer.status = "302 Found";
      answer.set("Location", location);
    };
  };
  expect({{"in a loop", to("/data/elsewhere"), {Gets::network_error}},
          {"to a file of this machine", to("file:///etc/hostname"), {Gets::network_error}},
          {"to another protocol", to("gopher://127.0.0.1:9/1"), {Gets::network_error}},
          {"to no URL", to("http://"), any_error}});
}

/// An object store gives the file itself, and must not see whose it is.
TEST_P(HostileCollection, GivesNoTokenToAnotherHost) {
  const CollectionServer store(file_content());
  for (const char* status : {"301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect",
                             "308 Permanent Redirect"}) {
    for (const auto& [way, read] : ways_to_read()) {
      const CollectionServer server(file_content(),
                                    [&](const RecordedRequest&, CollectionAnswer& answer) {
                                      answer.status = status;
                                      answer.set("Location", store.url() + "/stored?signature=x");
                                    });
      const GCSCollectionClient files = client(server.url());
      EXPECT_EQ(outcome_of([&] { return read(files); }), Gets::whole) << status << ", " << way;
    }
  }
  ASSERT_FALSE(store.requests().empty());
  for (const RecordedRequest& request : store.requests()) {
    EXPECT_EQ(request.header("authorization"), "");
    EXPECT_THAT(request.target, testing::Not(HasSubstr(token)));
  }
}

class HostileUploads : public HostileCollection {
 protected:
  Gets upload(const GCSCollectionClient& files) const {
    const std::string text = "what is sent";
    const std::span<const std::byte> bytes = std::as_bytes(std::span(text));
    const UploadSource source(bytes);
    if (is_async()) {
      run_async(files.async().upload(source, path));
    } else {
      files.upload(source, path);
    }
    return Gets::whole;
  }
  Gets remove(const GCSCollectionClient& files) const {
    if (is_async()) {
      run_async(files.async().remove(path));
    } else {
      files.remove(path);
    }
    return Gets::whole;
  }
  Gets head(const GCSCollectionClient& files) const {
    if (is_async()) {
      run_async(files.async().head(path));
    } else {
      files.head(path);
    }
    return Gets::whole;
  }
};
INSTANTIATE_TEST_SUITE_P(Collections, HostileUploads, testing::Values(false, true), mode_of);

TEST_P(HostileUploads, AreErrors) {
  const std::vector<Lie> lies{
      {"a login",
       [](const RecordedRequest&, CollectionAnswer& answer) {
         answer.status = "302 Found";
         answer.set("Location", "https://127.0.0.1:9/v2/oauth2/authorize?client_id=x");
       },
       {Gets::api_error}},
      {"a loop",
       [](const RecordedRequest&, CollectionAnswer& answer) {
         answer.status = "307 Temporary Redirect";
         answer.set("Location", path);
       },
       any_error},
      {"a redirect that leads nowhere", with_status("302 Found"), any_error},
      {"a reset",
       [](const RecordedRequest&, CollectionAnswer& answer) {
         answer = CollectionAnswer{.status = "100 Continue", .end = End::reset};
       },
       {Gets::network_error}},
      {"an answer that is cut",
       [](const RecordedRequest&, CollectionAnswer& answer) {
         answer.set("Content-Length", "100");
         answer.end = End::close;
       },
       {Gets::network_error}},
      {"an answer without end",
       [](const RecordedRequest&, CollectionAnswer& answer) {
         answer.drop("Content-Length");
         answer.endlessly = std::string(65536, 'x');
       },
       {Gets::network_error}},
      {"an error each time", with_status("503 Service Unavailable"), {Gets::api_error}},
      {"no room", with_status("507 Insufficient Storage"), {Gets::api_error}},
      {.name = "silence",
       .tell =
           [](const RecordedRequest&, CollectionAnswer& answer) {
             answer = CollectionAnswer{.status = "100 Continue", .end = End::stall};
           },
       .gets = {Gets::network_error},
       .stalls = true},
  };
  for (const Lie& lie : lies) {
    const CollectionServer server(file_content(), lie.tell);
    const GCSCollectionClient files = client(server.url(), lie.stalls);
    EXPECT_THAT(lie.gets, testing::Contains(outcome_of([&] { return upload(files); }))) << lie.name;
  }
}

/// What says neither that it was done nor why not.
TEST_P(HostileUploads, AreNotDoneByARedirectThatLeadsNowhere) {
  for (const char* status : {"300 Multiple Choices", "302 Found", "304 Not Modified"}) {
    const CollectionServer server(file_content(), with_status(status));
    const GCSCollectionClient files = client(server.url());
    EXPECT_EQ(outcome_of([&] { return upload(files); }), Gets::transfer_error) << status;
    EXPECT_EQ(outcome_of([&] { return remove(files); }), Gets::transfer_error) << status;
    EXPECT_EQ(outcome_of([&] { return head(files); }), Gets::transfer_error) << status;
  }
}

TEST_P(HostileUploads, GiveNoTokenToAnotherHost) {
  const CollectionServer other(file_content());
  for (const char* status : {"301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect",
                             "308 Permanent Redirect"}) {
    const CollectionServer server(file_content(),
                                  [&](const RecordedRequest&, CollectionAnswer& answer) {
                                    answer.status = status;
                                    answer.set("Location", other.url() + "/stored?signature=x");
                                  });
    outcome_of([&] { return upload(client(server.url())); });
  }
  for (const RecordedRequest& request : other.requests()) {
    EXPECT_EQ(request.header("authorization"), "") << request.method;
  }
}

class HostileListings : public HostileCollection {};
INSTANTIATE_TEST_SUITE_P(Collections, HostileListings, testing::Values(false, true), mode_of);

TEST_P(HostileListings, EndAndLeadNowhere) {
  for (const char* document : {
           R"({})",
           R"([])",
           R"({"DATA": {}})",
           R"({"DATA": "none"})",
           R"({"DATA": [1, null, [], {}]})",
           R"({"DATA": [{"type": "file", "size": 1}]})",
           R"({"DATA": [{"name": 7, "type": "file", "size": 1}]})",
           R"({"DATA": [{"name": "a", "type": "file", "size": -1}]})",
           R"({"DATA": [{"name": "a", "type": "file", "size": "many"}]})",
           R"({"DATA": [{"name": "a", "type": "mystery", "size": 1}]})",
           R"({"DATA": [{"name": "../outside", "type": "file", "size": 1}]})",
           R"({"DATA": [{"name": "/tmp/outside", "type": "file", "size": 1}]})",
           R"({"DATA": [{"name": "..", "type": "dir", "size": 1}]})",
           R"({"DATA": [{"name": "a\u0000b", "type": "file", "size": 1}]})",
           R"({"DATA": [], "total": 1000000, "length": 0})",
       }) {
    const CollectionServer server(
        file_content(), [&](const RecordedRequest& request, CollectionAnswer& answer) {
          if (request.target.find("/operation/") == std::string::npos) return;
          answer.body = document;
          answer.set("Content-Length", std::to_string(answer.body.size()));
        });
    const Gets gets = outcome_of([&] { return tree(server, false); });
    EXPECT_NE(gets, Gets::whole) << document;
    EXPECT_NE(gets, Gets::other_error) << document;
    expect_nothing_else_touched(document);
    forget_what_came();
  }
}

}  // namespace
}  // namespace globus_sdk_test
