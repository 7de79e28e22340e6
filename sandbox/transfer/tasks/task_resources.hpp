// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "sandbox/server/http.hpp"
#include "sandbox/transfer/collections/collection_registry.hpp"
#include "sandbox/transfer/tasks/task_engine.hpp"
#include "sandbox/transfer/tasks/task_store.hpp"

namespace globus_sandbox::transfer {

/// The resources about tasks and their submission. Each returns its document, or throws a
/// ServiceError. Only the owner of a task sees it: for anybody else there is none.
class TaskResources {
 public:
  TaskResources(TaskStore& store, TaskEngine& engine, const CollectionRegistry& collections)
      : store_(store), engine_(engine), collections_(collections) {}

  boost::json::object new_submission_id(const HttpRequest&, const Caller& caller);
  boost::json::object submit_transfer(const HttpRequest& request, const Caller& caller);
  boost::json::object submit_delete(const HttpRequest& request, const Caller& caller);

  boost::json::object list(const HttpRequest& request, const Caller& caller);
  boost::json::object get(const HttpRequest& request, const Caller& caller);
  boost::json::object update(const HttpRequest& request, const Caller& caller);
  boost::json::object cancel(const HttpRequest& request, const Caller& caller);
  boost::json::object event_list(const HttpRequest& request, const Caller& caller);
  boost::json::object successful_transfers(const HttpRequest& request, const Caller& caller);
  boost::json::object skipped_errors(const HttpRequest& request, const Caller& caller);
  boost::json::object pause_info(const HttpRequest& request, const Caller& caller);

 private:
  TaskEngine::Snapshot own_task(const std::string& task_id, const Caller& caller) const;
  CollectionState usable_collection(const std::string& id) const;
  TaskRecord new_record(TaskType type, const boost::json::object& document,
                        const Caller& caller) const;
  std::optional<boost::json::object> earlier_result(const std::string& submission_id, TaskType type,
                                                    const Caller& caller) const;
  /// @param read_order makes the order of the document.
  template <class Order>
  boost::json::object submit(TaskType type, const boost::json::object& document,
                             Order (*read_order)(const boost::json::object&), const Caller& caller);

  /// Reads a page of a list that the store has about one transfer.
  using PageOfStore = MarkedPage (TaskStore::*)(const std::string& task_id, std::int64_t marker,
                                                std::int64_t page_size) const;
  boost::json::object marked_list(const std::string& name, PageOfStore read_page,
                                  const HttpRequest& request, const Caller& caller);

  TaskStore& store_;
  TaskEngine& engine_;
  const CollectionRegistry& collections_;
  std::mutex submission_mutex_;  ///< two submissions with one id make one task
};

}  // namespace globus_sandbox::transfer
