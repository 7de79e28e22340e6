// SPDX-License-Identifier: Apache-2.0
#include "sandbox/https/https_service.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "sandbox/base/clock.hpp"
#include "sandbox/base/time_text.hpp"
#include "sandbox/https/conditions.hpp"
#include "sandbox/https/errors.hpp"
#include "sandbox/https/file_answer.hpp"
#include "sandbox/https/upload.hpp"
#include "sandbox/https/validators.hpp"
#include "sandbox/server/route_table.hpp"

namespace globus_sandbox::https {

namespace {

constexpr const char* methods = "GET, HEAD, PUT, DELETE";

/// Runs work on a request's file, so that a failure of the system becomes an error about it.
template <class Work> auto with_file_errors(const FileTarget& target, Work work) {
  try {
    return work();
  } catch (const std::system_error& error) {
    throw file_error(error, target.shown);
  }
}

OpenFile open_file(const FileTarget& target) {
  auto descriptor = std::make_shared<const FileDescriptor>(
      target.folder().open_for_reading(target.path.relative));
  OpenFile file{
      std::move(descriptor), {}, transfer::last_name_of(target.path.relative), target.shown};
  if (::fstat(file.descriptor->get(), &file.status) != 0)
    throw std::system_error(errno, std::generic_category());
  if (!S_ISREG(file.status.st_mode)) throw not_a_file(404, target.shown);
  if (target.path.ends_in_slash) throw std::system_error(ENOTDIR, std::generic_category());
  return file;
}

/// The status of what a path stands for; nothing where there is nothing.
std::optional<struct stat> current_status(const transfer::ConfinedFolder& folder,
                                          const std::string& path) {
  try {
    return folder.status(path);
  } catch (const std::system_error& error) {
    if (error.code().value() != ENOENT) throw;
    return std::nullopt;
  }
}

/// Throws where the file that a request changes is not as the request's conditions say.
void require_conditions(const HttpRequest& request, const FileTarget& target) {
  const auto status = current_status(target.folder(), target.path.relative);
  const auto validators =
      status ? std::optional(validators_of(*status, current_time())) : std::nullopt;
  if (judge_conditions(request, validators) != Verdict::go_on)
    throw precondition_failed(target.shown);
}

/// Throws where there is no folder for a file: nothing that is asked for over HTTPS makes one.
void require_folder(const FileTarget& target) {
  if (!current_status(target.folder(), transfer::parent_of(target.path.relative)))
    throw ServiceError(404, "NotFound",
                       "Path '" + target.shown + "': The folder of the file does not exist");
}

/// Throws where a PUT is not one of a whole file as it is.
void require_whole_file(const HttpRequest& request) {
  if (request.header("content-range"))
    throw ServiceError(400, "BadRequest", "A PUT is of a whole file, and this has a Content-Range");
  const auto encoding = request.header("content-encoding").value_or("identity");
  if (encoding != "identity")
    throw ServiceError(
        415, "UnsupportedMediaType",
        "A file is stored as it is sent, and this has Content-Encoding: " + encoding);
}

}  // namespace

HttpsService::HttpsService(const Surroundings& surroundings,
                           const transfer::CollectionRegistry& collections,
                           std::function<std::int64_t()> bandwidth_limit)
    : directory_(*surroundings.directory),
      collections_(collections),
      bandwidth_limit_(std::move(bandwidth_limit)),
      authorize_url_(surroundings.url + "/auth/v2/oauth2/authorize") {}

HttpResponse HttpsService::write_error(const ServiceError& error, const std::string&) const {
  HttpResponse response = result_form(error);
  if (error.status() == 401)
    response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"urn:globus:https\"");
  if (error.status() == 405) response.headers.emplace_back("Allow", methods);
  return response;
}

void HttpsService::begin() {
  std::map<std::string, std::string> variables;
  for (const auto& state : collections_.all()) {
    if (!state.access.serves_https()) continue;
    const auto tokens = directory_.tokens_of_first_user(required_scopes(state));
    const std::string name = variable_part(state.collection.name) + "_HTTPS_";
    variables[name + "TOKEN"] = tokens.access;
    variables[name + "REFRESH_TOKEN"] = tokens.refresh;
    variables[name + "URL"] = collections_.https_server(state.collection);
  }
  const std::lock_guard lock(variables_mutex_);
  variables_ = std::move(variables);
}

std::map<std::string, std::string> HttpsService::variables() const {
  const std::lock_guard lock(variables_mutex_);
  return variables_;
}

HttpResponse HttpsService::answer(HttpRequest request) {
  if (request.method == "GET" || request.method == "HEAD") return read(request);
  if (request.method == "PUT") return put(request);
  if (request.method == "DELETE") return remove(request);
  if (request.method == "OPTIONS") throw not_implemented("OPTIONS " + request.path);
  throw ServiceError(405, "MethodNotAllowed", std::string("A file takes ") + methods);
}

FileTarget HttpsService::admitted(const HttpRequest& request) const {
  FileTarget target = read_target(collections_, request);
  require_access(target, request, directory_,
                 {authorize_url_, collections_.https_server(target.state.collection)});
  require_known({{"download"}}, request);
  return target;
}

HttpResponse HttpsService::read(const HttpRequest& request) const {
  const FileTarget target = admitted(request);
  const OpenFile file = with_file_errors(target, [&] { return open_file(target); });
  HttpResponse response = answer_with_file(request, file, current_time());
  response.bytes_per_second = bandwidth_limit_();
  return response;
}

std::shared_ptr<ReceivedFile> HttpsService::receive(const HttpRequest& head) {
  if (head.method != "PUT") return nullptr;
  const FileTarget target = admitted(head);
  if (target.names_folder()) throw not_a_file(409, target.shown);
  require_whole_file(head);
  return with_file_errors(target, [&] {
    require_folder(target);
    require_conditions(head, target);
    return std::make_shared<Upload>(target.folder(), target.path.relative);
  });
}

HttpResponse HttpsService::put(const HttpRequest& request) {
  auto& upload = dynamic_cast<Upload&>(*request.received);
  const FileTarget target = read_target(collections_, request);
  const bool must_be_new = request.header("if-none-match") == "*";
  return with_file_errors(target, [&] {
    const std::lock_guard lock(changes_);
    // once more: it may have changed while the file came
    require_conditions(request, target);
    const bool is_new =
        upload.take_place(must_be_new ? Upload::Target::must_be_new : Upload::Target::may_exist);
    const Validators validators = validators_of(upload.status(), current_time());
    return HttpResponse{
        is_new ? 201 : 200,
        {{"ETag", validators.entity_tag}, {"Last-Modified", to_http_text(validators.modified)}}};
  });
}

HttpResponse HttpsService::remove(const HttpRequest& request) {
  const FileTarget target = admitted(request);
  if (target.names_folder()) throw not_a_file(409, target.shown);
  return with_file_errors(target, [&] {
    const std::lock_guard lock(changes_);
    const auto entry = target.folder().open_parent(target.path.relative);
    if (S_ISDIR(transfer::entry_status(entry.directory, entry.name).st_mode))
      throw not_a_file(409, target.shown);
    require_conditions(request, target);
    if (::unlinkat(entry.directory.get(), entry.name.c_str(), 0) != 0)
      throw std::system_error(errno, std::generic_category());
    return HttpResponse{204};
  });
}

}  // namespace globus_sandbox::https
