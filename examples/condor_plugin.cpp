// SPDX-License-Identifier: Apache-2.0
// A file transfer plugin for HTCondor
//
//     condor_plugin -classad
//     condor_plugin -infile ADS -outfile ADS [-upload]
//
// HTCondor runs it for URLs such as globus://COLLECTION_ID/path/of/a/file in transfer_input_files
// and output_destination. docs/guide/condor.md says how it is set up, and where its tokens come
// from.
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "condor_plugin/classads.hpp"

using namespace globus_sdk;
namespace fs = std::filesystem;

/// What HTCondor makes of a plugin's exit status.
enum ExitStatus { success = 0, failed = 1, invalid_credentials = 2, timed_out = 3 };

// ---- credentials --------------------------------------------------------------------------------

/// There is no usable token. HTCondor can get a new one, and try again.
struct CredentialError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// The file in which HTCondor puts the token of the provider `globus`.
///
/// @param handle tells several tokens of one provider apart; it may be empty.
fs::path credential_file(const std::string& handle) {
  const std::string folder = variable("_CONDOR_CREDS");
  if (folder.empty()) return {};
  return fs::path(folder) / (handle.empty() ? "globus.use" : "globus_" + handle + ".use");
}

std::string contents(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  return text;
}

/// The token in a credential's file: the member access_token of a JSON document, or all that is in
/// the file.
std::string read_token(const fs::path& file) {
  const std::string text = contents(file);
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) throw CredentialError(file.string() + " is empty");
  if (text[begin] != '{') return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
  try {
    return Json::parse(text).view()["access_token"].as<std::string>();
  } catch (const GlobusError&) {  // its message could hold a part of the token
    throw CredentialError(file.string() + " is no JSON document with an access_token");
  }
}

//! [authorizer]
/// HTCondor renews the file while jobs run: so it is read for each request.
class CredentialAuthorizer final : public GlobusAuthorizer {
 public:
  explicit CredentialAuthorizer(fs::path file) : file_(std::move(file)) {}

  std::string get_authorization_header(const CallLimits&) const override {
    return "Bearer " + read_token(file_);
  }
  /// After a 401: worth a second try when the file has another token by now.
  bool handle_missing_authorization(std::string_view rejected_header) const override {
    return get_authorization_header({}) != rejected_header;
  }

 private:
  fs::path file_;
};
//! [authorizer]

// ---- where a URL leads --------------------------------------------------------------------------

/// `[HANDLE+]globus://COLLECTION_ID/PATH`, taken apart.
struct Place {
  std::string handle{};
  std::string collection_id{};
  std::string path{};  ///< decoded
};

std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      result += text[at];
      continue;
    }
    int code = 0;
    const std::string_view digits = text.substr(at + 1, 2);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (digits.size() != 2 || read.ptr != digits.data() + 2) {
      throw GlobusSDKUsageError("the URL has a % without two hexadecimal digits");
    }
    result += static_cast<char>(code);
    at += 2;
  }
  return result;
}

Place read_url(std::string_view url) {
  const std::size_t colon = url.find("://");
  const std::string scheme = std::string(url.substr(0, colon));
  const std::size_t plus = scheme.rfind('+');
  Place place;
  if (plus != std::string::npos) place.handle = scheme.substr(0, plus);
  const std::string method = plus == std::string::npos ? scheme : scheme.substr(plus + 1);
  if (colon == std::string_view::npos || classads::lowered(method) != "globus") {
    throw GlobusSDKUsageError("the URL does not begin with globus://");
  }
  constexpr std::string_view of_handles =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  if (place.handle.find_first_not_of(of_handles) != std::string::npos) {
    throw GlobusSDKUsageError("the part before + in the URL is not the name of a credential");
  }
  const std::string_view rest = url.substr(colon + 3);
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos || rest.find_first_of("?#") != std::string_view::npos) {
    throw GlobusSDKUsageError(
        "the URL must be globus://COLLECTION_ID/path, with ? and # percent-encoded");
  }
  place.collection_id = rest.substr(0, slash);
  place.path = percent_decoded(rest.substr(slash));
  return place;
}

/// The address of a collection in GLOBUS_COLLECTION_ADDRESSES, which is a list of ID=ADDRESS with
/// commas between them.
std::optional<std::string> given_address(const std::string& collection_id) {
  std::string list = variable("GLOBUS_COLLECTION_ADDRESSES") + ",";
  for (std::size_t comma = 0; (comma = list.find(',')) != std::string::npos;
       list.erase(0, comma + 1)) {
    const std::string entry = list.substr(0, comma);
    const std::size_t equals = entry.find('=');
    if (equals != std::string::npos && entry.substr(0, equals) == collection_id) {
      return entry.substr(equals + 1);
    }
  }
  return std::nullopt;
}

