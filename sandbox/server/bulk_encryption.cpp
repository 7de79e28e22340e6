// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/bulk_encryption.hpp"

#include <openssl/err.h>

#include <cstddef>
#include <new>

namespace globus_sandbox {

namespace {

int append(BIO* output, const char* data, std::size_t size, std::size_t* written) {
  static_cast<std::string*>(BIO_get_data(output))->append(data, size);
  *written = size;
  return 1;
}

long control(BIO*, int command, long, void*) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

/// How OpenSSL writes into a std::string. Its own memory is filled with zeros before each use.
const BIO_METHOD* into_string() {
  static BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "string");
    if (made == nullptr) throw std::bad_alloc();
    BIO_meth_set_write_ex(made, append);
    BIO_meth_set_ctrl(made, control);
    return made;
  }();
  return method;
}

}  // namespace

BulkEncryption::BulkEncryption(SSL* connection)
    : connection_(connection), output_(BIO_new(into_string())) {
  if (!output_) throw std::bad_alloc();
  BIO_set_data(output_.get(), &records_);
  BIO_set_init(output_.get(), 1);
}

std::string_view BulkEncryption::encrypt(std::string_view bytes) {
  ERR_clear_error();
  records_.clear();
  // The connection writes to us for this once. It owns what it is given.
  BIO* own = SSL_get_wbio(connection_);
  BIO_up_ref(own);
  BIO_up_ref(output_.get());
  SSL_set0_wbio(connection_, output_.get());
  bool is_good = true;
  while (is_good && !bytes.empty()) {
    std::size_t written = 0;  // one record at most, as Asio sets connections up
    is_good = SSL_write_ex(connection_, bytes.data(), bytes.size(), &written) == 1;
    bytes.remove_prefix(written);
  }
  SSL_set0_wbio(connection_, own);
  return is_good ? std::string_view(records_) : std::string_view();
}

}  // namespace globus_sandbox
