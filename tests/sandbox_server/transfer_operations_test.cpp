// SPDX-License-Identifier: Apache-2.0
// Listings, operations on files, endpoint documents and searches.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "sandbox_server/transfer_fixture.hpp"

namespace globus_sandbox::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Operations : public TransferTest {
 protected:
  void fill() {
    write_file(source / "b.txt", std::string(2000, 'b'));
    write_file(source / "a.txt", "aa");
    write_file(source / "c.log", std::string(10, 'c'));
    write_file(source / ".hidden", "h");
    fs::create_directories(source / "dir");
    fs::permissions(source / "a.txt", fs::perms(0600));
    fs::permissions(source / "b.txt", fs::perms(0644));
  }
  Answer mkdir(const std::string& path) {
    return post("operation/endpoint/" + source_id + "/mkdir",
                {{"DATA_TYPE", "mkdir"}, {"path", path}});
  }
  Answer rename(const std::string& from, const std::string& to) {
    return post("operation/endpoint/" + source_id + "/rename",
                {{"DATA_TYPE", "rename"}, {"old_path", from}, {"new_path", to}});
  }
};

TEST_F(Operations, ListingHasTheFieldsOfGlobus) {
  fill();
  const auto listing = ls({});
  EXPECT_EQ(listing.status, 200);
  EXPECT_EQ(listing.text("DATA_TYPE"), "file_list");
  EXPECT_EQ(listing.text("path"), "/~/");
  EXPECT_EQ(listing.text("absolute_path"), "/");
  EXPECT_EQ(listing.text("endpoint"), source_id);
  EXPECT_EQ(listing.number("total"), 5);
  EXPECT_EQ(listing.number("length"), 5);
  EXPECT_TRUE(listing["rename_supported"].as_bool());
  EXPECT_THAT(listing.names(), ElementsAre(".hidden", "a.txt", "b.txt", "c.log", "dir"));
  const auto& file = listing.data()[1].as_object();
  for (const auto* name :
       {"DATA_TYPE", "group", "last_modified", "link_group", "link_last_modified", "link_size",
        "link_target", "link_user", "name", "permissions", "size", "type", "user"})
    EXPECT_TRUE(file.contains(name)) << name;
  EXPECT_EQ(file.at("size"), 2);
  EXPECT_EQ(file.at("permissions"), "0600");
  EXPECT_EQ(file.at("type"), "file");
  EXPECT_EQ(listing.data()[4].at("type"), "dir");
  EXPECT_EQ(ls({{"path", "/dir"}}).text("path"), "/dir/");
  EXPECT_EQ(ls({{"path", "~/dir"}}).text("path"), "/~/dir/");
}

TEST_F(Operations, ListingFiltersByTheGrammarOfGlobus) {
  fill();
  const auto filtered = [&](std::vector<std::string> filters) {
    std::vector<NamedValue> query;
    for (auto& filter : filters) query.emplace_back("filter", filter);
    return ls(query).names();
  };
  EXPECT_THAT(filtered({"name:a.txt,dir/type:file"}), ElementsAre("a.txt"));
  EXPECT_THAT(filtered({"name:~*.TXT"}), ElementsAre("a.txt", "b.txt"));
  EXPECT_THAT(filtered({"name:!~*.txt"}), ElementsAre(".hidden", "c.log", "dir"));
  EXPECT_THAT(filtered({"name:!a.txt,!dir"}), ElementsAre(".hidden", "b.txt", "c.log"));
  EXPECT_THAT(filtered({"name:=a.txt"}), ElementsAre("a.txt"));
  EXPECT_THAT(filtered({"name:*.txt"}), IsEmpty());
  EXPECT_THAT(filtered({"size:>1024/type:file"}), ElementsAre("b.txt"));
  EXPECT_THAT(filtered({"size:>=2,<=10/type:file"}), ElementsAre("a.txt", "c.log"));
  EXPECT_THAT(filtered({"size:2,10"}), ElementsAre("a.txt", "c.log"));
  EXPECT_THAT(filtered({"type:dir", "name:c.log"}), ElementsAre("c.log", "dir"));
  EXPECT_THAT(filtered({"permissions:0600"}), ElementsAre("a.txt"));
  EXPECT_THAT(filtered({"last_modified:2001-01-01,"}).size(), 5);
  EXPECT_THAT(filtered({"last_modified:,2001-01-01T00:00:00+00:00"}), IsEmpty());
  for (const auto* bad : {"name", "color:red", "size:big", "size:>", "last_modified:soon",
                          "last_modified:2001,2002,2003"})
    EXPECT_EQ(ls({{"filter", bad}}).status, 400) << bad;
}

