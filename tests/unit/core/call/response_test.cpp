// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/response.hpp"

#include <gtest/gtest.h>

#include <ranges>
#include <sstream>
#include <thread>

#include "globus_sdk/core/errors.hpp"

namespace {

using namespace globus_sdk;

class Listing : public IterableResponse {
 public:
  explicit Listing(GlobusHTTPResponse response) : IterableResponse(std::move(response), "DATA") {}
};

static_assert(std::ranges::forward_range<Listing> && std::ranges::sized_range<Listing>);
static_assert(std::ranges::forward_range<ArrayResponse>);
static_assert(std::is_nothrow_copy_constructible_v<GlobusHTTPResponse>);

template <class T>
concept Lasting = std::convertible_to<T, std::string_view>;
template <class R>
concept GivesLastingTexts =
    Lasting<decltype(std::declval<R>()["x"])> && Lasting<decltype(std::declval<R>()[0])> &&
    Lasting<decltype(std::declval<R>()["x"]["y"][0])> &&
    Lasting<decltype(*std::declval<R>().get("x"))> &&
    Lasting<decltype(std::declval<R>().data()["x"])>;
template <class R>
concept GivesAnyLastingText =
    Lasting<decltype(std::declval<R>()["x"])> || Lasting<decltype(std::declval<R>()[0])> ||
    Lasting<decltype(std::declval<R>()["x"]["y"][0])> ||
    Lasting<decltype(*std::declval<R>().get("x"))> ||
    Lasting<decltype(std::declval<R>().data()["x"])>;
static_assert(GivesLastingTexts<const GlobusHTTPResponse&>);
static_assert(GivesLastingTexts<GlobusHTTPResponse&> && GivesLastingTexts<Listing&>);
static_assert(!GivesAnyLastingText<GlobusHTTPResponse> && !GivesAnyLastingText<Listing>);
static_assert(!GivesAnyLastingText<const GlobusHTTPResponse>);
static_assert(Lasting<decltype((*std::declval<Listing&>().begin())["x"])>);
static_assert(!Lasting<decltype((*std::declval<Listing>().begin())["x"])>);
static_assert(!Lasting<decltype((*std::declval<ArrayResponse>().begin())["x"])>);
static_assert(!std::is_reference_v<decltype(std::declval<Listing>().iter_key())>);

GlobusHTTPResponse response(std::string body, Headers headers = {}) {
  return GlobusHTTPResponse(Answer{.status = 200,
                                   .reason = "OK",
                                   .headers = std::move(headers),
                                   .body = std::move(body),
                                   .method = "GET",
                                   .url = "https://user:hidden@host/p?code=hidden",
                                   .secrets = {}});
}

std::string printed(const GlobusHTTPResponse& shown) {
  std::ostringstream out;
  out << shown;
  return out.str();
}

TEST(Response, GivesDataAndWhatCameWithIt) {
  const auto answer =
      response(R"({"task_id":"abc","n":null})", {{"content-type", "application/json"}});
  EXPECT_EQ(answer["task_id"], "abc");
  EXPECT_EQ(answer.data()["task_id"], "abc");
  EXPECT_EQ(answer.get("task_id"), "abc");
  EXPECT_FALSE(answer.get("missing"));
  EXPECT_TRUE(answer.contains("n"));
  EXPECT_FALSE(answer.contains("x"));
  EXPECT_EQ(answer.http_status(), 200);
  EXPECT_EQ(answer.http_reason(), "OK");
  EXPECT_EQ(answer.content_type(), "application/json");
  EXPECT_EQ(answer.headers().get("Content-Type"), "application/json");
  EXPECT_EQ(answer.text(), R"({"task_id":"abc","n":null})");
  EXPECT_EQ(answer.binary_content(), answer.text());
  EXPECT_THROW((void)answer["missing"], JsonError);
}

TEST(Response, MayBeATemporary) {
  EXPECT_EQ(response(R"({"status":"ACTIVE"})")["status"], "ACTIVE");
  const JsonView kept = response(R"({"a":{"b":"c"}})")["a"];
  EXPECT_EQ(kept["b"], "c");
  const std::string& text = response("body").text();
  EXPECT_EQ(text, "body");
  for (const auto& [name, value] : response("", {{"A", "1"}}).headers()) EXPECT_EQ(name, "A");
  const std::string status = response(R"({"status":"ACTIVE"})")["status"];
  EXPECT_EQ(status, "ACTIVE");
}

TEST(Response, SaysThatABodyIsNoJson) {
  const auto page = response("<html>", {{"Content-Type", "text/html"}});
  EXPECT_FALSE(page.has_json());
  EXPECT_FALSE(page.get("x"));
  EXPECT_FALSE(page.contains("x"));
  EXPECT_EQ(printed(page), "<html>");
  try {
    (void)page["x"];
    FAIL();
  } catch (const JsonError& error) {
    EXPECT_STREQ(error.what(),
                 "GET https://host/p?code=***: the answer is no JSON (status 200, text/html, "
                 "6 bytes)");
  }
  EXPECT_THROW((void)response("").data(), JsonError);
  EXPECT_THROW((void)response("{\"a\":").data(), JsonError);
}

TEST(Response, GetIsForgivingAsInPython) {
  EXPECT_FALSE(response("null").get("x"));
  EXPECT_FALSE(response("[1]").get("x"));
  EXPECT_EQ(response("[1,2]")[1], 2);
  EXPECT_THROW((void)response("5")["x"], JsonError);
}

TEST(Response, IsPrintedIndented) {
  EXPECT_EQ(printed(response(R"({"a":1})")), "{\n  \"a\": 1\n}");
}

TEST(Response, ThatIsIterableIsARange) {
  std::string names;
  for (auto item : Listing(response(R"({"DATA":[{"name":"a"},{"name":"b"}],"x":1})"))) {
    names += std::string(item["name"]);
  }
  EXPECT_EQ(names, "ab");
  const Listing listing(response(R"({"DATA":[]})"));
  EXPECT_EQ(listing.begin(), listing.end());
  EXPECT_EQ(listing.size(), 0U);
  EXPECT_EQ(listing.iter_key(), "DATA");
  EXPECT_THROW((void)Listing(response("{}")).begin(), JsonError);
  EXPECT_THROW((void)Listing(response(R"({"DATA":null})")).begin(), JsonError);
  EXPECT_THROW((void)Listing(response("[]")).begin(), JsonError);
}

TEST(Response, IteratorsOutliveIt) {
  const auto first = Listing(response(R"({"DATA":[{"name":"a"}]})")).begin();
  EXPECT_EQ((*first)["name"], "a");
}

TEST(Response, ThatIsAnArrayIsARange) {
  int sum = 0;
  for (auto item : ArrayResponse(response("[1,2,3]"))) sum += item.as<int>();
  EXPECT_EQ(sum, 6);
  EXPECT_EQ(ArrayResponse(response("[1,2,3]")).size(), 3U);
  EXPECT_THROW((void)ArrayResponse(response("{}")).begin(), JsonError);
}

TEST(Response, IsParsedOnceForManyThreads) {
  const auto shared = response(R"({"a":[1,2,3]})");
  std::vector<std::jthread> threads;
  std::vector<const void*> places(8);
  for (const void*& place : places) {
    threads.emplace_back([shared, &place] {
      const JsonView list = shared["a"];
      place = &list.value();
    });
  }
  threads.clear();
  for (const void* place : places) EXPECT_EQ(place, places.front());
}

}  // namespace
