// SPDX-License-Identifier: Apache-2.0
#include "data_service/settings.hpp"

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "environment.hpp"

namespace data_service {

namespace fs = std::filesystem;

namespace {

std::string variable(const char* name, const char* otherwise = "") {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

/// A file of the folder of credentials, without the line ends that editors add; nothing where there
/// is no such file.
std::optional<std::string> credential(const std::string& name) {
  const fs::path file = fs::path(variable("CREDENTIALS_DIRECTORY")) / name;
  if (!fs::exists(file)) return std::nullopt;
  std::ifstream stream(file);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) throw std::runtime_error(file.string() + " cannot be read; make it readable");
  while (!text.empty() && std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos)
    text.pop_back();
  if (text.empty()) throw std::runtime_error(file.string() + " is empty; write the value into it");
  return text;
}

std::string required(const std::string& credential_name, const std::string& sandbox_variable) {
  const std::string folder = variable("CREDENTIALS_DIRECTORY");
  if (folder.empty()) return examples::environment(sandbox_variable);
  if (auto text = credential(credential_name)) return *text;
  throw std::runtime_error("there is no file " + credential_name + " in " + folder +
                           ", the folder of CREDENTIALS_DIRECTORY; put it there");
}

std::size_t number(const char* name, const char* otherwise, std::size_t least, std::size_t most) {
  const std::string text = variable(name, otherwise);
  std::size_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value < least ||
      value > most)
    throw std::runtime_error(std::string(name) + " is '" + text + "'; it has to be a number from " +
                             std::to_string(least) + " to " + std::to_string(most));
  return value;
}

void read_address(Settings& settings) {
  const std::string text = variable("DATA_SERVICE_LISTEN", "127.0.0.1:8080");
  const auto colon = text.rfind(':');
  const std::string port = colon == std::string::npos ? "" : text.substr(colon + 1);
  const auto read = std::from_chars(port.data(), port.data() + port.size(), settings.port);
  if (port.empty() || read.ec != std::errc() || read.ptr != port.data() + port.size())
    throw std::runtime_error("DATA_SERVICE_LISTEN is '" + text +
                             "'; it has to be an address and a port, such as 127.0.0.1:8080");
  settings.address = text.substr(0, colon);
  if (settings.address.starts_with('[') && settings.address.ends_with(']'))
    settings.address = settings.address.substr(1, settings.address.size() - 2);
}

void read_place_of_tokens(Settings& settings) {
  settings.token_storage_url =
      credential("token-storage-url").value_or(variable("GLOBUS_SDK_TOKEN_STORAGE_URL"));
  if (!settings.token_storage_url.empty()) return;
  const std::string folder = variable("STATE_DIRECTORY");
  if (folder.empty())
    throw std::runtime_error(
        "neither GLOBUS_SDK_TOKEN_STORAGE_URL nor STATE_DIRECTORY is set; set one of them, to a "
        "database or to a folder for the users' tokens");
  settings.tokens_file = fs::path(folder) / "tokens.db";
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; stream >> line;) lines.push_back(line);
  return lines;
}

}  // namespace

Settings read_settings() {
  Settings settings;
  settings.client_id = required("client-id", "GLOBUS_SANDBOX_CLIENT_ID");
  settings.client_secret = required("client-secret", "GLOBUS_SANDBOX_CLIENT_SECRET");
  read_place_of_tokens(settings);
  settings.sealing_keys = lines_of(credential("sealing-key").value_or(""));
  read_address(settings);
  settings.threads = number("DATA_SERVICE_THREADS", "16", 1, 1000);
  settings.stop_within = std::chrono::seconds(number("DATA_SERVICE_STOP_SECONDS", "25", 0, 3600));
  return settings;
}

}  // namespace data_service