TEST_F(Operations, ListingIsOrderedAndCut) {
  fill();
  EXPECT_THAT(ls({{"orderby", "type DESC,size"}, {"show_hidden", "0"}}).names(),
              ElementsAre("a.txt", "c.log", "b.txt", "dir"));
  EXPECT_THAT(ls({{"orderby", "name DESC"}, {"show_hidden", "0"}}).names(),
              ElementsAre("dir", "c.log", "b.txt", "a.txt"));
  const auto part = ls({{"limit", "2"}, {"offset", "1"}});
  EXPECT_THAT(part.names(), ElementsAre("a.txt", "b.txt"));
  EXPECT_EQ(part.number("total"), 5);
  EXPECT_EQ(part.number("length"), 2);
  EXPECT_THAT(ls({{"offset", "9"}}).names(), IsEmpty());
  for (const auto& [name, bad] : std::vector<NamedValue>{{"limit", "0"},
                                                         {"limit", "x"},
                                                         {"limit", "-1"},
                                                         {"limit", "100001"},
                                                         {"offset", "-1"},
                                                         {"orderby", "color"},
                                                         {"orderby", "name UP"},
                                                         {"show_hidden", "perhaps"}})
    EXPECT_EQ(ls({{name, bad}}).status, 400) << name << bad;
}

TEST_F(Operations, ListingAnswersErrorsInGlobusFormat) {
  fill();
  const auto missing = ls({{"path", "/nowhere/"}});
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.text("code"), "ClientError.NotFound");
  EXPECT_EQ(missing.text("request_id").size(), 9);
  EXPECT_EQ(missing.text("resource"), "/v0.10/operation/endpoint/" + source_id + "/ls");
  const auto file = ls({{"path", "/a.txt"}});
  EXPECT_EQ(file.status, 502);
  EXPECT_EQ(file.text("code"), "ExternalError.DirListingFailed.NotDirectory");
  fs::permissions(source / "dir", fs::perms::none);
  EXPECT_EQ(ls({{"path", "/dir"}}).text("code"), "EndpointPermissionDenied");
  const auto unknown = operation("00000000-0000-4000-8000-000000000000", "ls", {});
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.text("code"), "EndpointNotFound");
  EXPECT_EQ(ls({{"local_user", "nobody-that-is"}}).status, 501);
}

TEST_F(Operations, LinksShowWhatTheyLeadTo) {
  fill();
  fs::create_symlink("b.txt", source / "link");
  fs::create_symlink("gone", source / "broken");
  const auto link = operation(source_id, "stat", {{"path", "/link"}});
  EXPECT_EQ(link.text("type"), "file");
  EXPECT_EQ(link.number("size"), 2000);
  EXPECT_EQ(link.text("link_target"), "b.txt");
  EXPECT_EQ(link.number("link_size"), 5);
  EXPECT_EQ(operation(source_id, "stat", {{"path", "/broken"}}).text("type"), "invalid_symlink");
  EXPECT_EQ(operation(source_id, "stat", {}).text("type"), "dir");
  EXPECT_EQ(operation(source_id, "stat", {{"path", "/a.txt"}}).text("name"), "a.txt");
  EXPECT_EQ(operation(source_id, "stat", {{"path", "/none"}}).text("code"), "NotFound");
}

TEST_F(Operations, MakesDirectories) {
  const auto made = mkdir("/~/new");
  EXPECT_EQ(made.status, 200);
  EXPECT_EQ(made.text("DATA_TYPE"), "mkdir_result");
  EXPECT_EQ(made.text("code"), "DirectoryCreated");
  EXPECT_TRUE(fs::is_directory(source / "new"));
  const auto again = mkdir("/new/");
  EXPECT_EQ(again.status, 502);
  EXPECT_EQ(again.text("code"), "ExternalError.MkdirFailed.Exists");
  EXPECT_EQ(mkdir("/").text("code"), "ExternalError.MkdirFailed.Exists");
  EXPECT_EQ(mkdir("/no/parent").text("code"), "ClientError.NotFound");
  EXPECT_EQ(post("operation/endpoint/" + source_id + "/mkdir", {{"DATA_TYPE", "mkdir"}}).status,
            400);
  EXPECT_EQ(
      post("operation/endpoint/" + source_id + "/mkdir", {{"DATA_TYPE", "rename"}, {"path", "/x"}})
          .status,
      400);
  EXPECT_EQ(post("operation/endpoint/" + source_id + "/mkdir", "text").status, 400);
}

TEST_F(Operations, Renames) {
  fill();
  const auto renamed = rename("/a.txt", "/dir/z.txt");
  EXPECT_EQ(renamed.status, 200);
  EXPECT_EQ(renamed.text("code"), "FileRenamed");
  EXPECT_EQ(read_file(source / "dir/z.txt"), "aa");
  EXPECT_EQ(rename("/a.txt", "/x").status, 404);
  EXPECT_EQ(rename("/b.txt", "/c.log").text("code"), "ExternalError.RenameFailed.Exists");
  EXPECT_EQ(rename("/b.txt", "/nowhere/b").status, 404);
  EXPECT_EQ(rename("/", "/x").status, 502);
  EXPECT_EQ(rename("/dir", "/moved").status, 200);
}

