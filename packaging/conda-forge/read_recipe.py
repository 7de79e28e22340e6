# SPDX-License-Identifier: Apache-2.0
"""Have rattler-build read the recipe beside this file and fill it in, as it does before it builds."""

from pathlib import Path

from rattler_build import Stage0Recipe, VariantConfig

# what conda-forge's own settings say of these
settings = VariantConfig.from_yaml(
    "cxx_compiler: [gxx]\ncxx_compiler_version: ['14']\nc_stdlib: [sysroot]\nc_stdlib_version: ['2.17']\n"
)
variants = Stage0Recipe.from_file(Path(__file__).parent / "recipe.yaml").render(settings)
if len(variants) != 1:
    raise SystemExit(f"the recipe gives {len(variants)} packages instead of one")
recipe = variants[0].recipe.to_dict()
if "gxx" not in str(recipe["requirements"]["build"]):
    raise SystemExit(f"the recipe has no compiler: {recipe['requirements']}")
print(recipe["package"]["name"], recipe["package"]["version"])
