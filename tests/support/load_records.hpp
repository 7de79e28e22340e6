// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>
#include <fstream>
#include <sstream>
#include <string>

namespace globus_sdk_test {

/// One file of records.
inline boost::json::object load_records(const std::string& file) {
  std::ifstream stream(std::string(GLOBUS_SDK_TEST_RECORDS) + "/" + file);
  std::stringstream text;
  text << stream.rdbuf();
  return boost::json::parse(text.str()).as_object();
}

}  // namespace globus_sdk_test
