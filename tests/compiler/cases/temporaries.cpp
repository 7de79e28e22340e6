// SPDX-License-Identifier: Apache-2.0
// Texts of a temporary response, document, typed view or scope.
//! 1 => NameTheResponseFirst
//! 2 => NameTheResponseFirst
//! 3 => NameTheResponseFirst
//! 4 => NameTheResponseFirst
//! 5 => NameTheResponseFirst
//! 6 => NameTheResponseFirst
//! 7 => NameTheResponseFirst
//! 8 => NameTheScopeFirst
//! 9 => NameTheResponseFirst
#include <iostream>

#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"

using namespace globus_sdk;

void show(std::string_view text) {
  std::cout << text;
}

void use(const TransferClient& tc, const TransferData& data, const Json& json) {
  const auto task = tc.get_task("id");
  // NOLINTBEGIN(bugprone-dangling-handle): `task` has the characters
  std::string_view label = task["label"];
  show(task["id"]);
  show(task["DATA"][0]["name"]);
  std::cout << tc.get_task("id")["status"] << label;
  std::string copied = tc.get_task("id")["label"];
  copied += "status " + tc.get_task("id")["status"];
  if (tc.get_task("id")["status"] == "ACTIVE") tc.get_task(tc.submit_transfer(data)["task_id"]);
  for (auto item : tc.task_list()) show(item["task_id"]);
  label = !copied.empty() ? task["label"] : "none";
  const Task view{task};
  label = view.label;
  tc.get_task(Task{tc.get_task("id")}.task_id);
  copied = Task{tc.get_task("id")}.label;
  // NOLINTEND(bugprone-dangling-handle)
#if MISTAKE == 1
  std::string_view kept = tc.get_task("id")["label"];
#elif MISTAKE == 2
  label = tc.get_task("id")["label"];
#elif MISTAKE == 3
  show(tc.get_task("id")["DATA"][0]["name"]);
#elif MISTAKE == 4
  std::string_view kept = *tc.get_task("id").get("label");
#elif MISTAKE == 5
  std::string_view kept = tc.get_task("id").data()["label"];
#elif MISTAKE == 6
  std::string_view kept = (*tc.task_list().begin())["task_id"];
#elif MISTAKE == 7
  std::string_view kept = json.view()["label"];
#elif MISTAKE == 8
  std::string_view kept = TransferScopes.all.with_optional(true);
#elif MISTAKE == 9
  std::string_view kept = Task{tc.get_task("id")}.label;
#endif
  show(json.dump());
}
