// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <system_error>
#include <utility>

namespace globus_sandbox::transfer {

/// Which of a task's collections something happened at. A delete task's only one is its source.
enum class Side { source, destination };

/// Something that a task could not do, with the code of its event.
class TaskFault : public std::exception {
 public:
  TaskFault(Side side, std::string code, std::string message, bool is_fatal = false)
      : side_(side), code_(std::move(code)), message_(std::move(message)), is_fatal_(is_fatal) {}

  Side side() const { return side_; }
  const std::string& code() const { return code_; }
  /// What happened, in a sentence.
  const std::string& message() const { return message_; }
  /// Whether trying again is of no use, so that the whole task fails.
  bool is_fatal() const { return is_fatal_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  Side side_;
  std::string code_;
  std::string message_;
  bool is_fatal_;
};

/// The fault that an error of the system stands for.
TaskFault to_fault(Side side, const std::system_error& error);

/// The few words that go with a code: `FILE_NOT_FOUND` is "file not found".
std::string describe_code(std::string code);

/// Runs work at one side: errors of the system become faults of that side.
template <class Work> auto at(Side side, Work work) {
  try {
    return work();
  } catch (const std::system_error& error) {
    throw to_fault(side, error);
  }
}

/// Thrown out of work whose task was stopped, paused or canceled meanwhile.
class WorkStopped : public std::exception {};

/// How work tells how far it is, and learns that it is to stop.
class WorkMonitor {
 public:
  virtual ~WorkMonitor() = default;
  /// So many more bytes were moved. May wait, where the bandwidth is limited; throws WorkStopped.
  virtual void moved(std::int64_t bytes) = 0;
  /// An entry of that mode was removed for a delete task.
  virtual void removed(mode_t mode) = 0;
  /// Throws WorkStopped when the work is to stop.
  virtual void check() = 0;
  /// How many bytes to move at a time.
  virtual std::size_t piece_size() const = 0;
};

}  // namespace globus_sandbox::transfer