TEST_F(Operations, EndpointDocuments) {
  const auto document = get("endpoint/" + source_id);
  EXPECT_EQ(document.status, 200);
  EXPECT_EQ(document.text("display_name"), "SOURCE");
  EXPECT_EQ(document.text("owner_id"), user.identity_id);
  EXPECT_EQ(document.text("owner_string"), user.username);
  EXPECT_EQ(document.text("entity_type"), "GCP_mapped_collection");
  for (const auto* name : {"DATA",
                           "acl_available",
                           "activated",
                           "default_directory",
                           "description",
                           "disable_verify",
                           "expires_in",
                           "force_encryption",
                           "force_verify",
                           "gcp_connected",
                           "gcp_paused",
                           "globus_connect_setup_key",
                           "host_endpoint_id",
                           "in_use",
                           "is_globus_connect",
                           "mfa_required",
                           "my_effective_roles",
                           "non_functional",
                           "organization",
                           "public",
                           "s3_url",
                           "shareable",
                           "subscription_id",
                           "username",
                           "high_assurance",
                           "tlsftp_server",
                           "gcs_manager_url"})
    EXPECT_TRUE(document.body.as_object().contains(name)) << name;
  EXPECT_EQ(get("endpoint/nothing").text("code"), "EndpointNotFound");
  service->set_requires_data_access(source_id, true);
  EXPECT_EQ(get("endpoint/" + source_id).text("entity_type"), "GCSv5_mapped_collection");
}

TEST_F(Operations, SearchesEndpoints) {
  for (int i = 0; i < 7; ++i)
    service->add_collection("Climate data " + std::to_string(i), source, other.identity_id);
  const auto search = [&](std::vector<NamedValue> query) {
    return get("endpoint_search", std::move(query));
  };
  EXPECT_THAT(search({{"filter_scope", "my-endpoints"}}).names("display_name"),
              ElementsAre("DESTINATION", "SOURCE"));
  EXPECT_EQ(search({{"filter_fulltext", "clim DATA"}}).data().size(), 7);
  EXPECT_EQ(search({{"filter_fulltext", "climate zebra"}}).data().size(), 0);
  EXPECT_EQ(search({{"filter_owner_id", other.identity_id}}).data().size(), 7);
  std::vector<std::string> names;
  for (std::size_t offset = 0;; offset += 3) {
    const auto page = search(
        {{"filter_fulltext", "climate"}, {"limit", "3"}, {"offset", std::to_string(offset)}});
    for (const auto& name : page.names("display_name")) names.push_back(name);
    if (!page["has_next_page"].as_bool()) break;
  }
  EXPECT_EQ(names, search({{"filter_fulltext", "climate"}}).names("display_name"));
  EXPECT_EQ(names.size(), 7);
  EXPECT_EQ(search({}).status, 400);
  EXPECT_EQ(search({{"filter_scope", "everything"}}).status, 400);
  EXPECT_EQ(search({{"filter_fulltext", "x"}, {"limit", "101"}}).status, 400);
  EXPECT_EQ(search({{"filter_scope", "recently-used"}}).data().size(), 0);
  write_file(source / "a", "1");
  transfer({item("/a", "/a")});
  EXPECT_EQ(search({{"filter_scope", "recently-used"}}).data().size(), 2);
  EXPECT_EQ(search({{"filter_scope", "in-use"}}).data().size(), 0);
}

TEST_F(Operations, AsksForDataAccessConsents) {
  service->set_requires_data_access(source_id, true);
  const auto needed =
      "urn:globus:auth:scope:transfer.api.globus.org:all[*https://auth.globus.org/scopes/" +
      source_id + "/data_access]";
  const auto denied = ls({});
  EXPECT_EQ(denied.status, 403);
  EXPECT_EQ(denied.text("code"), "ConsentRequired");
  EXPECT_EQ(denied["required_scopes"], value(array{value(needed)}));
  EXPECT_EQ(mkdir("/x").text("code"), "ConsentRequired");
  EXPECT_EQ(rename("/x", "/y").text("code"), "ConsentRequired");
  EXPECT_EQ(operation(source_id, "stat", {}).text("code"), "ConsentRequired");
  EXPECT_EQ(post("transfer", transfer_document({item("/a", "/a")})).text("code"),
            "ConsentRequired");
  EXPECT_EQ(operation(destination_id, "ls", {}).status, 200);
  user.scopes.push_back("https://auth.globus.org/scopes/" + source_id + "/data_access");
  EXPECT_EQ(ls({}).status, 200);
}

TEST_F(Operations, AFolderThatIsMadeAnewIsUsed) {
  fs::remove_all(source);
  EXPECT_EQ(ls({}).text("code"), "EndpointError");
  write_file(source / "new", "1");
  EXPECT_THAT(ls({}).names(), ElementsAre("new"));
}

TEST_F(Operations, WhatItDoesNotHaveIsRefused) {
  for (const auto& [method, path] : std::vector<NamedValue>{{"GET", "bookmark_list"},
                                                            {"DELETE", "endpoint/x"},
                                                            {"GET", "endpoint_manager/task_list"},
                                                            {"POST", "endpoint"},
                                                            {"GET", "operation/endpoint/x/symlink"},
                                                            {"GET", "task/x/y"}}) {
    const auto answer = request(method, path);
    EXPECT_EQ(answer.status, 501) << path;
    EXPECT_THAT(answer.text("message"), ::testing::HasSubstr(path));
  }
}

}  // namespace
}  // namespace globus_sandbox::testing
