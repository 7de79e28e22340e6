# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

from spack_repo.builtin.build_systems.cmake import CMakePackage

from spack.package import *


class GlobusSdkCpp(CMakePackage):
    """The C++ SDK for the Globus platform: clients for Globus Auth and Globus
    Transfer, and a local Globus to develop and test against."""

    # the checkout that this file is in
    git = Path(__file__).resolve().parents[6].as_uri()

    license("Apache-2.0", checked_by="globus-sdk-cpp")

    version("main", branch="main")

    variant("shared", default=True, description="Build a shared library")
    variant("sandbox", default=True, description="Build globus-sandbox, the local Globus")

    variant("postgres", default=False, description="Build globus_sdk::postgres, tokens in PostgreSQL")

    depends_on("cxx", type="build")
    depends_on("cmake@3.25:", type="build")
    depends_on("ninja", type="build")
    depends_on("boost@1.81:+json+container+system")
    depends_on("curl@7.74: tls=openssl")
    depends_on("openssl@3:")
    depends_on("sqlite@3.34:")
    depends_on("fmt@9:", when="+sandbox")
    depends_on("cli11@2:", when="+sandbox")

    depends_on("postgresql@12: +client_only", when="+postgres")

    generator("ninja")

    conflicts("%gcc@:11", msg="The SDK needs C++20 as g++ 12 has it")

    def cmake_args(self):
        return [
            self.define_from_variant("BUILD_SHARED_LIBS", "shared"),
            self.define_from_variant("GLOBUS_SDK_BUILD_SANDBOX", "sandbox"),
            self.define_from_variant("GLOBUS_SDK_BUILD_POSTGRES", "postgres"),
            self.define("GLOBUS_SDK_BUILD_EXAMPLES", False),
            self.define("GLOBUS_SDK_BUILD_TESTS", False),
        ]
