#!/usr/bin/env python3
"""Checks a signed verklaring van vernietiging with Python's standard library and openssl alone: what a stranger needs to write.

verify_verklaring.py FILE.json KEY.pem    0: it is right; 1: it is not; 2: it cannot be checked
"""
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile


def unique(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member occurs twice")
    return members


def canonical(value):
    # RFC 8785 for what occurs here: members in order, no white space, whole numbers, UTF-8.
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def main(path, key):
    with open(path, encoding="utf-8") as file:
        document = json.load(file, object_pairs_hook=unique)
    said, signature = document["verklaring"], document["handtekening"]
    if signature["algoritme"] != "ECDSA-P256-SHA256":
        return "unknown algorithm"

    der = subprocess.run(["openssl", "pkey", "-pubin", "-in", key, "-outform", "DER"], capture_output=True, check=True).stdout
    fingerprint = hashlib.sha256(der).hexdigest()
    if fingerprint != signature["vingerafdruk"] or base64.b64decode(signature["sleutel"]) != der:
        return "another key"

    with tempfile.TemporaryDirectory() as folder:
        data, value = os.path.join(folder, "data"), os.path.join(folder, "signature")
        with open(data, "wb") as file:
            file.write(canonical(said))
        with open(value, "wb") as file:
            file.write(base64.b64decode(signature["waarde"], validate=True))
        if subprocess.run(["openssl", "dgst", "-sha256", "-verify", key, "-signature", value, data], capture_output=True).returncode != 0:
            return "the signature is wrong"

    lines = [{name: item[name] for name in ("nr", "dossier", "object", "soort", "vingerafdruk", "antwoord", "tot", "redenSha256") if name != "redenSha256" or name in item} for item in said["onderdelen"]]
    listed = hashlib.sha256(canonical({"lijst": said["lijst"], "pad": said["pad"], "onderdelen": lines})).hexdigest()
    if listed != said["lijstSha256"] or any(approval["lijstSha256"] != listed for approval in said["goedkeuringen"]):
        return "the items are not those that were approved"
    groups = {approval["groep"] for approval in said["goedkeuringen"]}
    if not ({"tweede-persoon"} if said["pad"] == "licht" else {"archivaris", "medebeslisser"}) <= groups:
        return "an approval is missing"
    points = ("lezenMislukt", "sleutelsWeg", "bestandenWeg", "afgeleidWeg", "nietMeerVermeld")
    if any(item["uitkomst"] == "vernietigd" and not all(item["bewijs"][point] for point in points) for item in said["onderdelen"]):
        return "called destroyed without proof"
    print(f"klopt {said['lijst']} {fingerprint}")
    return None


if __name__ == "__main__":
    try:
        wrong = main(sys.argv[1], sys.argv[2])
    except (OSError, ValueError, KeyError, IndexError, TypeError, subprocess.CalledProcessError) as problem:
        print(f"cannot be checked: {problem}")
        sys.exit(2)
    if wrong:
        print(f"klopt niet: {wrong}")
        sys.exit(1)
