// SPDX-License-Identifier: Apache-2.0
#include "sandbox/https/errors.hpp"

#include <boost/json/object.hpp>
#include <cerrno>

#include "sandbox/base/text.hpp"

namespace globus_sandbox::https {

namespace {

ServiceError about(const std::string& path, int status, const char* code, const std::string& what) {
  return {status, code, "Path '" + path + "': " + what};
}

/// Globus Connect Server writes its codes in small letters, but for those that a client reads to
/// find out how to log in again.
std::string written(const std::string& code) {
  const bool asks_for_login = code == "ConsentRequired" || code == "AuthorizationRequired";
  return asks_for_login ? code : lower_case(to_capitals(code));
}

}  // namespace

ServiceError file_error(const std::system_error& error, const std::string& path) {
  switch (error.code().value()) {
    case ENOENT:
    case ENOTDIR:
    case ELOOP:
    case ENAMETOOLONG:
      return about(path, 404, "NotFound", "No such file or directory");
    case EACCES:
    case EPERM:
    case EROFS:
      return about(path, 403, "PermissionDenied", "Permission denied");
    case EXDEV:
      return about(path, 403, "PermissionDenied",
                   "Permission denied, it leads out of the collection");
    case EISDIR:
    case EBUSY:
      return not_a_file(409, path);
    case EEXIST:
      return precondition_failed(path);
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return about(path, 507, "InsufficientStorage", error.code().message());
    default:
      return about(path, 500, "InternalError", error.code().message());
  }
}

ServiceError not_a_file(int status, const std::string& path) {
  return about(path, status, "NotAFile", "There are only files over HTTPS, and this is none");
}

ServiceError precondition_failed(const std::string& path) {
  return about(path, 412, "PreconditionFailed",
               "The file is not, or no longer, as the request's conditions say");
}

HttpResponse result_form(const ServiceError& error) {
  boost::json::object document{{"DATA_TYPE", "result#1.0.0"},
                               {"code", written(error.code())},
                               {"has_next_page", false},
                               {"http_response_code", error.status()},
                               {"message", error.message()}};
  for (const auto& [name, value] : error.more()) document[name] = value;
  return json_response(error.status(), document);
}

}  // namespace globus_sandbox::https
