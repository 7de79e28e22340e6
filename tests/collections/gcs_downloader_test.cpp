// SPDX-License-Identifier: Apache-2.0
// GCSDownloader, against one server that is Globus Auth, Transfer and a collection.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "collections/login_page.hpp"
#include "core/base/url_encoding.hpp"
#include "globus_sdk/app/client_app.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/collections/gcs_downloader.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "support/message_of.hpp"
#include "support/recording_server.hpp"
#include "support/scoped_variable.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string collection_id = "6528bad5-bc02-497d-8a4f-a38547d0e72a";
const std::string transfer_scope = "urn:globus:auth:scope:transfer.api.globus.org:all";
const std::string login_page = "https://auth.example/v2/oauth2/authorize?response_type=code";

/// The tokens that a client gets for the scopes that it asks for.
std::string tokens_for(const std::string& body) {
  std::string scopes;
  for (const auto& [name, value] : detail::form_decode(body)) {
    if (name == "scope") scopes = value;
  }
  const auto token = [](const std::string& server, const std::string& text,
                        const std::string& scope) {
    return R"("access_token": ")" + text + R"(", "expires_in": 3600, "resource_server": ")" +
           server + R"(", "scope": ")" + scope + R"(", "token_type": "Bearer")";
  };
  std::string of_collection;
  std::string of_transfer;
  for (std::size_t begin = 0; begin < scopes.size();) {
    const std::size_t end = std::min(scopes.find(' ', begin), scopes.size());
    const std::string scope = scopes.substr(begin, end - begin);
    begin = end + 1;
    std::string* const list = scope == transfer_scope                          ? &of_transfer
                              : scope.find(collection_id) != std::string::npos ? &of_collection
                                                                               : nullptr;
    if (list != nullptr) *list += (list->empty() ? "" : " ") + scope;
  }
  std::vector<std::string> documents;
  if (!of_collection.empty()) {
    documents.push_back(token(collection_id, "collection-token", of_collection));
  }
  if (!of_transfer.empty()) {
    documents.push_back(token("transfer.api.globus.org", "transfer-token", of_transfer));
  }
  if (documents.empty()) return R"({"error": "no_scope"})";
  std::string answer = "{" + documents[0];
  if (documents.size() > 1) answer += R"(, "other_tokens": [{)" + documents[1] + "}]";
  return answer + "}";
}

/// Auth, Transfer and a collection in one server, and an app.
struct World {
  using Respond = std::function<RecordedAnswer(const RecordedRequest&)>;

  World()
      : server([this](const RecordedRequest& request) -> RecordedAnswer {
          if (request.target == "/v2/oauth2/token") return {200, tokens_for(request.body)};
          if (request.target == "/v0.10/endpoint/" + collection_id) return {200, document()};
          return respond(request);
        }) {}

  /// A file for those that have a token.
  RecordedAnswer file_for_tokens(const RecordedRequest& request) const {
    if (request.header("authorization") != "Bearer collection-token") {
      return {302, "", {{"Location", login_page + "&client_id=" + collection_id}}};
    }
    return {200, "content of " + request.target};
  }
  std::string document() const {
    const std::string address = https_server.empty() ? server.url() : https_server;
    return R"({"entity_type": ")" + entity_type +
           R"(", "high_assurance": false, "https_server": )" +
           (address == "null" ? "null" : "\"" + address + "\"") + "}";
  }
  ClientOptions options() const {
    ClientOptions options;
    options.base_url = server.url();
    return options;
  }
  ClientApp make_app() const {
    const ConfidentialAppAuthClient login_client("a-client", "a-secret", options());
    return ClientApp("an app", {.login_client = login_client,
                                .config = {.token_storage = MemoryTokenStorage()}});
  }
  GCSDownloader downloader() const {
    return GCSDownloader(app, {.transfer_client = TransferClient(app, options())});
  }
  std::string url(const std::string& path) const { return server.url() + path; }
  std::ptrdiff_t count(const std::string& target, const std::string& authorization) const {
    const auto requests = server.requests();
    return std::ranges::count_if(requests, [&](const RecordedRequest& request) {
      return request.target == target && request.header("authorization") == authorization;
    });
  }
  std::ptrdiff_t logins() const {
    const auto requests = server.requests();
    return std::ranges::count(requests, "/v2/oauth2/token", &RecordedRequest::target);
  }
  /// The scopes of the last login.
  std::string last_scopes() const {
    std::string body;
    for (const RecordedRequest& request : server.requests()) {
      if (request.target == "/v2/oauth2/token") body = detail::unquote_plus(request.body);
    }
    return body;
  }

  std::string entity_type = "GCSv5_mapped_collection";
  std::string https_server{};  // that of the server, where it is empty
  Respond respond = [this](const RecordedRequest& request) { return file_for_tokens(request); };
  RecordingServer server;
  ClientApp app = make_app();
};

const std::string https_scope = "https://auth.globus.org/scopes/" + collection_id + "/https";
const std::string data_access_scope =
    "https://auth.globus.org/scopes/" + collection_id + "/data_access";

