// SPDX-License-Identifier: Apache-2.0
// The bare side of the bench: libcurl as one who needs nothing but speed would use it. Handles and
// their options are made once, the headers are those that the SDK sends, and each body is read
// whole into a string and never parsed.
#include <curl/curl.h>

#include <atomic>
#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>

#include "measure.hpp"

namespace {

using globus_bench::Arguments;
using globus_bench::Figures;
using globus_bench::measure;

struct EasyDeleter {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct MultiDeleter {
  void operator()(CURLM* handle) const noexcept { curl_multi_cleanup(handle); }
};
struct SlistDeleter {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

std::size_t append(char* data, std::size_t size, std::size_t count, void* body) {
  static_cast<std::string*>(body)->append(data, size * count);
  return size * count;
}

/// A handle that is ready to send the one request again and again.
class Handle {
 public:
  explicit Handle(const std::string& url, const std::string& task = globus_bench::short_task)
      : easy_(curl_easy_init()) {
    add("Accept: application/json");
    add("X-Globus-Client-Info: product=cpp-sdk,version=0.1.0");
    add("Authorization: Bearer " + std::string(globus_bench::token));
    const std::string whole = url + "/v0.10/task/" + task;
    set(CURLOPT_URL, whole.c_str());
    set(CURLOPT_USERAGENT, "globus-sdk-cpp-0.1.0");
    set(CURLOPT_HTTPHEADER, headers_.get());
    set(CURLOPT_ACCEPT_ENCODING, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_WRITEFUNCTION, &append);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&body_));
    set(CURLOPT_PRIVATE, static_cast<void*>(this));
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  CURL* easy() const { return easy_.get(); }
  void clear() { body_.clear(); }

  /// Checks that an answer came, and gives what stands in it.
  std::string answer() const {
    long status = 0;
    curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status);
    if (status != 200 || body_.empty()) throw std::runtime_error("no answer came");
    return body_.find("\"SUCCEEDED\"") == std::string::npos ? "" : "SUCCEEDED";
  }

 private:
  template <class Value> void set(CURLoption option, Value value) {
    if (curl_easy_setopt(easy(), option, value) != CURLE_OK) throw std::runtime_error("setopt");
  }
  void add(const std::string& line) {
    headers_.reset(curl_slist_append(headers_.release(), line.c_str()));
  }

  std::unique_ptr<CURL, EasyDeleter> easy_;
  std::unique_ptr<curl_slist, SlistDeleter> headers_{};
  std::string body_{};
};

void perform(Handle& handle, std::size_t calls) {
  for (std::size_t done = 0; done < calls; ++done) {
    handle.clear();
    if (curl_easy_perform(handle.easy()) != CURLE_OK) throw std::runtime_error("no answer came");
  }
}

Figures one_by_one(const Arguments& arguments, const std::string& task) {
  Handle handle(arguments.url, task);
  perform(handle, 10);
  return measure(arguments.calls, [&] {
    perform(handle, arguments.calls);
    return handle.answer();
  });
}

Figures blocking(const Arguments& arguments) {
  return one_by_one(arguments, globus_bench::short_task);
}

Figures whole_answer(const Arguments& arguments) {
  return one_by_one(arguments, globus_bench::whole_task);
}

/// As the SDK's client does, its threads find open connections: each handle is warm.
Figures threads(const Arguments& arguments) {
  std::vector<std::unique_ptr<Handle>> handles;
  for (std::size_t index = 0; index < globus_bench::threads; ++index) {
    handles.push_back(std::make_unique<Handle>(arguments.url));
    perform(*handles.back(), 10);
  }
  const std::size_t each = arguments.calls / globus_bench::threads;
  return measure(each * globus_bench::threads, [&] {
    std::vector<std::jthread> running;
    for (const auto& handle : handles) running.emplace_back([&] { perform(*handle, each); });
    running.clear();  // joins them
    return handles.front()->answer();
  });
}

/// Keeps every handle busy until `calls` calls are done.
void run_multi(CURLM* multi, const std::vector<std::unique_ptr<Handle>>& handles,
               std::size_t calls) {
  std::size_t started = 0;
  std::size_t done = 0;
  for (const auto& handle : handles) {
    handle->clear();
    curl_multi_add_handle(multi, handle->easy());
    ++started;
  }
  while (true) {
    int running = 0;
    curl_multi_perform(multi, &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
      CURL* easy = message->easy_handle;
      if (message->data.result != CURLE_OK) throw std::runtime_error("no answer came");
      curl_multi_remove_handle(multi, easy);
      ++done;
      if (started == calls) continue;
      Handle* handle = nullptr;
      curl_easy_getinfo(easy, CURLINFO_PRIVATE, &handle);
      handle->clear();
      curl_multi_add_handle(multi, easy);
      ++started;
    }
    if (done == calls) return;
    curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
  }
}

/// A multi handle on each of two threads.
Figures async_threads(const Arguments& arguments) {
  struct Side {
    std::unique_ptr<CURLM, MultiDeleter> multi{curl_multi_init()};
    std::vector<std::unique_ptr<Handle>> handles{};
  };
  std::vector<Side> sides(globus_bench::io_threads);
  const std::size_t at_once = globus_bench::in_flight / globus_bench::io_threads;
  for (Side& side : sides) {
    for (std::size_t index = 0; index < at_once; ++index)
      side.handles.push_back(std::make_unique<Handle>(arguments.url));
  }
  const auto run = [&](std::size_t calls) {
    std::atomic<std::size_t> next = 0;
    return globus_bench::on_threads(globus_bench::io_threads, [&] {
      Side& side = sides[next++];
      run_multi(side.multi.get(), side.handles, at_once * calls);
      return side.handles.front()->answer();
    });
  };
  run(10);
  const std::size_t each = arguments.calls / globus_bench::in_flight;
  return measure(each * globus_bench::in_flight, [&] { return run(each); });
}

Figures async(const Arguments& arguments) {
  const std::unique_ptr<CURLM, MultiDeleter> multi(curl_multi_init());
  std::vector<std::unique_ptr<Handle>> handles;
  for (std::size_t index = 0; index < globus_bench::in_flight; ++index) {
    handles.push_back(std::make_unique<Handle>(arguments.url));
  }
  run_multi(multi.get(), handles, globus_bench::in_flight * 10);
  const std::size_t calls = arguments.calls / globus_bench::in_flight * globus_bench::in_flight;
  return measure(calls, [&] {
    run_multi(multi.get(), handles, calls);
    return handles.front()->answer();
  });
}

}  // namespace

int main(int count, char** values) {
  try {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    const std::map<std::string, std::function<Figures(const Arguments&)>> modes{
        {"blocking", blocking},
        {"whole-answer", whole_answer},
        {"threads", threads},
        {"async", async},
        {"async-threads", async_threads}};
    const Arguments arguments = globus_bench::read_arguments(count, values);
    print(modes.at(arguments.mode)(arguments));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
