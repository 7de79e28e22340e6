// SPDX-License-Identifier: Apache-2.0
// What is written into a JSON file and read from one: formats, and what others leave there.
#include <thread>

#include "token_storage/file_storages.hpp"

namespace globus_sdk {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class JsonFile : public FileStorage<JSONTokenStorage> {
 protected:
  Json document() const { return Json::parse(content_of(file)); }
};

std::string token_text(const std::string& resource_server) {
  return stored_token(resource_server).to_dict().dump();
}

TEST_F(JsonFile, IsOfPythonsFormat) {
  storage().store_token_data_by_resource_server(stored_tokens("a"));
  const JsonView written = document().view();
  EXPECT_EQ(written.size(), 3U);
  EXPECT_EQ(written["format_version"], "2.0");
  EXPECT_EQ(written["globus-sdk.version"], "globus-sdk-cpp-0.1.0");
  EXPECT_EQ(written["data"].dump(), R"({"DEFAULT":{"a":)" + token_text("a") + "}}");
}

TEST_F(JsonFile, OfTheFirstFormatIsReadAndUpgraded) {
  const std::string old = R"({"by_rs": {"a": )" + token_text("a") +
                          R"(, "b": {"scope": "s", "access_token": "t", "refresh_token": null,
                 "token_type": "Bearer", "expires_at_seconds": 7, "resource_server": "b"}},
      "format_version": "1.0", "globus-sdk.version": "3.0.0"})";
  write_file(file, old);
  EXPECT_EQ(storage().get_token_data("a"), stored_token("a"));
  EXPECT_EQ(storage().get_token_data("b")->expires_at_seconds, 7);
  EXPECT_TRUE(storage({.namespace_ = "x"}).get_token_data_by_resource_server().empty());
  EXPECT_EQ(content_of(file), old) << "reading wrote";

  storage({.namespace_ = "x"}).store_token_data_by_resource_server(stored_tokens("c"));
  EXPECT_EQ(document().view()["format_version"], "2.0");
  EXPECT_FALSE(document().view().contains("by_rs"));
  EXPECT_EQ(storage().get_token_data_by_resource_server().size(), 2U);
  EXPECT_EQ(storage({.namespace_ = "x"}).get_token_data("c"), stored_token("c"));
}

TEST_F(JsonFile, KeepsWhatOthersHavePutThere) {
  write_file(file, R"({"data": {"other": {"a": {"later": [1, 2.5, null]}}, "DEFAULT": {}},
                       "format_version": "2.0", "globus-sdk.version": "4.9.0", "note": {"x": 1}})");
  storage().store_token_data_by_resource_server(stored_tokens("b"));
  EXPECT_EQ(document().view()["note"]["x"], 1);
  EXPECT_EQ(document().view()["data"]["other"].dump(), R"({"a":{"later":[1,2.5,null]}})");
  EXPECT_THAT(storage_error(file, [&] { storage({.namespace_ = "other"}).get_token_data("a"); }),
              AllOf(HasSubstr("what it has for a"), HasSubstr("'resource_server'")));
}

TEST_F(JsonFile, OfAnotherFormatIsLeftAlone) {
  const std::vector<std::pair<std::string, std::string>> files{
      {R"({"data": {}, "format_version": "3.0", "globus-sdk.version": "9"})", "newer version"},
      {R"({"data": {}, "format_version": "2.1", "globus-sdk.version": "9"})", "newer version"},
      {R"({"data": {}, "format_version": "0.9", "globus-sdk.version": "9"})", "format_version"},
      {R"({"data": {}, "format_version": 2.0, "globus-sdk.version": "9"})", "format_version"},
      {R"({"data": {}, "globus-sdk.version": "4.9.0"})", "format_version"},
      {R"({"data": [], "format_version": "2.0", "globus-sdk.version": "4.9.0"})", "'data'"},
      {R"({"data": {"x": []}, "format_version": "2.0", "globus-sdk.version": "4"})", "namespace"},
      {R"({"data": {}, "format_version": "2.0"})", "'globus-sdk.version'"},
      {R"({"data": {}, "format_version": "1.0", "globus-sdk.version": "4.9.0"})", "'by_rs'"},
      {R"({"by_rs": [], "format_version": "1.0", "globus-sdk.version": "4.9.0"})", "'by_rs'"},
      {R"(["access-of-a"])", "no JSON object"}};
  for (const auto& [content, problem] : files) {
    write_file(file, content);
    EXPECT_THAT(storage_error(file, [&] { storage().get_token_data("a"); }), HasSubstr(problem));
    EXPECT_THAT(
        storage_error(file,
                      [&] { storage().store_token_data_by_resource_server(stored_tokens("a")); }),
        HasSubstr(problem));
    EXPECT_EQ(content_of(file), content);
  }
}

TEST_F(JsonFile, IsReadAgainWhileSomebodyWritesOverIt) {
  storage().store_token_data_by_resource_server(stored_tokens("a"));
  const std::string content = content_of(file);
  for (const bool writes : {false, true}) {
    write_file(file, content.substr(0, content.size() / 2));
    const std::jthread python([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(60));
      write_file(file, content);
    });
    if (writes) storage().store_token_data_by_resource_server(stored_tokens("b"));
    EXPECT_EQ(storage().get_token_data("a"), stored_token("a"));
  }
  EXPECT_EQ(storage().get_token_data("b"), stored_token("b"));
}

TEST_F(JsonFile, ThatIsEmptyWasLeftByAnInterruptedWriter) {
  write_file(file, "");
  EXPECT_THAT(storage_error(file, [&] { storage().get_token_data("a"); }),
              AllOf(HasSubstr("is empty"), HasSubstr("log in again")));
  EXPECT_THAT(storage_error(
                  file, [&] { storage().store_token_data_by_resource_server(stored_tokens("a")); }),
              HasSubstr("is empty"));
  EXPECT_EQ(content_of(file), "");
}

TEST_F(JsonFile, OfAKilledWriterIsWrittenAgain) {
  write_file(file.string() + ".new", R"({"data": {"DEFAULT": {"half)");
  storage().store_token_data_by_resource_server(stored_tokens("a"));
  EXPECT_EQ(storage().get_token_data("a"), stored_token("a"));
  EXPECT_FALSE(fs::exists(file.string() + ".new"));
}

TEST_F(JsonFile, ThatIsFarTooLargeIsRefused) {
  write_file(file, std::string(std::size_t{65} << 20, ' '));
  EXPECT_THAT(storage_error(file, [&] { storage().get_token_data("a"); }), HasSubstr("too large"));
}

}  // namespace
}  // namespace globus_sdk
