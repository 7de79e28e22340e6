// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/request.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using Secrets = std::vector<std::string>;

TEST(Request, AnotherBodyTakesThePlaceOfTheFirstAndOfItsSecrets) {
  const Json first = {{"password", "one"}};
  const Json second = {{"password", "two"}};
  const Request request = detail::post("/").json(first).json(second);
  EXPECT_EQ(request.body(), R"({"password":"two"})");
  EXPECT_EQ(request.secrets(), Secrets{"two"});

  const Request form = detail::post("/").json(first).form({{"password", "two"}});
  EXPECT_EQ(form.body(), "password=two");
  EXPECT_EQ(form.secrets(), Secrets{"two"});

  const Request text = detail::post("/").json(first).text("nothing");
  EXPECT_EQ(text.body(), "nothing");
  EXPECT_TRUE(text.secrets().empty());
}

}  // namespace
}  // namespace globus_sdk_test
