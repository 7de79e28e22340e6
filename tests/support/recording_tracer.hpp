// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "globus_sdk/core/tracing.hpp"

namespace globus_sdk_test {

/// What a tracer was told of one piece of work.
struct RecordedSpan {
  int id = 0;
  int parent = 0;  ///< 0: none
  globus_sdk::SpanKind kind = globus_sdk::SpanKind::call;
  std::string name{};
  std::map<std::string, std::variant<std::string, std::int64_t>> attributes{};
  std::vector<std::string> events{};  ///< `NAME VALUE`
  int ends = 0;

  bool has(const std::string& attribute) const { return attributes.contains(attribute); }
  std::string text(const std::string& attribute) const {
    const auto found = attributes.find(attribute);
    return found == attributes.end() ? "" : std::get<std::string>(found->second);
  }
  std::int64_t number(const std::string& attribute) const {
    const auto found = attributes.find(attribute);
    return found == attributes.end() ? -1 : std::get<std::int64_t>(found->second);
  }
};

/// Keeps what it is told. For many threads; its switches are set before.
class RecordingTracer final : public globus_sdk::Tracer {
 public:
  bool throws = false;
  bool spans_throw = false;
  bool gives_null = false;
  std::string traceparent{};  ///< in place of one with the span's number

  std::shared_ptr<globus_sdk::Span> start_span(const globus_sdk::SpanStart& start) const override {
    if (throws) throw std::runtime_error("the tracer is out of order");
    if (gives_null) return nullptr;
    const std::lock_guard lock(kept_->mutex);
    RecordedSpan span;
    span.id = static_cast<int>(kept_->spans.size()) + 1;
    if (const auto* parent = dynamic_cast<const Recorder*>(start.parent.get()))
      span.parent = parent->id_;
    span.kind = start.kind;
    span.name = start.name;
    for (const auto& attribute : start.attributes)
      span.attributes[attribute.name] = attribute.value;
    kept_->spans.push_back(span);
    return std::make_shared<Recorder>(kept_, span.id, spans_throw, traceparent);
  }

  /// In the order in which they began.
  std::vector<RecordedSpan> spans() const {
    const std::lock_guard lock(kept_->mutex);
    return kept_->spans;
  }
  void clear() {
    const std::lock_guard lock(kept_->mutex);
    kept_->spans.clear();
  }
  /// All names and values, as a text.
  std::string everything() const {
    std::string all;
    for (const auto& span : spans()) {
      all += span.name + '\n';
      for (const auto& [name, value] : span.attributes) {
        const auto* text = std::get_if<std::string>(&value);
        all += name + '=' + (text != nullptr ? *text : std::to_string(std::get<1>(value))) + '\n';
      }
      for (const auto& event : span.events) all += event + '\n';
    }
    return all;
  }

 private:
  struct Kept {
    std::mutex mutex{};
    std::vector<RecordedSpan> spans{};
  };

  class Recorder final : public globus_sdk::Span {
   public:
    Recorder(std::shared_ptr<Kept> kept, int id, bool throws, std::string traceparent)
        : id_(id), kept_(std::move(kept)), throws_(throws), traceparent_(std::move(traceparent)) {}

    void set_attribute(const globus_sdk::SpanAttribute& attribute) override {
      change([&](RecordedSpan& span) { span.attributes[attribute.name] = attribute.value; });
    }
    void add_event(std::string_view name,
                   const std::vector<globus_sdk::SpanAttribute>& attributes) override {
      change([&](RecordedSpan& span) {
        span.events.push_back(std::string(name) + ' ' +
                              std::to_string(std::get<1>(attributes.at(0).value)));
      });
    }
    void end() override {
      change([](RecordedSpan& span) { ++span.ends; });
    }
    globus_sdk::TraceContext context() const override {
      const std::string id = std::to_string(id_);
      return {traceparent_.empty() ? "00-" + id : traceparent_, "a=" + id};
    }

    const int id_;

   private:
    template <class Change> void change(Change making) {
      if (throws_) throw std::runtime_error("the span is out of order");
      const std::lock_guard lock(kept_->mutex);
      making(kept_->spans.at(static_cast<std::size_t>(id_) - 1));
    }

    std::shared_ptr<Kept> kept_;
    bool throws_;
    std::string traceparent_;
  };

  std::shared_ptr<Kept> kept_ = std::make_shared<Kept>();
};

}  // namespace globus_sdk_test
