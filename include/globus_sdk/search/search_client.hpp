// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/search/errors.hpp"
#include "globus_sdk/search/index_list_response.hpp"
#include "globus_sdk/search/search_options.hpp"
#include "globus_sdk/search/search_query.hpp"
#include "globus_sdk/search/search_result.hpp"
#include "globus_sdk/search/search_scroll_query.hpp"

namespace globus_sdk::inline v0 {

namespace detail {
/// A query, with what the options say in place of what it says itself.
///
/// @throws GlobusSDKUsageError when the query is no object, or a number is negative.
Json query_document(const Json& query, const PostSearchOptions& options);
/// The same for scrolling.
Json scroll_document(const Json& query, const ScrollOptions& options);
/// The subjects to delete.
///
/// @throws GlobusSDKUsageError when a subject is empty, or `additional_params` is no object.
Json subjects_document(const Strings& subjects, const BatchDeleteBySubjectOptions& options);
}  // namespace detail

/// Globus Search: indices of documents, and queries over them. An index holds subjects, each of
/// which has one or several entries. An authorizer for it has a user's tokens for
/// `search.api.globus.org`; without an authorizer a client sees what is public.
/// Mirrors `globus_sdk.SearchClient`.
template <class Mode> class BasicSearchClient : public BasicServiceClient<BasicSearchClient, Mode> {
  using Base = BasicServiceClient<BasicSearchClient, Mode>;

 public:
  using Base::Base;
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;
  using Document = typename Base::Document;

  /// The class of the errors that Search answers with.
  using Error = SearchAPIError;
  /// As in the variable `GLOBUS_SDK_SERVICE_URL_SEARCH`.
  static constexpr std::string_view service_name = "search";
  /// The key under which an app keeps the client's tokens.
  static constexpr std::string_view resource_server = SearchScopes.resource_server;
  /// The scopes that a client adds to what its app requires.
  static constexpr std::array<std::string_view, 1> default_scopes{SearchScopes.search};

  // ---- indices ----------------------------------------------------------------------------------

  /// Makes an index. It is a trial index, of which a user may have few: the service refuses more
  /// with `Conflict.LimitExceeded`.
  ///
  /// @return the index; its UUID is in `id`.
  /// @see https://docs.globus.org/api/search/reference/index_create/
  Result<GlobusHTTPResponse> create_index(Text display_name, Text description) const {
    return this->send(
        detail::post("/v1/index")
            .json(Payload()
                      .set("display_name", detail::require("display_name", display_name))
                      .set("description", description)));
  }

  /// Changes the name and the description of an index. What is unset stays as it is.
  ///
  /// @param index_id a UUID.
  /// @see https://docs.globus.org/api/search/reference/index_update/
  Result<GlobusHTTPResponse> update_index(Text index_id,
                                          Options<UpdateIndexOptions> options = {}) const {
    return this->send(detail::patch(detail::path("/v1/index/{index_id}", {index_id}))
                          .json(Payload()
                                    .set("display_name", options.display_name)
                                    .set("description", options.description))
                          .safe_to_repeat());
  }

  /// Marks an index for deletion, and cancels its tasks. A trial index is deleted some minutes
  /// later; another one stays for 30 days, in which reopen_index brings it back.
  ///
  /// @param index_id a UUID.
  /// @see https://docs.globus.org/api/search/reference/index_delete/
  Result<GlobusHTTPResponse> delete_index(Text index_id) const {
    return this->send(detail::delete_(detail::path("/v1/index/{index_id}", {index_id})));
  }

  /// Takes the mark of delete_index off an index. It is not sent again when the answer is lost: the
  /// service refuses to open an index that is open.
  ///
  /// @param index_id a UUID.
  /// @see https://docs.globus.org/api/search/reference/index_reopen/
  Result<GlobusHTTPResponse> reopen_index(Text index_id) const {
    return this->send(detail::post(detail::path("/v1/index/{index_id}/reopen", {index_id})));
  }

  /// The document of an index: its name, its status, how much is in it.
  ///
  /// @param index_id a UUID.
  /// @see https://docs.globus.org/api/search/reference/index_show/
  Result<GlobusHTTPResponse> get_index(Text index_id, Options<GetIndexOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v1/index/{index_id}", {index_id}))
                          .query_params(options.query_params));
  }

  /// The indices on which the user has a role, with the roles in `permissions`.
  ///
  /// @see https://docs.globus.org/api/search/reference/index_list/
  Result<IndexListResponse> index_list(Options<IndexListOptions> options = {}) const {
    return this->template send<IndexListResponse>(detail::get("/v1/index_list")
                                                      .query("filter_roles", options.filter_roles)
                                                      .query_params(options.query_params));
  }

