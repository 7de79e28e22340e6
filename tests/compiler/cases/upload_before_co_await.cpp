// SPDX-License-Identifier: Apache-2.0
// Functions that g++ 12 and 13 would destroy twice inside a `co_await` expression.
//! 1 => NameTheFunctionBeforeCoAwait
//! 2 => NameTheFunctionBeforeCoAwait
//! 3 => NameTheOptionsBeforeCoAwait
#include <cstring>
#include <memory>
#include <span>
#include <string>

#include "globus_sdk/async.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"

using namespace globus_sdk;

boost::asio::awaitable<void> use(GCSCollectionClient client, std::string text,
                                 std::shared_ptr<std::istream> stream) {
  const auto files = client.async();
  const auto give = [text](std::int64_t offset, std::span<std::byte> room) {
    return text.copy(reinterpret_cast<char*>(room.data()), room.size(),
                     static_cast<std::size_t>(offset));
  };
  const UploadOptions options{.size = text.size()};
  co_await files.upload("file", "/file");
  co_await files.upload(text + "file", "/file");
  co_await files.upload(*stream, "/file");
  co_await files.upload(std::as_bytes(std::span(text)), "/file");
  co_await files.upload(give, "/file", options);
  client.upload([&](std::int64_t, std::span<std::byte>) { return text.size(); }, "/file", options);
#if MISTAKE == 1
  co_await files.upload([text](std::int64_t, std::span<std::byte>) { return text.size(); }, "/file",
                        options);
#elif MISTAKE == 2
  co_await files.upload(UploadSource(give), "/file", options);
#elif MISTAKE == 3
  co_await files.upload(give, "/file", {.size = 3});
#endif
}
