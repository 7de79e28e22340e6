// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/token_sealer.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <exception>
#include <mutex>
#include <optional>

#include "core/base/base64.hpp"
#include "core/base/openssl_errors.hpp"
#include "core/base/wipe.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "token_storage/sealing_key.hpp"
#include "token_storage/stored_token.hpp"

namespace globus_sdk::inline v0 {

namespace {

namespace json = boost::json;

// AES-256-GCM, with a random nonce for each document
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::string_view sealed_by = "globus-sdk-cpp";
constexpr std::int64_t current_format = 1;

using Keys = std::vector<SealingKey>;
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

void require(bool worked) {
  if (!worked) throw GlobusError("OpenSSL cannot compute AES-256-GCM");
}

unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// Feeds `input` to a cipher in pieces that OpenSSL's integers hold; writes to `output` unless it
/// is null.
void update(EVP_CIPHER_CTX* cipher, unsigned char* output, std::string_view input) {
  constexpr std::size_t piece = std::size_t{1} << 20;
  while (!input.empty()) {
    const std::string_view next = input.substr(0, piece);
    int written = 0;
    require(EVP_CipherUpdate(cipher, output, &written, bytes_of(next),
                             static_cast<int>(next.size())) == 1);
    if (output != nullptr) output += written;
    input.remove_prefix(next.size());
  }
}

/// A cipher that has seen everything but the text.
Cipher started(const unsigned char* key, const std::string& nonce, std::string_view bound,
               bool to_seal) {
  Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  require(cipher != nullptr && EVP_CipherInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key,
                                                 bytes_of(nonce), to_seal ? 1 : 0) == 1);
  update(cipher.get(), nullptr, bound);
  return cipher;
}

/// The text in secret, then its tag.
std::string encrypt(const unsigned char* key, const std::string& nonce, std::string_view bound,
                    std::string_view text) {
  const detail::OpenSSLErrors errors;
  const Cipher cipher = started(key, nonce, bound, true);
  std::string sealed(text.size() + tag_size, '\0');
  update(cipher.get(), bytes_of(sealed), text);
  unsigned char* end = bytes_of(sealed) + text.size();
  int written = 0;
  require(EVP_CipherFinal_ex(cipher.get(), end, &written) == 1);
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag_size),
                              end) == 1);
  return sealed;
}

/// Puts what was sealed into `text`, and says whether it is just what was sealed.
bool decrypt(const unsigned char* key, const std::string& nonce, std::string_view bound,
             const std::string& sealed, std::string& text) {
  const detail::OpenSSLErrors errors;
  const Cipher cipher = started(key, nonce, bound, false);
  std::string tag = sealed.substr(sealed.size() - tag_size);
  text.assign(sealed.size() - tag_size, '\0');
  update(cipher.get(), bytes_of(text), std::string_view(sealed).substr(0, text.size()));
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag_size),
                              tag.data()) == 1);
  int written = 0;
  return EVP_CipherFinal_ex(cipher.get(), bytes_of(text) + text.size(), &written) == 1;
}

/// What a sealed document is bound to, in a form that two different ones never share.
std::string binding(Text namespace_, Text resource_server, std::int64_t expires_at_seconds,
                    std::string_view key_id) {
  return json::serialize(json::array{sealed_by, current_format, namespace_.view(),
                                     resource_server.view(), expires_at_seconds, key_id});
}

std::optional<std::string> decoded(const json::object& document, std::string_view name) {
  const json::value* member = document.if_contains(name);
  if (member == nullptr || !member->is_string()) return std::nullopt;
  return detail::base64url_decode(member->get_string());
}

/// The parts of a document.
struct Sealed {
  std::string key_id{};
  std::string nonce{};
  std::string text{};
  std::int64_t expires_at_seconds = 0;
};

/// Nothing when one of them is not as it should be.
std::optional<Sealed> parts_of(const json::object& document) {
  const json::value* key_id = document.if_contains("key_id");
  const json::value* expiry = document.if_contains("expires_at_seconds");
  auto nonce = decoded(document, "nonce");
  auto text = decoded(document, "sealed");
  if (key_id == nullptr || !key_id->is_string() || expiry == nullptr || !expiry->is_int64() ||
      !nonce || nonce->size() != nonce_size || !text || text->size() < tag_size) {
    return std::nullopt;
  }
  return Sealed{std::string(key_id->get_string()), std::move(*nonce), std::move(*text),
                expiry->get_int64()};
}

/// Wipes a text at the end.
struct Wiped {
  std::string text{};
  Wiped() = default;
  ~Wiped() { detail::wipe(text); }
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;
};

}  // namespace

struct TokenSealer::State {
  std::function<Keys()> ask{};  // none where the keys are given

  mutable std::mutex asking{};  // held while `ask` runs
  mutable std::mutex mutex{};
  mutable std::shared_ptr<const Keys> keys{};
  mutable std::exception_ptr failure{};
  mutable std::uint64_t answers = 0;

  /// The keys that there are, and how many times the function had answered then.
  struct Known {
    std::shared_ptr<const Keys> keys{};
    std::uint64_t answers = 0;
  };