/// The address of a collection: as it was given, or as Transfer has it.
std::string address_of(const std::string& collection_id) {
  if (const auto given = given_address(collection_id)) return *given;
  const fs::path credential = credential_file("transfer");
  if (credential.empty() || !fs::exists(credential)) {
    throw CredentialError(
        "the address of the collection is not known: there is no credential globus_transfer to ask "
        "Transfer with, and GLOBUS_COLLECTION_ADDRESSES does not name the collection");
  }
  const TransferClient transfer{CredentialAuthorizer{credential}};
  const auto collection = transfer.get_endpoint(collection_id);
  const auto server = collection.get("https_server");
  if (!server || !server->is_string()) {
    throw GlobusSDKUsageError("the collection " + collection_id + " has no HTTPS access");
  }
  return server->as<std::string>();
}

/// Clients that were made already, so that files share connections.
class Clients {
 public:
  GCSCollectionClient client_for(const Place& place) {
    const auto key = std::pair(place.collection_id, place.handle);
    const auto known = clients_.find(key);
    if (known != clients_.end()) return known->second;
    return clients_.emplace(key, make_client(place)).first->second;
  }

 private:
  static GCSCollectionClient make_client(const Place& place) {
    const fs::path credential = credential_file(place.handle);
    const bool has_token = !credential.empty() && fs::exists(credential);
    if (!has_token && !place.handle.empty()) {
      throw CredentialError("there is no credential globus_" + place.handle +
                            " (in the folder that _CONDOR_CREDS names)");
    }
    const std::string address = address_of(place.collection_id);
    if (has_token) return {place.collection_id, address, CredentialAuthorizer{credential}};
    return {place.collection_id, address};  // some collections are open to everybody
  }

  std::map<std::pair<std::string, std::string>, GCSCollectionClient> clients_{};
};

// ---- transfers ----------------------------------------------------------------------------------

/// What HTCondor asks for: one file.
struct RequestedFile {
  std::string url{};
  std::string local_file{};
};

std::string text_of(const classads::Ad& ad, const char* name) {
  const auto found = ad.find(classads::lowered(name));
  if (found == ad.end() || !found->second) {
    throw std::runtime_error(std::string("an ad of the input has no text ") + name);
  }
  return *found->second;
}

/// The files of the input. HTCondor may put ads among them that are about no file.
std::vector<RequestedFile> read_requested_files(const fs::path& file) {
  std::vector<RequestedFile> files;
  for (const classads::Ad& ad : classads::read(contents(file))) {
    if (!ad.contains("url") && !ad.contains("localfilename")) continue;
    files.push_back({text_of(ad, "Url"), text_of(ad, "LocalFileName")});
  }
  return files;
}

/// Why a file could not be moved, as HTCondor is told.
struct Failure {
  ExitStatus status = failed;
  std::string message{};
  std::string type{};  ///< one of HTCondor's ErrorType
  std::string kind{};  ///< its FailureType, where that type has one
};

bool refuses_token(int http_status) {
  return http_status == 401 || (http_status >= 300 && http_status < 400);  // or asks for a login
}

/// The failure that is being handled.
Failure failure_of_exception() try { throw; } catch (const CredentialError& missing) {
  return {invalid_credentials, missing.what(), "Authorization", "Authentication"};
} catch (const GlobusAPIError& refusal) {
  const int status = refusal.http_status();
  std::string message = refusal.what();
  if (refuses_token(status)) {
    message += " (the token is the credential globus, or globus_HANDLE for HANDLE+globus://)";
    return {invalid_credentials, message, "Authorization", "Authentication"};
  }
  if (status == 403) return {failed, message, "Authorization", "Authorization"};
  return {failed, message, status < 500 ? "Specification" : "Transfer", ""};
} catch (const GlobusConnectionError& unreachable) {
  return {failed, unreachable.what(), "Contact", ""};
} catch (const GlobusTimeoutError& late) {
  return {timed_out, late.what(), "Transfer", "TimedOut"};
} catch (const LocalFileError& local) {
  return {failed, local.what(), "Transfer", local.error_number() == ENOSPC ? "NoSpace" : ""};
} catch (const GlobusSDKUsageError& wrong) {
  return {failed, wrong.what(), "Parameter", ""};
} catch (const std::exception& other) {
  return {failed, other.what(), "Transfer", ""};
}

