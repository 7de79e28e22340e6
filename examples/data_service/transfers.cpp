// SPDX-License-Identifier: Apache-2.0
#include "data_service/transfers.hpp"

#include <chrono>
#include <functional>
#include <iostream>
#include <optional>
#include <string>

#include "data_service/explanations.hpp"

namespace data_service {

using namespace globus_sdk;

namespace {

const std::string of_one_task = "/transfers/";

/// A collection and a path in it, from `COLLECTION_ID:/path`.
struct Place {
  std::string collection;
  std::string path;
};

Json parsed(const std::string& body) {
  try {
    Json document = Json::parse(body);
    if (document.is_object()) return document;
  } catch (const ValidationError&) {}
  throw Refused(400, "the body has to be a JSON object");
}

std::optional<std::string> text_of(const Json& document, const std::string& name) {
  const JsonView view = document.view();
  const auto member = view.get(name);
  if (!member) return std::nullopt;
  if (!member->is_string() || member->str().empty())
    throw Refused(400, "'" + name + "' has to be a text");
  return member->str();
}

Place place_of(const Json& document, const std::string& name) {
  const std::string text = text_of(document, name).value_or("");
  const auto colon = text.find(":/");
  if (colon == std::string::npos || colon == 0)
    throw Refused(400, "'" + name + "' has to be a collection and a path: COLLECTION_ID:/path");
  return {text.substr(0, colon), text.substr(colon + 1)};
}

/// Throws where the user cannot work with the collection, before a task is submitted.
void check_collection(const TransferClient& tc, const std::string& collection_id) {
  const auto collection = tc.get_endpoint(collection_id);
  if (collection["gcp_connected"] == false)
    throw Refused(409, "the collection's computer is offline");
  // a listing that works shows that credentials and consents are in order
  tc.operation_ls(collection_id, {.limit = 1});
}

UserAnswer submit(const TransferClient& tc, const Place& source, const Place& destination,
                  const std::string& submission_id) {
  TransferData data{
      source.collection,
      destination.collection,
      {.label = "data service", .submission_id = submission_id, .notify_on_succeeded = false}};
  data.add_item(source.path, destination.path, {.recursive = source.path.ends_with('/')});
  const auto submitted = tc.submit_transfer(data);
  const std::string task_id = submitted["task_id"];
  return {
      202,
      Json::object(
          {{"task_id", task_id}, {"submission_id", submission_id}, {"code", submitted["code"]}}),
      {{"Location", of_one_task + task_id}}};
}

UserAnswer post_transfer(const TransferClient& tc, const Json& document) {
  const Place source = place_of(document, "source");
  const Place destination = place_of(document, "destination");
  auto submission_id = text_of(document, "submission_id");
  check_collection(tc, source.collection);
  check_collection(tc, destination.collection);
  if (!submission_id) submission_id = tc.get_submission_id()["value"];
  try {
    return submit(tc, source, destination, *submission_id);
  } catch (const std::exception& error) {
    if (needs_login(error)) throw;
    // perhaps there is a task: with this id, whoever asks again gets that one and no second one
    UserAnswer answer = explain(error);
    answer.document = Json::object(
        {{"error", answer.document.view()["error"]}, {"submission_id", *submission_id}});
    return answer;
  }
}

/// What a person has to mend, so that the task can go on; null where it needs nobody. The task
/// itself goes on trying until its deadline.
Json problem_of(const GlobusHTTPResponse& task) {
  const auto details = task.get("nice_status_details");
  if (!details || !details->is_string() || details->str().empty()) return nullptr;
  return task["nice_status_short_description"].str() + ": " + details->str();
}

UserAnswer get_transfer(const TransferClient& tc, const std::string& task_id) {
  const auto task = tc.get_task(task_id);
  return {200,
          Json::object({{"task_id", task_id},
                        {"status", task["status"]},
                        {"files_transferred", task["files_transferred"]},
                        {"bytes_transferred", task["bytes_transferred"]},
                        {"problem", problem_of(task)}}),
          {}};
}

UserAnswer post_submission(const TransferClient& tc) {
  return {201, Json::object({{"submission_id", tc.get_submission_id()["value"]}}), {}};
}

/// What a request asks to be done with the user's client.
using Work = std::function<UserAnswer(const TransferClient&)>;

/// @throws Refused for what this service does not have, and for a body that is wrong.
Work work_of(const UserRequest& request) {
  if (request.path == "/transfers" && request.method == "POST")
    return [document = parsed(request.body)](const TransferClient& tc) {
      return post_transfer(tc, document);
    };
  if (request.path == "/submissions" && request.method == "POST") return post_submission;
  const bool is_task = request.path.starts_with(of_one_task) &&
                       request.path.size() > of_one_task.size() &&
                       request.path.find('/', of_one_task.size()) == std::string::npos;
  if (is_task && request.method == "GET")
    return [id = request.path.substr(of_one_task.size())](const TransferClient& tc) {
      return get_transfer(tc, id);
    };
  if (is_task || request.path == "/transfers" || request.path == "/submissions")
    throw Refused(405, request.method + " is not possible here");
  throw Refused(404, "there is nothing at this path");
}

UserAnswer work_for_user(const Users& users, const UserRequest& request,
                         const std::stop_token& stop) {
  const Work work = work_of(request);
  const CallSettings calls{.deadline = 2min, .stop = stop};
  const User user = users.authenticate(request.token, calls);
  try {
    return work(users.transfer_of(user, request.token, calls));
  } catch (const std::exception& error) {
    if (needs_login(error)) users.forget(user);
    throw;
  }
}

}  // namespace

UserAnswer answer_request(const Users& users, const UserRequest& request,
                          const std::stop_token& stop) {
  try {
    return work_for_user(users, request, stop);
  } catch (const std::exception& error) {
    UserAnswer answer = explain(error);
    // what the user can do nothing about is the operator's
    if (answer.status >= 500) std::clog << "error: " + std::string(error.what()) + '\n';
    return answer;
  }
}

}  // namespace data_service
