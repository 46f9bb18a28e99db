#!/usr/bin/env python3
"""Random dossiers and what the planner must answer, for OracleTests (and by hand: see --help). Same seed, same cases. The rules stand in oracle_rules.py."""
import argparse
import json
import random
from calendar import isleap
from datetime import date, datetime, timedelta
from pathlib import Path

from oracle_rules import DAY, add_months, allowed_for, last_sunday, plan

# The 24 terms of the Selectielijst 2020, and others that a municipality could write.
TERMS = ("P0D P28D P42D P91D P6M P9M P1Y P1Y6M P2Y P3Y P5Y P7Y P10Y P11Y P12Y P15Y P16Y P19Y P20Y P21Y P40Y P50Y P67Y P110Y").split()
OTHER_TERMS = ["P1000Y", "P1M1D", "P2W", "P1Y1M1W1D", "P13M"]
UNREADABLE = ["P", "10 jaar", "PT36H", "P1,5Y", "p10y", "P1D1Y", "P-1Y", "P10Y ", "", "P\u0661Y", "P1001Y", "P12001M", "P0000010Y", "P99999999999Y", "P9999999999999999999D"]
PROCESS_TERMS = ["nihil", "bestaansduur_procesobject", "vast_te_leggen_datum", "samengevoegd_met_bewaartermijn", "ingeschatte_bestaansduur_procesobject", None]
WAYS = ["afgehandeld", "ander_datumkenmerk", "eigenschap", "gerelateerde_zaak", "hoofdzaak", "ingangsdatum_besluit", "termijn", "vervaldatum_besluit", "zaakobject"]
MARKS = ["einde dienstverband", "einde ambt", "Einde ambt"]
MOMENTS = ["verslag-vastgesteld", "dossier-gesloten", "maatregel-genomen", "gesprek-gehouden", "feitenrapport-aangeboden"]
PERSONS = ["betrokkene-1", "getuige-1", "melder-1"]


def own_list(seed):
    """A list with every combination of procestermijn and term."""
    results = [{"nummer": "1.1", "naam": "Voor goed", "waardering": "blijvend_bewaren"}, {"nummer": "1.2", "naam": "Vervallen"}]
    for at, process in enumerate(PROCESS_TERMS):
        for number, term in enumerate(TERMS + OTHER_TERMS):
            result = {"nummer": f"{at + 2}.{number + 1}", "naam": f"Uitkomst {number}", "waardering": "vernietigen", "bewaartermijn": term}
            results.append(result | ({"procestermijn": process} if process else {}))
    return {"id": "lijst-van-proef", "titel": "Lijst van de proef", "bron": "Verzonnen", "overbrengenNa": "P20Y" if seed % 2 else "P10Y", "overbrengenArtikel": "Artikel van proef", "resultaten": results}


def official_list(folder):
    """The official list as it is published, in the shape of the program."""
    types = {one["pk"]: one["fields"]["nummer"] for one in json.loads((folder / "selectielijst_2020_procestypen.json").read_text("utf-8"))}
    raw = {one["pk"]: one["fields"] for one in json.loads((folder / "selectielijst_2020_resultaten.json").read_text("utf-8"))}
    results = []
    for one in raw.values():
        numbers = [types[one["proces_type"]]] + ([raw[one["generiek_resultaat"]]["nummer"]] if one.get("generiek_resultaat") else []) + [one["nummer"]]
        kept = {"waardering": one["waardering"], "procestermijn": one["procestermijn"], "bewaartermijn": one.get("bewaartermijn")}
        results.append({"nummer": ".".join(map(str, numbers)), "naam": one["naam"]} | {name: value for name, value in kept.items() if value})
    return own_list(1) | {"resultaten": results}


