// SPDX-License-Identifier: Apache-2.0
#include "sandbox/control/control.hpp"

#include <boost/json.hpp>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "sandbox/control/control_input.hpp"
#include "sandbox/control/fault_plan.hpp"
#include "sandbox/control/request_log.hpp"
#include "sandbox/control/requirement.hpp"
#include "sandbox/server/admission.hpp"

namespace globus_sandbox {

namespace json = boost::json;

namespace {

HttpResponse error(int status, const std::string& message) {
  return json_response(status, json::object{{"error", message}});
}

json::object to_document(const ReceivedRequest& request) {
  return {{"time", request.time},
          {"method", request.method},
          {"path", request.path},
          {"status", request.status}};
}

}  // namespace

Control::Control(Parts parts) : parts_(std::move(parts)), routes_(routes_of_all()) {}

std::vector<Route<>> Control::routes_of_all() {
  using Endpoint = HttpResponse (Control::*)(const HttpRequest&);
  const auto own = [this](Endpoint endpoint) {
    return [this, endpoint](const HttpRequest& request) { return (this->*endpoint)(request); };
  };
  std::vector<Route<>> routes{
      {"POST", "/reset", own(&Control::reset)},
      {"GET", "/state", own(&Control::state)},
      {"GET", "/requests", own(&Control::get_requests)},
      {"DELETE", "/requests", own(&Control::delete_requests)},
      {"POST", "/faults", own(&Control::add_fault)},
      {"DELETE", "/faults", own(&Control::clear_faults)},
  };
  for (const auto& service : parts_.services) {
    auto more = service->control_routes();
    std::move(more.begin(), more.end(), std::back_inserter(routes));
  }
  return routes;
}

HttpResponse Control::reset(const HttpRequest&) {
  parts_.reset();
  return {200, {{"Content-Type", "application/json"}}, parts_.description()};
}

HttpResponse Control::state(const HttpRequest&) {
  json::object document;
  for (const auto& service : parts_.services)
    for (auto& [name, value] : service->state()) document[name] = std::move(value);
  return json_response(200, document);
}

HttpResponse Control::get_requests(const HttpRequest&) {
  json::array list;
  for (const auto& request : parts_.log.all()) list.emplace_back(to_document(request));
  return json_response(200, json::object{{"requests", std::move(list)}});
}

HttpResponse Control::delete_requests(const HttpRequest&) {
  parts_.log.clear();
  return json_response(200, json::object{{"cleared", true}});
}

HttpResponse Control::add_fault(const HttpRequest& request) {
  ControlInput input(request);
  Fault fault = read_fault(input);
  input.finish();
  if (!fault.require.empty())
    check_requirement(parts_.directory, json::parse(fault.require).as_object());
  parts_.faults.add(std::move(fault));
  return json_response(200, json::object{{"added", true}});
}

HttpResponse Control::clear_faults(const HttpRequest&) {
  parts_.faults.clear();
  return json_response(200, json::object{{"cleared", true}});
}

HttpResponse Control::answer(HttpRequest request) {
  const std::string path = request.path;
  request.path.erase(0, control_prefix.size() - 1);
  const std::string methods = routes_.methods_at(request.path);
  const std::string method = request.method;
  try {
    return routes_.answer(std::move(request));
  } catch (const std::invalid_argument& wrong) {
    return error(400, wrong.what());
  } catch (const ServiceError& refusal) {
    if (methods.empty()) return error(404, "/_sandbox/ has nothing at " + path);
    if (!takes_method(methods, method)) return error(405, path + " does not take " + method);
    return error(400, refusal.message());
  }
}

}  // namespace globus_sandbox
