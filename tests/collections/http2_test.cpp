// SPDX-License-Identifier: Apache-2.0
// Files over HTTP/2, at a server that nobody here wrote.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
#include "support/collection_server.hpp"
#include "support/nginx_server.hpp"
#include "support/run_async.hpp"
#include "support/scoped_folder.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::Each;
using testing::Field;
namespace fs = std::filesystem;

constexpr const char* collection_id = "3c4f8e2a-6f2d-4f5b-9a57-0f9e2b7f0c11";

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Bytes that differ at each place.
std::string counted(std::size_t size) {
  std::string text;
  while (text.size() < size) text += std::to_string(text.size()) + " ";
  text.resize(size);
  return text;
}

class Http2 : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (!NginxServer::is_installed()) GTEST_SKIP() << "nginx is not installed";
    server = std::make_unique<NginxServer>("    location /away/ { return 302 " + other.url() +
                                           "/x; }\n");
  }

  GCSCollectionClient client() const {
    TransportSettings settings;
    settings.verify_ssl = server->ca_file();
    settings.proxy = nullptr;
    ClientOptions options = options_for(server->url(), 2);
    options.transport = Transport(settings);
    return GCSCollectionClient{collection_id, server->url(), AccessTokenAuthorizer{"a token"},
                               options};
  }
  void expect_http2() const {
    EXPECT_THAT(server->requests(), Each(Field(&NginxServer::Request::protocol, "HTTP/2.0")));
  }

  CollectionServer other{"not for you"};
  std::unique_ptr<NginxServer> server{};
  ScopedFolder folder{};
};
INSTANTIATE_TEST_SUITE_P(Collections, Http2, testing::Values(false, true), mode_of);

TEST_P(Http2, ManySmallFilesShareConnections) {
  const std::string content = counted(4096);
  std::vector<std::string> names;
  fs::create_directories(server->files() / "data");
  for (int file = 0; file < 200; ++file) {
    names.push_back("file-" + std::to_string(file));
    std::ofstream(server->files() / "data" / names.back()) << content;
  }
  const CollectionServer listing(content, {}, names);
  const TransferClient transfer{AccessTokenAuthorizer{"a token"}, options_for(listing.url())};
  const auto files = client();
  const fs::path target = folder.path / "data";
  const TreeResult result = GetParam()
                                ? run_async(files.async().download_tree("/data/", target, transfer))
                                : files.download_tree("/data/", target, transfer);
  EXPECT_TRUE(result) << result.failures.front().message;
  EXPECT_EQ(result.files, 200);
  for (const std::string& name : names) EXPECT_EQ(content_of(target / name), content) << name;
  expect_http2();
  std::set<std::string> connections;
  for (const auto& request : server->requests()) connections.insert(request.connection);
  EXPECT_LE(connections.size(), 8U);
}

TEST_P(Http2, ALargeFileComesWhole) {
  const std::string content = counted(std::size_t{40} << 20);
  std::ofstream(server->files() / "large") << content;
  const auto files = client();
  const fs::path target = folder.path / "large";
  if (GetParam()) {
    run_async(files.async().download("/large", target));
  } else {
    files.download("/large", target);
  }
  EXPECT_TRUE(content_of(target) == content);
  expect_http2();
}

TEST_P(Http2, AFileGoesThere) {
  const std::string content = counted(std::size_t{3} << 20);
  const fs::path source = folder.path / "source";
  std::ofstream(source) << content;
  const auto files = client();
  if (GetParam()) {
    run_async(files.async().upload(source, "/uploads/a"));
  } else {
    files.upload(source, "/uploads/a");
  }
  EXPECT_TRUE(content_of(server->files() / "uploads/a") == content);
}

TEST_P(Http2, NoRedirectLeavesTls) {
  const auto files = client();
  const fs::path target = folder.path / "target";
  const auto fetch = [&] {
    if (GetParam()) {
      run_async(files.async().download("/away/a", target));
    } else {
      files.download("/away/a", target);
    }
  };
  EXPECT_THROW(fetch(), NetworkError);
  EXPECT_EQ(other.requests().size(), 0U);
  EXPECT_FALSE(fs::exists(target));
}

class Http2RemoteFile : public Http2 {};
INSTANTIATE_TEST_SUITE_P(Collections, Http2RemoteFile, testing::Values(false), mode_of);

TEST_P(Http2RemoteFile, IsReadAtAnyPlace) {
  const std::string content = counted(2'000'000);
  std::ofstream(server->files() / "a") << content;
  const RemoteFile file = client().open("/a");
  EXPECT_EQ(file.size(), 2'000'000);
  std::vector<std::byte> buffer(1000);
  for (const std::int64_t offset : {1'999'500, 7, 1'000'000, 500'000, 0}) {
    const std::size_t count = file.read_at(offset, buffer);
    EXPECT_EQ(std::string(reinterpret_cast<const char*>(buffer.data()), count),
              content.substr(static_cast<std::size_t>(offset), 1000));
  }
  expect_http2();
}

}  // namespace
}  // namespace globus_sdk_test
