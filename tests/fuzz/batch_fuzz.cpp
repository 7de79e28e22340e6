// SPDX-License-Identifier: Apache-2.0
// Any bytes are either refused, each wrong line with its number, or items that survive being
// written as lines and read again.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>

#include "fuzz/check.hpp"
#include "globus_sdk/core/globus_error.hpp"
#include "globus_sdk/transfer/transfer_data.hpp"

namespace {

using namespace globus_sdk;
using fuzz::check;

/// A word in quotes, so that a shell takes it for one.
std::string in_quotes(std::string_view word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string line_of(const JsonView& item) {
  std::string line;
  if (const auto recursive = item.get("recursive")) {
    line += recursive->as<bool>() ? "-r " : "--no-recursive ";
  }
  if (const auto checksum = item.get("external_checksum")) {
    line += "--external-checksum " + in_quotes(checksum->as<std::string>()) + " ";
  }
  return line + "-- " + in_quotes(item["source_path"].as<std::string>()) + " " +
         in_quotes(item["destination_path"].as<std::string>()) + "\n";
}

TransferData read(const std::string& lines) {
  std::istringstream stream(lines);
  TransferData data("source", "destination");
  data.add_batch(stream);
  return data;
}

void check_items(const TransferData& data) {
  std::string lines;
  for (const JsonView& item : data.iter_items()) lines += line_of(item);
  check(read(lines).document() == data.document(), "what was written is read again");
  std::size_t items = 0;
  for (const TransferData& part : data.split(2)) items += part.iter_items().size();
  check(items == data.iter_items().size(), "the parts have all items");
}

void check_message(std::string_view message, const std::string& text) {
  const auto ends = std::ranges::count_if(text, [](char c) { return c == '\n' || c == '\r'; });
  const std::string_view number = message.substr(std::string_view("batch:").size());
  const int line = std::stoi(std::string(number.substr(0, number.find(':'))));
  check(line >= 1 && line <= ends + 1, "a line of the text is named");
  check(message.size() < 101 * 3000, "a message is short");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  TransferData read_data("source", "destination");
  try {
    read_data = read(text);
  } catch (const GlobusSDKUsageError& error) {
    check_message(error.what(), text);
    return 0;
  }
  check_items(read_data);
  return 0;
}