/// A failure as TransferErrorData has it.
std::string error_data(const Failure& failure, const std::string& server) {
  classads::Writer ad;
  ad.text("ErrorType", failure.type);
  if (failure.type == "Parameter") {
    ad.text("PluginVersion", version).boolean("PluginLaunched", true);
  } else {
    ad.text("FailedServer", server);
  }
  if (!failure.kind.empty()) ad.text("FailureType", failure.kind);
  if (failure.type == "Authorization") {
    ad.boolean("ShouldRefresh", failure.status == invalid_credentials);
  }
  ad.integer("ErrorCode", failure.status).text("ErrorString", failure.message);
  return "{ " + ad.str() + " }";
}

//! [move]
/// Moves a file. Returns how many bytes it has.
std::int64_t move(Clients& clients, const RequestedFile& file, bool uploads) {
  const Place place = read_url(file.url);
  const GCSCollectionClient files = clients.client_for(place);
  if (!uploads) return files.download(place.path, file.local_file).size;
  files.upload(file.local_file, place.path);
  return static_cast<std::int64_t>(fs::file_size(file.local_file));
}
//! [move]

std::int64_t now_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// What came of one file: the ad that HTCondor reads, and the exit status.
struct Report {
  std::string ad{};
  ExitStatus status = success;
};

Report transfer(Clients& clients, const RequestedFile& file, bool uploads) {
  const auto start = std::chrono::steady_clock::now();
  std::optional<Failure> failure;
  std::int64_t bytes = 0;
  classads::Writer ad;
  ad.text("TransferUrl", file.url)
      .text("TransferFileName", file.local_file)
      .text("TransferProtocol", "globus")
      .text("TransferType", uploads ? "upload" : "download")
      .integer("TransferStartTime", now_seconds());
  try {
    bytes = move(clients, file, uploads);
  } catch (const std::exception&) {
    failure = failure_of_exception();
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  ad.integer("TransferEndTime", now_seconds())
      .real("ConnectionTimeSeconds", took.count())
      .integer("TransferFileBytes", bytes)
      .integer("TransferTotalBytes", bytes)
      .boolean("TransferSuccess", !failure);
  if (!failure) return {ad.str(), success};
  ad.text("TransferError", failure->message)
      .expression("TransferErrorData", error_data(*failure, file.url));
  return {ad.str(), failure->status};
}

// ---- the program --------------------------------------------------------------------------------

/// The file of results. HTCondor has made it beforehand, so that there is room for them when the
/// disk is full: so it is written over, and never truncated.
class ResultFile {
 public:
  explicit ResultFile(const fs::path& file) {
    std::error_code none;
    const auto size = fs::file_size(file, none);
    if (!none) room_ = size;
    stream_.open(file, std::ios::in | std::ios::out | std::ios::binary);
    if (!stream_) stream_.open(file, std::ios::out | std::ios::binary);
    if (!stream_) throw std::runtime_error("cannot write " + file.string());
  }
  /// Adds an ad at once: what is known stays known if the plugin is killed.
  void add(const std::string& ad) {
    stream_ << ad << '\n';
    stream_.flush();
    if (!stream_) throw std::runtime_error("the results cannot be written");
  }
  /// Blanks what is left of what was in the file.
  void end() {
    const auto written = static_cast<std::uintmax_t>(stream_.tellp());
    if (written < room_) stream_ << std::string(room_ - written, ' ');
    stream_.flush();
  }

 private:
  std::fstream stream_{};
  std::uintmax_t room_ = 0;
};

/// Moves all files. Returns the exit status: that of the first failure.
int run(const fs::path& infile, const fs::path& outfile, bool uploads) {
  ResultFile results(outfile);
  int status = success;
  Clients clients;
  for (const RequestedFile& file : read_requested_files(infile)) {
    const Report report = transfer(clients, file, uploads);
    results.add(report.ad);
    if (status == success) status = report.status;
  }
  results.end();
  return status;
}

/// What the plugin can do.
int describe() {
  std::cout << "MultipleFileSupport = true\n"
               "PluginVersion = \""
            << version
            << "\"\n"
               "PluginType = \"FileTransfer\"\n"
               "ProtocolVersion = 2\n"
               "SupportedMethods = \"globus\"\n";
  return success;
}

//! [main]
int main(int argc, char** argv) try {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  std::map<std::string, std::string> files;
  bool uploads = false;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    const std::string& argument = arguments[at];
    if (argument == "-classad") return describe();
    if (argument == "-upload") uploads = true;
    const bool names_file = argument == "-infile" || argument == "-outfile";
    if (names_file && at + 1 < arguments.size()) files[argument] = arguments[++at];
  }
  if (files.size() != 2) {
    std::cerr << "usage: condor_plugin -classad\n"
                 "       condor_plugin -infile ADS -outfile ADS [-upload]\n";
    return failed;
  }
  return run(files["-infile"], files["-outfile"], uploads);
} catch (const std::exception& problem) {
  std::cerr << problem.what() << '\n';
  return failed;
}
//! [main]
