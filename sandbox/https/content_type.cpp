// SPDX-License-Identifier: Apache-2.0
#include "sandbox/https/content_type.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "sandbox/base/text.hpp"
#include "sandbox/server/http.hpp"
#include "sandbox/transfer/files/file_names.hpp"

namespace globus_sandbox::https {

namespace {

using Type = std::pair<std::string_view, std::string_view>;

constexpr std::array<Type, 27> types{{
    {"avif", "image/avif"},       {"bz2", "application/x-bzip2"}, {"css", "text/css"},
    {"csv", "text/csv"},          {"gif", "image/gif"},           {"gz", "application/gzip"},
    {"h5", "application/x-hdf5"}, {"hdf5", "application/x-hdf5"}, {"htm", "text/html"},
    {"html", "text/html"},        {"jpeg", "image/jpeg"},         {"jpg", "image/jpeg"},
    {"js", "text/javascript"},    {"json", "application/json"},   {"md", "text/markdown"},
    {"mp4", "video/mp4"},         {"nc", "application/x-netcdf"}, {"pdf", "application/pdf"},
    {"png", "image/png"},         {"svg", "image/svg+xml"},       {"tar", "application/x-tar"},
    {"tif", "image/tiff"},        {"tiff", "image/tiff"},         {"txt", "text/plain"},
    {"xml", "application/xml"},   {"zip", "application/zip"},     {"zst", "application/zstd"},
}};

bool may_stand_in_quotes(char c) {
  return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '%';
}

}  // namespace

std::string_view content_type(std::string_view file_name) {
  const auto dot = file_name.rfind('.');
  const auto ending =
      dot == std::string_view::npos ? std::string{} : lower_case(file_name.substr(dot + 1));
  const auto found = std::find_if(types.begin(), types.end(),
                                  [&](const Type& type) { return type.first == ending; });
  return found == types.end() ? "application/octet-stream" : found->second;
}

std::string attachment(std::string_view file_name) {
  const std::string name = transfer::to_document_name(file_name);
  std::string plain(name);
  std::replace_if(plain.begin(), plain.end(), [](char c) { return !may_stand_in_quotes(c); }, '_');
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encode(name);
}

}  // namespace globus_sandbox::https