TEST(GCSDownloader, SendsNothingWhenItIsMade) {
  const World world;
  const GCSDownloader downloader = world.downloader();
  EXPECT_TRUE(world.server.requests().empty());
}

TEST(GCSDownloader, FindsTheCollectionAndItsScopes) {
  const World world;
  const GCSDownloader downloader = world.downloader();
  EXPECT_EQ(downloader.read_file(world.url("/a%20b.txt?x=1")), "content of /a%20b.txt?x=1");
  EXPECT_EQ(world.count("/a%20b.txt?x=1", ""), 1);
  EXPECT_EQ(world.count("/a%20b.txt?x=1", "Bearer collection-token"), 1);
  EXPECT_EQ(world.count("/v0.10/endpoint/" + collection_id, "Bearer transfer-token"), 1);
  EXPECT_THAT(world.last_scopes(), AllOf(HasSubstr(https_scope), HasSubstr(data_access_scope)));
  EXPECT_EQ(downloader.gcs_client(world.url("/c")).collection_id(), collection_id);
}

TEST(GCSDownloader, AsksForNoDataAccessWhereThereIsNone) {
  World world;
  world.entity_type = "GCSv5_guest_collection";
  EXPECT_EQ(world.downloader().read_file(world.url("/a")), "content of /a");
  EXPECT_THAT(world.last_scopes(), AllOf(HasSubstr(https_scope), Not(HasSubstr("data_access"))));
}

TEST(GCSDownloader, KeepsTheClientForLaterFiles) {
  const World world;
  const GCSDownloader downloader = world.downloader();
  downloader.read_file(world.url("/a"));
  const std::ptrdiff_t logins = world.logins();
  EXPECT_EQ(downloader.read_file(world.url("/b")), "content of /b");
  // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): that a copy shares is the point
  const GCSDownloader copy = downloader;
  EXPECT_EQ(copy.read_file(world.url("/c")), "content of /c");
  EXPECT_EQ(world.count("/b", ""), 0);
  EXPECT_EQ(world.count("/c", ""), 0);
  EXPECT_EQ(world.count("/v0.10/endpoint/" + collection_id, "Bearer transfer-token"), 1);
  EXPECT_EQ(world.logins(), logins);
}

TEST(GCSDownloader, MakesATransferClientOfTheApp) {
  const World world;
  const ScopedVariable transfer("GLOBUS_SDK_SERVICE_URL_TRANSFER", world.server.url());
  EXPECT_EQ(GCSDownloader(world.app).read_file(world.url("/a")), "content of /a");
  EXPECT_EQ(world.count("/v0.10/endpoint/" + collection_id, "Bearer transfer-token"), 1);
}

TEST(GCSDownloader, UsesTheClientThatItIsGiven) {
  const World world;
  const GCSCollectionClient client(collection_id, world.server.url(),
                                   AccessTokenAuthorizer("collection-token"));
  const GCSDownloader downloader(world.app, {.gcs_client = client});
  EXPECT_EQ(downloader.read_file(world.url("/a")), "content of /a");
  EXPECT_EQ(world.server.requests().size(), 1U);
  EXPECT_THAT(
      message_of<GlobusSDKUsageError>([&] { downloader.read_file("https://another.example/a"); }),
      HasSubstr("another.example"));
}

TEST(GCSDownloader, LooksUpOnceForManyThreads) {
  const World world;
  const GCSDownloader downloader = world.downloader();
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 16; ++thread) {
      threads.emplace_back([&world, downloader, thread] {
        const std::string path = "/file" + std::to_string(thread);
        EXPECT_EQ(downloader.read_file(world.url(path)), "content of " + path);
      });
    }
  }
  const auto requests = world.server.requests();
  const auto without_token = std::ranges::count_if(requests, [](const RecordedRequest& request) {
    return request.target.starts_with("/file") && request.header("authorization").empty();
  });
  EXPECT_EQ(without_token, 1);
  EXPECT_EQ(world.count("/v0.10/endpoint/" + collection_id, "Bearer transfer-token"), 1);
}

// ---- files for everybody ------------------------------------------------------------------------

TEST(GCSDownloader, JustReadsWhatEverybodyMayRead) {
  World world;
  world.respond = [](const RecordedRequest& request) {
    return RecordedAnswer{200, "public " + request.target};
  };
  const GCSDownloader downloader = world.downloader();
  EXPECT_EQ(downloader.read_file(world.url("/a")), "public /a");
  EXPECT_EQ(downloader.read_file(world.url("/b")), "public /b");
  EXPECT_EQ(world.server.requests().size(), 2U);
  EXPECT_THAT(message_of<GlobusError>([&] { downloader.gcs_client(world.url("/a")); }),
              HasSubstr("without a token"));
}

TEST(GCSDownloader, ReadsWhatEverybodyMayReadInManyThreads) {
  World world;
  world.respond = [](const RecordedRequest& request) {
    return RecordedAnswer{200, "public " + request.target};
  };
  const GCSDownloader downloader = world.downloader();
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 16; ++thread) {
    threads.emplace_back([&world, downloader, thread] {
      const std::string path = "/file" + std::to_string(thread);
      EXPECT_EQ(downloader.read_file(world.url(path)), "public " + path);
    });
  }
}