  // ---- queries ----------------------------------------------------------------------------------

  /// What matches a query; pages by limit and offset, 10,000 results in all. The results are in
  /// `gmeta`, each with its `subject` and its `entries`.
  ///
  /// @param index_id a UUID.
  /// @param q what to search for; `*` finds everything.
  /// @see https://docs.globus.org/api/search/reference/get_query/
  Result<GlobusHTTPResponse> search(Text index_id, Text q,
                                    Options<SearchOptions> options = {}) const {
    return this->template send_paged<GlobusHTTPResponse>(
        detail::get(detail::path("/v1/index/{index_id}/search", {index_id}))
            .query("q", q)
            .query("offset", options.offset)
            .query("limit", options.limit)
            .query("advanced", options.advanced, BooleanStyle::word)
            .query_params(options.query_params),
        {.kind = Paging::Kind::has_next,
         .items_key = "gmeta",
         .max_total_results = 10000,
         .page_size = 100});
  }

  /// What matches a query with filters, facets, boosts or an order; pages by limit and offset,
  /// 10,000 results in all.
  ///
  /// @param index_id a UUID.
  /// @param data SearchQueryV1, or a document of your own.
  /// @throws GlobusSDKUsageError when the document is no object.
  /// @see https://docs.globus.org/api/search/reference/post_query/
  Result<GlobusHTTPResponse> post_search(Text index_id, Document data,
                                         Options<PostSearchOptions> options = {}) const {
    return this->template send_paged<GlobusHTTPResponse>(
        detail::post(detail::path("/v1/index/{index_id}/search", {index_id}))
            .json(detail::query_document(data.json(), options))
            .safe_to_repeat(),
        {.kind = Paging::Kind::has_next,
         .items_key = "gmeta",
         .max_total_results = 10000,
         .page_size = 100,
         .in_body = true});
  }

  /// Everything that matches a query, however much it is; pages by a marker. Results that are
  /// written or deleted meanwhile may be missed, or come twice.
  ///
  /// @param index_id a UUID.
  /// @param data SearchScrollQuery, or a document of your own.
  /// @throws GlobusSDKUsageError when the document is no object.
  /// @see https://docs.globus.org/api/search/reference/scroll_query/
  Result<GlobusHTTPResponse> scroll(Text index_id, Document data,
                                    Options<ScrollOptions> options = {}) const {
    return this->template send_paged<GlobusHTTPResponse>(
        detail::post(detail::path("/v1/index/{index_id}/scroll", {index_id}))
            .json(detail::scroll_document(data.json(), options))
            .safe_to_repeat(),
        {.kind = Paging::Kind::marker, .items_key = "gmeta", .in_body = true});
  }

  // ---- writing and deleting ---------------------------------------------------------------------

  // Each of these makes a task of its own. None is sent again when the answer is lost: the second
  // task would also undo what others wrote after the first.

  /// Writes entries, in a task whose id is in `task_id`.
  ///
  /// @param index_id a UUID.
  /// @param data an ingest document: one entry, or a list of entries.
  /// @see https://docs.globus.org/api/search/reference/ingest/
  Result<GlobusHTTPResponse> ingest(Text index_id, Document data) const {
    return this->send(
        detail::post(detail::path("/v1/index/{index_id}/ingest", {index_id})).json(data.json()));
  }

  /// Deletes what matches a query, in a task whose id is in `task_id`.
  ///
  /// @param index_id a UUID.
  /// @param data a query with `q`, `filters` or both.
  /// @see https://docs.globus.org/api/search/reference/delete_by_query/
  Result<GlobusHTTPResponse> delete_by_query(Text index_id, Document data) const {
    return this->send(detail::post(detail::path("/v1/index/{index_id}/delete_by_query", {index_id}))
                          .json(data.json()));
  }

  /// Deletes subjects with all of their entries, in a task whose id is in `task_id`.
  ///
  /// @param index_id a UUID.
  /// @param subjects one or several.
  /// @see https://docs.globus.org/api/search/reference/batch_delete_by_subject/
  Result<GlobusHTTPResponse> batch_delete_by_subject(
      Text index_id, const Strings& subjects,
      Options<BatchDeleteBySubjectOptions> options = {}) const {
    return this->send(
        detail::post(detail::path("/v1/index/{index_id}/batch_delete_by_subject", {index_id}))
            .json(detail::subjects_document(subjects, options)));
  }

  // ---- subjects and entries ---------------------------------------------------------------------

