// SPDX-License-Identifier: Apache-2.0
// The life of a token: what it opens, what may be asked about it, how it ends.
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <thread>

#include "sandbox/base/base64.hpp"
#include "sandbox/base/digest.hpp"
#include "sandbox_server/auth_fixture.hpp"
#include "support/base64_alphabet.hpp"

using AuthTokens = AuthFixture;
using raw_http::Answer;

namespace {

std::string base64url_decode(const std::string& text) {
  return globus_sandbox::base64_decode(globus_sdk_test::in_ordinary_base64_alphabet(text)).value();
}

/// Whether a JSON Web Token was signed, by RS512, with the key that a JSON Web Key shows.
bool is_signed_by(const std::string& token, const boost::json::value& key) {
  const auto number = [&](const char* name) {
    const std::string bytes = base64url_decode(std::string(key.at(name).as_string()));
    return BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                     static_cast<int>(bytes.size()), nullptr);
  };
  BIGNUM* n = number("n");
  BIGNUM* e = number("e");
  OSSL_PARAM_BLD* builder = OSSL_PARAM_BLD_new();
  OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n);
  OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e);
  OSSL_PARAM* parameters = OSSL_PARAM_BLD_to_param(builder);
  EVP_PKEY_CTX* maker = EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr);
  EVP_PKEY* rsa = nullptr;
  EVP_PKEY_fromdata_init(maker);
  EVP_PKEY_fromdata(maker, &rsa, EVP_PKEY_PUBLIC_KEY, parameters);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  const auto dot = token.rfind('.');
  const std::string signature = base64url_decode(token.substr(dot + 1));
  EVP_DigestVerifyInit(context, nullptr, EVP_sha512(), nullptr, rsa);
  const bool good =
      EVP_DigestVerify(context, reinterpret_cast<const unsigned char*>(signature.data()),
                       signature.size(), reinterpret_cast<const unsigned char*>(token.data()),
                       dot) == 1;
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(rsa);
  EVP_PKEY_CTX_free(maker);
  OSSL_PARAM_free(parameters);
  OSSL_PARAM_BLD_free(builder);
  BN_free(e);
  BN_free(n);
  return good;
}

}  // namespace

TEST_F(AuthTokens, IdTokenIsSignedAndSaysWho) {
  auto fields = app_request("openid profile email");
  fields.emplace_back("nonce", "a nonce");
  const Answer tokens = exchange_app_code(redirected(decide(fields), "code"));
  ASSERT_EQ(tokens.status, 200) << tokens.body;
  const std::string id_token = tokens.text("id_token");

  const auto configuration = http.get(auth("/.well-known/openid-configuration")).json();
  EXPECT_EQ(configuration.at("issuer").as_string(), auth(""));
  EXPECT_EQ(configuration.at("token_endpoint").as_string(), auth("/v2/oauth2/token"));
  const auto keys = http.get(std::string(configuration.at("jwks_uri").as_string())).json();
  const auto& key = keys.at("keys").at(0);
  EXPECT_EQ(key.at("alg"), "RS512");
  EXPECT_GE(base64url_decode(std::string(key.at("n").as_string())).size(), 256U);
  EXPECT_TRUE(is_signed_by(id_token, key));
  std::string altered = id_token;
  altered[id_token.find('.') + 5] ^= 1;
  EXPECT_FALSE(is_signed_by(altered, key));

  const auto first = id_token.find('.');
  const auto claims = boost::json::parse(
      base64url_decode(id_token.substr(first + 1, id_token.rfind('.') - first - 1)));
  EXPECT_EQ(claims.at("iss").as_string(), auth(""));
  EXPECT_EQ(claims.at("aud").as_string(), value("CLIENT_ID"));
  EXPECT_EQ(claims.at("nonce"), "a nonce");
  EXPECT_EQ(claims.at("preferred_username").as_string(), value("USERNAME"));
  EXPECT_EQ(claims.at("email").as_string(), value("USERNAME"));
  EXPECT_EQ(claims.at("name"), "Sandbox User");
  EXPECT_EQ(claims.at("organization"), "Globus Sandbox");
  EXPECT_EQ(claims.at("identity_provider").as_string().size(), 36U);
  EXPECT_EQ(claims.at("exp").as_int64() - claims.at("iat").as_int64(), 172800);
  const std::string digest = globus_sandbox::sha512(tokens.text("access_token"));
  EXPECT_EQ(claims.at("at_hash").as_string(),
            globus_sandbox::base64url_encode(digest.substr(0, 32)));
}

