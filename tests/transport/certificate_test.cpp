// SPDX-License-Identifier: Apache-2.0
// Servers whose certificate is not to be trusted are refused, with an error that says why, before
// anything is sent to them.
#include <gmock/gmock.h>

#include "support/curl_version.hpp"
#include "support/hostile_server.hpp"
#include "support/recording_server.hpp"
#include "transport/tls_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Calls that might be tried again.
class Certificates : public TlsInBothModes {
 protected:
  PlainClient client(const std::string& url, const TransportSettings& settings = {}) const {
    return TlsInBothModes::client(url, settings, 5);
  }

  /// The error of a call to a server with such a certificate.
  std::string refusal(const Certificate& certificate) const {
    const TlsServer server({.certificate = certificate});
    std::string message = "no error";
    try {
      get(client(server.url()), "/x");
    } catch (const GlobusConnectionError& error) {
      message = error.what();
    }
    EXPECT_EQ(server.processed(), std::vector<std::string>{});
    EXPECT_EQ(server.connections(), 1) << "a refused certificate is no reason to try again";
    return message;
  }
};
INSTANTIATE_TEST_SUITE_P(Transport, Certificates, testing::Values(false, true), mode_of);

/// Where what is wrong is told in the SDK's words.
class ExplainedCertificates : public Certificates {
 protected:
  void SetUp() override {
    const std::string reason = why_certificates_are_not_explained();
    if (!reason.empty()) GTEST_SKIP() << reason;
  }
};
INSTANTIATE_TEST_SUITE_P(Transport, ExplainedCertificates, testing::Values(false, true), mode_of);

TEST_P(Certificates, OfATrustedAuthorityAreAccepted) {
  const TlsServer server(server_options());
  EXPECT_EQ(get(client(server.url()), "/x").http_status(), 200);
}

/// However the scheme is written, it is TLS with its settings.
TEST_P(Certificates, AreAskedForByAnySpellingOfHttps) {
  const TlsServer server(server_options());
  for (const char* scheme : {"HTTPS", "Https", "httpS"}) {
    const std::string url = scheme + server.url().substr(5);
    EXPECT_EQ(get(client(url), "/x").http_status(), 200);
    EXPECT_THROW(get(TlsInBothModes::client(url, {.verify_ssl = true}), "/x"),
                 GlobusConnectionError);
  }
}

/// What holds for https holds where a redirect leads there.
TEST_P(Certificates, AreAskedForAfterARedirectToo) {
  const TlsServer server(server_options());
  const RecordingServer plain([&](const RecordedRequest&) {
    return RecordedAnswer{302, "", {{"Location", server.url() + "/y"}}};
  });
  EXPECT_EQ(get(client(plain.url()), "/x").http_status(), 200);
  EXPECT_THROW(get(TlsInBothModes::client(plain.url(), {.verify_ssl = true}), "/x"),
               GlobusConnectionError);
}

TEST_P(Certificates, AreRefusedWhateverIsWrongWithThem) {
  for (const Certificate& certificate :
       {authority.issue({.names = "DNS:transfer.example.org"}),
        authority.issue({.valid_from = -7200, .valid_until = -3600}),
        authority.issue({.valid_from = 3600, .valid_until = 7200}), self_signed_certificate(),
        CertificateAuthority("another authority").issue(), CertificateAuthority().issue()}) {
    const TlsServer server({.certificate = certificate});
    EXPECT_THROW(get(client(server.url()), "/x"), GlobusConnectionError);
    EXPECT_EQ(server.processed(), std::vector<std::string>{});
  }
}

TEST_P(ExplainedCertificates, ForAnotherHostAreRefused) {
  EXPECT_THAT(refusal(authority.issue({.names = "DNS:transfer.example.org"})),
              AllOf(HasSubstr("localhost"), HasSubstr("host name"), HasSubstr("base_url")));
}

TEST_P(ExplainedCertificates, ThatExpiredAreRefused) {
  EXPECT_THAT(refusal(authority.issue({.valid_from = -7200, .valid_until = -3600})),
              AllOf(HasSubstr("it has expired"), HasSubstr("clock")));
}

TEST_P(ExplainedCertificates, OfTheFutureAreRefused) {
  EXPECT_THAT(refusal(authority.issue({.valid_from = 3600, .valid_until = 7200})),
              AllOf(HasSubstr("not yet valid"), HasSubstr("clock")));
}

TEST_P(ExplainedCertificates, SignedByThemselvesAreRefused) {
  EXPECT_THAT(refusal(self_signed_certificate()),
              AllOf(HasSubstr("self-signed"), HasSubstr("verify_ssl")));
}

TEST_P(ExplainedCertificates, OfAnUnknownAuthorityAreRefused) {
  EXPECT_THAT(refusal(CertificateAuthority("another authority").issue()),
              AllOf(HasSubstr("an authority that is not trusted here"), HasSubstr("verify_ssl")));
}

TEST_P(ExplainedCertificates, OfAnotherAuthorityOfThatNameAreRefused) {
  EXPECT_THAT(refusal(CertificateAuthority().issue()),
              AllOf(HasSubstr("its signature is not that of the trusted authority"),
                    HasSubstr("verify_ssl")));
}

/// That passes, and is tried again.
TEST_P(Certificates, AreNotBlamedWhereTlsFailsBeforeOneIsShown) {
  const HostileServer server({.answer = "hello\r\n", .reads_request = false});
  const std::string url = "https" + server.url().substr(std::string("http").size());
  try {
    get(client(url), "/x");
    ADD_FAILURE() << "no exception";
  } catch (const GlobusConnectionError& error) {
    EXPECT_THAT(error.what(), Not(HasSubstr("certificate")));
  }
  EXPECT_EQ(server.connections(), 6);
}

TEST_P(Certificates, AreNotLookedAtWhenToldSo) {
  const TlsServer server({.certificate = self_signed_certificate()});
  EXPECT_EQ(get(client(server.url(), {.verify_ssl = false}), "/x").http_status(), 200);
}

TEST_P(Certificates, MessagesHoldNoSecret) {
  EXPECT_THAT(refusal(self_signed_certificate()), Not(HasSubstr("the-token")));
}

}  // namespace
}  // namespace globus_sdk_test
