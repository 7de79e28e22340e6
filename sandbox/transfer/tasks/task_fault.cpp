// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/tasks/task_fault.hpp"

#include <cerrno>

namespace globus_sandbox::transfer {

namespace {

const char* code_of(int error) {
  switch (error) {
    case ENOENT:
      return "FILE_NOT_FOUND";
    case EACCES:
    case EPERM:
    case EROFS:
    case EBUSY:
    case EXDEV:
      return "PERMISSION_DENIED";
    case EISDIR:
      return "IS_A_DIRECTORY";
    case ENOTDIR:
      return "NOT_A_DIRECTORY";
    case ELOOP:
      return "INVALID_SYMLINK";
    case ENAMETOOLONG:
    case EINVAL:
      return "INVALID_PATH_NAME";
    case ENOSPC:
      return "NO_SPACE_LEFT";
    case EDQUOT:
      return "QUOTA_EXCEEDED";
    case EMFILE:
    case ENFILE:
    case EMLINK:
      return "LIMIT_EXCEEDED";
    default:
      return "ENDPOINT_ERROR";
  }
}

}  // namespace

TaskFault to_fault(Side side, const std::system_error& error) {
  const int number = error.code().value();
  auto message = number == EXDEV ? std::string("Path not allowed: it leads out of the collection")
                                 : error.code().message();
  return {side, code_of(number), std::move(message)};
}

std::string describe_code(std::string code) {
  for (char& c : code) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (c == '_') c = ' ';
  }
  return code;
}

}  // namespace globus_sandbox::transfer