def own_protocols(shipped, rng):
    """Protocols whose rules of keeping use every field, unit and moment: no shipped one counts in werkdagen."""
    protocols = []
    for number in range(12):
        rule = {"id": "bewaring.opname", "wat": "opname", "moetNa": rng.sample(MOMENTS, rng.choice([1, 1, 2])), "artikel": "Proef art. 1", "tekst": "Zo is het.", "eigenKeuze": "Getallen van de proef."}
        rule["termijn"] = rng.choice(["selectielijst", "0 kalenderdagen", "0 werkdagen", "1 werkdag", "10 werkdagen", "45 werkdagen", "3 weken", "1 maand", "6 maanden", "1 jaar", "90 kalenderdagen"])
        if rng.random() < 0.75:
            rule["magNa"] = rng.sample(MOMENTS, rng.choice([1, 1, 2]))
        if rng.random() < 0.6:
            rule["vensterNa"] = rng.sample(MOMENTS, rng.choice([1, 1, 2]))
            rule["venster"] = rng.choice(["2 maanden", "6 weken", "30 werkdagen", "1 jaar", "1 kalenderdag"])
        if rng.random() < 0.6:
            rule["respijt"] = rng.choice(["1 maand", "5 werkdagen", "2 weken", "1 jaar", "0 kalenderdagen"])
        dossier = {"id": "bewaring.dossier", "wat": "dossier", "moetNa": ["dossier-gesloten"], "termijn": "selectielijst", "artikel": "Proef art. 2", "tekst": "Zo is het.", "eigenKeuze": "Getallen van de proef."}
        if rng.random() < 0.7:
            dossier["respijt"] = rng.choice(["6 maanden", "20 werkdagen", "2 jaar", "0 kalenderdagen"])
        free = {"vrijeDagen": [{"datum": (date(2000, 1, 3) + DAY * rng.randrange(22000)).isoformat(), "naam": "Vrije dag"} for _ in range(400)]}
        free["vrijeDagen"] = list({day["datum"]: day for day in free["vrijeDagen"]}.values())
        protocols.append(shipped["waterlanden", "2025"] | {"id": f"proef-{number}", "versie": "1", "bewaring": [rule, dossier][:: rng.choice([1, -1])], "kalender": free})
    return protocols


def shipped_protocols(folder):
    read = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    bases = {(one["id"], one["versie"]): one for one in read if "bovenop" not in one}
    # An overlay for any base says nothing of keeping: over every base that it meets in time, the base decides.
    laid = {(f"{base}-{over['id']}", version): one for over in read if "bovenop" in over for (base, version), one in bases.items() if one.get("totEnMet", "9") >= over["vanaf"]}
    return bases | laid


