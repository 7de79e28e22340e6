// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gcs/storage_gateway_policies.hpp"

#include "gcs/typed_document.hpp"

namespace globus_sdk::inline v0 {

using detail::listed;
using detail::typed_document;

POSIXStoragePolicies::POSIXStoragePolicies(const POSIXStoragePoliciesOptions& options)
    : StorageGatewayPolicies(typed_document(options.DATA_TYPE, "posix_storage_policies#1.0.0")
                                 .set("groups_allow", options.groups_allow)
                                 .set("groups_deny", options.groups_deny)
                                 .merge(options.additional_fields)
                                 .json()) {}

POSIXStagingStoragePolicies::POSIXStagingStoragePolicies(
    const POSIXStagingStoragePoliciesOptions& options)
    : StorageGatewayPolicies(
          typed_document(options.DATA_TYPE, "posix_staging_storage_policies#1.0.0")
              .set("groups_allow", options.groups_allow)
              .set("groups_deny", options.groups_deny)
              .set("stage_app", options.stage_app)
              .set("environment", listed("environment", options.environment))
              .merge(options.additional_fields)
              .json()) {}

BlackPearlStoragePolicies::BlackPearlStoragePolicies(
    const BlackPearlStoragePoliciesOptions& options)
    : StorageGatewayPolicies(typed_document(options.DATA_TYPE, "blackpearl_storage_policies#1.0.0")
                                 .set("s3_endpoint", options.s3_endpoint)
                                 .set("bp_access_id_file", options.bp_access_id_file)
                                 .merge(options.additional_fields)
                                 .json()) {}

BoxStoragePolicies::BoxStoragePolicies(const BoxStoragePoliciesOptions& options)
    : StorageGatewayPolicies(typed_document(options.DATA_TYPE, "box_storage_policies#1.0.0")
                                 .set("enterpriseID", options.enterpriseID)
                                 .set("boxAppSettings", options.boxAppSettings)
                                 .merge(options.additional_fields)
                                 .json()) {}

CephStoragePolicies::CephStoragePolicies(const CephStoragePoliciesOptions& options)
    : StorageGatewayPolicies(typed_document(options.DATA_TYPE, "ceph_storage_policies#1.0.0")
                                 .set("s3_endpoint", options.s3_endpoint)
                                 .set("s3_buckets", options.s3_buckets)
                                 .set("ceph_admin_key_id", options.ceph_admin_key_id)
                                 .set("ceph_admin_secret_key", options.ceph_admin_secret_key)
                                 .merge(options.additional_fields)
                                 .json()) {}

GoogleDriveStoragePolicies::GoogleDriveStoragePolicies(
    const GoogleDriveStoragePoliciesOptions& options)
    : StorageGatewayPolicies(
          typed_document(options.DATA_TYPE, "google_drive_storage_policies#1.0.0")
              .set("client_id", options.client_id)
              .set("secret", options.secret)
              .set("user_api_rate_quota", options.user_api_rate_quota)
              .merge(options.additional_fields)
              .json()) {}

GoogleCloudStoragePolicies::GoogleCloudStoragePolicies(
    const GoogleCloudStoragePoliciesOptions& options)
    : StorageGatewayPolicies(
          typed_document(options.DATA_TYPE, "google_cloud_storage_policies#1.0.0")
              .set("client_id", options.client_id)
              .set("secret", options.secret)
              .set("service_account_key", options.service_account_key)
              .set("buckets", options.buckets)
              .set("projects", options.projects)
              .merge(options.additional_fields)
              .json()) {}

OneDriveStoragePolicies::OneDriveStoragePolicies(const OneDriveStoragePoliciesOptions& options)
    : StorageGatewayPolicies(typed_document(options.DATA_TYPE, "onedrive_storage_policies#1.0.0")
                                 .set("client_id", options.client_id)
                                 .set("secret", options.secret)
                                 .set("tenant", options.tenant)
                                 .set("user_api_rate_limit", options.user_api_rate_limit)
                                 .merge(options.additional_fields)
                                 .json()) {}

AzureBlobStoragePolicies::AzureBlobStoragePolicies(const AzureBlobStoragePoliciesOptions& options)
    : StorageGatewayPolicies(typed_document(options.DATA_TYPE, "azure_blob_storage_policies#1.0.0")
                                 .set("client_id", options.client_id)
                                 .set("secret", options.secret)
                                 .set("tenant", options.tenant)
                                 .set("account", options.account)
                                 .set("auth_type", options.auth_type)
                                 .set("adls", options.adls)
                                 .merge(options.additional_fields)
                                 .json()) {}

S3StoragePolicies::S3StoragePolicies(const S3StoragePoliciesOptions& options)
    : StorageGatewayPolicies(
          typed_document(options.DATA_TYPE, "s3_storage_policies#1.0.0")
              .set("s3_endpoint", options.s3_endpoint)
              .set("s3_buckets", options.s3_buckets)
              .set("s3_user_credential_required", options.s3_user_credential_required)
              .merge(options.additional_fields)
              .json()) {}

IrodsStoragePolicies::IrodsStoragePolicies(const IrodsStoragePoliciesOptions& options)
    : StorageGatewayPolicies(
          typed_document(options.DATA_TYPE, "irods_storage_policies#1.0.0")
              .set("irods_environment_file", options.irods_environment_file)
              .set("irods_authentication_file", options.irods_authentication_file)
              .merge(options.additional_fields)
              .json()) {}

HPSSStoragePolicies::HPSSStoragePolicies(const HPSSStoragePoliciesOptions& options)
    : StorageGatewayPolicies(typed_document(options.DATA_TYPE, "hpss_storage_policies#1.0.0")
                                 .set("authentication_mech", options.authentication_mech)
                                 .set("authenticator", options.authenticator)
                                 .set("uda_checksum_support", options.uda_checksum_support)
                                 .merge(options.additional_fields)
                                 .json()) {}

}  // namespace globus_sdk::inline v0
