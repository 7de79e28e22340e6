// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/requests/request_document.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <string>

#include "sandbox/transfer/requests/errors.hpp"

namespace globus_sandbox::transfer {

boost::json::object read_document(const HttpRequest& request, std::string_view data_type) {
  boost::json::error_code error;
  const auto value = boost::json::parse(request.body, error);
  if (error || !value.is_object()) throw bad_request("the body of the request is no JSON object");
  const auto& document = value.get_object();
  const auto* type = document.if_contains("DATA_TYPE");
  if (type != nullptr && *type != boost::json::value(data_type))
    throw bad_request("DATA_TYPE is '" + std::string(data_type) + "' here");
  return document;
}

void require_own_local_user(std::string_view local_user) {
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  ::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found);
  if (found == nullptr || local_user != entry.pw_name)
    throw not_implemented("local_user: identities are not mapped to local users");
}

}  // namespace globus_sandbox::transfer
