// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "collections/collection_path.hpp"
#include "collections/tree_download.hpp"
#include "collections/tree_upload.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"

namespace globus_sdk::inline v0 {

template <class Mode>
typename BasicGCSCollectionClient<Mode>::template Result<TreeResult>
BasicGCSCollectionClient<Mode>::download_tree_by(const detail::Connection& transfer, Text path,
                                                 const std::filesystem::path& local_folder,
                                                 const TreeOptions& options) const {
  const detail::TreePlan plan(this->connection_, transfer, collection_id(), path, local_folder,
                              options);
  return Mode::result(detail::walk_tree<Mode>(std::make_shared<detail::DownloadTree>(
      plan, detail::ModeRuntime<Mode>::now(this->connection_))));
}

template <class Mode>
typename BasicGCSCollectionClient<Mode>::template Result<TreeResult>
BasicGCSCollectionClient<Mode>::upload_tree_by(const detail::Connection& transfer,
                                               const std::filesystem::path& local_folder, Text path,
                                               const TreeOptions& options) const {
  const detail::TreePlan plan(this->connection_, transfer, collection_id(), path, local_folder,
                              options);
  return Mode::result(detail::walk_tree<Mode>(std::make_shared<detail::UploadTree>(
      plan, detail::ModeRuntime<Mode>::now(this->connection_))));
}

}  // namespace globus_sdk::inline v0
