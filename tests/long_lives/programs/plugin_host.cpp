// SPDX-License-Identifier: Apache-2.0
// A program that knows nothing of the SDK loads a plugin, uses it and closes it, twenty times.
//
// usage: plugin_host PLUGIN
#include <dlfcn.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

namespace {

std::ptrdiff_t count_threads() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"), {});
}

/// Whether there are as many threads as before. One that was joined may be listed for a moment yet.
bool threads_are(std::ptrdiff_t before) {
  for (int tries = 0; tries < 200; ++tries) {
    if (count_threads() == before) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

/// Whether a file of that name is mapped into this process.
bool is_loaded(const std::string& name) {
  std::ifstream maps("/proc/self/maps");
  const std::string text{std::istreambuf_iterator<char>(maps), {}};
  return text.find(name) != std::string::npos;
}

int fail(const char* what) {
  std::fprintf(stderr, "failed: %s\n", what);
  return 1;
}

int load_and_use(const char* path) {
  void* plugin = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (plugin == nullptr) return fail(dlerror());
  auto* use = reinterpret_cast<int (*)()>(dlsym(plugin, "use_the_sdk"));
  if (use == nullptr) return fail("the plugin has no such function");
  if (use() != 0) return fail("the plugin's calls");
  if (dlclose(plugin) != 0) return fail("dlclose");
  return 0;
}

}  // namespace

int main(int, char** arguments) {
  const std::string name = std::filesystem::path(arguments[1]).filename();
  // a sanitizer makes a thread of its own beside the first that a program makes
  std::thread([] {}).join();
  const std::ptrdiff_t threads_before = count_threads();
  for (int cycle = 0; cycle < 20; ++cycle) {
    if (load_and_use(arguments[1]) != 0) return 1;
    if (is_loaded(name)) return fail("the plugin is still loaded");
    if (is_loaded("libglobus_sdk")) return fail("the SDK is still loaded");
    if (!threads_are(threads_before)) return fail("a thread was left behind");
  }
  std::puts("closed twenty times");
  return 0;
}
