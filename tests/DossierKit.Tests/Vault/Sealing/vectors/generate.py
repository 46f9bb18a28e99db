"""Writes the test vectors of the sealed stream: a second implementation, made from FORMAT.md alone, so that the page is known to say enough.

Run: python3 generate.py   (needs the package 'cryptography'; the vectors are committed, so tests do not run this)
"""
import hashlib
import json
import pathlib
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

HERE = pathlib.Path(__file__).parent
UNIT = 65536
KINDS = {"Blob": 1, "Payload": 2, "JournalEntry": 3, "KeyPage": 4, "Snapshot": 5, "Record": 6}
CONTEXT = {"vault": "11" * 16, "stream": "22" * 16, "object": "33" * 16, "kind": "Blob", "part": 0, "last": True}
KEY = bytes(range(32))


def padme(length):
    if length <= 256:
        return 256
    exponent = length.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return -(-length // step) * step


def seal(content, context=CONTEXT, key=KEY, salt=bytes(range(100, 132)), length=None, padding=None):
    ids = [bytes.fromhex(context[name]) for name in ("vault", "stream", "object")]
    bound = b"DKS1" + struct.pack(">HBBI4x", 1, KINDS[context["kind"]], 0, context["part"]) + b"".join(ids)
    derived = HKDF(hashes.SHA256(), 64, salt, bound).derive(key)
    size = padme(len(content) + 8)
    zeros = bytearray(size - len(content) - 8)
    if padding:
        zeros[padding] = 1
    plain = content + zeros + struct.pack(">Q", len(content) if length is None else length)
    sealed = bound + salt + derived[32:]
    for unit in range(0, -(-size // UNIT)):
        final = (unit + 1) * UNIT >= size
        flag = (1 if context["last"] else 2) if final else 0
        nonce = unit.to_bytes(11, "big") + bytes([flag])
        sealed += AESGCM(derived[:32]).encrypt(nonce, plain[unit * UNIT:(unit + 1) * UNIT], None)
    return sealed


def pattern(length):
    return b"".join(hashlib.sha256(struct.pack(">Q", block)).digest() for block in range(-(-length // 32)))[:length]


def write(name, **fields):
    (HERE / f"{name}.json").write_text(json.dumps(fields, indent=2) + "\n")


def base(name, story, content, context=CONTEXT, **seal_options):
    sealed = seal(content, context, **seal_options)
    (HERE / f"{name}.bin").write_bytes(sealed)
    return {"story": story, "base": f"{name}.bin", "key": KEY.hex(), "context": context}


def good(name, story, content, context=CONTEXT):
    vector = base(name, story, content, context)
    write(name, **vector, opens={"length": len(content), "sha256": hashlib.sha256(content).hexdigest()})


def attack(name, story, says, on="small", edit=None, context=None, key=KEY, error="VaultDamagedException", streamed=None):
    write(name, story=story, base=f"{on}.bin", key=key.hex(), context={**CONTEXT, **(context or {})}, edit=edit,
          refused={"error": error, "says": says, "saysWhenStreamed": streamed or says})


def flip(offset, bit=0):
    return {"flip": {"offset": offset, "bit": bit}}


first_part = {**CONTEXT, "last": False}
good("empty", "No content at all.", b"")
good("small", "One unit of the smallest size.", b"Waterlanden")
good("three-units", "Three full units: content, a few zeros, the length.", pattern(3 * UNIT - 12))
good("first-part", "A part that others follow.", pattern(300), first_part)

attack("flip-magic", "Not a sealed stream.", "does not start with 'DKS1'", edit=flip(3))
attack("newer-format", "Written by a later version.", "has format 2", edit={"set": {"offset": 4, "bytes": "0002"}}, error="VaultEnvironmentException")
attack("older-format", "Format 0 never was.", "another format", edit={"set": {"offset": 4, "bytes": "0000"}})
for field, offset in (("kind", 6), ("reserved byte", 7), ("part", 11), ("reserved bytes", 13), ("vault", 16), ("stream", 47), ("object", 63)):
    attack(f"flip-{field.replace(' ', '-')}", f"The header's {field} was changed.", f"names another {field}", edit=flip(offset))
attack("wrong-vault", "Copied from another vault.", "names another vault", context={"vault": "44" * 16})
attack("wrong-stream", "Moved from another dossier.", "names another stream", context={"stream": "44" * 16})
attack("wrong-object", "Two objects of one dossier were swapped.", "names another object", context={"object": "44" * 16})
attack("wrong-kind", "Content offered as a key page.", "names another kind", context={"kind": "KeyPage"})
attack("wrong-part", "Parts of a recording were swapped.", "names another part", context={"part": 1})
attack("parts-missing", "The end of a recording was dropped: this part says that others follow.", "followed by another part", on="first-part")
attack("parts-added", "A part was added after the last.", "is the last part", context={"last": False})
attack("flip-salt", "The salt was changed.", "under another key", edit=flip(64))
attack("flip-commitment", "The commitment was changed.", "under another key", edit=flip(127, 7))
attack("wrong-key", "Another object's key.", "under another key", key=bytes(32))
attack("flip-content", "One bit of the content.", "unit 0 (64 KiB each, from 0) does not authenticate", edit=flip(128))
attack("flip-tag", "One bit of the only tag.", "unit 0 (64 KiB each, from 0) does not authenticate", edit=flip(399))
attack("flip-middle-unit", "One bit in the middle.", "unit 1 (64 KiB each, from 0) does not authenticate", on="three-units", edit=flip(128 + UNIT + 16 + 5))
attack("flip-final-tag", "One bit of the final tag.", "unit 2 (64 KiB each, from 0) does not authenticate", on="three-units", edit=flip(128 + 3 * (UNIT + 16) - 1))
attack("swapped-units", "The first two units changed places.", "unit 0 (64 KiB each, from 0) does not authenticate", on="three-units", edit={"swapUnits": {"a": 0, "b": 1}})
attack("cut-at-unit-border", "The final unit is gone; what is left has a possible length.", "ends with unit 1, which is not the final one", on="three-units", edit={"cut": {"length": 128 + 2 * (UNIT + 16)}})
attack("dropped-unit", "The middle unit is gone.", "unit 1 (64 KiB each, from 0) does not authenticate", on="three-units", edit={"dropUnit": {"unit": 1}})
attack("appended-unit", "The final unit stands there twice.", "more follows after unit 2", on="three-units", edit={"repeatUnit": {"unit": 2}}, streamed="unit 3 (64 KiB each, from 0) does not authenticate")
attack("cut-last-byte", "One byte short.", "has 399 bytes, and no sealed stream has that length", edit={"cut": {"length": 399}})
attack("cut-after-header", "Only the header is left.", "has 128 bytes, and no sealed stream has that length", edit={"cut": {"length": 128}})
attack("cut-in-header", "Half a header.", "ends within its header, after 64 bytes", edit={"cut": {"length": 64}})
attack("cut-to-nothing", "An empty file, as a power cut leaves it.", "ends within its header, after 0 bytes", edit={"cut": {"length": 0}})
attack("trailing-byte", "One byte too many.", "has 401 bytes, and no sealed stream has that length", edit={"append": {"bytes": "00"}})

base("bad-length", "", b"Waterlanden", length=249)
attack("bad-length", "A length that needs more than there is, sealed by a faulty writer with the right key.", "a content length that does not fit", on="bad-length")
base("huge-length", "", b"Waterlanden", length=2**63 + 11)
attack("huge-length", "A length beyond every number.", "a content length that does not fit", on="huge-length")
base("short-length", "", pattern(300), length=20)
attack("short-length", "A length that would have been padded to less.", "a content length that does not fit", on="short-length")
base("bad-padding", "", b"Waterlanden", padding=100)
attack("bad-padding", "Something hidden in the padding.", "something in its padding", on="bad-padding")
