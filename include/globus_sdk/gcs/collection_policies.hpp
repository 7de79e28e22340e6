// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/gcs/gcs_document.hpp"

namespace globus_sdk::inline v0 {

// What the `policies` of a MappedCollectionDocument are, a class for each connector that has some.

/// The policies of a mapped collection, of whatever connector. Mirrors
/// `globus_sdk.CollectionPolicies`.
class CollectionPolicies : public GCSDocument {
 protected:
  using GCSDocument::GCSDocument;
};

/// Options of POSIXCollectionPolicies.
struct POSIXCollectionPoliciesOptions {
  /// Type and version of the document; `posix_collection_policies#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// Groups whose members may make guest collections; one or several; null for no such list.
  Nullable<Strings> sharing_groups_allow{};
  /// Groups whose members may not; one or several; null for no such list.
  Nullable<Strings> sharing_groups_deny{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a mapped collection of a storage gateway for POSIX file systems. Mirrors
/// `globus_sdk.POSIXCollectionPolicies`.
class POSIXCollectionPolicies : public CollectionPolicies {
 public:
  explicit POSIXCollectionPolicies(const POSIXCollectionPoliciesOptions& options = {});
};

/// Options of POSIXStagingCollectionPolicies.
struct POSIXStagingCollectionPoliciesOptions {
  /// Type and version of the document; `posix_staging_collection_policies#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// Groups whose members may make guest collections; one or several; null for no such list.
  Nullable<Strings> sharing_groups_allow{};
  /// Groups whose members may not; one or several; null for no such list.
  Nullable<Strings> sharing_groups_deny{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a mapped collection of a storage gateway for POSIX file systems whose files are
/// staged first. Mirrors `globus_sdk.POSIXStagingCollectionPolicies`.
class POSIXStagingCollectionPolicies : public CollectionPolicies {
 public:
  explicit POSIXStagingCollectionPolicies(
      const POSIXStagingCollectionPoliciesOptions& options = {});
};

/// Options of GoogleCloudStorageCollectionPolicies.
struct GoogleCloudStorageCollectionPoliciesOptions {
  /// Type and version of the document; `google_cloud_storage_collection_policies#1.0.0` when
  /// unset.
  Field<std::string> DATA_TYPE{};
  /// The project at Google that the collection uses.
  Field<std::string> project{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a mapped collection of a storage gateway for Google Cloud Storage. Mirrors
/// `globus_sdk.GoogleCloudStorageCollectionPolicies`.
class GoogleCloudStorageCollectionPolicies : public CollectionPolicies {
 public:
  explicit GoogleCloudStorageCollectionPolicies(
      const GoogleCloudStorageCollectionPoliciesOptions& options = {});
};

}  // namespace globus_sdk::inline v0
