// SPDX-License-Identifier: Apache-2.0
// What `/_sandbox/` shows and changes.
#include <filesystem>

#include "sandbox_server/auth_fixture.hpp"

using ControlState = AuthFixture;
using raw_http::Answer;

TEST_F(ControlState, RequestsAreListedWithoutSecrets) {
  http.get(auth("/jwk.json?access_token=secret"));
  userinfo_status("bad");
  const auto list = http.get(value("URL") + "requests").json().at("requests").as_array();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].at("method"), "GET");
  EXPECT_EQ(list[0].at("path"), "/auth/jwk.json");
  EXPECT_EQ(list[0].at("status").as_int64(), 200);
  EXPECT_EQ(list[1].at("status").as_int64(), 401);
  EXPECT_GE(list[1].at("time").as_double(), list[0].at("time").as_double());
  EXPECT_EQ(http.send_json("DELETE", value("URL") + "requests", "").status, 200);
  EXPECT_TRUE(sandbox->requests().empty());
}

TEST_F(ControlState, StateShowsUsersClientsCollectionsAndTasks) {
  const Answer answer = http.get(value("URL") + "state");
  const auto state = answer.json();
  EXPECT_EQ(state.at("users").as_array().size(), 2U);
  EXPECT_EQ(state.at("clients").as_array().size(), 3U);
  EXPECT_TRUE(state.at("tasks").as_array().empty());
  bool found = false;
  for (const auto& collection : state.at("collections").as_array()) {
    if (collection.at("name") != "SOURCE") continue;
    found = true;
    EXPECT_EQ(collection.at("id").as_string(), value("COLLECTION_SOURCE"));
    EXPECT_EQ(collection.at("path").as_string(), sandbox->folder("SOURCE").string());
  }
  EXPECT_TRUE(found);
  EXPECT_EQ(answer.body.find(value("CLIENT_SECRET")), std::string::npos);
}

TEST_F(ControlState, ExpireAndRevokeTakeAToken) {
  const auto post = [&](const char* what, const std::string& token) {
    return http.send_json("POST", value("URL") + what, R"({"token":")" + token + R"("})").status;
  };
  EXPECT_EQ(post("expire", value("AUTH_TOKEN")), 200);
  EXPECT_EQ(userinfo_status(value("AUTH_TOKEN")), 401);
  EXPECT_EQ(post("revoke", value("TRANSFER_TOKEN")), 200);
  EXPECT_EQ(http.get_as(value("TRANSFER_TOKEN"), transfer("/v0.10/task_list")).status, 401);
  EXPECT_EQ(post("revoke", value("TRANSFER_REFRESH_TOKEN")), 200);
  EXPECT_EQ(refresh(value("TRANSFER_REFRESH_TOKEN")).status, 400);
  EXPECT_EQ(post("expire", "nonsense"), 400);
  EXPECT_EQ(post("revoke", "nonsense"), 400);
}

TEST_F(ControlState, UsersAreAdded) {
  const Answer made = http.send_json("POST", value("URL") + "users",
                                     R"({"username":"ada@lovelace.example","name":"Ada"})");
  ASSERT_EQ(made.status, 200) << made.body;
  auto fields = app_request("openid profile");
  fields.emplace_back("identity", made.text("id"));
  const Answer tokens = exchange_app_code(redirected(decide(fields), "code"));
  EXPECT_EQ(http.get_as(tokens.text("access_token"), auth("/v2/oauth2/userinfo")).text("name"),
            "Ada");
  for (const auto& [document, name] :
       raw_http::Pairs{{R"({"username":"ada@lovelace.example"})", "username"},
                       {R"({"username":"nodomain"})", "username"},
                       {R"({"username":"two words@c.d"})", "username"},
                       {R"({"username":"a,b@c.d"})", "username"},
                       {R"({"username":"a\nb@c.d"})", "username"},
                       {R"({})", "username"},
                       {R"({"username":"b@c.d","nickname":"x"})", "nickname"}}) {
    const Answer answer = http.send_json("POST", value("URL") + "users", document);
    EXPECT_EQ(answer.status, 400) << document;
    EXPECT_NE(answer.text("error").find(name), std::string::npos) << answer.body;
  }
}

