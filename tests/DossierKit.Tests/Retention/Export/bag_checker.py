#!/usr/bin/env python3
"""Checks bags for the archive: RFC 8493, names that are safe anywhere, and MDTO in the sidecar structure of the Nationaal Archief.

Written from the RFC, the schemas and the specification of the SIP, and from nothing else in this repository, so that two readers of the same
rules have to agree. Standard library only.

    bag_checker.py BAG...        prints OK or every problem of each bag; exit 1 when one is wrong
"""
import hashlib
import os
import re
import stat
import sys
import unicodedata
import xml.parsers.expat
import xml.etree.ElementTree as ET
from pathlib import Path

NS = "https://www.nationaalarchief.nl/mdto"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
OBJECT_SIDECAR = ".MDTO.xml"
FILE_SIDECAR = ".bestand.MDTO.xml"
DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {f"{kind}{digit}" for kind in ("COM", "LPT") for digit in "0123456789¹²³"}
SIZES = {"sha256": 64, "sha512": 128}


def q(name):
    return f"{{{NS}}}{name}"


# ---------------------------------------------------------------- names and paths

def unsafe(path):
    """Why a path may not stand in a bag; None when it may."""
    if not path:
        return "empty path"
    if path.startswith(("/", "~")) or "\\" in path or re.match(r"^[A-Za-z]:", path):
        return "path leaves the bag"
    for part in path.split("/"):
        if part in ("", ".", ".."):
            return "path leaves the bag or has an empty part"
        if len(part) >= 120:
            return "name too long"
        if re.search(r'[<>:"/\\|?*#& \x00-\x1f\x7f-\x9f“”]', part):
            return "character that is not safe everywhere"
        if part.endswith("."):
            return "name ends in a dot"
        if part.split(".")[0].upper() in DEVICES:
            return "device name of Windows"
    return None


def folded(path):
    return unicodedata.normalize("NFC", path).upper()


# ---------------------------------------------------------------- values of XML Schema

DATE = re.compile(r"^(\d{4})-(\d\d)-(\d\d)(Z|[+-]\d\d:\d\d)?$")
YEAR = re.compile(r"^\d{4}(-(0[1-9]|1[0-2]))?$")
STAMP = re.compile(r"^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$")
PERIOD = re.compile(r"^-?P(?!$)(\d+Y)?(\d+M)?(\d+D)?(T(?!$)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$")


def is_date(text):
    found = DATE.match(text)
    if not found:
        return False
    year, month, day = (int(found.group(i)) for i in (1, 2, 3))
    if not 1 <= month <= 12:
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]


def is_stamp(text):
    found = STAMP.match(text)
    return bool(found) and is_date(found.group(1))


