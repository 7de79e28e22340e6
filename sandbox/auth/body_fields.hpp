// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

// The fields of a document in a request's body. All throw a Refusal that names what is wrong; a
// field that is null counts as missing.

/// The object below `name` in the body.
boost::json::object read_document(const HttpRequest& request, std::string_view name);

/// Empty when it is missing.
std::string text_field(const boost::json::object& document, std::string_view name);
/// Neither missing nor empty.
std::string required_text(const boost::json::object& document, std::string_view name);
/// A UUID, in small letters; empty when it is missing.
std::string uuid_field(const boost::json::object& document, std::string_view name);
/// A list of texts; empty when it is missing.
std::vector<std::string> list_field(const boost::json::object& document, std::string_view name);
/// `fallback` when it is missing.
bool flag_field(const boost::json::object& document, std::string_view name, bool fallback);

/// Whether the document has the field, be it null.
bool has_field(const boost::json::object& document, std::string_view name);

boost::json::array to_array(const std::vector<std::string>& texts);

}  // namespace globus_sandbox::auth
