// SPDX-License-Identifier: Apache-2.0
// The SDK's side of the rows about files: each mode is what a user would write.
#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <globus_sdk/globus_sdk.hpp>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "random_reads.hpp"

namespace {

using namespace globus_sdk;
using Words = std::vector<std::string>;

GCSCollectionClient client_for(const std::string& address) {
  TransportSettings settings;
  if (const char* ca_file = std::getenv("BENCH_CA_FILE")) settings.verify_ssl = ca_file;
  return GCSCollectionClient{globus_bench::files_collection_id,
                             address,
                             AccessTokenAuthorizer{globus_bench::token},
                             {.transport = Transport{settings}}};
}

/// ADDRESS PATH LOCAL_FILE
void download(const Words& words) {
  client_for(words.at(0)).download(words.at(1), words.at(2));
}

/// ADDRESS PATH LOCAL_FOLDER URL_OF_TRANSFER
void tree(const Words& words) {
  const TransferClient transfer{AccessTokenAuthorizer{globus_bench::token},
                                {.base_url = words.at(3)}};
  const TreeResult result =
      client_for(words.at(0)).download_tree(words.at(1), words.at(2), transfer);
  if (!result) throw std::runtime_error(result.failures.front().message);
}

/// ADDRESS PATH
void read_in_order(const Words& words) {
  const RemoteFile file = client_for(words.at(0)).open(words.at(1));
  std::array<std::byte, 4096> buffer;
  std::int64_t offset = 0;
  while (const std::size_t count = file.read_at(offset, buffer)) {
    offset += static_cast<std::int64_t>(count);
  }
  if (offset != file.size()) throw std::runtime_error("the file was not read to its end");
}

/// ADDRESS PATH READS
void read_at_random(const Words& words) {
  const RemoteFile file = client_for(words.at(0)).open(words.at(1));
  const auto read_at = [&file](std::int64_t offset, std::span<std::byte> buffer) {
    if (file.read_at(offset, buffer) != buffer.size()) throw std::runtime_error("a part is short");
  };
  print(globus_bench::measure_random_reads({globus_bench::reading_threads, read_at},
                                           std::stoul(words.at(2))));
}

}  // namespace

int main(int count, char** values) {
  try {
    const std::map<std::string, std::function<void(const Words&)>> modes{
        {"download", download},
        {"tree", tree},
        {"read", read_in_order},
        {"random", read_at_random}};
    if (count < 2) throw std::runtime_error("usage: PROGRAM MODE ADDRESS PATH ...");
    modes.at(values[1])(Words(values + 2, values + count));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
