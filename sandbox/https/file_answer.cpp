// SPDX-License-Identifier: Apache-2.0
#include "sandbox/https/file_answer.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "sandbox/base/random.hpp"
#include "sandbox/base/time_text.hpp"
#include "sandbox/https/byte_ranges.hpp"
#include "sandbox/https/conditions.hpp"
#include "sandbox/https/content_type.hpp"
#include "sandbox/https/errors.hpp"

namespace globus_sandbox::https {

namespace {

/// The size of a file, and writing ranges of it.
struct Body {
  const OpenFile& file;

  std::uint64_t size() const { return static_cast<std::uint64_t>(file.status.st_size); }
  std::string content_range(const ByteRange& range) const {
    return "bytes " + std::to_string(range.offset) + '-' +
           std::to_string(range.offset + range.size - 1) + '/' + std::to_string(size());
  }
  FilePart part(std::string before, const ByteRange& range) const {
    return {std::move(before), file.descriptor, range.offset, range.size};
  }
};

std::vector<NamedValue> common_headers(const Validators& validators) {
  return {{"ETag", validators.entity_tag},
          {"Last-Modified", to_http_text(validators.modified)},
          {"Accept-Ranges", "bytes"}};
}

void add_type(HttpResponse& response, const std::string& type) {
  response.headers.emplace_back("Content-Type", type);
  // A page among the files is nobody's whom the sandbox serves: it gets an origin of its own, and
  // runs no script.
  response.headers.emplace_back("Content-Security-Policy", "sandbox");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
}

HttpResponse whole(HttpResponse response, const Body& body, const std::string& type) {
  add_type(response, type);
  response.parts.push_back(body.part({}, {0, body.size()}));
  return response;
}

HttpResponse one_range(HttpResponse response, const Body& body, const std::string& type,
                       const ByteRange& range) {
  response.status = 206;
  add_type(response, type);
  response.headers.emplace_back("Content-Range", body.content_range(range));
  response.parts.push_back(body.part({}, range));
  return response;
}

/// RFC 9110, 14.6.
HttpResponse several_ranges(HttpResponse response, const Body& body, const std::string& type,
                            const std::vector<ByteRange>& ranges) {
  const std::string boundary = random_uuid();
  response.status = 206;
  add_type(response, "multipart/byteranges; boundary=" + boundary);
  std::string before = "--" + boundary;
  for (const auto& range : ranges) {
    before += "\r\nContent-Type: " + type + "\r\nContent-Range: " + body.content_range(range) +
              "\r\n\r\n";
    response.parts.push_back(body.part(std::exchange(before, "\r\n--" + boundary), range));
  }
  response.parts.push_back({before + "--\r\n"});
  return response;
}

[[noreturn]] void refuse_ranges(const HttpResponse& response, const Body& body) {
  HttpResponse refused = result_form(
      {416, "RangeNotSatisfiable", "Path '" + body.file.shown + "': The file has no such bytes"});
  refused.headers.insert(refused.headers.end(), response.headers.begin(), response.headers.end());
  refused.headers.emplace_back("Content-Range", "bytes */" + std::to_string(body.size()));
  throw Refusal{std::move(refused)};
}

/// The ranges that a request asks for, where that counts. A HEAD asks for none (RFC 9110, 14.2).
std::optional<std::vector<ByteRange>> wanted_ranges(const HttpRequest& request, const Body& body,
                                                    const Validators& validators, Instant now) {
  const auto header = request.header("range");
  if (!header || request.method != "GET" || !range_counts(request, validators, now))
    return std::nullopt;
  return read_byte_ranges(*header, body.size());
}

}  // namespace

HttpResponse answer_with_file(const HttpRequest& request, const OpenFile& file, Instant now) {
  const Body body{file};
  const Validators validators = validators_of(file.status, now);
  HttpResponse response{200, common_headers(validators)};
  const Verdict verdict = judge_conditions(request, validators);
  if (verdict == Verdict::failed) throw precondition_failed(file.shown);
  if (verdict == Verdict::not_modified) {
    response.status = 304;
    return response;
  }
  const auto ranges = wanted_ranges(request, body, validators, now);
  if (ranges && ranges->empty()) refuse_ranges(response, body);
  if (request.query_value("download"))
    response.headers.emplace_back("Content-Disposition", attachment(file.name));
  const std::string type(content_type(file.name));
  if (!ranges) return whole(std::move(response), body, type);
  if (ranges->size() == 1) return one_range(std::move(response), body, type, ranges->front());
  return several_ranges(std::move(response), body, type, *ranges);
}

}  // namespace globus_sandbox::https
