// SPDX-License-Identifier: Apache-2.0
// A transfer that outlives its program
//
//     restartable_transfer JOURNAL SOURCE_PATH DESTINATION_PATH
//
// The program may be killed at any point. Run again with the same arguments, it goes on where it
// was, and in the end there is one task. Exit status 0: everything is at the destination. 75: run
// it again later. 1: the task failed, or an error is shown. A path that ends in '/' is a folder.
//! [program]
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <system_error>
using namespace globus_sdk;
namespace fs = std::filesystem;

/// Waits until a file or a folder is on the disk, where a power failure does not take it away.
void flush_to_disk(const fs::path& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool is_flushed = descriptor >= 0 && fsync(descriptor) == 0;
  const int error = errno;
  if (descriptor >= 0) close(descriptor);
  if (!is_flushed) throw std::system_error(error, std::generic_category(), path.string());
}

/// What the program has to remember: one JSON object in a file. The file gets its name when it is
/// complete and on the disk, so that nobody ever sees half of it.
class Journal {
 public:
  explicit Journal(const fs::path& file) : file_(fs::absolute(file)) {}

  bool exists() const { return fs::exists(file_); }
  Json read() const {
    std::ifstream stream(file_);
    return Json::parse(std::string{std::istreambuf_iterator<char>(stream), {}});
  }
  /// Begins the journal. Where another process was quicker, its journal is the one that counts.
  void begin(const Json& entry) const {
    const fs::path written = write_new_file(entry);
    std::error_code error;
    fs::create_hard_link(written, file_, error);  // unlike a rename, it replaces nothing
    fs::remove(written);
    if (error && error != std::errc::file_exists) throw std::system_error(error, file_.string());
    flush_to_disk(file_.parent_path());
  }
  void replace(const Json& entry) const {
    fs::rename(write_new_file(entry), file_);
    flush_to_disk(file_.parent_path());
  }

 private:
  fs::path write_new_file(const Json& entry) const {
    const fs::path file = file_.string() + "." + std::to_string(std::random_device{}());
    std::ofstream stream(file);
    stream << entry << '\n';
    stream.close();
    if (!stream) throw std::runtime_error("cannot write " + file.string());
    flush_to_disk(file);
    return file;
  }

  fs::path file_;
};

/// Submits what the journal has, and writes down the id of the task.
std::string submit(const TransferClient& tc, const Journal& journal) {
  const auto entry = journal.read().view();
  const std::string source_path = entry["source_path"];
  TransferData data{std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE"),
                    std::getenv("GLOBUS_SANDBOX_COLLECTION_DESTINATION"),
                    {.submission_id = entry["submission_id"]}};
  data.add_item(source_path, entry["destination_path"], {.recursive = source_path.ends_with('/')});

  const auto submitted = tc.submit_transfer(data);
  // Accepted, or Duplicate where an earlier run had submitted it and did not hear the answer
  std::cout << "task " << submitted["task_id"] << ": " << submitted["code"] << '\n';
  journal.replace({{"submission_id", entry["submission_id"]},
                   {"source_path", source_path},
                   {"destination_path", entry["destination_path"]},
                   {"task_id", submitted["task_id"]}});
  return submitted["task_id"];
}

/// Waits for a task, whichever run submitted it. Returns the program's exit status.
int wait(const TransferClient& tc, const std::string& task_id) {
  const auto show = [](const GlobusHTTPResponse& task) {
    std::cout << task["files_transferred"] << " of " << task["files"] << " files, "
              << task["bytes_transferred"] << " bytes\n";
  };
  const auto result = tc.task_wait(
      task_id, {.timeout = 1h, .polling_interval = 1s, .on_poll = show, .end_on_fault = true});

  const auto& task = result.task();
  if (const auto& fault = result.fault()) {
    std::cerr << "the task waits for a person: " << fault->description << '\n'
              << fault->details << "\nmend that, and run this again\n";
    return 75;
  }
  if (!result || task["status"] == "INACTIVE") {
    std::cerr << "the task is " << task["status"] << ": run this again later\n";
    return 75;
  }
  std::cout << "the task has " << task["status"] << '\n';
  return task["status"] == "SUCCEEDED" ? 0 : 1;
}

int main(int argc, char** argv) try {
  if (argc != 4) {
    std::cerr << "usage: restartable_transfer JOURNAL SOURCE_PATH DESTINATION_PATH\n";
    return 2;
  }
  std::cout << std::unitbuf;  // what was said is there after a crash, too
  const NativeAppAuthClient app{std::getenv("GLOBUS_SANDBOX_NATIVE_CLIENT_ID")};
  const TransferClient tc{
      RefreshTokenAuthorizer{std::getenv("GLOBUS_SANDBOX_NATIVE_TRANSFER_REFRESH_TOKEN"), app}};

  const Journal journal{argv[1]};
  if (!journal.exists()) {
    journal.begin({{"submission_id", tc.get_submission_id()["value"]},
                   {"source_path", argv[2]},
                   {"destination_path", argv[3]}});
  }
  const auto entry = journal.read().view();
  if (entry["source_path"] != argv[2] || entry["destination_path"] != argv[3]) {
    std::cerr << argv[1] << " is the journal of another transfer: from " << entry["source_path"]
              << " to " << entry["destination_path"] << '\n';
    return 2;
  }
  const auto known = entry.get("task_id");
  return wait(tc, known ? known->str() : submit(tc, journal));
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