TEST_F(AuthTokens, ScopesDecideWhatUserinfoTells) {
  const auto userinfo = [&](const std::string& scope) {
    const Answer tokens = exchange_app_code(app_code(scope));
    return http.get_as(tokens.text("access_token"), auth("/v2/oauth2/userinfo"));
  };
  const auto bare = userinfo("openid").json().as_object();
  EXPECT_TRUE(bare.contains("sub"));
  EXPECT_FALSE(bare.contains("email"));
  EXPECT_FALSE(bare.contains("name"));
  EXPECT_TRUE(userinfo("openid email").json().as_object().contains("email"));
  EXPECT_TRUE(userinfo("openid profile").json().as_object().contains("preferred_username"));
  EXPECT_EQ(userinfo("email").status, 403);
}

TEST_F(AuthTokens, UserinfoTakesPost) {
  raw_http::Request request;
  request.method = "POST";
  request.url = auth("/v2/oauth2/userinfo");
  request.body = "";
  request.headers = {{"Authorization", "bearer " + value("AUTH_TOKEN")}};
  EXPECT_EQ(http.send(request).status, 200);
}

TEST_F(AuthTokens, BadTokensGetGlobusErrors) {
  for (const std::string& token :
       {std::string("nonsense"), std::string(), value("AUTH_REFRESH_TOKEN")}) {
    const Answer answer = http.get_as(token, auth("/v2/oauth2/userinfo"));
    EXPECT_EQ(answer.status, 401);
    const auto document = answer.json();
    EXPECT_EQ(document.at("error"), "unauthorized");
    const auto& first = document.at("errors").at(0);
    EXPECT_EQ(first.at("code"), "UNAUTHORIZED");
    EXPECT_EQ(first.at("status"), "401");
    EXPECT_EQ(first.at("id").as_string().size(), 36U);
    EXPECT_FALSE(first.at("detail").as_string().empty());
  }
  EXPECT_EQ(http.get(auth("/v2/oauth2/userinfo")).status, 401);
  const Answer other = http.get_as(value("TRANSFER_TOKEN"), auth("/v2/oauth2/userinfo"));
  EXPECT_EQ(other.status, 403);
  EXPECT_EQ(other.json().at("errors").at(0).at("code"), "FORBIDDEN");
}

TEST_F(AuthTokens, TransferAsksForATokenOfItsOwn) {
  const std::string path = transfer("/v0.10/task_list");
  EXPECT_EQ(http.get_as(value("TRANSFER_TOKEN"), path).status, 200);
  const Answer missing = http.get(path);
  EXPECT_EQ(missing.status, 401);
  EXPECT_EQ(missing.text("code"), "AuthenticationFailed");
  EXPECT_EQ(missing.text("resource"), "/v0.10/task_list");
  EXPECT_EQ(missing.text("request_id").size(), 9U);
  EXPECT_FALSE(missing.text("message").empty());
  EXPECT_EQ(http.get_as("nonsense", path).status, 401);
  const Answer other = http.get_as(value("AUTH_TOKEN"), path);
  EXPECT_EQ(other.status, 403);
  EXPECT_EQ(other.text("code"), "PermissionDenied");
  const Answer partial =
      exchange_app_code(app_code("urn:globus:auth:scope:transfer.api.globus.org:monitor_ongoing"));
  EXPECT_EQ(http.get_as(partial.text("access_token"), path).status, 403);
}

TEST_F(AuthTokens, ExpiryIsHonoured) {
  globus_sandbox::SandboxOptions options;
  options.token_lifetime = std::chrono::seconds(1);
  start(options);
  const Answer fresh = refresh(value("AUTH_REFRESH_TOKEN"));
  EXPECT_EQ(fresh.json().at("expires_in").as_int64(), 1);
  EXPECT_EQ(userinfo_status(fresh.text("access_token")), 200);
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  EXPECT_EQ(userinfo_status(fresh.text("access_token")), 401);
  EXPECT_EQ(http.get_as(value("TRANSFER_TOKEN"), transfer("/v0.10/task_list")).status, 401);
  EXPECT_EQ(refresh(value("AUTH_REFRESH_TOKEN")).status, 200);
}

TEST_F(AuthTokens, ExpireEndsOneToken) {
  sandbox->expire(value("AUTH_TOKEN"));
  EXPECT_EQ(userinfo_status(value("AUTH_TOKEN")), 401);
  EXPECT_EQ(http.get_as(value("TRANSFER_TOKEN"), transfer("/v0.10/task_list")).status, 200);
  EXPECT_THROW(sandbox->expire("nonsense"), std::invalid_argument);
}

