// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/collections/remote_file_stream.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "collections/served_parts.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

struct RemoteStream : testing::Test {
  std::string content = content_of(1'000'000);
  PartsServer server{content};
  RemoteFile file = open_at(server.url());
};

std::string read_some(std::istream& stream, std::size_t size) {
  std::string text(size, '?');
  stream.read(text.data(), static_cast<std::streamsize>(size));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

TEST_F(RemoteStream, ReadsFromFrontToBack) {
  RemoteFileStream stream{file};
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}), content);
}

TEST_F(RemoteStream, ReadsPiecesOfAllSizes) {
  for (const std::size_t size : {1U, 7U, 4096U, 32'768U, 40'000U, 100'000U, 500'000U, 2'000'000U}) {
    RemoteFileStream stream{file};
    std::string all;
    while (stream && all.size() < (size == 1 ? 50'000U : content.size() + 1)) {
      all += read_some(stream, size);
    }
    EXPECT_EQ(all, content.substr(0, all.size())) << size;
    EXPECT_TRUE(size == 1 || stream.eof()) << size;
  }
}

TEST_F(RemoteStream, GoesToAnyPlace) {
  RemoteFileStream stream{file};
  const auto expect_at = [&](std::int64_t place) {
    EXPECT_EQ(stream.tellg(), std::streampos(place));
    EXPECT_EQ(read_some(stream, 100), content.substr(static_cast<std::size_t>(place), 100));
  };
  expect_at(0);
  stream.seekg(50);
  expect_at(50);
  stream.seekg(200'000);
  expect_at(200'000);
  stream.seekg(-150, std::ios::cur);
  expect_at(199'950);
  stream.seekg(1000, std::ios::cur);
  expect_at(201'050);
  stream.seekg(-100, std::ios::end);
  expect_at(999'900);
  EXPECT_EQ(stream.get(), std::char_traits<char>::eof());
  stream.clear();
  stream.seekg(0);
  expect_at(0);
  // what is not there
  stream.seekg(-1);
  EXPECT_TRUE(stream.fail());
  stream.clear();
  stream.seekg(1'000'001);
  EXPECT_TRUE(stream.fail());
  stream.clear();
  stream.seekg(1, std::ios::end);
  EXPECT_TRUE(stream.fail());
  stream.clear();
  expect_at(100);
}

TEST_F(RemoteStream, MayBePutBackAndPeekedInto) {
  RemoteFileStream stream{file};
  EXPECT_EQ(stream.peek(), static_cast<unsigned char>(content[0]));
  EXPECT_EQ(stream.get(), static_cast<unsigned char>(content[0]));
  stream.unget();
  EXPECT_EQ(read_some(stream, 10), content.substr(0, 10));
}

TEST_F(RemoteStream, KnowsHowMuchIsLeft) {
  RemoteFileStream stream{file};
  EXPECT_EQ(stream.rdbuf()->in_avail(), 1'000'000);
  stream.seekg(0, std::ios::end);
  EXPECT_EQ(stream.rdbuf()->in_avail(), -1);
}

TEST_F(RemoteStream, LargeReadsGoStraightToTheCaller) {
  RemoteFileStream stream{file};
  server.clear();
  stream.seekg(500'000);
  EXPECT_EQ(read_some(stream, 300'000), content.substr(500'000, 300'000));
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(RemoteStream, AFailureSetsBadbitOrIsThrown) {
  RemoteFileStream stream{file};
  RemoteFileStream throwing{file};
  throwing.exceptions(std::ios::badbit);
  server.replace(content, "\"two\"", "");
  stream.seekg(790'000);
  EXPECT_EQ(read_some(stream, 10), "");
  EXPECT_TRUE(stream.bad());
  throwing.seekg(790'000);
  EXPECT_THROW(read_some(throwing, 10), FileChangedError);
}

TEST_F(RemoteStream, StreamsOfOneFileShareItsCache) {
  RemoteFileStream one{file};
  RemoteFileStream other{file};
  one.seekg(790'000);
  read_some(one, 10);
  server.clear();
  other.seekg(800'000);
  EXPECT_EQ(read_some(other, 10), content.substr(800'000, 10));
  EXPECT_TRUE(server.requests().empty());
}

TEST(RemoteFileStream, OfLinesIsReadByLines) {
  PartsServer server("first\nsecond\nthird");
  RemoteFileStream stream{open_at(server.url())};
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  EXPECT_EQ(lines, (std::vector<std::string>{"first", "second", "third"}));
}

TEST(RemoteFileStream, OfAnEmptyFileIsAtItsEnd) {
  PartsServer server("");
  RemoteFileStream stream{open_at(server.url())};
  EXPECT_EQ(stream.get(), std::char_traits<char>::eof());
}

}  // namespace
}  // namespace globus_sdk_test