TEST(GCSDownloader, LogsInWhenAFileIsNotForEverybody) {
  World world;
  world.respond = [&world](const RecordedRequest& request) {
    if (request.target == "/public") return RecordedAnswer{200, "public"};
    return world.file_for_tokens(request);
  };
  const GCSDownloader downloader = world.downloader();
  EXPECT_EQ(downloader.read_file(world.url("/public")), "public");
  EXPECT_EQ(downloader.read_file(world.url("/private")), "content of /private");
}

TEST(GCSDownloader, ReadsFilesThatAreLargerThanOtherAnswersMayBe) {
  World world;
  const std::string large(100'000, 'x');
  world.respond = [&large](const RecordedRequest&) { return RecordedAnswer{200, large}; };
  TransportSettings settings;
  settings.max_response_size = 1000;
  const GCSDownloader downloader(world.app, {.transport = Transport(settings)});
  EXPECT_EQ(downloader.read_file(world.url("/a")), large);
}

// ---- what is refused ----------------------------------------------------------------------------

TEST(GCSDownloader, IsForOneCollection) {
  const World world;
  const World other;
  const GCSDownloader downloader = world.downloader();
  downloader.read_file(world.url("/a"));
  EXPECT_THAT(message_of<GlobusSDKUsageError>([&] { downloader.read_file(other.url("/a")); }),
              AllOf(HasSubstr(world.server.url()), HasSubstr(other.server.url())));
  EXPECT_TRUE(other.server.requests().empty());
}

TEST(GCSDownloader, GivesNoTokenToAServerThatIsNotTheCollections) {
  World world;
  const World real;
  world.https_server = real.server.url();
  EXPECT_THAT(message_of<GlobusError>([&] { world.downloader().read_file(world.url("/a")); }),
              AllOf(HasSubstr(world.server.url()), HasSubstr(real.server.url())));
  EXPECT_EQ(world.count("/a", ""), 1);
  EXPECT_EQ(world.count("/a", "Bearer collection-token"), 0);
}

TEST(GCSDownloader, TriesAgainAfterALookUpThatFailed) {
  World world;
  std::atomic<bool> is_down{true};
  world.respond = [&](const RecordedRequest& request) {
    if (is_down) return RecordedAnswer{404, "{}"};
    return world.file_for_tokens(request);
  };
  const GCSDownloader downloader = world.downloader();
  EXPECT_THROW(downloader.read_file(world.url("/a")), GlobusAPIError);
  is_down = false;
  EXPECT_EQ(downloader.read_file(world.url("/a")), "content of /a");
}

TEST(GCSDownloader, SaysThatAFileIsNotThere) {
  World world;
  world.respond = [](const RecordedRequest&) { return RecordedAnswer{404, R"({"code": "Gone"})"}; };
  try {
    world.downloader().read_file(world.url("/a"));
    ADD_FAILURE() << "there is no such file";
  } catch (const GlobusAPIError& error) {
    EXPECT_EQ(error.http_status(), 404);
  }
}

TEST(GCSDownloader, TakesCompleteUrlsOnly) {
  const World world;
  const GCSDownloader downloader = world.downloader();
  for (const std::string url : {"", "/a", "example.org/a", "http://example.org/a", "file:///a",
                                "https://user@example.org/a", "https:///a"}) {
    EXPECT_THAT(message_of<GlobusSDKUsageError>([&] { downloader.read_file(url); }),
                HasSubstr("file_uri"))
        << url;
  }
  EXPECT_TRUE(world.server.requests().empty());
}

TEST(GCSDownloader, SaysWhatALoginPageDoesNotTell) {
  World world;
  std::string query;
  world.respond = [&query](const RecordedRequest&) {
    return RecordedAnswer{302, "", {{"Location", login_page + query}}};
  };
  const auto message = [&](const std::string& of_page) {
    query = of_page;
    return message_of<GlobusError>([&] { world.downloader().read_file(world.url("/a")); });
  };
  EXPECT_THAT(message("&client_id=" + collection_id + "&client_id=" + collection_id),
              HasSubstr("more than one client_id"));
  EXPECT_THAT(message("&client_id=x"), HasSubstr("no UUID"));
  EXPECT_THAT(message("&client_id="), HasSubstr("no client_id"));
  EXPECT_THAT(message(""), HasSubstr("no client_id"));
  EXPECT_EQ(world.logins(), 0);
}

TEST(LoginPage, NamesTheCollection) {
  using detail::collection_of_login_page;
  EXPECT_EQ(collection_of_login_page(login_page + "&client_id=" + collection_id + "&x=1#y", "u"),
            collection_id);
  for (const std::string& page :
       {std::string(), login_page, "https://auth.example/login#client_id=" + collection_id}) {
    EXPECT_THAT(
        message_of<GlobusError>([&] { collection_of_login_page(page, "https://h/a?token=b"); }),
        AllOf(HasSubstr("names no client_id"), HasSubstr("https://h/a"), Not(HasSubstr("=b"))));
  }
}

}  // namespace
}  // namespace globus_sdk_test