TEST_F(AuthTokens, RevocationOfAnAccessTokenEndsItAlone) {
  const Answer tokens = exchange_app_code(app_code("openid"));
  const Answer answer =
      post_as_app("/v2/oauth2/token/revoke", {{"token", tokens.text("access_token")}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_FALSE(answer.json().at("active").as_bool());
  EXPECT_EQ(userinfo_status(tokens.text("access_token")), 401);
  EXPECT_EQ(refresh(tokens.text("refresh_token")).status, 200);
}

TEST_F(AuthTokens, RevocationOfARefreshTokenEndsItsAccessTokens) {
  const Answer tokens = exchange_app_code(app_code("openid"));
  const Answer renewed = refresh(tokens.text("refresh_token"));
  post_as_app("/v2/oauth2/token/revoke", {{"token", tokens.text("refresh_token")}});
  EXPECT_EQ(userinfo_status(tokens.text("access_token")), 401);
  EXPECT_EQ(userinfo_status(renewed.text("access_token")), 401);
  expect_oauth_error(refresh(tokens.text("refresh_token")), 400, "invalid_grant");
  EXPECT_EQ(userinfo_status(value("AUTH_TOKEN")), 200) << "another grant goes on";
}

TEST_F(AuthTokens, RevocationIsForAnyClientThatHoldsTheToken) {
  const auto revoke_as = [&](const std::string& client, const std::string& token) {
    return http.post_form(auth("/v2/oauth2/token/revoke"),
                          {{"client_id", client}, {"token", token}});
  };
  EXPECT_EQ(revoke_as("nobody", value("AUTH_TOKEN")).status, 401);
  EXPECT_EQ(http.post_form(auth("/v2/oauth2/token/revoke"), {{"token", "x"}}).status, 401);
  EXPECT_EQ(userinfo_status(value("AUTH_TOKEN")), 200);
  EXPECT_EQ(revoke_as(value("NATIVE_CLIENT_ID"), value("AUTH_TOKEN")).status, 200);
  EXPECT_EQ(userinfo_status(value("AUTH_TOKEN")), 401);
  EXPECT_EQ(revoke_as(value("NATIVE_CLIENT_ID"), "unknown").status, 200);
  EXPECT_EQ(post_as_app("/v2/oauth2/token/revoke", {}).body, "{\"active\":false}");
}

TEST_F(AuthTokens, IntrospectionTellsOwnTokensOnly) {
  const auto introspect = [&](const std::string& token, const std::string& include = "") {
    return post_as_app("/v2/oauth2/token/introspect", {{"token", token}, {"include", include}});
  };
  const auto document = introspect(value("TRANSFER_TOKEN"),
                                   "session_info,identity_set,identities_set,identity_set_detail")
                            .json();
  EXPECT_TRUE(document.at("active").as_bool());
  EXPECT_EQ(document.at("scope"), transfer_scope);
  EXPECT_EQ(document.at("client_id").as_string(), value("CLIENT_ID"));
  EXPECT_EQ(document.at("username").as_string(), value("USERNAME"));
  EXPECT_EQ(document.at("aud").at(0), "transfer.api.globus.org");
  EXPECT_EQ(document.at("aud").at(1).as_string(), value("CLIENT_ID"));
  EXPECT_EQ(document.at("exp").as_int64() - document.at("iat").as_int64(), 172800);
  EXPECT_EQ(document.at("iss").as_string(), auth(""));
  EXPECT_EQ(document.at("identity_set").at(0), document.at("sub"));
  EXPECT_EQ(document.at("identities_set").at(0), document.at("sub"));
  EXPECT_EQ(document.at("identity_set_detail").at(0).at("username"), document.at("username"));
  EXPECT_TRUE(document.at("session_info")
                  .at("authentications")
                  .as_object()
                  .contains(document.at("sub").as_string()));
  const auto tokens =
      exchange_native_code(redirected(decide(native_request("openid")), "code"), verifier);
  EXPECT_FALSE(introspect(tokens.text("access_token")).json().at("active").as_bool());
  EXPECT_EQ(introspect("nonsense").body, "{\"active\":false}");
  sandbox->expire(value("TRANSFER_TOKEN"));
  EXPECT_EQ(introspect(value("TRANSFER_TOKEN")).body, "{\"active\":false}");
  expect_oauth_error(introspect(value("AUTH_TOKEN"), "everything"), 400, "invalid_request");
  expect_oauth_error(http.post_form(auth("/v2/oauth2/token/introspect"),
                                    {{"client_id", value("NATIVE_CLIENT_ID")}, {"token", "x"}}),
                     401, "invalid_client");
}

TEST_F(AuthTokens, ValidateSaysWhetherATokenIsGood) {
  const auto validate = [&](const std::string& token) {
    return post_as_app("/v2/oauth2/token/validate", {{"token", token}})
        .json()
        .at("active")
        .as_bool();
  };
  EXPECT_TRUE(validate(value("AUTH_TOKEN")));
  EXPECT_TRUE(validate(value("AUTH_REFRESH_TOKEN")));
  sandbox->revoke(value("AUTH_TOKEN"));
  EXPECT_FALSE(validate(value("AUTH_TOKEN")));
  EXPECT_FALSE(validate("nonsense"));
}
