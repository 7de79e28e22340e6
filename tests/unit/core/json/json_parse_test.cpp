// SPDX-License-Identifier: Apache-2.0
// What a hostile or broken server may send as JSON.
#include <gtest/gtest.h>

#include <string>

#include "globus_sdk/core/json.hpp"

namespace {

using namespace globus_sdk;

bool is_json(std::string_view text) {
  return detail::parse_json(std::string(text)).has_value();
}

std::string nested(std::size_t depth, char open, char close) {
  return std::string(depth, open) + std::string(depth, close);
}

TEST(JsonParse, TakesDocumentsOfEveryKind) {
  for (const char* text :
       {"null", "true", "0", "-0", "1.5e3", "\"\"", "[]", "{}", " [1 , 2 ]\n", "{\"a\":{}}"}) {
    EXPECT_TRUE(is_json(text)) << text;
  }
}

TEST(JsonParse, RefusesBrokenDocuments) {
  for (const char* text :
       {"",           " ",     "{",        "[",         "[1",      "[1,]",    "{\"a\"}", "{\"a\":}",
        "{\"a\":1,}", "{a:1}", "'a'",      "nul",       "truee",   "01",      "1.",      ".5",
        "+1",         "1e",    "-",        "[1]]",      "1 2",     "{}x",     "\"\n\"",  "\"\\x\"",
        "\"\\u12\"",  "NaN",   "Infinity", "-Infinity", "// x\n1", "[1]/**/", "<html>"}) {
    EXPECT_FALSE(is_json(text)) << text;
  }
}

TEST(JsonParse, RefusesEveryTruncation) {
  const std::string whole = R"({"DATA":[{"name":"é","size":1.5e10,"ok":true}],"next":null})";
  ASSERT_TRUE(is_json(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(is_json(std::string_view(whole).substr(0, size))) << size;
  }
}

TEST(JsonParse, LimitsDepth) {
  EXPECT_TRUE(is_json(nested(detail::max_json_depth, '[', ']')));
  EXPECT_FALSE(is_json(nested(detail::max_json_depth + 1, '[', ']')));
  EXPECT_FALSE(is_json(nested(1'000'000, '[', ']')));
  EXPECT_FALSE(is_json(std::string(1'000'000, '[')));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_FALSE(is_json(objects));
}

TEST(JsonParse, RefusesNumbersBeyondADouble) {
  EXPECT_FALSE(is_json("1e400"));
  EXPECT_FALSE(is_json("-1e400"));
  EXPECT_FALSE(is_json("{\"a\":[1e309]}"));
  EXPECT_FALSE(is_json("1" + std::string(400, '0')));
  EXPECT_TRUE(is_json("1e308"));
  EXPECT_TRUE(is_json("1e-400"));
  EXPECT_TRUE(is_json("123456789012345678901234567890"));
}

TEST(JsonParse, RefusesInvalidUtf8) {
  EXPECT_TRUE(is_json("\"\xC3\xA9\""));
  EXPECT_FALSE(is_json("\"\xC3\""));
  EXPECT_FALSE(is_json("\"\xFF\""));
  EXPECT_FALSE(is_json("\"\xC0\xAF\""));          // an overlong slash
  EXPECT_FALSE(is_json("\"\xED\xA0\x80\""));      // half of a surrogate pair
  EXPECT_FALSE(is_json("\"\xF5\x80\x80\x80\""));  // beyond Unicode
  EXPECT_FALSE(is_json("{\"\xFF\":1}"));
  EXPECT_FALSE(is_json("[\"\xFF\", \"\\udce9\"]"));
  EXPECT_FALSE(is_json("[\"\xED\xA0\x80\", \"\\udce9\"]"));
  EXPECT_TRUE(is_json(R"("\ud83d\ude00")"));
}

std::string reread(std::string_view text) {
  const auto document = detail::parse_json(std::string(text));
  return document ? document->dump() : "no JSON";
}

TEST(JsonParse, KeepsHalvesOfSurrogatePairs) {
  for (const char* text :
       {R"("caf\udce9.txt")", R"("\ud800")", R"("\ud800x")", R"("\ud800\ud800")", R"("\udfff")",
        R"("\udc00\ud800")", R"("\ud83d\n")", R"({"\udce9":{"\udce8":["\ud834"]}})"}) {
    EXPECT_EQ(reread(text), text);
    EXPECT_EQ(Json::parse(text).dump(), text);
  }
  EXPECT_EQ(reread(R"("\uDCE9")"), R"("\udce9")");
  EXPECT_EQ(reread(R"("\ud83d\ude00\ude00")"), "\"\xF0\x9F\x98\x80\\ude00\"");
  EXPECT_EQ(reread(R"("\\udce9")"), R"("\\udce9")");
  EXPECT_EQ(reread(R"("\\\udce9\u00e9")"), "\"\\\\\\udce9\xC3\xA9\"");
  EXPECT_EQ(reread("\xEF\xBB\xBF\"\\udce9\""), R"("\udce9")");
}

TEST(JsonParse, RefusesABrokenDocumentWithHalvesOfSurrogatePairs) {
  for (const char* text : {R"(["\udce9")", R"("\udce9)", R"(\udce9)", R"({\udce9:1})", R"("\udce")",
                           R"(["\udce9", "\ud80"])", R"(["\udce9", "\x"])", R"("\udce9\)"}) {
    EXPECT_FALSE(is_json(text)) << text;
  }
}

TEST(JsonParse, OneNameOfAListingMayHaveHalfOfASurrogatePair) {
  std::string text = R"({"DATA":[{"name":"caf\udce9.txt"})";
  for (int number = 1; number < 100'000; ++number) {
    text += R"(,{"name":"file )" + std::to_string(number) + "\"}";
  }
  const auto listing = detail::parse_json(text + "]}");
  ASSERT_TRUE(listing);
  const JsonView files = (*listing)["DATA"];
  EXPECT_EQ(files.size(), 100'000U);
  EXPECT_EQ(files[-1]["name"], "file 99999");
  const std::string name = files[0]["name"];
  EXPECT_EQ(name, "caf\xED\xB3\xA9.txt");
  EXPECT_EQ(files[0]["name"], name);
  EXPECT_EQ(Json({{"path", "/" + name}}).dump(), R"({"path":"/caf\udce9.txt"})");
  EXPECT_EQ(Json(files[0]).dump(), R"({"name":"caf\udce9.txt"})");
}

TEST(JsonParse, RefusesNul) {
  EXPECT_FALSE(is_json(std::string("\0", 1)));
  EXPECT_FALSE(is_json(std::string("{}\0", 3)));
  EXPECT_FALSE(is_json(std::string("\"a\0b\"", 5)));
  const JsonView view = *detail::parse_json(R"("a\u0000b")");
  EXPECT_EQ(view, std::string("a\0b", 3));
}

TEST(JsonParse, SkipsAByteOrderMark) {
  EXPECT_TRUE(is_json("\xEF\xBB\xBF{}"));
  EXPECT_FALSE(is_json("\xEF\xBB\xBF"));
}

TEST(JsonParse, KeepsTheLastOfSeveralMembers) {
  const JsonView view = *detail::parse_json(R"({"a":1,"b":2,"a":3})");
  EXPECT_EQ(view["a"], 3);
  EXPECT_EQ(view.size(), 2U);
}

TEST(JsonParse, TakesLargeDocuments) {
  std::string text = "[";
  for (int i = 0; i < 100'000; ++i) text += R"({"name":"file with a rather long name","size":1},)";
  text.back() = ']';
  const JsonView view = *detail::parse_json(text);
  EXPECT_EQ(view.size(), 100'000U);
  EXPECT_EQ(view[-1]["size"], 1);
  const std::string string(5'000'000, 'x');
  EXPECT_EQ(*detail::parse_json("\"" + string + "\""), string);
}

}  // namespace
