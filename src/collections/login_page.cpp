// SPDX-License-Identifier: Apache-2.0
#include "collections/login_page.hpp"

#include <vector>

#include "core/base/redacted_url.hpp"
#include "core/base/url_encoding.hpp"
#include "core/base/uuid.hpp"
#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// The query of a URL, without the question mark.
std::string_view query_of(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const std::size_t question = url.find('?');
  return question == std::string_view::npos ? std::string_view() : url.substr(question + 1);
}

}  // namespace

std::string collection_of_login_page(std::string_view location, std::string_view file_uri) {
  std::vector<std::string> ids;
  for (const auto& [name, value] : form_decode(query_of(location))) {
    if (name == "client_id" && !value.empty()) ids.push_back(value);
  }
  if (ids.size() == 1 && is_uuid(ids.front())) return ids.front();
  const std::string fault = ids.empty()      ? "names no client_id"
                            : ids.size() > 1 ? "names more than one client_id"
                                             : "names a client_id that is no UUID";
  throw GlobusError("the collection of " + redacted_url(file_uri) +
                    " cannot be found: the login page that its server redirects to " + fault);
}

}  // namespace globus_sdk::inline v0::detail
