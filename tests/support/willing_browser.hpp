// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "support/scoped_file.hpp"
#include "support/scoped_folder.hpp"

namespace globus_sdk_test {

/// A browser that opens what it is given, goes on where that page sends it, and needs no person.
class WillingBrowser {
 public:
  /// @param act `open`; or what it does instead of it once it has read the page: `nothing`, `fail`,
  /// `refuse` and `forge`, which go to the program with an error and with a code that is made up.
  explicit WillingBrowser(std::string act = "open") : act_(std::move(act)) {}

  /// For the variable BROWSER.
  std::string command() const {
    return "python3 " + script_.path() + " " + record().string() + " " + act_;
  }
  /// The URL that it was started with, then the page's file and folder, each after its mode. What
  /// has not been started has none.
  std::vector<std::string> seen() const {
    std::vector<std::string> lines;
    std::ifstream file(record());
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
  }

 private:
  std::filesystem::path record() const { return folder_.path / "seen"; }

  std::string act_;
  ScopedFolder folder_{};
  ScopedFile script_{R"python(
import html, os, pathlib, re, ssl, sys
from urllib import parse, request

record, act, url = sys.argv[1:]
seen = [url]
if url.startswith("file:"):
    page = request.url2pathname(parse.urlsplit(url).path)
    for place in (page, os.path.dirname(page)):
        seen.append(f"{os.stat(place).st_mode & 0o7777:o} {place}")
    url = html.unescape(re.search('content="0; url=([^"]*)"', pathlib.Path(page).read_text())[1])
unfinished = pathlib.Path(record + ".unfinished")
unfinished.write_text("".join(line + "\n" for line in seen))
unfinished.rename(record)
if act in ("nothing", "fail"):
    sys.exit(act == "fail")
asked = dict(parse.parse_qsl(parse.urlsplit(url).query))
answers = {"refuse": {"error": "access_denied"}, "forge": {"code": "made-up"}}
if act in answers:
    url = asked["redirect_uri"] + "/?" + parse.urlencode({**answers[act], "state": asked["state"]})
request.urlopen(url, context=ssl._create_unverified_context()).read()
)python"};
};

}  // namespace globus_sdk_test
