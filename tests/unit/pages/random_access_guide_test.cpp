// SPDX-License-Identifier: Apache-2.0
// What docs/guide/random-access.md shows beside its first program, compiled, and run against a
// server with one file.
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <span>
#include <stop_token>
#include <string>

#include "collections/served_parts.hpp"

using namespace globus_sdk;

namespace {

using globus_sdk_test::content_of;
using globus_sdk_test::options_for;
using globus_sdk_test::PartsServer;

/// A client for the collection behind the server.
GCSCollectionClient files_of(const PartsServer& server) {
  return {"11111111-1111-4111-8111-111111111111", server.url(), options_for(server.url())};
}

TEST(RandomAccessGuide, Options) {
  PartsServer server(content_of(3 << 20));
  const GCSCollectionClient files = files_of(server);
  //! [options]
  RemoteFile file = files.open("/data/a.h5", {.block_size = 1 << 20,     // 1 MiB: unset, 256 KiB
                                              .cache_size = 256 << 20,   // 256 MiB: unset, 32 MiB
                                              .read_ahead = 64 << 20});  // 64 MiB: unset, 8 MiB
  //! [options]
  EXPECT_EQ(file.size(), 3 << 20);
  EXPECT_EQ(server.requests().front().header("range"), "bytes=0-1048575");
}

TEST(RandomAccessGuide, Stream) {
  PartsServer server("first\nsecond\nthird\n");
  const GCSCollectionClient files = files_of(server);
  testing::internal::CaptureStdout();
  {
    //! [stream]
    RemoteFileStream stream{files.open("/data/list.txt")};
    stream.exceptions(std::ios::badbit);  // throws what read_at throws
    stream.seekg(6);
    for (std::string line; std::getline(stream, line);) std::cout << line << '\n';
    //! [stream]
  }
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "second\nthird\n");
}

TEST(RandomAccessGuide, Changed) {
  PartsServer server(content_of(1 << 20));
  const GCSCollectionClient files = files_of(server);
  RemoteFile file = files.open("/data/a.h5");
  server.replace(content_of(2 << 20), "\"two\"", "");
  std::string text(100, '?');
  const auto buffer = std::as_writable_bytes(std::span(text));
  const std::int64_t offset = 1'000'000;
  //! [changed]
  try {
    file.read_at(offset, buffer);
  } catch (const FileChangedError&) {
    file = files.open("/data/a.h5");
  }
  //! [changed]
  EXPECT_EQ(file.size(), 2 << 20);
  EXPECT_EQ(file.read_at(offset, buffer), 100U);
}

TEST(RandomAccessGuide, Limits) {
  PartsServer server(content_of(1 << 20));
  const GCSCollectionClient files = files_of(server);
  std::stop_source stop;
  //! [limits]
  RemoteFile file = files.with({.deadline = 30s, .stop = stop.get_token()}).open("/data/a.h5");
  //! [limits]
  stop.request_stop();
  std::string text(100, '?');
  EXPECT_THROW(file.read_at(1'000'000, std::as_writable_bytes(std::span(text))), CancelledError);
}

}  // namespace