TEST_F(ControlState, CollectionsAreAdded) {
  const auto folder = sandbox->folder("SOURCE") / "inner";
  std::filesystem::create_directory(folder);
  const auto add = [&](const std::string& path) {
    return http.send_json("POST", value("URL") + "collections",
                          R"({"name":"inner one","path":")" + path + R"("})");
  };
  const Answer made = add(folder.string());
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(value("COLLECTION_INNER_ONE"), made.text("id"));
  EXPECT_EQ(sandbox->folder("inner one"), folder);
  EXPECT_EQ(add(folder.string()).text("id"), made.text("id"));
  EXPECT_EQ(add((folder / "missing").string()).status, 400);
  EXPECT_EQ(add("relative").status, 400);
}

TEST_F(ControlState, CollectionsAreSteeredByTheirId) {
  const auto post = [&](const char* what, const std::string& document) {
    return http.send_json("POST", value("URL") + what, document).status;
  };
  const std::string id = R"({"collection":")" + value("COLLECTION_SOURCE") + R"(",)";
  EXPECT_EQ(post("credentials", id + R"("expired":true})"), 200);
  EXPECT_EQ(post("credentials", id + R"("expired":1})"), 400);
  EXPECT_EQ(post("credentials", R"({"collection":"nobody","expired":true})"), 400);
  EXPECT_EQ(post("data_access", id + R"("required":true})"), 200);
  EXPECT_EQ(post("data_access", id + R"("needed":true})"), 400);
  EXPECT_EQ(post("bandwidth", R"({"bytes_per_second":1000000})"), 200);
  EXPECT_EQ(post("bandwidth", R"({"bytes_per_second":0})"), 200);
  EXPECT_EQ(post("bandwidth", R"({"bytes_per_second":-1})"), 400);
  EXPECT_EQ(post("bandwidth", R"({"bytes_per_second":"fast"})"), 400);
}

TEST_F(ControlState, ResetGoesBackToTheBeginning) {
  namespace json = boost::json;
  const auto as_it_began = json::parse(sandbox->description());
  const std::string token = value("AUTH_TOKEN");
  sandbox->revoke(token);
  http.send_json("POST", value("URL") + "users", R"({"username":"ada@lovelace.example"})");
  const std::string other = exchange_app_code(app_code("openid")).text("access_token");
  globus_sandbox::Fault fault;
  fault.status = 500;
  sandbox->add_fault(fault);
  sandbox->set_requires_data_access(value("COLLECTION_SOURCE"), true);
  http.send_json("POST", value("URL") + "collections",
                 R"({"name":"MORE","path":")" + sandbox->folder("SOURCE").string() + "\"}");
  const std::string collections = json::serialize(as_it_began.at("collections"));
  const Answer answer = http.send_json("POST", value("URL") + "reset", "");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.body, sandbox->description());
  EXPECT_EQ(json::serialize(answer.json().at("collections")), collections) << "with their ids";
  EXPECT_EQ(value("AUTH_TOKEN"), token);
  EXPECT_EQ(userinfo_status(token), 200) << "the first tokens are as new";
  EXPECT_EQ(userinfo_status(other), 401) << "others are gone";
  EXPECT_EQ(http.get(value("URL") + "state").json().at("users").as_array().size(), 2U);
  EXPECT_EQ(http.get_as(value("TRANSFER_TOKEN"),
                        transfer("/v0.10/operation/endpoint/" + value("COLLECTION_SOURCE") + "/ls"))
                .status,
            200);
}

TEST_F(ControlState, UnknownThingsAreRefused) {
  EXPECT_EQ(http.get(value("URL") + "nothing").status, 404);
  EXPECT_EQ(http.get(value("URL") + "reset").status, 405);
  const Answer unknown =
      http.send_json("POST", value("URL") + "bandwidth?colour=blue", R"({"bytes_per_second":0})");
  EXPECT_EQ(unknown.status, 400);
  EXPECT_NE(unknown.text("error").find("colour"), std::string::npos) << unknown.body;
  EXPECT_EQ(http.get(value("URL") + "state", {{"Host", "attacker.example"}}).status, 403);
}
