// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gcs/collection_policies.hpp"

#include "gcs/typed_document.hpp"

namespace globus_sdk::inline v0 {

using detail::typed_document;

POSIXCollectionPolicies::POSIXCollectionPolicies(const POSIXCollectionPoliciesOptions& options)
    : CollectionPolicies(typed_document(options.DATA_TYPE, "posix_collection_policies#1.0.0")
                             .set("sharing_groups_allow", options.sharing_groups_allow)
                             .set("sharing_groups_deny", options.sharing_groups_deny)
                             .merge(options.additional_fields)
                             .json()) {}

POSIXStagingCollectionPolicies::POSIXStagingCollectionPolicies(
    const POSIXStagingCollectionPoliciesOptions& options)
    : CollectionPolicies(
          typed_document(options.DATA_TYPE, "posix_staging_collection_policies#1.0.0")
              .set("sharing_groups_allow", options.sharing_groups_allow)
              .set("sharing_groups_deny", options.sharing_groups_deny)
              .merge(options.additional_fields)
              .json()) {}

GoogleCloudStorageCollectionPolicies::GoogleCloudStorageCollectionPolicies(
    const GoogleCloudStorageCollectionPoliciesOptions& options)
    : CollectionPolicies(
          typed_document(options.DATA_TYPE, "google_cloud_storage_collection_policies#1.0.0")
              .set("project", options.project)
              .merge(options.additional_fields)
              .json()) {}

}  // namespace globus_sdk::inline v0