  Known known() const {
    const std::lock_guard lock(mutex);
    return {keys, answers};
  }

  /// The keys, asked for where there are none yet.
  Known get() const {
    Known now = known();
    return now.keys ? now : newer_than(now.answers);
  }

  /// An answer that is newer than that one: of another thread, if one has asked since.
  Known newer_than(std::uint64_t seen) const {
    const std::lock_guard one_asks(asking);
    if (const Known now = answered_since(seen); now.keys) return now;
    std::shared_ptr<const Keys> fresh;
    std::exception_ptr problem;
    try {
      fresh = std::make_shared<const Keys>(ask());
      if (fresh->empty()) throw GlobusSDKUsageError("the function for sealing keys gave no key");
    } catch (...) {
      problem = std::current_exception();
    }
    const std::lock_guard lock(mutex);
    ++answers;
    failure = problem;
    if (problem) std::rethrow_exception(problem);
    keys = fresh;
    return {keys, answers};
  }

 private:
  /// Nothing when nobody has asked since; throws what came of it when it failed.
  Known answered_since(std::uint64_t seen) const {
    const std::lock_guard lock(mutex);
    if (answers == seen) return {};
    if (failure) std::rethrow_exception(failure);
    return {keys, answers};
  }
};

TokenSealer::TokenSealer(std::vector<SealingKey> keys) {
  if (keys.empty()) throw GlobusSDKUsageError("keys is empty; a sealer needs a key at least");
  auto state = std::make_shared<State>();
  state->keys = std::make_shared<const Keys>(std::move(keys));
  state_ = std::move(state);
}

TokenSealer::TokenSealer(std::function<std::vector<SealingKey>()> keys) {
  if (!keys) throw GlobusSDKUsageError("keys is an empty function; give one that returns keys");
  auto state = std::make_shared<State>();
  state->ask = std::move(keys);
  state_ = std::move(state);
}

TokenSealer::TokenSealer(const TokenSealer&) = default;
TokenSealer& TokenSealer::operator=(const TokenSealer&) = default;
TokenSealer::~TokenSealer() = default;

Json TokenSealer::seal(Text namespace_, const TokenStorageData& data) const {
  const auto known = state_->get();
  const SealingKey::Bytes& key = *known.keys->front().bytes_;
  std::string nonce(nonce_size, '\0');
  if (RAND_bytes(bytes_of(nonce), static_cast<int>(nonce.size())) != 1) {
    throw GlobusError("no random numbers are available to seal a token");
  }
  Wiped text;
  text.text = data.to_dict().dump();
  const std::string bound =
      binding(namespace_, data.resource_server, data.expires_at_seconds, key.id);
  const std::string sealed = encrypt(key.key.data(), nonce, bound, text.text);
  return Json(json::object{{"sealed_by", sealed_by},
                           {"sealed_format", current_format},
                           {"resource_server", data.resource_server},
                           {"expires_at_seconds", data.expires_at_seconds},
                           {"key_id", key.id},
                           {"nonce", detail::base64url_encode(nonce)},
                           {"sealed", detail::base64url_encode(sealed)}});
}

bool TokenSealer::is_sealed(const Json& document) {
  return document.is_object() && document.value().get_object().contains("sealed_by");
}

TokenStorageData TokenSealer::unseal(Text namespace_, Text resource_server, const Json& document,
                                     Text storage) const {
  const auto refuse = [&](const char* problem) {
    throw TokenSealError(storage, resource_server, problem);
  };
  if (!is_sealed(document)) refuse("is not sealed; read it as it is");
  const json::object& members = document.value().get_object();
  const json::value* format = members.if_contains("sealed_format");
  if (members.at("sealed_by") != json::value(sealed_by) || format == nullptr ||
      !format->is_int64() || format->get_int64() != current_format) {
    refuse("was sealed by a newer version of this SDK or by another program; update this program");
  }
  const auto sealed = parts_of(members);
  if (!sealed) refuse("is damaged; remove it and log in again");

  const auto find = [&](const Keys& keys) {
    return std::find_if(keys.begin(), keys.end(),
                        [&](const SealingKey& key) { return key.bytes_->id == sealed->key_id; });
  };
  auto known = state_->get();
  auto key = find(*known.keys);
  if (key == known.keys->end() && state_->ask) {
    known = state_->newer_than(known.answers);
    key = find(*known.keys);
  }
  if (key == known.keys->end()) {
    refuse(
        "was sealed with a key that this program does not have; add the key that it was sealed "
        "with to the sealer's keys");
  }
  Wiped text;
  const std::string bound =
      binding(namespace_, resource_server, sealed->expires_at_seconds, sealed->key_id);
  if (!decrypt(key->bytes_->key.data(), sealed->nonce, bound, sealed->text, text.text)) {
    refuse(
        "was changed after it was sealed, or put in the place of another one; remove it and log "
        "in again");
  }
  return detail::read_stored_token(Json::parse(text.text), resource_server.str(), storage.str());
}

}  // namespace globus_sdk::inline v0
