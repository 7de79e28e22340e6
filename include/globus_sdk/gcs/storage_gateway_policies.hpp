// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/gcs/gcs_document.hpp"

namespace globus_sdk::inline v0 {

// What the `policies` of a StorageGatewayDocument are, a class for each connector.

/// The policies of a storage gateway, of whatever connector. Mirrors
/// `globus_sdk.StorageGatewayPolicies`.
class StorageGatewayPolicies : public GCSDocument {
 protected:
  using GCSDocument::GCSDocument;
};

/// Options of POSIXStoragePolicies.
struct POSIXStoragePoliciesOptions {
  /// Type and version of the document; `posix_storage_policies#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// Groups whose members may use the storage gateway.
  Field<Strings> groups_allow{};
  /// Groups whose members may not.
  Field<Strings> groups_deny{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a storage gateway for POSIX file systems. Mirrors
/// `globus_sdk.POSIXStoragePolicies`.
class POSIXStoragePolicies : public StorageGatewayPolicies {
 public:
  explicit POSIXStoragePolicies(const POSIXStoragePoliciesOptions& options = {});
};

/// Options of POSIXStagingStoragePolicies.
struct POSIXStagingStoragePoliciesOptions {
  /// Type and version of the document; `posix_staging_storage_policies#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// Groups whose members may use the storage gateway.
  Field<Strings> groups_allow{};
  /// Groups whose members may not.
  Field<Strings> groups_deny{};
  /// Path of the program that stages files.
  Field<std::string> stage_app{};
  /// The environment of that program: a list of objects with `name` and `value`. What a single
  /// object gives is, as in Python, the list of its names.
  Field<Json> environment{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a storage gateway for POSIX file systems whose files are staged first. Mirrors
/// `globus_sdk.POSIXStagingStoragePolicies`.
class POSIXStagingStoragePolicies : public StorageGatewayPolicies {
 public:
  explicit POSIXStagingStoragePolicies(const POSIXStagingStoragePoliciesOptions& options = {});
};

/// Options of BlackPearlStoragePolicies.
struct BlackPearlStoragePoliciesOptions {
  /// Type and version of the document; `blackpearl_storage_policies#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// URL of the appliance's S3 API.
  Field<std::string> s3_endpoint{};
  /// Path of the file that has each user's id and secret at BlackPearl.
  Field<std::string> bp_access_id_file{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a storage gateway for BlackPearl. Mirrors `globus_sdk.BlackPearlStoragePolicies`.
class BlackPearlStoragePolicies : public StorageGatewayPolicies {
 public:
  explicit BlackPearlStoragePolicies(const BlackPearlStoragePoliciesOptions& options = {});
};

/// Options of BoxStoragePolicies.
struct BoxStoragePoliciesOptions {
  /// Type and version of the document; `box_storage_policies#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// The enterprise at Box.
  Field<std::string> enterpriseID{};
  /// What the storage gateway authenticates with at Box: an object. Only administrators of the
  /// storage gateway see it.
  Field<Json> boxAppSettings{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a storage gateway for Box. Mirrors `globus_sdk.BoxStoragePolicies`.
class BoxStoragePolicies : public StorageGatewayPolicies {
 public:
  explicit BoxStoragePolicies(const BoxStoragePoliciesOptions& options = {});
};

/// Options of CephStoragePolicies.
struct CephStoragePoliciesOptions {
  /// Type and version of the document; `ceph_storage_policies#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// URL of the S3 API.
  Field<std::string> s3_endpoint{};
  /// Buckets of others, which the root folder of a collection shows besides the user's own.
  Field<Strings> s3_buckets{};
  /// Id of the administrator's key, with which users' keys are fetched.
  Field<std::string> ceph_admin_key_id{};
  /// That key. Only administrators of the storage gateway see it.
  Field<std::string> ceph_admin_secret_key{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a storage gateway for Ceph. Mirrors `globus_sdk.CephStoragePolicies`.
class CephStoragePolicies : public StorageGatewayPolicies {
 public:
  explicit CephStoragePolicies(const CephStoragePoliciesOptions& options = {});
};

/// Options of GoogleDriveStoragePolicies.
struct GoogleDriveStoragePoliciesOptions {
  /// Type and version of the document; `google_drive_storage_policies#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// The client's id at Google.
  Field<std::string> client_id{};
  /// The client's secret. Only administrators of the storage gateway see it.
  Field<std::string> secret{};
  /// How many requests Google lets the client make for a user.
  Field<std::int64_t> user_api_rate_quota{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a storage gateway for Google Drive. Mirrors
/// `globus_sdk.GoogleDriveStoragePolicies`.
class GoogleDriveStoragePolicies : public StorageGatewayPolicies {
 public:
  explicit GoogleDriveStoragePolicies(const GoogleDriveStoragePoliciesOptions& options = {});
};

/// Options of GoogleCloudStoragePolicies.
struct GoogleCloudStoragePoliciesOptions {
  /// Type and version of the document; `google_cloud_storage_policies#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// The client's id at Google.
  Field<std::string> client_id{};
  /// The client's secret. Only administrators of the storage gateway see it.
  Field<std::string> secret{};
  /// The key of a service account, as Google's file has it: an object. Only administrators of the
  /// storage gateway see it.
  Field<Json> service_account_key{};
  /// The buckets that may be used, and are shown in the root folder; all when unset.
  Field<Strings> buckets{};
  /// The projects that may be used; all when unset.
  Field<Strings> projects{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a storage gateway for Google Cloud Storage. Mirrors
/// `globus_sdk.GoogleCloudStoragePolicies`.
class GoogleCloudStoragePolicies : public StorageGatewayPolicies {
 public:
  explicit GoogleCloudStoragePolicies(const GoogleCloudStoragePoliciesOptions& options = {});
};

/// Options of OneDriveStoragePolicies.
struct OneDriveStoragePoliciesOptions {
  /// Type and version of the document; `onedrive_storage_policies#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// The client's id at Microsoft.
  Field<std::string> client_id{};
  /// The client's secret. Only administrators of the storage gateway see it.
  Field<std::string> secret{};
  /// The tenant whose users may log in.
  Field<std::string> tenant{};
  /// How many requests Microsoft lets the client make for a user.
  Field<std::int64_t> user_api_rate_limit{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a storage gateway for OneDrive. Mirrors `globus_sdk.OneDriveStoragePolicies`.
class OneDriveStoragePolicies : public StorageGatewayPolicies {
 public:
  explicit OneDriveStoragePolicies(const OneDriveStoragePoliciesOptions& options = {});
};

/// Options of AzureBlobStoragePolicies.
struct AzureBlobStoragePoliciesOptions {
  /// Type and version of the document; `azure_blob_storage_policies#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// The client's id at Microsoft.
  Field<std::string> client_id{};
  /// The client's secret. Only administrators of the storage gateway see it.
  Field<std::string> secret{};
  /// The tenant whose users may log in.
  Field<std::string> tenant{};
  /// The storage account.
  Field<std::string> account{};
  /// Who authenticates: `user`, `service_principal` or `user_service_principal`.
  Field<std::string> auth_type{};
  /// Whether the account has Azure Data Lake Storage.
  Field<bool> adls{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a storage gateway for Azure Blob storage. Mirrors
/// `globus_sdk.AzureBlobStoragePolicies`.
class AzureBlobStoragePolicies : public StorageGatewayPolicies {
 public:
  explicit AzureBlobStoragePolicies(const AzureBlobStoragePoliciesOptions& options = {});
};

/// Options of S3StoragePolicies.
struct S3StoragePoliciesOptions {
  /// Type and version of the document; `s3_storage_policies#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// URL of the S3 API.
  Field<std::string> s3_endpoint{};
  /// Buckets of others, which the root folder of a collection shows besides the user's own.
  Field<Strings> s3_buckets{};
  /// Whether a user needs a credential to make a guest collection.
  Field<bool> s3_user_credential_required{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a storage gateway for S3. Mirrors `globus_sdk.S3StoragePolicies`.
class S3StoragePolicies : public StorageGatewayPolicies {
 public:
  explicit S3StoragePolicies(const S3StoragePoliciesOptions& options = {});
};

/// Options of ActiveScaleStoragePolicies.
using ActiveScaleStoragePoliciesOptions = S3StoragePoliciesOptions;

/// Policies of a storage gateway for Quantum ActiveScale: those for S3, of the same type. Mirrors
/// `globus_sdk.ActiveScaleStoragePolicies`.
class ActiveScaleStoragePolicies : public S3StoragePolicies {
 public:
  explicit ActiveScaleStoragePolicies(const ActiveScaleStoragePoliciesOptions& options = {})
      : S3StoragePolicies(options) {}
};

/// Options of IrodsStoragePolicies.
struct IrodsStoragePoliciesOptions {
  /// Type and version of the document; `irods_storage_policies#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// Path of the environment file of iRODS on the endpoint.
  Field<std::string> irods_environment_file{};
  /// Path of the authentication file of iRODS on the endpoint.
  Field<std::string> irods_authentication_file{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a storage gateway for iRODS. Mirrors `globus_sdk.IrodsStoragePolicies`.
class IrodsStoragePolicies : public StorageGatewayPolicies {
 public:
  explicit IrodsStoragePolicies(const IrodsStoragePoliciesOptions& options = {});
};

/// Options of HPSSStoragePolicies.
struct HPSSStoragePoliciesOptions {
  /// Type and version of the document; `hpss_storage_policies#1.0.0` when unset.
  Field<std::string> DATA_TYPE{};
  /// How the storage gateway authenticates with HPSS.
  Field<std::string> authentication_mech{};
  /// What it authenticates with.
  Field<std::string> authenticator{};
  /// Whether checksums are kept in the metadata of files.
  Field<bool> uda_checksum_support{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Policies of a storage gateway for HPSS. Mirrors `globus_sdk.HPSSStoragePolicies`.
class HPSSStoragePolicies : public StorageGatewayPolicies {
 public:
  explicit HPSSStoragePolicies(const HPSSStoragePoliciesOptions& options = {});
};

}  // namespace globus_sdk::inline v0
