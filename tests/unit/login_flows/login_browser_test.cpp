// SPDX-License-Identifier: Apache-2.0
// Which browser a login opens, and where there is none.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <set>
#include <string>
#include <vector>

#include "login_flows/browser.hpp"

namespace globus_sdk::detail {
namespace {

using Words = std::vector<std::string>;

/// The choice on a machine with these programs in /usr/bin.
BrowserChoice choose(Desktop desktop, const std::set<std::string>& programs) {
  if (desktop.path.empty()) desktop.path = "/nowhere::/usr/bin";
  return choose_browser(desktop, [&programs](const std::string& path) {
    return path.starts_with("/usr/bin/") && programs.contains(path.substr(9));
  });
}

const std::set<std::string> everything{"xdg-open", "firefox", "chromium", "w3m", "my-browser"};

TEST(LoginBrowser, IsWhatTheDesktopOpens) {
  EXPECT_EQ(choose({.display = ":0"}, everything).command, (Words{"/usr/bin/xdg-open", "%s"}));
  EXPECT_EQ(choose({.wayland_display = "wayland-0"}, {"chromium"}).command,
            (Words{"/usr/bin/chromium", "%s"}));
}

TEST(LoginBrowser, IsTheUsersOwnFirstOfAll) {
  EXPECT_EQ(choose({.display = ":0", .browser = "my-browser"}, everything).command,
            (Words{"/usr/bin/my-browser", "%s"}));
  EXPECT_EQ(choose({.browser = "absent:my-browser --new  -u=%s -v:firefox"}, everything).command,
            (Words{"/usr/bin/my-browser", "--new", "-u=%s", "-v"}));
  EXPECT_EQ(choose({.browser = "firefox -P 'my own' %s &"}, everything).command,
            (Words{"/usr/bin/firefox", "-P", "my own", "%s"}));
  EXPECT_EQ(choose({.browser = "firefox 'x:&:my-browser"}, everything).command,
            (Words{"/usr/bin/my-browser", "%s"}));
  EXPECT_EQ(choose({.browser = "/usr/bin/firefox"}, everything).command,
            (Words{"/usr/bin/firefox", "%s"}));
  EXPECT_EQ(choose({.display = ":0", .browser = "absent:%s: "}, everything).command.front(),
            "/usr/bin/xdg-open");
}

TEST(LoginBrowser, IsNotThereInARemoteSession) {
  for (const Desktop& desktop : {Desktop{.ssh_tty = "/dev/pts/1", .display = ":0"},
                                 Desktop{.ssh_connection = "1 2 3 4", .browser = "firefox"}}) {
    const auto choice = choose(desktop, everything);
    EXPECT_TRUE(choice.command.empty());
    EXPECT_EQ(choice.why_not, "this is a remote session");
  }
}

TEST(LoginBrowser, IsNotThereWithoutADisplayAndWithoutAProgram) {
  EXPECT_EQ(choose({}, everything).why_not, "there is no display");
  EXPECT_EQ(choose({.display = ":0"}, {"w3m"}).why_not, "there is no browser");
}

TEST(LoginBrowser, IsNoneOfText) {
  const auto choice = choose({.display = ":0", .browser = "/usr/bin/w3m -x"}, everything);
  EXPECT_TRUE(choice.command.empty());
  EXPECT_EQ(choice.why_not, "the browser, /usr/bin/w3m, shows text only");
  EXPECT_EQ(choose({.browser = "lynx:firefox"}, everything).command.front(), "/usr/bin/firefox");
}

TEST(LoginBrowser, ThatFailsIsFoundOutAfterAnotherWasStarted) {
  BrowserProcesses processes;
  const auto failing = processes.start({"/bin/false", "%s"}, "http://127.0.0.1/");
  ASSERT_TRUE(failing);
  siginfo_t ended{};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(*failing), &ended, WEXITED | WNOWAIT), 0);
  ASSERT_TRUE(processes.start({"/bin/true", "%s"}, "http://127.0.0.1/"));
  EXPECT_TRUE(processes.has_failed(*failing));
  EXPECT_FALSE(processes.has_failed(*failing)) << "once is enough";
}

TEST(LoginBrowser, ThatFailsIsFoundOut) {
  BrowserProcesses processes;
  const auto failing = processes.start({"/bin/false", "%s"}, "http://127.0.0.1/");
  const auto working = processes.start({"/bin/true", "%s"}, "http://127.0.0.1/");
  ASSERT_TRUE(failing);
  ASSERT_TRUE(working);
  while (!processes.has_failed(*failing)) {}
  EXPECT_FALSE(processes.has_failed(*failing)) << "once is enough";
  EXPECT_FALSE(processes.has_failed(*working));
  EXPECT_FALSE(processes.start({"/no/such/program", "%s"}, "http://127.0.0.1/"));
}

TEST(LoginBrowser, ProgramsAreFilesThatCanBeRun) {
  EXPECT_TRUE(is_program("/bin/true"));
  EXPECT_FALSE(is_program("/bin"));
  EXPECT_FALSE(is_program("/etc/passwd"));
  EXPECT_FALSE(is_program("/no/such/program"));
}

}  // namespace
}  // namespace globus_sdk::detail
