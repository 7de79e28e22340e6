// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace globus_sdk_test {

/// The code of headers below `include/globus_sdk/`, without comments. What a client can do stands
/// in its header, so that a method that is added there is missed here until it is tested.
inline std::string code_of(const std::vector<std::string>& headers) {
  std::string code;
  for (const std::string& header : headers) {
    std::ifstream file(std::filesystem::path(GLOBUS_SDK_SOURCE_DIR) / "include/globus_sdk" /
                       header);
    if (!file) throw std::runtime_error(header + " is not there");
    for (std::string line; std::getline(file, line);)
      code += line.substr(0, line.find("//")) + "\n";
  }
  return code;
}

/// Whether the code has a method of that name.
inline bool declares_method(const std::string& code, const std::string& name) {
  const std::string call = name + "(";
  for (std::size_t at = 0; (at = code.find(call, at)) != std::string::npos; ++at) {
    if (at > 0 && std::string_view(" >&*").find(code[at - 1]) != std::string_view::npos)
      return true;
  }
  return false;
}

/// The code of all headers.
inline std::string code_of_all() {
  namespace fs = std::filesystem;
  const fs::path root = fs::path(GLOBUS_SDK_SOURCE_DIR) / "include/globus_sdk";
  std::vector<std::string> headers;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".hpp") {
      headers.push_back(fs::relative(entry.path(), root).string());
    }
  }
  return code_of(headers);
}

/// Whether the code defines a class of that name.
inline bool defines_class(const std::string& code, const std::string& name) {
  return code.find("class " + name + " ") != std::string::npos;
}

}  // namespace globus_sdk_test
