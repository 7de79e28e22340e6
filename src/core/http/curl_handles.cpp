// SPDX-License-Identifier: Apache-2.0
#include "core/http/curl_handles.hpp"

#include <dlfcn.h>
#include <openssl/crypto.h>

#include <mutex>
#include <new>

#include "core/http/curl_versions.hpp"
#include "core/process/environment_variable.hpp"
#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// A look-up that was given up goes on in a thread of libcurl's. So libcurl stays in memory, even
/// when the plugin goes that brought it, unless it is a part of the plugin itself.
void keep_curl_in_memory() {
  Dl_info curl{};
  Dl_info own{};
  const bool found = dladdr(reinterpret_cast<void*>(&curl_easy_cleanup), &curl) != 0 &&
                     dladdr(reinterpret_cast<void*>(&initialize_curl), &own) != 0;
  if (!found || curl.dli_fbase == own.dli_fbase) return;
  dlopen(curl.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
}

}  // namespace

void initialize_curl() {
  static std::once_flag once;
  std::call_once(once, [] {
    // OpenSSL would take itself apart at exit, before clients that are static, whose connections
    // are of it; where the program has initialised OpenSSL, that is decided already
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
    // libcurl writes the keys of TLS to the file that it names
    forget_variable_of_caller("SSLKEYLOGFILE");
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
      throw GlobusError("libcurl cannot be initialised");
    }
    keep_curl_in_memory();
  });
}

Easy make_easy() {
  initialize_curl();
  Easy easy(curl_easy_init());
  if (!easy) throw std::bad_alloc();
  return easy;
}

Multi make_multi() {
  initialize_curl();
  Multi multi(curl_multi_init());
  if (!multi) throw std::bad_alloc();
  leave_look_ups_behind(multi.get());
  return multi;
}

}  // namespace globus_sdk::inline v0::detail
