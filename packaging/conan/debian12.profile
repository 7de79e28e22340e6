# Debian 12's own libraries in place of Conan Center's packages
include(default)

[settings]
build_type=Release
compiler.cppstd=20

[platform_requires]
boost/1.81.0
libcurl/7.88.1
openssl/3.0.17
sqlite3/3.40.1
fmt/9.1.0
cli11/2.3.2
