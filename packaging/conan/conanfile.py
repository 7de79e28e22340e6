# SPDX-License-Identifier: Apache-2.0
"""The SDK as a Conan package, from the checkout that this file is in."""

import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load

required_conan_version = ">=2.0"


class GlobusSdkCppConan(ConanFile):
    name = "globus-sdk-cpp"
    description = "The C++ SDK for the Globus platform"
    license = "Apache-2.0"
    topics = ("globus", "oauth2", "file-transfer", "hpc")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "fPIC": [True, False], "sandbox": [True, False],
               "postgres": [True, False]}
    default_options = {"shared": False, "fPIC": True, "sandbox": False, "postgres": False}
    implements = ["auto_shared_fpic"]

    @property
    def _checkout(self):
        return os.path.join(self.recipe_folder, "..", "..")

    def set_version(self):
        header = load(self, os.path.join(self._checkout, "include/globus_sdk/core/version.hpp"))
        self.version = re.search(r'version = "([0-9.]+)"', header).group(1)

    def export_sources(self):
        for name in ("CMakeLists.txt", "LICENSE", "README.md", "CHANGELOG.md", "SECURITY.md"):
            copy(self, name, src=self._checkout, dst=self.export_sources_folder)
        # folder by folder: the checkout's build folder may be large
        for folder in ("cmake", "docs", "include", "packaging/debian", "sandbox", "src"):
            copy(self, "*", src=os.path.join(self._checkout, folder),
                 dst=os.path.join(self.export_sources_folder, folder))

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        # in the headers that programs include
        self.requires("boost/[>=1.81 <2]", transitive_headers=True, transitive_libs=True)
        self.requires("libcurl/[>=7.74 <9]")
        self.requires("openssl/[>=3.0 <4]")
        self.requires("sqlite3/[>=3.34 <4]")
        if self.options.sandbox:
            self.requires("fmt/[>=9]")
            self.requires("cli11/[>=2 <3]")
        if self.options.postgres:
            self.requires("libpq/[>=12]")

    def validate(self):
        check_min_cppstd(self, 20)

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["GLOBUS_SDK_BUILD_TESTS"] = False
        toolchain.cache_variables["GLOBUS_SDK_BUILD_EXAMPLES"] = False
        toolchain.cache_variables["GLOBUS_SDK_BUILD_SANDBOX"] = bool(self.options.sandbox)
        toolchain.cache_variables["GLOBUS_SDK_BUILD_POSTGRES"] = \
            "ON" if self.options.postgres else "OFF"
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))
        CMake(self).install()

    def package_info(self):
        # find_package(globus_sdk) takes the SDK's own configuration, with its components
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = [os.path.join("lib", "cmake", "globus_sdk")]
        self.cpp_info.set_property("pkg_config_name", "globus_sdk")
        self.cpp_info.libs = ["globus_sdk"]
        if self.options.postgres:
            self.cpp_info.libs.insert(0, "globus_sdk_postgres")
        if self.settings.os == "Linux":
            self.cpp_info.system_libs = ["pthread", "dl"]