class Story:
    """One dossier, made up event by event."""

    def __init__(self, rng, chosen, protocols):
        self.rng, self.chosen = rng, chosen
        self.events, self.files, self.destroyed = [], [], []
        self.start = date(2000, 1, 1) + DAY * rng.randrange(365 * 60)
        self.protocol = rng.choice(protocols)

    def chance(self, likely):
        return self.rng.random() < likely

    def hex(self):
        return f"{self.rng.getrandbits(128):032x}"

    def day(self, until=1200):
        """A day in the course of the case, often one on which reckoning goes wrong."""
        day = self.start + DAY * self.rng.randrange(until)
        if not self.chance(0.4):
            return day
        leap = next(year for year in range(day.year, day.year + 9) if isleap(year))
        return self.rng.choice([date(leap, 2, 29), date(leap, 2, 29), date(day.year, 2, 28), date(day.year, self.rng.choice([1, 3, 5, 8, 10, 12]), 31), date(day.year, 12, 31), date(day.year, 1, 1),
                                last_sunday(day.year, 3), last_sunday(day.year, 10), date(day.year, 4, 26), date(day.year, 5, 4), date(day.year, 12, 24)])

    def add(self, kind, on=None, **fields):
        event = {"soort": kind, "vastgelegdDoor": self.rng.choice(["fi", "fi-2", "sg"]), **{name: value for name, value in fields.items() if value is not None}}
        self.events.append({"entry": self.hex(), "on": on or self.day(), "event": event})
        return self.events[-1]["entry"]

    def instant(self, on):
        """An instant that has this legal date, often at its very edge."""
        begin, end = (datetime.combine(day, datetime.min.time()) - timedelta(hours=2 if last_sunday(day.year, 3) < day <= last_sunday(day.year, 10) else 1) for day in (on, on + DAY))
        at = self.rng.choice([begin, end - timedelta(seconds=1), begin + timedelta(seconds=self.rng.randrange(int((end - begin).total_seconds())))])
        shift = self.rng.choice([0, 0, 0, 1, 2, -5])
        return (at + timedelta(hours=shift)).isoformat() + (f"{shift:+03d}:00" if shift else "Z")

    def phases(self):
        if self.chance(0.15):
            return
        kind = "dossier-gesloten"
        for _ in range(self.rng.choice([1, 1, 1, 1, 1, 2, 3, 3, 4, 5])):
            fields = {}
            if kind == "dossier-gesloten":
                fields = {"afloop": self.rng.choice(["onderzoek-afgerond", "onderzoek-afgebroken", "geen-onderzoek", "ander-traject"])}
                if self.chance(0.45):
                    fields["selectielijstklasse"] = self.rng.choice(self.chosen["resultaten"])["nummer"] if self.chance(0.9) else "99.9"
                    fields["grond"] = self.rng.choice(["Onderzoek afgerond.", "Onderzoek afgerond.", "Onderzoek afgerond.", " ", None])
            else:
                fields = {"reden": "Nieuwe feiten."}
            self.add(kind, **fields)
            if self.chance(0.85):
                kind = "dossier-heropend" if kind == "dossier-gesloten" else "dossier-gesloten"

    def classes(self):
        for _ in range(self.rng.choice([0, 1, 1, 1, 1, 2])):
            result = self.rng.choice(self.chosen["resultaten"])
            ways = allowed_for(result)
            fields = {"nominatie": result.get("waardering") or "vernietigen", "termijn": result.get("bewaartermijn"), "vanaf": self.rng.choice(ways or WAYS)}
            if self.chance(0.12):
                fields |= {"termijn": self.rng.choice(UNREADABLE + OTHER_TERMS + [None]), "vanaf": self.rng.choice(WAYS)}
            if fields["vanaf"] == "ander_datumkenmerk":
                fields["datumkenmerk"] = self.rng.choice(MARKS + [None]) if self.chance(0.2) else self.rng.choice(MARKS)
            if fields["vanaf"] == "termijn" and self.chance(0.95):
                fields["procestermijn"] = self.rng.choice(TERMS + OTHER_TERMS + UNREADABLE[:3])
            self.add("klasse-vastgesteld", lijst=self.rng.choice(["lijst-van-proef", "oude-lijst"]), resultaat=result["nummer"], grond="Grond.", **fields)
        for _ in range(self.rng.choice([0, 1, 2, 4])):
            way = self.rng.choice(["ander_datumkenmerk", "ander_datumkenmerk", "ingangsdatum_besluit", "vervaldatum_besluit"])
            self.add("brondatum-vastgelegd", vanaf=way, datumkenmerk=self.rng.choice(MARKS) if way == "ander_datumkenmerk" else None, brondatum="9999-12-31" if self.chance(0.02) else (self.day(4000) - DAY * 400).isoformat(), grond="Brief.")
        for _ in range(self.rng.choice([0, 0, 0, 1, 2])):
            if self.chance(0.3):
                self.add("archiefactiedatum-aangepast", ingetrokken=True, reden="Niet meer nodig.")
            else:
                self.add("archiefactiedatum-aangepast", tot=self.rng.choice([None, None, None, "9999-12-31"] + [self.day(9000).isoformat()] * 6),
                         nominatie=self.rng.choice(["blijvend_bewaren"] * 6 + ["vernietigen"] + [None] * 12), reden="Voor een rechter.")

    def file(self, kind, to, on, same_as=None, **fields):
        file = {"id": self.hex(), "naam": "a.wav" if kind == "opname" else "a.docx", "titel": "Stuk", "soort": kind, "compartiment": "opnamen" if kind == "opname" else "onderzoek",
                "datum": on.isoformat(), "bij": to, "lengte": 10, "sha256": same_as or self.hex() * 2}
        file = {name: value for name, value in file.items() if value is not None}
        self.add("bestand-toegevoegd", bestand=file, **fields)
        self.files.append(file)
        if self.chance(0.04):
            self.destroyed.append(file["id"])
            if self.chance(0.5):
                again = file | {"id": self.hex()}
                self.add("bestand-toegevoegd", bestand=again, verplaatst={"vorige": file["id"], "uit": "onderzoek", "op": on.isoformat(), "door": "fi", "reden": "Lag verkeerd."})
                self.files.append(again)
        return file

    def conversations(self):
        for number in range(self.rng.choice([0, 1, 1, 1, 2, 2])):
            name, person, on = f"gesprek-{number + 1}", self.rng.choice(PERSONS), self.day(500)
            if self.chance(0.7):
                kind = self.rng.choice(["gesprek-gehouden", "gesprek-gehouden", "intake-gehouden", "verantwoording-afgelegd", "voortgang-gemeld"])
                fields = {"gesprek-gehouden": {"met": person, "onderzoekers": ["onderzoeker-1"]}, "intake-gehouden": {"met": person}, "verantwoording-afgelegd": {"betrokkene": person},
                          "voortgang-gemeld": {"aan": [person]}}[kind]
                self.add(kind, on, kenmerk=name, **fields)
            made = []
            for take in range(self.rng.choice([0, 1, 1, 1, 2])):
                made.append(self.rng.choice([f"opname-{number}-{take}", f"opname-{number}-{take}", None]))
                self.add("opname-gemaakt", on if self.chance(0.6) else None, kenmerk=made[-1], met=person if self.chance(0.85) else self.rng.choice(PERSONS), gesprek=name, overlegd=True, vernietigingVerteld=True)
            for _ in range(self.rng.choice([0, 1, 1, 2, 3])):
                same_as = self.rng.choice(self.files)["sha256"] if self.files and self.chance(0.25) else None
                self.file("opname", self.rng.choice(made + [name, name, person, None, "elders"]), on if self.chance(0.7) else self.day(), same_as)
            texts = [self.file("gespreksverslag", self.rng.choice(made + [name, name, person, None]), self.day(), self.rng.choice(self.files)["sha256"] if self.files and self.chance(0.15) else None)
                     for _ in range(self.rng.choice([0, 0, 1, 2]))]
            for _ in range(self.rng.choice([0, 0, 0, 1])):
                self.file(self.rng.choice(["bewijs", "notitie", "overig"]), self.rng.choice(made + [name, person, None]), self.day(), self.rng.choice(self.files)["sha256"] if self.files and self.chance(0.7) else None)
            for _ in range(self.rng.choice([0, 1, 2, 3, 4])):
                kind = self.rng.choice(["verslag-opgemaakt", "verslag-verzonden", "verslag-gecorrigeerd", "verslag-vastgesteld", "verslag-vastgesteld", "verslag-vastgesteld", "verslag-geweigerd", "afwijkende-mening"])
                fields = {"verslag-opgemaakt": {"bestand": self.rng.choice(texts)["id"] if texts and self.chance(0.3) else None}, "verslag-verzonden": {"wijze": "post"},
                          "afwijkende-mening": {"inhoud": "Anders."}}.get(kind, {})
                self.add(kind, gesprek=name, met=person if self.chance(0.85) else self.rng.choice(PERSONS), **fields)
            if self.files and self.chance(0.25):
                self.add("bewijs-veiliggesteld", kenmerk=f"bewijs-{number}", wat="Telefoon.", bestand=self.rng.choice(self.files)["id"] if self.chance(0.7) else None)
                if self.chance(0.5):
                    self.file("bewijs", f"bewijs-{number}", self.day(), self.rng.choice(self.files)["sha256"])
            if texts and self.chance(0.1):
                self.add("origineel-geregistreerd", stuk="gespreksverslag", vorm="papier", plaats="Kluis.", bestand=self.rng.choice(texts)["id"])

    def others(self):
        for _ in range(self.rng.choice([0, 0, 1, 1, 2, 3])):
            self.add("maatregel-genomen", betrokkene="betrokkene-1", maatregel="Berisping")
        for _ in range(self.rng.choice([0, 0, 1, 2])):
            self.add("feitenrapport-aangeboden", aan="fi")
        if self.chance(0.04):
            self.add("overgedragen", aan="Archief van de proef", ontvangstbewijs="1")
            if self.chance(0.4):
                self.add("overgedragen", ingetrokken=True, reden="Ander dossier.")
        if self.chance(0.08):
            to = self.rng.choice([("waterlanden", "2025"), ("heerlen", "2020"), ("onbekend", "1")])
            self.add("protocol-gewisseld", naar=to[0], naarVersie=to[1], motivering="Later recht.", verantwoordelijke="sg")

    def holds(self):
        for _ in range(self.rng.choice([0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3])):
            on = self.rng.choice([None] + [file["id"] for file in self.files] + [self.hex()])
            placed = self.add("bewaargrond-geplaatst", grond=self.rng.choice(["civiel", "bestuursrechtelijk", "strafrechtelijk", "avg", "woo"]), object=on, verwijzing="P/1", toetsenOp=self.day().isoformat(), reden="Een zaak.")
            for step in self.rng.choice([[], [], ["bewaargrond-herzien"], ["opheffing-voorgesteld"], ["opheffing-voorgesteld", "bewaargrond-herzien"], ["opheffing-voorgesteld", "bewaargrond-opgeheven"],
                                         ["bewaargrond-herzien", "opheffing-voorgesteld", "bewaargrond-opgeheven"], ["bewaargrond-opgeheven"] * 2]):
                self.add(step, bewaargrond=placed if self.chance(0.95) else self.hex(), reden="Bekeken.", toetsenOp=self.day().isoformat() if step == "bewaargrond-herzien" else None)

    def recorded(self):
        """The events in the order in which they were recorded: mostly by date, sometimes later than they happened, sometimes in any order."""
        order = self.rng.random()
        if order < 0.5:
            self.events.sort(key=lambda one: one["on"])
        elif order < 0.85:
            self.events.sort(key=lambda one: one["on"] + DAY * int(self.rng.expovariate(1 / 200)))
        elif order < 0.95:
            self.rng.shuffle(self.events)
        for one in self.events:
            on = one.pop("on")
            if self.chance(0.4):
                yield {"entry": one["entry"], "at": self.instant(on), "event": one["event"]}
            else:
                yield {"entry": one["entry"], "at": self.instant(on + DAY * self.rng.randrange(60)), "event": one["event"] | {"datum": on.isoformat()}}


