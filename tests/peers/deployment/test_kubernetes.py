# SPDX-License-Identifier: Apache-2.0
"""The Kubernetes manifest of the data service: against the schemas of Kubernetes, and against what
the program reads and answers."""

import copy
import pathlib
import re
import unittest

import kubernetes_validate
import yaml

EXAMPLE = pathlib.Path(__file__).parents[3] / "examples/data_service"
DOCUMENTS = list(yaml.safe_load_all((EXAMPLE / "deploy/kubernetes.yaml").read_text()))
VERSIONS = ["1.30", "1.33", kubernetes_validate.latest_version()]


def of_kind(kind):
    (document,) = [each for each in DOCUMENTS if each["kind"] == kind]
    return document


def pod():
    return of_kind("Deployment")["spec"]["template"]["spec"]


def container():
    (only,) = pod()["containers"]
    return only


class Schema(unittest.TestCase):
    def test_each_document_is_valid(self):
        for version in VERSIONS:
            for document in DOCUMENTS:
                with self.subTest(version=version, kind=document["kind"]):
                    kubernetes_validate.validate(document, version, strict=True)

    def test_a_mistake_is_found(self):
        document = copy.deepcopy(of_kind("Deployment"))
        document["spec"]["template"]["spec"]["terminationGracePeriod"] = 50
        with self.assertRaises(kubernetes_validate.ValidationError):
            kubernetes_validate.validate(document, VERSIONS[0], strict=True)


class Contents(unittest.TestCase):
    def test_instances_are_found_by_their_labels(self):
        labels = of_kind("Deployment")["spec"]["template"]["metadata"]["labels"]
        self.assertEqual(of_kind("Deployment")["spec"]["selector"]["matchLabels"], labels)
        self.assertEqual(of_kind("Service")["spec"]["selector"], labels)
        self.assertEqual(of_kind("PodDisruptionBudget")["spec"]["selector"]["matchLabels"], labels)
        self.assertLess(
            of_kind("PodDisruptionBudget")["spec"]["minAvailable"],
            of_kind("Deployment")["spec"]["replicas"],
        )

    def test_it_is_killed_only_after_it_could_have_ended(self):
        seconds = {each["name"]: each["value"] for each in container()["env"]}
        waits = container()["lifecycle"]["preStop"]["sleep"]["seconds"]
        ends_within = waits + int(seconds["DATA_SERVICE_STOP_SECONDS"]) + 5 + 10
        self.assertGreater(pod()["terminationGracePeriodSeconds"], ends_within)

    def test_the_program_reads_each_variable(self):
        settings = (EXAMPLE / "settings.cpp").read_text()
        for variable in container()["env"]:
            self.assertIn(f'"{variable["name"]}"', settings)
            self.assertIn("value", variable, "secrets are files")

    def test_secrets_are_where_the_program_looks(self):
        (folder,) = [e["value"] for e in container()["env"] if e["name"] == "CREDENTIALS_DIRECTORY"]
        (mount,) = container()["volumeMounts"]
        self.assertEqual(mount["mountPath"], folder)
        self.assertTrue(mount["readOnly"])
        (volume,) = pod()["volumes"]
        self.assertEqual(volume["name"], mount["name"])
        self.assertIn("secret", volume)

    def test_probes_ask_for_what_the_program_answers(self):
        program = (EXAMPLE.parent / "data_service.cpp").read_text()
        for probe, path in [("startup", "/healthz"), ("liveness", "/healthz"), ("readiness", "/readyz")]:
            with self.subTest(probe=probe):
                asked = container()[f"{probe}Probe"]["httpGet"]
                self.assertEqual(asked["path"], path)
                self.assertIn(f'request.path == "{path}"', program)
                self.assertIn(asked["port"], [port["name"] for port in container()["ports"]])
        (port,) = container()["ports"]
        (address,) = [e["value"] for e in container()["env"] if e["name"] == "DATA_SERVICE_LISTEN"]
        self.assertTrue(address.endswith(f":{port['containerPort']}"))

    def test_it_may_do_little(self):
        self.assertTrue(pod()["securityContext"]["runAsNonRoot"])
        self.assertFalse(pod()["automountServiceAccountToken"])
        self.assertFalse(container()["securityContext"]["allowPrivilegeEscalation"])
        self.assertTrue(container()["securityContext"]["readOnlyRootFilesystem"])
        self.assertEqual(container()["securityContext"]["capabilities"]["drop"], ["ALL"])

    def test_the_unit_names_the_same_credentials(self):
        unit = (EXAMPLE / "deploy/data-service.service").read_text()
        loaded = set(re.findall(r"^LoadCredential=([a-z-]+):", unit, re.M))
        read = set(re.findall(r'(?:required|credential)\("([a-z-]+)"', (EXAMPLE / "settings.cpp").read_text()))
        named = set(re.findall(r"--from-file=([a-z-]+)", (EXAMPLE / "deploy/kubernetes.yaml").read_text()))
        self.assertEqual(loaded, read)
        self.assertEqual(named, read)


if __name__ == "__main__":
    unittest.main()