  /// One subject, with the entries that the user may see.
  ///
  /// @param index_id a UUID.
  /// @see https://docs.globus.org/api/search/reference/get_subject/
  Result<GlobusHTTPResponse> get_subject(Text index_id, Text subject,
                                         Options<GetSubjectOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v1/index/{index_id}/subject", {index_id}))
                          .query("subject", detail::require("subject", subject))
                          .query_params(options.query_params));
  }

  /// Deletes one subject with all of its entries, in a task whose id is in `task_id`.
  ///
  /// @param index_id a UUID.
  /// @see https://docs.globus.org/api/search/reference/delete_subject/
  Result<GlobusHTTPResponse> delete_subject(Text index_id, Text subject,
                                            Options<DeleteSubjectOptions> options = {}) const {
    return this->send(detail::delete_(detail::path("/v1/index/{index_id}/subject", {index_id}))
                          .query("subject", detail::require("subject", subject))
                          .query_params(options.query_params));
  }

  /// One entry of a subject.
  ///
  /// @param index_id a UUID.
  /// @see https://docs.globus.org/api/search/reference/get_entry/
  Result<GlobusHTTPResponse> get_entry(Text index_id, Text subject,
                                       Options<GetEntryOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v1/index/{index_id}/entry", {index_id}))
                          .query("entry_id", options.entry_id)
                          .query("subject", detail::require("subject", subject))
                          .query_params(options.query_params));
  }

  /// Deletes one entry of a subject, in a task whose id is in `task_id`.
  ///
  /// @param index_id a UUID.
  /// @see https://docs.globus.org/api/search/reference/delete_entry/
  Result<GlobusHTTPResponse> delete_entry(Text index_id, Text subject,
                                          Options<DeleteEntryOptions> options = {}) const {
    return this->send(detail::delete_(detail::path("/v1/index/{index_id}/entry", {index_id}))
                          .query("entry_id", options.entry_id)
                          .query("subject", detail::require("subject", subject))
                          .query_params(options.query_params));
  }

  // ---- tasks ------------------------------------------------------------------------------------

  /// The document of a task; how it stands is in `state`.
  ///
  /// @param task_id a UUID.
  /// @see https://docs.globus.org/api/search/reference/get_task/
  Result<GlobusHTTPResponse> get_task(Text task_id,
                                      Options<SearchGetTaskOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v1/task/{task_id}", {task_id}))
                          .query_params(options.query_params));
  }

  /// The latest tasks of an index, in `tasks`.
  ///
  /// @param index_id a UUID.
  /// @see https://docs.globus.org/api/search/reference/task_list/
  Result<GlobusHTTPResponse> get_task_list(Text index_id,
                                           Options<GetTaskListOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v1/task_list/{index_id}", {index_id}))
                          .query_params(options.query_params));
  }

  // ---- roles ------------------------------------------------------------------------------------

  /// Gives somebody a role on an index. Only its owners and admins may.
  ///
  /// @param index_id a UUID.
  /// @param data an object with `role_name` (`owner`, `admin` or `writer`) and `principal` (the URN
  ///   of an identity or a group).
  /// @see https://docs.globus.org/api/search/reference/role_create/
  Result<GlobusHTTPResponse> create_role(Text index_id, Document data,
                                         Options<SearchCreateRoleOptions> options = {}) const {
    return this->send(detail::post(detail::path("/v1/index/{index_id}/role", {index_id}))
                          .json(data.json())
                          .query_params(options.query_params));
  }

  /// The roles on an index, in `role_list`. Only its owners and admins may see them.
  ///
  /// @param index_id a UUID.
  /// @see https://docs.globus.org/api/search/reference/role_list/
  Result<GlobusHTTPResponse> get_role_list(Text index_id,
                                           Options<SearchGetRoleListOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v1/index/{index_id}/role_list", {index_id}))
                          .query_params(options.query_params));
  }

  /// Takes a role on an index away; not that of the last owner. Only its owners and admins may.
  ///
  /// @param index_id a UUID.
  /// @param role_id the role's `id`.
  /// @see https://docs.globus.org/api/search/reference/role_delete/
  Result<GlobusHTTPResponse> delete_role(Text index_id, Text role_id,
                                         Options<SearchDeleteRoleOptions> options = {}) const {
    return this->send(
        detail::delete_(detail::path("/v1/index/{index_id}/role/{role_id}", {index_id, role_id}))
            .query_params(options.query_params));
  }
};

extern template class BasicSearchClient<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using SearchClient = BasicSearchClient<Blocking>;

}  // namespace globus_sdk::inline v0
