// SPDX-License-Identifier: Apache-2.0
// The page that leads a browser to a login: where it is, who can read it, and what is in it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "login_flows/redirect_page.hpp"
#include "support/scoped_folder.hpp"
#include "support/scoped_variable.hpp"

namespace globus_sdk::detail {
namespace {

namespace fs = std::filesystem;
using globus_sdk_test::ScopedFolder;
using globus_sdk_test::ScopedVariable;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Folders of which the page has to choose.
class RedirectPages : public testing::Test {
 protected:
  RedirectPages() {
    fs::create_directory(runtime);
    fs::create_directory(temporary);
    set_modes(0700, 0700);
  }
  void set_modes(mode_t of_runtime, mode_t of_temporary) const {
    ASSERT_EQ(chmod(runtime.c_str(), of_runtime), 0);
    ASSERT_EQ(chmod(temporary.c_str(), of_temporary), 0);
  }
  static std::string place() {
    return RedirectPage("https://auth.globus.org/").url().substr(std::string("file://").size());
  }

  ScopedFolder folder{};
  fs::path runtime = folder.path / "runtime";
  fs::path temporary = folder.path / "temporary";
  ScopedVariable runtime_variable{"XDG_RUNTIME_DIR", runtime.string()};
  ScopedVariable temporary_variable{"TMPDIR", temporary.string()};
};

TEST_F(RedirectPages, AreForThisUserAloneAndGoAgain) {
  {
    const RedirectPage page("https://auth.globus.org/");
    const fs::path file = page.url().substr(std::string("file://").size());
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(fs::status(file.parent_path()).permissions(), fs::perms::owner_all);
    EXPECT_EQ(file.parent_path().parent_path(), runtime);
    const RedirectPage other("https://auth.globus.org/");
    EXPECT_NE(other.url(), page.url());
  }
  EXPECT_TRUE(fs::is_empty(runtime));
}

TEST_F(RedirectPages, AreInTheRuntimeFolderOnlyWhereThatIsThisUsersAlone) {
  set_modes(0755, 0700);
  EXPECT_THAT(place(), StartsWith(temporary.string() + "/"));
  set_modes(0700, 0700);
  if (geteuid() == 0) {
    ASSERT_EQ(chown(runtime.c_str(), 1, 1), 0);
    EXPECT_THAT(place(), StartsWith(temporary.string() + "/"));
  }
  const ScopedVariable none("XDG_RUNTIME_DIR", std::nullopt);
  EXPECT_THAT(place(), StartsWith(temporary.string() + "/"));
}

TEST_F(RedirectPages, AreNotWhereOthersCouldReplaceThem) {
  set_modes(0755, 01777);  // as /tmp
  EXPECT_THAT(place(), StartsWith(temporary.string() + "/"));
  set_modes(0755, 0777);
  EXPECT_THAT(place(), StartsWith("/tmp/globus-login-"));
  set_modes(0755, 0770);
  EXPECT_THAT(place(), StartsWith("/tmp/globus-login-"));

  // the folder above can be renamed with all that is in it
  const fs::path inner = temporary / "inner";
  fs::create_directory(inner);
  ASSERT_EQ(chmod(inner.c_str(), 0700), 0);
  const ScopedVariable within("TMPDIR", inner.string());
  EXPECT_THAT(place(), StartsWith("/tmp/globus-login-"));
  set_modes(0755, 0755);
  EXPECT_THAT(place(), StartsWith(inner.string() + "/"));
}

TEST_F(RedirectPages, AreInTmpWhereTheVariablesNameNoFolder) {
  const ScopedVariable no_runtime("XDG_RUNTIME_DIR", (folder.path / "absent").string());
  const ScopedVariable no_temporary("TMPDIR", (folder.path / "absent").string());
  EXPECT_THAT(place(), StartsWith("/tmp/globus-login-"));
}

TEST_F(RedirectPages, HaveAUrlWhateverTheirFolderIsCalled) {
  const fs::path odd = folder.path / "Tempor\xC3\xA4r 100%#?";
  fs::create_directory(odd);
  ASSERT_EQ(chmod(odd.c_str(), 0700), 0);
  const ScopedVariable within("XDG_RUNTIME_DIR", odd.string());
  EXPECT_THAT(place(),
              StartsWith(folder.path.string() + "/Tempor%C3%A4r%20100%25%23%3F/globus-login-"));
}

TEST_F(RedirectPages, HoldAnAddressThatCannotBreakOut) {
  const RedirectPage page("https://auth.globus.org/?a=1&b='\"><script>alert(1)</script>");
  std::ifstream file(page.url().substr(std::string("file://").size()));
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::string_view escaped =
      "https://auth.globus.org/?a=1&amp;b=&#39;&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"";
  EXPECT_THAT(text, HasSubstr("http-equiv=\"refresh\" content=\"0; url=" + std::string(escaped)));
  EXPECT_THAT(text, HasSubstr("href=\"" + std::string(escaped)));
  EXPECT_THAT(text, HasSubstr("<meta name=\"referrer\" content=\"no-referrer\">"));
  EXPECT_THAT(text, Not(HasSubstr("<script>")));
}

}  // namespace
}  // namespace globus_sdk::detail
