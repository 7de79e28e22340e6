// SPDX-License-Identifier: Apache-2.0
// The bare side of random reads: a handle for each thread, whose connection stays open, and a range
// request for each read, whose bytes are copied into the buffer and checked for their number.
#include <curl/curl.h>

#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <stdexcept>

#include "random_reads.hpp"

namespace {

using globus_bench::ReadAt;

struct EasyDeleter {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct SlistDeleter {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

/// A handle that reads parts of one file.
class Reader {
 public:
  explicit Reader(const std::string& url) : easy_(curl_easy_init()) {
    const std::string authorization = "Authorization: Bearer " + std::string(globus_bench::token);
    headers_.reset(curl_slist_append(nullptr, authorization.c_str()));
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_USERAGENT, "globus-sdk-cpp-0.1.0");
    set(CURLOPT_HTTPHEADER, headers_.get());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_BUFFERSIZE, 256L << 10);
    set(CURLOPT_WRITEFUNCTION, &Reader::write);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  void read_at(std::int64_t offset, std::span<std::byte> buffer) {
    left_ = buffer;
    const std::string range = std::to_string(offset) + "-" +
                              std::to_string(offset + static_cast<std::int64_t>(buffer.size()) - 1);
    set(CURLOPT_RANGE, range.c_str());
    long status = 0;
    const bool came = curl_easy_perform(easy_.get()) == CURLE_OK &&
                      curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status) == CURLE_OK;
    if (!came || status != 206 || !left_.empty()) throw std::runtime_error("no such part came");
  }

 private:
  static std::size_t write(char* data, std::size_t size, std::size_t count, void* reader) {
    std::span<std::byte>& left = static_cast<Reader*>(reader)->left_;
    const std::size_t bytes = size * count;
    if (bytes > left.size()) return 0;
    std::memcpy(left.data(), data, bytes);
    left = left.subspan(bytes);
    return bytes;
  }
  template <class Value> void set(CURLoption option, Value value) {
    if (curl_easy_setopt(easy_.get(), option, value) != CURLE_OK) {
      throw std::runtime_error("setopt");
    }
  }

  std::unique_ptr<CURL, EasyDeleter> easy_;
  std::unique_ptr<curl_slist, SlistDeleter> headers_{};
  std::span<std::byte> left_{};
};

}  // namespace

int main(int count, char** values) {
  try {
    if (count != 3) throw std::runtime_error("usage: PROGRAM URL READS");
    curl_global_init(CURL_GLOBAL_DEFAULT);
    std::vector<ReadAt> readers;
    for (std::size_t thread = 0; thread < globus_bench::reading_threads; ++thread) {
      readers.emplace_back([reader = std::make_shared<Reader>(values[1])](
                               auto offset, auto buffer) { reader->read_at(offset, buffer); });
    }
    print(globus_bench::measure_random_reads(readers, std::stoul(values[2])));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
