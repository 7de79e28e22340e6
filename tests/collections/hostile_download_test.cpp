// SPDX-License-Identifier: Apache-2.0
// Servers that lie: an error each, the old target untouched, and nothing beside it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "collections/downloads.hpp"
#include "collections/file_server.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::ElementsAre;
using testing::HasSubstr;

struct HostileDownloads : Downloads {
  /// What a download to a file and one to a stream say of such a server.
  template <class Error> void expect_error(FileServer::Respond respond, const std::string& text) {
    FileServer server(std::move(respond));
    write("a", "old");
    EXPECT_THAT(failure<Error>(server, file("a")), HasSubstr(text));
    EXPECT_EQ(content("a"), "old");
    EXPECT_THAT(names(), ElementsAre("a"));
    std::ostringstream stream;
    EXPECT_THAT(failure<Error>(server, stream), HasSubstr(text));
    EXPECT_LE(server.requests().size(), 20u);
  }

  template <class Error>
  std::string failure(const FileServer& server, const DownloadTarget& target) {
    try {
      download(client_for(server.url(), 2), "/data/a", target);
    } catch (const Error& error) {
      return error.what();
    } catch (const std::exception& error) {
      return std::string("another class: ") + error.what();
    }
    return "no error";
  }
};
INSTANTIATE_TEST_SUITE_P(Collections, HostileDownloads, testing::Values(false, true), mode_of);

