// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/query_words.hpp"

#include <algorithm>

#include "sandbox/auth/scopes.hpp"

namespace globus_sandbox::auth {

std::vector<std::string> query_words(const HttpRequest& request, std::string_view name) {
  std::string list = request.query_value(name).value_or("");
  std::replace(list.begin(), list.end(), ',', ' ');
  return split_words(list);
}

}  // namespace globus_sandbox::auth
