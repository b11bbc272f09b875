"""Every package that the dashboard runs on: pinned with hashes, and of a licence that goes."""

from __future__ import annotations

import re
from importlib.metadata import distribution

from each import each
from raw import ROOT

from tools.licences import Package, licence, packages, pinned
from tools.sbom import sbom

TEXT = (ROOT / "requirements.txt").read_text(encoding="utf-8")
PINNED = pinned(TEXT)


def test_every_package_is_pinned_with_hashes():
    blocks = re.findall(r"^[A-Za-z0-9].*(?:\n    .*)*", TEXT, re.MULTILINE)
    assert len(blocks) >= len(PINNED) > 20
    for block in blocks:
        assert re.match(r"[A-Za-z0-9._-]+==\d", block), block
        assert "--hash=sha256:" in block, block


def test_installed_is_what_is_pinned():
    for wanted in PINNED:
        assert wanted.specifier.contains(distribution(wanted.name).version, prereleases=True)


@each("package", packages(PINNED))
def test_every_licence_is_known_and_goes_with_ours(package: Package):
    assert package.licence, f"{package.name} does not say what its licence is"
    assert package.is_fine, f"{package.name}: {package.licence}"


@each(
    ("expression", "fine"),
    [
        ("MIT", True), ("Apache-2.0 OR GPL-2.0-only", True), ("MIT AND BSD-3-Clause", True),
        ("GPL-3.0-only", False), ("MIT AND GPL-3.0-only", False), ("", False),
        ("LicenseRef-Proprietary", False),
    ],
)  # fmt: skip
def test_a_licence_that_does_not_go_is_noticed(expression: str, fine: bool):
    assert Package("x", "1", expression).is_fine is fine


def test_the_bill_of_materials_names_every_package_with_its_hashes():
    document = sbom(TEXT, "1.2.3")
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.5")
    components = {found["name"]: found for found in document["components"]}
    assert set(components) == {wanted.name for wanted in PINNED}
    for wanted in PINNED:
        found = components[wanted.name]
        assert wanted.specifier.contains(found["version"], prereleases=True)
        assert found["purl"] == f"pkg:pypi/{wanted.name}@{found['version']}"
        assert found["licenses"][0]["expression"]
        assert found["hashes"]
        for hashed in found["hashes"]:
            assert f"--hash=sha256:{hashed['content']}" in TEXT


def test_a_licence_is_read_from_the_package():
    assert licence(distribution("streamlit").metadata) == "Apache-2.0"