def make_case(name, seed, chosen, by_key):
    story = Story(random.Random(f"{seed} {name}"), chosen, sorted(by_key) + [("waterlanden", "2025")] * 6 + [("heerlen", "2020")] * 3 + [("onbekend", "1"), ("waterlanden", "1999")])
    for part in (story.phases, story.classes, story.conversations, story.others, story.holds):
        part()
    events = list(story.recorded())
    if events and story.destroyed:
        events[-1]["destroyed"] = story.destroyed
    case = {"id": name, "protocol": story.protocol[0], "version": story.protocol[1], "events": events}
    # Most plans are made on a day on which an answer changes, or the day before or after: there the mistakes are.
    _, days = plan(case, chosen, by_key, date(2000, 1, 1))
    days = sorted(day for day in days if day.year < 9999)
    near = story.rng.choice(days) if days and story.chance(0.85) else story.day(30000)
    today = near + DAY * story.rng.choice([-1, 0, 0, 1])
    case["now"] = story.instant(today)
    items, _ = plan(case, chosen, by_key)
    return case, {"id": name, "items": items}


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("out", type=Path, help="the folder for cases.json and expected.json")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=10000)
    options.add_argument("--official", type=Path, help="the folder with the official list; without it a list with every combination of procestermijn and term")
    options.add_argument("--protocols", type=Path, default=Path(__file__).resolve().parents[4] / "src/DossierKit/Protocols/Data")
    given = options.parse_args()
    chosen = official_list(given.official) if given.official else own_list(given.seed)
    shipped = shipped_protocols(given.protocols)
    own = own_protocols(shipped, random.Random(f"protocols {given.seed}"))
    by_key = shipped | {(one["id"], one["versie"]): one for one in own}
    both = [make_case(f"c{number}", given.seed, chosen, by_key) for number in range(given.count)]
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "cases.json").write_text(json.dumps({"list": chosen, "protocols": own, "cases": [case for case, _ in both]}, ensure_ascii=False), "utf-8")
    (given.out / "expected.json").write_text(json.dumps([answer for _, answer in both], default=str), "utf-8")


if __name__ == "__main__":
    main()
