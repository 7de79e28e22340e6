// SPDX-License-Identifier: Apache-2.0
// Answers that are wrong in every way that came to mind: each is an exception of the right class or
// a response that says what it lacks, in bounded time and memory.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <boost/beast/zlib/deflate_stream.hpp>
#include <chrono>
#include <optional>

#include "support/hostile_server.hpp"
#include "support/sanitized.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using End = Hostility::End;

/// What a caller gets.
enum class Gets {
  response,             ///< the document has a member `a`
  response_without_it,  ///< JSON, but no object with a member `a`
  response_without_json,
  api_error,
  connection_error,
  timeout,
  too_large,
};

const char* name_of(Gets gets) {
  switch (gets) {
    case Gets::response:
      return "a response";
    case Gets::response_without_it:
      return "a response without the member";
    case Gets::response_without_json:
      return "a response without JSON";
    case Gets::api_error:
      return "GlobusAPIError";
    case Gets::connection_error:
      return "GlobusConnectionError";
    case Gets::timeout:
      return "GlobusTimeoutError";
    case Gets::too_large:
      return "NetworkError: max_response_size";
  }
  return "";
}

void PrintTo(Gets gets, std::ostream* out) {
  *out << name_of(gets);
}

struct Kind {
  std::string name;
  Hostility hostility;
  Gets gets;
};