/// An honest answer, changed.
FileServer::Respond changed(std::function<void(FileAnswer&)> change) {
  return [change = std::move(change)](const RecordedRequest& request, int) {
    FileAnswer answer = ServedContent{.content = many_bytes(100'000)}.answer(request);
    change(answer);
    return answer;
  };
}

/// The first answer breaks off, and those to the requests that go on are changed.
FileServer::Respond changed_parts(std::function<void(FileAnswer&)> change) {
  return [change = std::move(change)](const RecordedRequest& request, int) {
    FileAnswer answer = ServedContent{.content = many_bytes(100'000)}.answer(request);
    if (request.header("range").empty()) {
      answer.cut_after = 40'000;
    } else {
      change(answer);
    }
    return answer;
  };
}

TEST_P(HostileDownloads, AnotherEncoding) {
  expect_error<FileTransferError>(
      changed([](FileAnswer& answer) { answer.with("Content-Encoding", "gzip"); }),
      "/data/a: the server sends it in another form (Content-Encoding: gzip)");
}

TEST_P(HostileDownloads, APartThatNobodyAskedFor) {
  expect_error<FileTransferError>(changed([](FileAnswer& answer) {
                                    answer.status = "206 Partial Content";
                                    answer.with("Content-Range", "bytes 0-99999/100000");
                                  }),
                                  "sends a part, though it was asked for the whole");
}

TEST_P(HostileDownloads, AnotherSuccess) {
  for (const std::string status : {"204 No Content", "203 Other", "226 IM Used"}) {
    expect_error<FileTransferError>(changed([&](FileAnswer& answer) {
                                      answer.status = status;
                                      if (status.starts_with("204")) {
                                        answer.body.clear();
                                        answer.without("Content-Length");
                                      }
                                    }),
                                    "status " + status.substr(0, 3));
  }
}

TEST_P(HostileDownloads, NoLengthAtAll) {
  expect_error<FileIntegrityError>(changed([](FileAnswer& answer) {
                                     answer.without("Content-Length").with("Connection", "close");
                                     answer.cut_after = 100;
                                   }),
                                   "does not say how many bytes the file has");
}

TEST_P(HostileDownloads, OtherPartsThanWereAskedFor) {
  for (const std::string range :
       {"bytes 0-59999/100000", "bytes 39999-99999/100000", "bytes 40001-99999/100000",
        "bytes 40000-100000/100001000", "bytes 40000-100000/200000"}) {
    expect_error<FileTransferError>(
        changed_parts([&](FileAnswer& answer) { answer.with("Content-Range", range); }),
        "the server was asked for bytes 40000 to 99999, and sends");
  }
}

TEST_P(HostileDownloads, PartsThatAreNone) {
  for (const std::string range :
       {"", "bytes", "bytes 40000-/100000", "bytes */100000", "lines 40000-99999/100000",
        "bytes 99999-40000/100000", "bytes 40000-99999/99999",
        "bytes 40000-99999999999999999999/*"}) {
    expect_error<FileTransferError>(
        changed_parts([&](FileAnswer& answer) { answer.with("Content-Range", range); }),
        "does not say which part it sends");
  }
  expect_error<FileTransferError>(
      changed_parts([](FileAnswer& answer) { answer.without("Content-Range"); }),
      "no Content-Range");
  expect_error<FileTransferError>(changed_parts([](FileAnswer& answer) {
                                    answer.without("Content-Range");
                                    answer.with("Content-Type", "multipart/byteranges; boundary=x");
                                  }),
                                  "sends several parts");
}

TEST_P(HostileDownloads, APartThatContradictsItself) {
  expect_error<FileTransferError>(changed_parts([](FileAnswer& answer) {
                                    answer.with("Content-Range", "bytes 40000-59999/100000");
                                  }),
                                  "contradicts itself");
}

TEST_P(HostileDownloads, AnotherTotalOrETagInTheMiddle) {
  expect_error<FileChangedError>(changed_parts([](FileAnswer& answer) {
                                   answer.with("Content-Range", "bytes 40000-99999/100001");
                                 }),
                                 "the file changed while it was being read");
  expect_error<FileChangedError>(
      changed_parts([](FileAnswer& answer) { answer.with("ETag", "\"2\""); }),
      "the file changed while it was being read");
}

TEST_P(HostileDownloads, MoreBytesThanWereSaid) {
  expect_error<FileIntegrityError>(changed_parts([](FileAnswer& answer) {
                                     answer.without("Content-Length");
                                     answer.with("Transfer-Encoding", "chunked");
                                     answer.body =
                                         "186a0\r\n" + many_bytes(100'000) + "\r\n0\r\n\r\n";
                                   }),
                                   "sends more bytes than it said");
}

TEST_P(HostileDownloads, FewerBytesThanWereSaid) {
  expect_error<FileIntegrityError>(changed_parts([](FileAnswer& answer) {
                                     answer.without("Content-Length");
                                     answer.with("Transfer-Encoding", "chunked");
                                     answer.body = "5\r\nhello\r\n0\r\n\r\n";
                                   }),
                                   "sends fewer bytes than it said");
}

TEST_P(HostileDownloads, ARangeThatIsRefusedThoughItIsThere) {
  const auto refuse = [](const std::string& range) {
    return changed_parts([range](FileAnswer& answer) {
      answer.status = "416 Range Not Satisfiable";
      answer.body.clear();
      answer.without("Content-Range").with("Content-Length", "0");
      if (!range.empty()) answer.with("Content-Range", range);
    });
  };
  expect_error<FileTransferError>(refuse(""), "the server refuses to send bytes 40000");
  expect_error<FileTransferError>(refuse("bytes */100000"), "refuses to send bytes 40000");
  expect_error<FileChangedError>(refuse("bytes */30000"), "it has 30000 bytes now");
}

TEST_P(HostileDownloads, ALengthThatIsNoNumberOrNeverComes) {
  expect_error<GlobusConnectionError>(changed([](FileAnswer& answer) {
                                        answer.with("Content-Length", "100000000000");
                                        answer.cut_after = 0;
                                      }),
                                      "");
}

TEST_P(HostileDownloads, AnErrorIsTheParsedError) {
  expect_error<GlobusAPIError>(
      [](const RecordedRequest&, int) {
        FileAnswer answer{.status = "404 Not Found", .body = R"({"code": "NotFound"})"};
        answer.with("Content-Type", "application/json");
        return answer.with("Content-Length", std::to_string(answer.body.size()));
      },
      "404 NotFound");
}

TEST_P(HostileDownloads, ALoginIsNoFile) {
  expect_error<GlobusAPIError>(
      [](const RecordedRequest&, int) {
        FileAnswer answer{.status = "302 Found"};
        answer.with("Location", "https://auth.globus.org/v2/oauth2/authorize?client_id=x");
        return answer.with("Content-Length", "0");
      },
      "asks for a login");
}

// ---- checksums ----------------------------------------------------------------------------------

constexpr const char* sha256_of_abc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* sha256_of_abc_in_base64 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

struct ChecksumsOfDownloads : HostileDownloads {};
INSTANTIATE_TEST_SUITE_P(Collections, ChecksumsOfDownloads, testing::Values(false, true), mode_of);

TEST_P(ChecksumsOfDownloads, TheOptionIsCompared) {
  FileServer server(ServedContent{.content = "abc"});
  DownloadOptions options;
  const std::vector<Checksum> right{
      {"SHA-256", sha256_of_abc},
      {"md5", "900150983CD24FB0D6963F7D28E17F72"},
      {"sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"},
      {"sha512",
       "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
       "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"}};
  for (const Checksum& checksum : right) {
    options.checksum = checksum;
    EXPECT_EQ(download(client_for(server.url()), "/a", file("a"), options).size, 3);
  }
  write("a", "old");
  options.checksum = Checksum("md5", std::string(32, '0'));
  try {
    download(client_for(server.url()), "/a", file("a"), options);
    FAIL();
  } catch (const FileIntegrityError& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("/a: its checksum by md5 is 900150983cd24fb0d6963f7d28e17f72"));
  }
  EXPECT_EQ(content("a"), "old");
  EXPECT_THAT(names(), ElementsAre("a"));
}

FileServer::Respond announcing(const std::string& name, const std::string& value) {
  return [=](const RecordedRequest& request, int) {
    return ServedContent{.content = "abc"}.answer(request).with(name, value);
  };
}

TEST_P(ChecksumsOfDownloads, WhatTheServerSaysIsCompared) {
  const std::string right = sha256_of_abc_in_base64;
  const std::string wrong = "AAAWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
  const std::vector<std::pair<std::string, std::string>> said{{"Digest", "unixsum=1,SHA-256="},
                                                              {"Repr-Digest", "sha-256=:"},
                                                              {"Content-Digest", "sha-256=:"}};
  for (const auto& [name, before] : said) {
    const std::string after = before.ends_with(':') ? ":" : "";
    FileServer server(announcing(name, before + right + after));
    EXPECT_EQ(download(client_for(server.url()), "/a", file("b")).size, 3) << name;
    std::filesystem::remove(file("b"));
    expect_error<FileIntegrityError>(announcing(name, before + wrong + after),
                                     "/data/a: its checksum by sha256 is");
    expect_error<FileIntegrityError>(announcing(name, before + wrong + after), name);
  }
  FileServer server(announcing("Content-MD5", "kAFQmDzST7DWlj99KOF/cg=="));
  download(client_for(server.url()), "/a", file("b"));
  std::filesystem::remove(file("b"));
  expect_error<FileIntegrityError>(announcing("Content-MD5", "AAFQmDzST7DWlj99KOF/cg=="),
                                   "Content-MD5");
}

TEST_P(ChecksumsOfDownloads, BytesOfAnEarlierCallCount) {
  const std::string bytes = many_bytes(std::size_t{5} << 20);
  const ServedContent served{.content = bytes};
  FileServer server([&](const RecordedRequest& request, int number) {
    FileAnswer answer = served.answer(request);
    if (number == 1) answer.cut_after = 3'000'000;
    return answer;
  });
  EXPECT_THROW(download(client_for(server.url(), 0), "/a", file("a")), GlobusConnectionError);
  // somebody damages what is there
  {
    std::fstream part(file(".a.globus-part"), std::ios::in | std::ios::out | std::ios::binary);
    part.seekp(1000) << "not what came";
  }
  DownloadOptions options;
  options.checksum = Checksum("sha256", detail::sha256_text(bytes));
  const auto result = download(client_for(server.url()), "/a", file("a"), options);
  EXPECT_TRUE(content("a") == bytes);
  EXPECT_EQ(result.resumed, 0);
}

}  // namespace
}  // namespace globus_sdk_test
