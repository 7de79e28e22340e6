// SPDX-License-Identifier: Apache-2.0
// What each call does, as OpenTelemetry's collector reads it
//
//     tracing SPANS
//
// Lists a folder, and writes each call and each of its requests as a line of OTLP/JSON to the file
// SPANS. The collector's receiver `otlpjsonfile` reads such a file.
//! [program]
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>
using namespace globus_sdk;

std::string random_id(std::size_t bytes) {
  static thread_local std::mt19937_64 random{std::random_device{}()};
  std::string id;
  while (id.size() < 2 * bytes) id += "0123456789abcdef"[random() % 16];
  return id;
}

std::string now() {
  const auto time = std::chrono::system_clock::now().time_since_epoch();
  return std::to_string(std::chrono::duration_cast<std::chrono::nanoseconds>(time).count());
}

Json otlp(const SpanAttribute& attribute) {
  const auto* text = std::get_if<std::string>(&attribute.value);
  const Json value = text != nullptr
                         ? Json{{"stringValue", *text}}
                         : Json{{"intValue", std::to_string(std::get<1>(attribute.value))}};
  return {{"key", attribute.name}, {"value", value}};
}

// A file, for many threads: one line for each span that has ended.
class SpanFile {
 public:
  explicit SpanFile(const std::string& name) : file_(name, std::ios::app) {}

  void write(const Json& span) {
    const Json service = otlp({"service.name", "my-service"});
    const Json scope{{"name", "globus-sdk-cpp"}, {"version", std::string(version)}};
    const Json spans{{"scope", scope}, {"spans", Json::array({span})}};
    const Json resource{{"attributes", Json::array({service})}};
    const Json of_resource{{"resource", resource}, {"scopeSpans", Json::array({spans})}};
    const Json line{{"resourceSpans", Json::array({of_resource})}};
    const std::lock_guard lock(mutex_);
    file_ << line.dump() << std::endl;
  }

 private:
  std::mutex mutex_;
  std::ofstream file_;
};

class OtlpSpan final : public Span {
 public:
  OtlpSpan(const SpanStart& start, std::shared_ptr<SpanFile> file)
      : file_(std::move(file)), is_attempt_(start.kind == SpanKind::attempt), name_(start.name) {
    // in a real service a call's parent is what the service is doing on this thread
    const auto* parent = dynamic_cast<const OtlpSpan*>(start.parent.get());
    trace_id_ = parent != nullptr ? parent->trace_id_ : random_id(16);
    if (parent != nullptr) parent_id_ = parent->id_;
    for (const auto& attribute : start.attributes) attributes_.push_back(otlp(attribute));
  }
  void set_attribute(const SpanAttribute& attribute) override {
    attributes_.push_back(otlp(attribute));
    if (attribute.name == "error.type") has_failed_ = true;
  }
  void add_event(std::string_view name, const std::vector<SpanAttribute>& attributes) override {
    std::vector<Json> of_event;
    for (const auto& attribute : attributes) of_event.push_back(otlp(attribute));
    events_.push_back(
        {{"timeUnixNano", now()}, {"name", std::string(name)}, {"attributes", Json(of_event)}});
  }
  void end() override {
    file_->write({{"traceId", trace_id_},
                  {"spanId", id_},
                  {"parentSpanId", parent_id_},
                  {"name", name_},
                  {"kind", is_attempt_ ? 3 : 1},
                  {"startTimeUnixNano", begin_},
                  {"endTimeUnixNano", now()},
                  {"attributes", Json(attributes_)},
                  {"events", Json(events_)},
                  {"status", {{"code", has_failed_ ? 2 : 0}}}});
  }
  TraceContext context() const override {
    return {.traceparent = "00-" + trace_id_ + "-" + id_ + "-01"};
  }

 private:
  std::shared_ptr<SpanFile> file_;
  bool is_attempt_;
  bool has_failed_ = false;
  std::string name_;
  std::string trace_id_;
  std::string id_ = random_id(8);
  std::string parent_id_;
  std::string begin_ = now();
  std::vector<Json> attributes_;
  std::vector<Json> events_;
};

class OtlpTracer final : public Tracer {
 public:
  explicit OtlpTracer(const std::string& file) : file_(std::make_shared<SpanFile>(file)) {}

  std::shared_ptr<Span> start_span(const SpanStart& start) const override {
    return std::make_shared<OtlpSpan>(start, file_);
  }

 private:
  std::shared_ptr<SpanFile> file_;
};

int main(int argc, char** argv) try {
  const TransferClient tc{AccessTokenAuthorizer{std::getenv("GLOBUS_SANDBOX_TRANSFER_TOKEN")},
                          {.tracer = OtlpTracer{argc > 1 ? argv[1] : "spans.json"}}};
  for (auto entry : tc.operation_ls(std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE")))
    std::cout << entry["name"] << '\n';
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