class HostileAnswers : public InBothModes {
 protected:
  /// What a call to such a server gives. Everything that is thrown is readable.
  Gets outcome(const Hostility& hostility, const std::string& path = "/x") const {
    const HostileServer server(hostility);
    TransportSettings settings;
    settings.max_response_size = std::int64_t{1} << 20;
    // short only where it is waited for: a busy machine may take long for everything else
    settings.http_timeout = std::chrono::milliseconds(hostility.end == End::stall ? 150 : 20'000);
    settings.proxy = nullptr;
    ClientOptions options = options_for(server.url());
    options.transport = Transport(settings);
    try {
      const GlobusHTTPResponse response = get(PlainClient(options), path);
      return judge(response);
    } catch (const GlobusAPIError& error) {
      EXPECT_GE(error.http_status(), 400);
      expect_readable(error);
      return Gets::api_error;
    } catch (const GlobusTimeoutError& error) {
      expect_readable(error);
      return Gets::timeout;
    } catch (const GlobusConnectionError& error) {
      expect_readable(error);
      return Gets::connection_error;
    } catch (const NetworkError& error) {
      expect_readable(error);
      EXPECT_THAT(error.what(), testing::HasSubstr("max_response_size"));
      return Gets::too_large;
    }
  }

  void expect(const std::vector<Kind>& kinds) const {
    for (const Kind& kind : kinds) EXPECT_EQ(outcome(kind.hostility), kind.gets) << kind.name;
  }

 private:
  static Gets judge(const GlobusHTTPResponse& response) {
    if (!response.has_json()) {
      EXPECT_THROW(response.data(), JsonError);
      EXPECT_THROW(response["a"], JsonError);
      EXPECT_EQ(response.get("a"), std::nullopt);
      return Gets::response_without_json;
    }
    EXPECT_FALSE(response.data().dump().empty());
    if (response.get("a")) return Gets::response;
    EXPECT_THROW(response["a"], JsonError);
    return Gets::response_without_it;
  }
  static void expect_readable(const std::exception& error) {
    const std::string message = error.what();
    EXPECT_LT(message.size(), 4000u);
    EXPECT_EQ(message.find('\n'), std::string::npos);
    EXPECT_EQ(message.find('\0'), std::string::npos);
  }
};
INSTANTIATE_TEST_SUITE_P(Transport, HostileAnswers, testing::Values(false, true), mode_of);

std::string repeated(const std::string& text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

struct Body {
  std::string name;
  std::string text;
  Gets gets = Gets::response_without_json;
};

const std::vector<Body>& bodies() {
  using enum Gets;
  static const std::vector<Body> all{
      {"nothing", ""},
      {"blanks", " \r\n\t"},
      {"null", "null", response_without_it},
      {"true", "true", response_without_it},
      {"number", "17", response_without_it},
      {"text", "\"a\"", response_without_it},
      {"list", "[{\"a\": 1}]", response_without_it},
      {"empty object", "{}", response_without_it},
      {"another member", "{\"b\": 1}", response_without_it},
      {"member of another case", "{\"A\": 1}", response_without_it},
      {"null member", "{\"a\": null}", response},
      {"member twice", "{\"a\": 1, \"a\": 2}", response},
      {"cut object", "{\"a\": 1"},
      {"cut list", "[1, 2,"},
      {"cut text", "{\"a\": \"x"},
      {"cut escape", "{\"a\": \"\\u00"},
      {"cut number", "{\"a\": -"},
      {"cut literal", "{\"a\": tru"},
      {"no value", "{\"a\": }"},
      {"no colon", "{\"a\" 1}"},
      {"name without quotes", "{a: 1}"},
      {"single quotes", "{'a': 1}"},
      {"comma at the end", "{\"a\": 1,}"},
      {"comment", "{\"a\": 1} // done"},
      {"text behind", "{\"a\": 1} x"},
      {"two documents", "{\"a\": 1}{\"a\": 2}"},
      {"zero in front", "{\"a\": 01}"},
      {"plus in front", "{\"a\": +1}"},
      {"NaN", "{\"a\": NaN}"},
      {"Infinity", "{\"a\": Infinity}"},
      {"too large a number", "{\"a\": 1e400}"},
      {"many digits", "{\"a\": " + repeated("9", 5000) + "}"},
      {"hexadecimal", "{\"a\": 0x10}"},
      {"byte order mark", "\xEF\xBB\xBF{\"a\": 1}", response},
      {"NUL", std::string("{\"a\": \0}", 8)},
      {"NUL behind", std::string("{\"a\": 1}\0", 9)},
      {"NUL in a text", std::string("{\"a\": \"x\0y\"}", 12)},
      {"control character in a text", "{\"a\": \"x\x01y\"}"},
      {"line end in a text", "{\"a\": \"x\ny\"}"},
      {"invalid UTF-8", "{\"a\": \"\xff\xfe\"}"},
      {"overlong UTF-8", "{\"a\": \"\xc0\xaf\"}"},
      {"surrogate in UTF-8", "{\"a\": \"\xed\xa0\x80\"}"},
      {"cut UTF-8", "{\"a\": \"\xe2\x82\"}"},
      {"beyond Unicode", "{\"a\": \"\xf5\x80\x80\x80\"}"},
      {"UTF-16", std::string("{\0\"\0a\0\"\0:\0001\0}\0", 14)},
      {"lone surrogate", "{\"a\": \"\\ud800\"}", response},
      {"unknown escape", "{\"a\": \"\\x41\"}"},
      {"deep lists", repeated("[", 100'000)},
      {"deep closed lists", repeated("[", 100'000) + repeated("]", 100'000)},
      {"deep objects", repeated("{\"a\":", 100'000)},
      {"HTML", "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"},
      {"XML", "<?xml version=\"1.0\"?><a>1</a>"},
      {"form", "a=1&b=2"},
      {"one long line", std::string(500'000, 'x')},
      {"binary", std::string("\x00\x01\x02\xff\xfe\x7f\x1b[2J", 10)},
  };
  return all;
}

TEST_P(HostileAnswers, BodiesOfASuccess) {
  for (const Body& body : bodies()) {
    for (const char* type : {"application/json", "text/html"}) {
      EXPECT_EQ(outcome({http_answer("200 OK", body.text, type)}), body.gets) << body.name;
    }
  }
}

TEST_P(HostileAnswers, BodiesOfAnError) {
  for (const Body& body : bodies()) {
    for (const char* type : {"application/json", "application/vnd.api+json"}) {
      EXPECT_EQ(outcome({http_answer("404 Not Found", body.text, type)}), Gets::api_error)
          << body.name;
    }
  }
}

/// Documents of errors whose members are not what they should be.
TEST_P(HostileAnswers, DocumentsOfErrors) {
  for (const char* document : {
           R"({"code": 7, "message": ["x"], "request_id": {}})",
           R"({"code": null, "message": null})",
           R"({"errors": "none"})",
           R"({"errors": []})",
           R"({"errors": [1, null, "x", [], {}]})",
           R"({"errors": [{"code": {}, "detail": 7, "title": [], "id": {}}]})",
           R"({"errors": {"a": {"b": {}}}})",
           R"({"error": 7})",
           R"({"error": []})",
           R"({"error": {"code": 1, "detail": [1, {"loc": "x", "msg": 7}]}})",
           R"({"error": "invalid_grant", "error_description": {"a": 1}})",
           R"({"detail": [{"loc": [[], {}, null], "msg": "x"}]})",
           R"({"detail": [null]})",
           R"({"code": "ConsentRequired", "required_scopes": "not-a-list"})",
           R"({"code": "ConsentRequired", "required_scopes": [1, 2]})",
           R"({"code": "ConsentRequired", "required_scopes": {}})",
           R"({"authorization_parameters": 7})",
           R"({"authorization_parameters": {"session_message": 1, "session_required_identities": 7,
               "session_required_policies": {"a": []}, "session_required_single_domain": "x"}})",
           R"({"code": "\u0000\u001b[31m\n", "message": "\u202e\u0007"})",
       }) {
    for (const char* status : {"400 Bad", "401 No", "403 Forbidden", "409 Conflict"}) {
      EXPECT_EQ(outcome({http_answer(status, document)}), Gets::api_error) << document;
    }
  }
}

/// Status lines and headers.
std::vector<Kind> heads() {
  using enum Gets;
  const std::string good = "{\"a\": 1}";
  const std::string type = "Content-Type: application/json\r\n";
  const auto with_headers = [&](const std::string& headers, const std::string& body) {
    return Hostility{"HTTP/1.1 200 OK\r\n" + type + headers + "\r\n" + body};
  };
  return {
      {"no HTTP", {"hello\r\n\r\n"}, connection_error},
      {"nothing but line ends", {"\r\n\r\n\r\n"}, connection_error},
      {"binary", {std::string("\0\1\2\3\4\5\6\7\r\n\r\n", 12)}, connection_error},
      {"TLS", {std::string("\x16\x03\x01\x02\0\x01\0\x01\xfc", 9)}, connection_error},
      {"SSH", {"SSH-2.0-OpenSSH_9.2\r\n"}, connection_error},
      {"HTTP/0.9", {good}, connection_error},
      {"HTTP/9.9", {"HTTP/9.9 200 OK\r\nContent-Length: 8\r\n\r\n" + good}, connection_error},
      {"HTTP/1.0 without a length", {"HTTP/1.0 200 OK\r\n" + type + "\r\n" + good}, response},
      {"no reason", {"HTTP/1.1 200\r\nContent-Length: 8\r\n\r\n" + good}, response},
      {"no status", {"HTTP/1.1\r\nContent-Length: 8\r\n\r\n" + good}, connection_error},
      {"two spaces", {"HTTP/1.1  200 OK\r\nContent-Length: 8\r\n\r\n" + good}, connection_error},
      {"line feeds alone", {"HTTP/1.1 200 OK\nContent-Length: 8\n\n" + good}, response},
      {"status of letters",
       {"HTTP/1.1 abc OK\r\nContent-Length: 8\r\n\r\n" + good},
       connection_error},
      {"negative status",
       {"HTTP/1.1 -20 OK\r\nContent-Length: 8\r\n\r\n" + good},
       connection_error},
      {"status of four digits",
       {"HTTP/1.1 2000 OK\r\nContent-Length: 8\r\n\r\n" + good},
       connection_error},
      {"status 999", {http_answer("999 Odd", good)}, api_error},
      {"status 600", {http_answer("600 Odd", good)}, api_error},
      {"long reason", {http_answer("404 " + std::string(60'000, 'x'), good)}, api_error},
      {"reason with control characters", {http_answer("404 a\x1b[2Jb\x07", good)}, api_error},
      {"header without a colon", with_headers("nothing\r\nContent-Length: 8\r\n", good),
       connection_error},
      {"header without a name", with_headers(": x\r\nContent-Length: 8\r\n", good), response},
      {"header of bytes", with_headers("X: \xff\xfe\x80\r\nContent-Length: 8\r\n", good), response},
      {"folded header", with_headers("X: a\r\n b\r\nContent-Length: 8\r\n", good), response},
      {"NUL in a header",
       with_headers(std::string("X: a\0b\r\n", 8) + "Content-Length: 8\r\n", good),
       connection_error},
      {"header of 90 KB", with_headers("X: " + std::string(90'000, 'x') + "\r\n", good), response},
      {"header of 2 MB", with_headers("X: " + std::string(2 << 20, 'x') + "\r\n", good),
       connection_error},
      {"3,000 headers", with_headers(repeated("X: y\r\n", 3000), good), response},
      {"5,000 headers", with_headers(repeated("X: y\r\n", 5000), good), connection_error},
      {"headers of 200 KB",
       with_headers(repeated("X: " + std::string(995, 'y') + "\r\n", 200), good), response},
      {"headers of 270 KB",
       with_headers(repeated("X: " + std::string(995, 'y') + "\r\n", 270), good), connection_error},
      {"status of two digits",
       {"HTTP/1.1 20 OK\r\nContent-Length: 8\r\n\r\n" + good},
       connection_error},
      {"endless headers",
       {"HTTP/1.1 200 OK\r\n", End::close, "X-Endless: yes\r\n"},
       connection_error},
      {"endless header",
       {"HTTP/1.1 200 OK\r\nX: ", End::close, "xxxxxxxxxxxxxxxx"},
       connection_error},
      {"endless status line", {"HTTP/1.1 200 ", End::close, "xxxxxxxxxxxxxxxx"}, connection_error},
      {"endless 100 Continue", {"", End::close, "HTTP/1.1 100 Continue\r\n\r\n"}, connection_error},
      {"one 100 Continue",
       {"HTTP/1.1 100 Continue\r\n\r\n" + http_answer("200 OK", good)},
       response},
      {"early hints",
       {"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + http_answer("200 OK", good)},
       response},
      {"another protocol",
       {"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n" + good},
       connection_error},
      {"no content", {"HTTP/1.1 204 No Content\r\n\r\n"}, response_without_json},
      {"not modified",
       {"HTTP/1.1 304 Not Modified\r\nContent-Length: 8\r\n\r\n"},
       response_without_json},
      {"redirect without a place",
       {"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"},
       response_without_json},
  };
}

TEST_P(HostileAnswers, HeadsOfAnswers) {
  expect(heads());
}

/// What says where a body ends.
std::vector<Kind> lengths() {
  using enum Gets;
  const std::string good = "{\"a\": 1}";
  const auto with_headers = [](const std::string& headers, const std::string& body) {
    return Hostility{"HTTP/1.1 200 OK\r\n" + headers + "\r\n" + body};
  };
  const auto chunked = [&](const std::string& chunks) {
    return with_headers("Transfer-Encoding: chunked\r\n", chunks);
  };
  return {
      {"no length", with_headers("", good), response},
      {"too long", with_headers("Content-Length: 100\r\n", good), connection_error},
      {"too short", with_headers("Content-Length: 5\r\n", good), response_without_json},
      {"two lengths", with_headers("Content-Length: 8\r\nContent-Length: 4\r\n", good),
       response_without_json},
      {"negative", with_headers("Content-Length: -8\r\n", good), connection_error},
      {"letters", with_headers("Content-Length: many\r\n", good), connection_error},
      {"huge", with_headers("Content-Length: 9000000000000000000\r\n", good), connection_error},
      {"beyond 64 bits", with_headers("Content-Length: 99999999999999999999999\r\n", good),
       response},
      {"larger than allowed",
       with_headers("Content-Length: 2000000\r\n", std::string(2'000'000, ' ')), too_large},
      {"endless", {"HTTP/1.1 200 OK\r\n\r\n", End::close, std::string(65536, ' ')}, too_large},
      {"chunks", chunked("4\r\n{\"a\"\r\n4\r\n: 1}\r\n0\r\n\r\n"), response},
      {"chunks with extensions and trailers", chunked("8;x=y\r\n{\"a\": 1}\r\n0\r\nX: y\r\n\r\n"),
       response},
      {"chunks without an end", chunked("8\r\n{\"a\": 1}\r\n"), connection_error},
      {"cut chunk", chunked("20\r\n{\"a\": 1}"), connection_error},
      {"chunk of no number", chunked("x\r\n{\"a\": 1}\r\n0\r\n\r\n"), connection_error},
      {"negative chunk", chunked("-8\r\n{\"a\": 1}\r\n0\r\n\r\n"), connection_error},
      {"huge chunk", chunked("fffffffffffffffff\r\n{\"a\": 1}\r\n0\r\n\r\n"), connection_error},
      {"chunk without its line end", chunked("8\r\n{\"a\": 1}0\r\n\r\n"), connection_error},
      {"endless chunks",
       {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", End::close,
        repeated("1\r\n \r\n", 1000)},
       too_large},
      {"endless trailers",
       {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", End::close,
        repeated("X: y\r\n", 1000)},
       connection_error},
      {"length and chunks",
       with_headers("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
                    "8\r\n{\"a\": 1}\r\n0\r\n\r\n"),
       response},
      {"unknown transfer encoding", with_headers("Transfer-Encoding: secret\r\n", good),
       connection_error},
  };
}

TEST_P(HostileAnswers, LengthsOfBodies) {
  expect(lengths());
}

/// 16 MB of blanks, packed into 16 KB.
std::string gzip_bomb() {
  const std::string blanks(std::size_t{16} << 20, ' ');
  std::string packed(std::size_t{64} << 10, '\0');
  boost::beast::zlib::z_params state;
  state.next_in = blanks.data();
  state.avail_in = blanks.size();
  state.next_out = packed.data();
  state.avail_out = packed.size();
  boost::beast::zlib::deflate_stream stream;
  boost::system::error_code error;
  stream.write(state, boost::beast::zlib::Flush::finish, error);
  packed.resize(state.total_out);
  return std::string("\x1f\x8b\x08\0\0\0\0\0\x02\xff", 10) + packed;
}

/// Packed bodies.
std::vector<Kind> encodings() {
  using enum Gets;
  const std::string good = "{\"a\": 1}";
  const auto encoded = [](const std::string& encoding, const std::string& body) {
    return Hostility{"HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding +
                     "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body};
  };
  const std::string packed(
      "\x1f\x8b\x08\0\0\0\0\0\x02\xff\xabVJT\xb2RJR\xaa\x05\0\x9c\\\xf6k\t\0\0\0", 29);
  return {
      {"gzip", encoded("gzip", packed), response},
      {"gzip that is none", encoded("gzip", good), connection_error},
      {"cut gzip", encoded("gzip", packed.substr(0, 15)), response_without_json},
      {"gzip with a wrong sum",
       encoded("gzip", packed.substr(0, 21) + "\1\2\3\4" + packed.substr(25)), connection_error},
      {"gzip twice, packed once", encoded("gzip, gzip", packed), connection_error},
      {"deflate that is none", encoded("deflate", good), connection_error},
      {"unknown", encoded("exotic", good), connection_error},
      {"identity", encoded("identity", good), response},
      {"a bomb", encoded("gzip", gzip_bomb()), too_large},
  };
}

TEST_P(HostileAnswers, EncodingsOfBodies) {
  expect(encodings());
}

/// An answer that is cut at each of its bytes, in good order and not.
TEST_P(HostileAnswers, CutAtEveryByte) {
  const std::string whole = http_answer("200 OK", "{\"a\": [1, 2, 3]}");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    for (const End end : {End::close, End::reset}) {
      const Gets gets = outcome({whole.substr(0, size), end});
      EXPECT_EQ(gets, Gets::connection_error) << whole.substr(0, size);
    }
  }
  EXPECT_EQ(outcome({whole, End::close}), Gets::response);
  EXPECT_EQ(outcome({whole, End::keep}), Gets::response);
}

TEST_P(HostileAnswers, StalledInEveryPhase) {
  const std::string whole = http_answer("200 OK", "{\"a\": 1}");
  std::vector<std::size_t> phases{0, 1, 8, 12, 15, 17, 30, whole.size() - 10, whole.size() - 1};
  for (const std::size_t size : phases) {
    EXPECT_EQ(outcome({whole.substr(0, size), End::stall}), Gets::timeout) << size;
  }
  Hostility deaf;
  deaf.reads_request = false;
  deaf.end = End::stall;
  EXPECT_EQ(outcome(deaf), Gets::timeout);
  EXPECT_EQ(
      outcome({"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"a\"", End::stall}),
      Gets::timeout);
  EXPECT_EQ(outcome({"HTTP/1.1 100 Continue\r\n\r\n", End::stall}), Gets::timeout);
  EXPECT_EQ(outcome({"HTTP/1.1 302 Found\r\nLocation: /x\r\n", End::stall}), Gets::timeout);
}

/// All of them end in an error.
std::vector<Kind> redirects() {
  using enum Gets;
  const auto to = [](const std::string& place) {
    return Hostility{"HTTP/1.1 302 Found\r\nLocation: " + place + "\r\nContent-Length: 0\r\n\r\n",
                     End::keep};
  };
  return {
      {"to itself", to("/x"), connection_error},
      {"ever deeper", to("deeper/"), connection_error},
      {"to a file", to("file:///etc/passwd"), connection_error},
      {"to another protocol", to("ftp://127.0.0.1/x"), connection_error},
      {"to a gopher", to("gopher://127.0.0.1:70/x"), connection_error},
      {"to a dictionary", to("dict://127.0.0.1:11211/stats"), connection_error},
      {"to nobody", to("http://127.0.0.1:1/x"), connection_error},
      {"to nowhere", to("http:///"), connection_error},
      {"to a broken address", to("http://[::1/"), connection_error},
      {"to a broken port", to("http://127.0.0.1:99999/"), connection_error},
      {"to a password", to("http://user:password@127.0.0.1:1/"), connection_error},
      {"to a name that is too long", to("http://" + std::string(70'000, 'a') + "/"),
       connection_error},
  };
}

TEST_P(HostileAnswers, Redirects) {
  expect(redirects());
}

long peak_kilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

/// Whatever a server sends, no more than `max_response_size` and a little stays in memory.
TEST_P(HostileAnswers, MemoryIsBounded) {
  outcome({http_answer("200 OK", "{}")});
  const long before = peak_kilobytes();
  outcome({"HTTP/1.1 200 OK\r\n\r\n", End::close, std::string(65536, ' ')});
  outcome({"HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n", End::close,
           std::string(65536, ' ')});
  outcome({"HTTP/1.1 200 OK\r\n", End::close, repeated("X-Endless: yes\r\n", 1000)});
  outcome({"HTTP/1.1 200 OK\r\nX: ", End::close, std::string(65536, 'x')});
  outcome({"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip_bomb()});
  outcome({http_answer("200 OK", repeated("[", 1'000'000))});
  outcome({http_answer("404 Not Found", repeated("{\"errors\":[", 90'000))});
  EXPECT_LT(peak_kilobytes() - before, 48 * 1024);
}

/// The largest listing that Transfer gives, with names as long as they get.
TEST_P(HostileAnswers, TheLargestListingIsTakenByDefault) {
  constexpr std::size_t entries = 100'000;
  const std::string entry =
      R"({"DATA_TYPE": "file", "group": "a-group-of-users", "last_modified": "2026-11-30 00:00:00+00:00", )"
      R"("link_group": null, "link_last_modified": null, "link_size": null, "link_target": null, )"
      R"("link_user": null, "permissions": "0644", "size": 9007199254740991, "type": "file", )"
      R"("user": "a-user-of-the-machine", "name": ")" +
      std::string(255, 'n') + "\"}";
  std::string listing = R"({"DATA_TYPE": "file_list", "DATA": [)";
  for (std::size_t count = 0; count < entries; ++count) listing += (count == 0 ? "" : ", ") + entry;
  const HostileServer server({.answer = http_answer("200 OK", listing + "]}")});
  const GlobusHTTPResponse response = get(PlainClient(options_for(server.url())), "/x");
  EXPECT_EQ(response["DATA"].size(), entries);
}

/// By default too: what a few kilobytes unpack to is not taken without an end.
TEST_P(HostileAnswers, MemoryIsBoundedByDefault) {
  const std::string chunk(65536, ' ');
  const Hostility endless{"HTTP/1.1 200 OK\r\n\r\n", End::close, chunk};
  std::string message;
  const long before = peak_kilobytes();
  try {
    const HostileServer server(endless);
    get(PlainClient(options_for(server.url())), "/x");
  } catch (const NetworkError& error) {
    message = error.what();
  }
  EXPECT_THAT(message, testing::HasSubstr("max_response_size (67108864 bytes)"));
  // the answer grows in steps, and a sanitizer keeps what was freed on the way
  EXPECT_LT(peak_kilobytes() - before, (is_thread_sanitized ? 1000
                                        : is_sanitized      ? 320
                                                            : 160) *
                                           1024);
}

TEST(HostileAnswersInAll, AreMoreThanAHundredKinds) {
  const std::size_t kinds =
      bodies().size() + heads().size() + lengths().size() + encodings().size() + redirects().size();
  std::cout << "[ hostile  ] " << kinds << " kinds, besides cuts, stalls and documents of errors\n";
  EXPECT_GE(kinds, 100u);
}

}  // namespace
}  // namespace globus_sdk_test
