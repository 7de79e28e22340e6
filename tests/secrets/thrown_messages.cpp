// SPDX-License-Identifier: Apache-2.0
// Tells on stderr what every exception of the program says, where TESTS_TELL_WHAT_IS_THROWN is set:
// also of those that are caught and never shown.
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <typeinfo>

namespace {

using Throw = void (*)(void* object, void* type, void (*destroy)(void*));

void tell(void* object, const std::type_info& type) {
  void* as_exception = object;
  if (!typeid(std::exception).__do_catch(&type, &as_exception, 1)) return;
  const std::string line =
      std::string("thrown: ") + static_cast<std::exception*>(as_exception)->what() + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace

/// Stands in front of the standard library's own.
extern "C" [[noreturn]] void __cxa_throw(  // NOLINT(bugprone-reserved-identifier)
    void* object, void* type, void (*destroy)(void*)) {
  static const auto real = reinterpret_cast<Throw>(dlsym(RTLD_NEXT, "__cxa_throw"));
  static const bool tells = std::getenv("TESTS_TELL_WHAT_IS_THROWN") != nullptr;
  if (tells) tell(object, *static_cast<const std::type_info*>(type));
  real(object, type, destroy);
  std::abort();
}
