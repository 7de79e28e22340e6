// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace globus_sdk::inline v0::detail {

/// A JSON value as Python's `str` writes it, which is how it stands in a query: `True`, `1.5`, `a
/// b`.
std::string python_text(const boost::json::value& value);

}  // namespace globus_sdk::inline v0::detail