VALUES = {
    "text": lambda text: True,
    "filled": lambda text: text.strip() != "",
    "language": lambda text: re.match(r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$", text) is not None,
    "size": lambda text: re.match(r"^\d+$", text) is not None,
    "uri": lambda text: not re.search(r"\s", text),
    "date": is_date,
    "partial": lambda text: is_date(text) or YEAR.match(text) is not None,
    "stamp": is_stamp,
    "when": lambda text: is_date(text) or YEAR.match(text) is not None or is_stamp(text),
    "period": lambda text: PERIOD.match(text) is not None,
}

# What all four texts of the schema accept: (name, type, least, most); most None is unbounded. The order is that of the schemas.
GROUPS = {
    "informatieobject": [
        ("identificatie", "id", 1, None), ("naam", "filled", 1, 1), ("aggregatieniveau", "term", 0, 1), ("classificatie", "term", 0, None),
        ("trefwoord", "text", 0, None), ("omschrijving", "text", 0, None), ("raadpleeglocatie", "place", 0, 1), ("dekkingInTijd", "covers", 0, None),
        ("dekkingInRuimte", "ref", 0, None), ("taal", "language", 0, None), ("event", "event", 0, None), ("waardering", "term", 1, 1),
        ("bewaartermijn", "keep", 0, 1), ("informatiecategorie", "term", 0, 1), ("isOnderdeelVan", "ref", 0, None), ("bevatOnderdeel", "ref", 0, None),
        ("heeftRepresentatie", "ref", 0, None), ("aanvullendeMetagegevens", "ref", 0, None), ("gerelateerdInformatieobject", "related", 0, None),
        ("archiefvormer", "ref", 1, 1), ("betrokkene", "person", 0, None), ("activiteit", "ref", 0, 1), ("beperkingGebruik", "limit", 1, None)],
    "bestand": [
        ("identificatie", "id", 1, None), ("naam", "filled", 1, 1), ("omvang", "size", 1, 1), ("bestandsformaat", "term", 1, 1),
        ("checksum", "sum", 1, None), ("URLBestand", "uri", 0, 1), ("isRepresentatieVan", "ref", 1, 1)],
    "id": [("identificatieKenmerk", "filled", 1, 1), ("identificatieBron", "filled", 1, 1)],
    "ref": [("verwijzingNaam", "filled", 1, 1), ("verwijzingIdentificatie", "id", 0, 1)],
    "term": [("begripLabel", "filled", 1, 1), ("begripCode", "text", 0, 1), ("begripBegrippenlijst", "ref", 1, 1)],
    "place": [("raadpleeglocatieFysiek", "ref", 0, 1), ("raadpleeglocatieOnline", "uri", 0, 1)],
    "covers": [("dekkingInTijdType", "term", 1, 1), ("dekkingInTijdBegindatum", "partial", 1, 1), ("dekkingInTijdEinddatum", "partial", 0, 1)],
    "event": [("eventType", "term", 1, 1), ("eventTijd", "when", 0, 1), ("eventVerantwoordelijkeActor", "ref", 0, 1), ("eventResultaat", "text", 0, 1)],
    "related": [("gerelateerdInformatieobjectVerwijzing", "ref", 1, 1), ("gerelateerdInformatieobjectTypeRelatie", "term", 1, 1)],
    "person": [("betrokkeneTypeRelatie", "term", 1, 1), ("betrokkeneActor", "ref", 1, 1)],
    "limit": [
        ("beperkingGebruikType", "term", 1, 1), ("beperkingGebruikNadereBeschrijving", "text", 0, 1), ("beperkingGebruikDocumentatie", "ref", 0, None),
        ("beperkingGebruikTermijn", "keep", 0, 1)],
    "keep": [
        ("termijnTriggerStartLooptijd", "term", 0, 1), ("termijnStartdatumLooptijd", "date", 0, 1), ("termijnLooptijd", "period", 0, 1),
        ("termijnEinddatum", "partial", 0, 1)],
    "sum": [("checksumAlgoritme", "term", 1, 1), ("checksumWaarde", "filled", 1, 1), ("checksumDatum", "stamp", 1, 1)],
}


def check_group(element, group, say):
    name = element.tag.split("}")[-1]
    if element.attrib:
        say(f"attribute on {name}")
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        say(f"loose text in {name}")
    counts, at = {}, 0
    wanted = GROUPS[group]
    for child in element:
        tag = child.tag.split("}")[-1]
        index = next((i for i in range(at, len(wanted)) if child.tag == q(wanted[i][0])), None)
        if index is None:
            say(f"{tag} does not belong here in {name}")
            continue
        at = index
        counts[tag] = counts.get(tag, 0) + 1
        kind = wanted[index][1]
        if kind in GROUPS:
            check_group(child, kind, say)
        elif len(child) or child.attrib:
            say(f"{tag} is no plain value")
        elif not VALUES[kind](child.text or ""):
            say(f"{tag} has a wrong value")
    for part, _, least, most in wanted:
        count = counts.get(part, 0)
        if count < least:
            say(f"{part} is missing in {name}")
        if most is not None and count > most:
            say(f"{part} too often in {name}")
    if group == "place" and len(element) != 1:
        say("raadpleeglocatie must name one place")


def refuse_dtd(data):
    """A document type can hide entities; MDTO has none."""
    parser = xml.parsers.expat.ParserCreate()

    def doctype(*_):
        raise ValueError("document type")

    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(data, True)


def read_mdto(data, say):
    try:
        refuse_dtd(data)
        root = ET.fromstring(data)
    except (ET.ParseError, xml.parsers.expat.ExpatError, ValueError) as error:
        say(f"no XML: {error}")
        return None
    if root.tag != q("MDTO"):
        say("root is not MDTO in its namespace")
        return None
    location = (root.get(f"{{{XSI}}}schemaLocation") or "").split()
    if len(location) != 2 or location[0] != NS or not re.match(r"^https://www\.nationaalarchief\.nl/mdto/MDTO-XML1\.0(\.[12])?\.xsd$", location[1]):
        say("the version of MDTO is not named")
    if set(root.attrib) - {f"{{{XSI}}}schemaLocation"}:
        say("attribute on MDTO")
    if len(root) != 1 or root[0].tag not in (q("informatieobject"), q("bestand")) or (root.text or "").strip() or any((child.tail or "").strip() for child in root):
        say("not exactly one informatieobject or bestand")
        return None
    before = say.count
    check_group(root[0], root[0].tag.split("}")[-1], say)
    return root[0] if say.count == before else None


# ---------------------------------------------------------------- one bag

class Say:
    def __init__(self, problems, path):
        self.problems, self.path, self.count = problems, path, 0

    def __call__(self, text):
        self.count += 1
        self.problems.append(f"{self.path}: {text}" if self.path else text)


class Bag:
    def __init__(self, root):
        self.root, self.problems = Path(root), []
        self.files, self.folders, self.digests = {}, set(), {}

    def say(self, path, text):
        self.problems.append(f"{path}: {text}" if path else text)

    def check(self):
        if not self.root.is_dir():
            self.say("", "no folder")
            return self.problems
        self.walk(self.root, "")
        for path in self.files:
            self.digest(path)
        self.declaration()
        self.manifests("manifest-", lambda path: path.startswith("data/"))
        self.manifests("tagmanifest-", lambda path: not path.startswith("data/") and path not in ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt"))
        self.oxum()
        self.mdto()
        return self.problems

    def walk(self, folder, prefix):
        names = sorted(os.listdir(folder))
        if prefix and not names:
            self.say(prefix.rstrip("/"), "empty folder")
        seen = {}
        for name in names:
            path, full = prefix + name, folder / name
            mode = os.lstat(full).st_mode
            if unsafe(path):
                self.say(path, unsafe(path))
            if folded(name) in seen:
                self.say(path, f"same name as {seen[folded(name)]} on some systems")
            seen[folded(name)] = name
            if stat.S_ISDIR(mode):
                self.folders.add(path)
                self.walk(full, path + "/")
            elif stat.S_ISREG(mode):
                self.files[path] = os.lstat(full).st_size
            else:
                self.say(path, "neither a file nor a folder")
        if "fetch.txt" in names and not prefix:
            self.say("fetch.txt", "wants to fetch from elsewhere")

    def read(self, path):
        return (self.root / path).read_bytes()

    def digest(self, path):
        sums = {name: hashlib.new(name) for name in SIZES}
        with open(self.root / path, "rb") as content:
            while block := content.read(1 << 20):
                for one in sums.values():
                    one.update(block)
        self.digests[path] = {name: one.hexdigest() for name, one in sums.items()}

    def text(self, path):
        if path not in self.files:
            self.say(path, "missing")
            return None
        try:
            data = self.read(path).decode("utf-8", errors="strict")
        except UnicodeDecodeError:
            self.say(path, "not UTF-8")
            return None
        if data.startswith("\ufeff"):
            self.say(path, "begins with a BOM")
            data = data[1:]
        return data

    def declaration(self):
        text = self.text("bagit.txt")
        if text is None:
            return
        lines = text.splitlines()
        if len(lines) != 2 or not re.match(r"^BagIt-Version: (1\.0|0\.97)$", lines[0]) or lines[1] != "Tag-File-Character-Encoding: UTF-8":
            self.say("bagit.txt", "not the declaration of BagIt 1.0 in UTF-8")

    def manifests(self, prefix, mine):
        found = sorted(path for path in self.files if path.startswith(prefix) and path.endswith(".txt"))
        if not any(path[len(prefix):-4] in SIZES for path in found):
            self.say("", f"no {prefix}sha256.txt or sha512")
        for manifest in found:
            algorithm = manifest[len(prefix):-4]
            if algorithm not in SIZES:
                self.say(manifest, "unknown algorithm")
                continue
            text = self.text(manifest)
            if text is not None:
                self.manifest(manifest, algorithm, text, mine)

    def manifest(self, manifest, algorithm, text, mine):
        listed, names = set(), set()
        for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
            if line == "":
                if number <= text.count("\n"):
                    self.say(manifest, f"line {number} is empty")
                continue
            found = re.match(r"^([0-9A-Fa-f]+)[ \t]+\*?(.+)$", line)
            if not found or len(found.group(1)) != SIZES[algorithm]:
                self.say(manifest, f"line {number} is no checksum with a path")
                continue
            path = re.sub("%0[Dd]", "\r", found.group(2))
            path = re.sub("%0[Aa]", "\n", path).replace("%25", "%")
            if unsafe(path):
                self.say(manifest, f"line {number}: {unsafe(path)}")
            elif not mine(path):
                self.say(manifest, f"line {number} names what does not belong in this list")
            elif path in listed or folded(path) in names:
                self.say(manifest, f"line {number} names a file again")
            else:
                listed.add(path)
                names.add(folded(path))
                if path not in self.files:
                    self.say(path, f"in {manifest}, and not there")
                elif self.digests[path][algorithm] != found.group(1).lower():
                    self.say(path, f"not the content of {manifest}")
        for path in self.files:
            if mine(path) and path not in listed:
                self.say(path, f"not in {manifest}")

    def oxum(self):
        text = self.text("bag-info.txt")
        if text is None:
            return
        payload = [size for path, size in self.files.items() if path.startswith("data/")]
        found = re.findall(r"(?mi)^Payload-Oxum:[ \t]*(\S+)[ \t]*$", text)
        if found != [f"{sum(payload)}.{len(payload)}"]:
            self.say("bag-info.txt", "Payload-Oxum is not what is there")
        for line in text.splitlines():
            if line and line[0] not in " \t" and not re.match(r"^[^:]+:", line):
                self.say("bag-info.txt", "a line without label")

    # ------------------------------------------------------------ MDTO

    def mdto(self):
        objects, files, ids = {}, {}, {}
        folders = sorted(path for path in self.folders if path.startswith("data/"))
        if not folders:
            self.say("data", "no dossier")
        for folder in folders:
            if f"{folder}/{os.path.basename(folder)}{OBJECT_SIDECAR}" not in self.files:
                self.say(folder, "folder without its sidecar")
        for path in sorted(path for path in self.files if path.startswith("data/")):
            folder, name = os.path.split(path)
            say = Say(self.problems, path)
            if path.endswith(FILE_SIDECAR):
                if path[:-len(FILE_SIDECAR)] not in self.files:
                    say("sidecar without its file")
                element = read_mdto(self.read(path), say)
                if element is not None:
                    if element.tag == q("bestand"):
                        files[path] = element
                    else:
                        say("no bestand")
            elif path.endswith(OBJECT_SIDECAR):
                if folder == "data" or name != os.path.basename(folder) + OBJECT_SIDECAR:
                    say("sidecar that is not named after its folder")
                element = read_mdto(self.read(path), say)
                if element is not None:
                    if element.tag == q("informatieobject"):
                        objects[folder] = element
                    else:
                        say("no informatieobject")
            else:
                if path + FILE_SIDECAR not in self.files:
                    say("file without its sidecar")
                if folder == "data":
                    say("file outside a dossier")
        for path, element in list(objects.items()) + list(files.items()):
            for one in element.findall(q("identificatie")):
                key = self.id(one)
                if key in ids:
                    self.say(path, f"same identificatie as {ids[key]}")
                ids[key] = path
        for folder, element in objects.items():
            self.check_object(folder, element, objects, files)
        for path, element in files.items():
            self.check_file(path, element, objects)

    @staticmethod
    def id(element):
        return (element.findtext(q("identificatieBron")), element.findtext(q("identificatieKenmerk")))

    def me(self, element):
        return (element.findtext(q("naam")), self.id(element.find(q("identificatie"))))

    def points_at(self, reference):
        one = reference.find(q("verwijzingIdentificatie"))
        return (reference.findtext(q("verwijzingNaam")), self.id(one) if one is not None else None)

    def check_object(self, folder, element, objects, files):
        say = Say(self.problems, folder)
        above = os.path.dirname(folder)
        level = element.findtext(f"{q('aggregatieniveau')}/{q('begripLabel')}")
        if level is None:
            say("no aggregatieniveau")
        if element.find(q("event")) is None:
            say("no event: it must say at least when it was made")
        parents = [self.points_at(one) for one in element.findall(q("isOnderdeelVan"))]
        if len(parents) > 1:
            say("more than one parent")
        if above in objects:
            if parents != [self.me(objects[above])]:
                say("isOnderdeelVan is not the folder above")
            if level == "Dossier":
                say("a dossier in a dossier")
        elif above == "data":
            if level != "Dossier":
                say("the top is no dossier")
            if element.find(q("taal")) is None:
                say("no taal")
        children = sorted(str(self.me(other)) for path, other in objects.items() if os.path.dirname(path) == folder)
        if sorted(str(self.points_at(one)) for one in element.findall(q("bevatOnderdeel"))) != children:
            say("bevatOnderdeel is not what lies here")
        shown = sorted(str(self.me(other)) for path, other in files.items() if os.path.dirname(path) == folder)
        if sorted(str(self.points_at(one)) for one in element.findall(q("heeftRepresentatie"))) != shown:
            say("heeftRepresentatie is not what lies here")
        if not children and not shown:
            say("nothing lies here")
        if level == "Archiefstuk" and not shown:
            say("an archiefstuk without a file")

    def check_file(self, sidecar, element, objects):
        say = Say(self.problems, sidecar)
        path = sidecar[:-len(FILE_SIDECAR)]
        folder, name = os.path.split(path)
        if folder not in objects or self.points_at(element.find(q("isRepresentatieVan"))) != self.me(objects[folder]):
            say("isRepresentatieVan is not the informatieobject of this folder")
        if element.findtext(q("naam")) != name:
            say("naam is not the name of the file")
        if element.findtext(q("URLBestand")) != path:
            say("URLBestand is not the path of the file")
        if path not in self.files:
            return
        if element.findtext(q("omvang")) != str(self.files[path]):
            say("omvang is not the size")
        sums = [one.findtext(q("checksumWaarde")) for one in element.findall(q("checksum"))
                if one.findtext(f"{q('checksumAlgoritme')}/{q('begripLabel')}") in ("SHA-256", "SHA256")]
        if not sums or any(one.lower() != self.digests[path]["sha256"] for one in sums):
            say("checksum is not that of the file")


def main(paths):
    wrong = 0
    for path in paths:
        problems = Bag(path).check()
        print(f"{'WRONG' if problems else 'OK'} {path}")
        for problem in problems:
            print(f"  {problem}".encode("utf-8", "replace").decode("utf-8"))
        wrong += bool(problems)
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
