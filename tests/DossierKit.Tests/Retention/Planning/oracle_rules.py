"""What the planner must answer, from the rules on the page alone (src/DossierKit/Retention/README.md); numbers in comments are its sections. Written without the planner's code."""
import calendar
import re
from datetime import date, datetime, timedelta, timezone

DAY = timedelta(days=1)


# 1. Dates.

def last_sunday(year, month):
    day = date(year, month, 31)
    return day - DAY * ((day.weekday() + 1) % 7)


def legal_date(instant):
    """The day in Europe/Amsterdam of an aware instant. Summer time is from the last Sunday of March to the last of October, both at 01:00 UTC (since 1996)."""
    utc = instant.astimezone(timezone.utc).replace(tzinfo=None)
    begin, end = (datetime.combine(last_sunday(utc.year, month), datetime.min.time()) + timedelta(hours=1) for month in (3, 10))
    return (utc + timedelta(hours=2 if begin <= utc < end else 1)).date()


def parse_instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def add_months(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > 9999:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def parse_period(text):
    """(months, days), or None when it cannot be read."""
    found = re.fullmatch(r"P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?", text or "")
    if not found or not any(found.groups()):
        return None
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    if any(len(part or "") > 6 for part in found.groups()) or years > 1000 or months > 12000 or weeks > 52000 or days > 365000:
        return None
    return 12 * years + months, 7 * weeks + days


def add_days(day, days):
    return date.max if days > (date.max - day).days else day + DAY * days


def add_period(day, period):
    return add_days(add_months(day, period[0]), period[1])


def easter(year):
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    w = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * w) // 451
    month, day = divmod(h + w - 7 * m + 114, 31)
    return date(year, month, day + 1)


def is_free(day, protocol):
    """Saturdays, Sundays, the days of the Algemene termijnenwet art. 3 and those of the protocol."""
    king = date(day.year, 4, 27) if day.year >= 2014 else date(day.year, 4, 30)
    if king.weekday() == 6:
        king -= DAY
    return (day.weekday() >= 5 or (day.month, day.day) in ((1, 1), (5, 5), (12, 25), (12, 26)) or day == king
            or (day - easter(day.year)).days in (-2, 1, 39, 50) or any(free["datum"] == day.isoformat() for free in protocol.get("kalender", {}).get("vrijeDagen", [])))


def add_length(day, length, protocol):
    number, unit = length.split(" ")
    number = int(number)
    if unit in ("werkdag", "werkdagen"):
        while number and day < date.max:
            day += DAY
            number -= not is_free(day, protocol)
        return day
    if unit in ("maand", "maanden"):
        return add_months(day, number)
    if unit in ("jaar", "jaren"):
        return add_months(day, 12 * number)
    return add_days(day, number * (7 if unit.startswith("we") else 1))


# 3. Class and list.

ALLOWED = {
    "nihil": ["afgehandeld"],
    "ingeschatte_bestaansduur_procesobject": ["termijn"],
    "bestaansduur_procesobject": ["ander_datumkenmerk", "ingangsdatum_besluit", "vervaldatum_besluit"],
    "vast_te_leggen_datum": ["ander_datumkenmerk", "ingangsdatum_besluit", "vervaldatum_besluit"],
    "samengevoegd_met_bewaartermijn": ["ander_datumkenmerk"],
    None: ["afgehandeld", "ander_datumkenmerk", "ingangsdatum_besluit", "vervaldatum_besluit"],
}


def allowed_for(result):
    if result.get("waardering") == "blijvend_bewaren":
        return ["afgehandeld"]
    if result.get("waardering") != "vernietigen" or parse_period(result.get("bewaartermijn")) is None:
        return []
    return ALLOWED.get(result.get("procestermijn"), [])


# 2. The facts of a dossier.

class Facts:
    def __init__(self, case, chosen):
        self.events = []
        destroyed = set()
        for recorded in case["events"]:
            event = dict(recorded["event"])
            event["_entry"] = recorded["entry"]
            event["_on"] = date.fromisoformat(event["datum"]) if "datum" in event else legal_date(parse_instant(recorded["at"]))
            self.events.append(event)
            destroyed.update(recorded.get("destroyed", []))
        self.dated = sorted(self.events, key=lambda event: event["_on"])
        self.protocol = (case["protocol"], case["version"])
        for event in self.of("protocol-gewisseld"):
            self.protocol = (event["naar"], event["naarVersie"])
        self.closed_on = None
        for event in self.dated:
            if event["soort"] == "dossier-gesloten":
                self.closed_on = event["_on"]
            elif event["soort"] == "dossier-heropend":
                self.closed_on = None
        self.cls = self.read_class(chosen)
        self.sources = {(event["vanaf"], event.get("datumkenmerk")): date.fromisoformat(event["brondatum"]) for event in self.of("brondatum-vastgelegd")}
        overrides = self.of("archiefactiedatum-aangepast")
        self.override = overrides[-1] if overrides and not overrides[-1].get("ingetrokken") else {}
        self.moved = {event["verplaatst"]["vorige"]: event["bestand"]["id"] for event in self.of("bestand-toegevoegd") if "verplaatst" in event}
        self.holds = self.read_holds()
        transfers = self.of("overgedragen")
        self.is_transferred = bool(transfers) and not transfers[-1].get("ingetrokken")
        self.files = [event["bestand"] for event in self.dated if event["soort"] == "bestand-toegevoegd" and event["bestand"]["id"] not in destroyed]
        self.items = self.read_items()

    def of(self, kind, events=None):
        return [event for event in (self.events if events is None else events) if event["soort"] == kind]

    def read_class(self, chosen):
        was_set = at_closing = None
        for event in self.events:
            if event["soort"] == "klasse-vastgesteld":
                was_set, at_closing = event, None
            elif event["soort"] == "dossier-heropend":
                at_closing = None
            elif event["soort"] == "dossier-gesloten" and "selectielijstklasse" in event:
                at_closing = None if was_set and was_set["resultaat"] == event["selectielijstklasse"] else event
        if was_set:
            return None if at_closing else was_set
        if not at_closing or not at_closing.get("grond", "").strip():
            return None
        result = next((one for one in chosen["resultaten"] if one["nummer"] == at_closing["selectielijstklasse"]), None)
        if result is None or allowed_for(result)[:1] != ["afgehandeld"]:
            return None
        return {"nominatie": result["waardering"], "termijn": result.get("bewaartermijn"), "vanaf": "afgehandeld"}

    def read_holds(self):
        holds = {}
        for event in self.events:
            if event["soort"] == "bewaargrond-geplaatst":
                holds[event["_entry"]] = event.get("object")
            elif event["soort"] == "bewaargrond-opgeheven":
                holds.pop(event["bewaargrond"], None)
        return {entry: self.now_known_as(on) for entry, on in holds.items()}

    def now_known_as(self, file):
        while file in self.moved:
            file = self.moved[file]
        return file

    def moment(self, name, agreed_on, last):
        if name == "dossier-gesloten":
            return self.closed_on
        if name == "verslag-vastgesteld":
            return agreed_on
        days = [event["_on"] for event in self.of(name, self.dated)]
        return None if not days else days[-1 if last else 0]

    def read_items(self):
        """(id, kind, agreedOn, recordings it is of, whether it is something else too) of each recording, kopie and transcript."""
        made = self.of("opname-gemaakt", self.dated)
        recordings = sorted((file for file in self.files if file["soort"] == "opname"), key=lambda file: file["datum"])
        named = {self.now_known_as(event.get("bestand")) for event in self.events if event["soort"] in ("verslag-opgemaakt", "origineel-geregistreerd", "bewijs-veiliggesteld")}
        evidence = {event.get("kenmerk") for event in self.of("bewijs-veiliggesteld") if "bestand" not in event} - {None}
        named |= {file["id"] for file in self.files if file.get("bij") in evidence}
        self.sounds = {file["sha256"] for file in recordings}
        first_of, agreed_of, items, transcripts, filed = {}, {}, [], {}, []
        for file in recordings:
            event = self.made_of(made, file, len(recordings))
            filed.append(event)
            to = file.get("bij")
            if event:
                conversation, person = event["gesprek"], event["met"]
            else:
                there = next((other for other in self.dated if to is not None and other.get("kenmerk") == to), None)
                conversation, person = (to, self.heard_in(there)) if there else (None, None)
            agreed_on = self.agreed_on(conversation, person)
            first = first_of.setdefault(file["sha256"], file["id"])
            agreed_of.setdefault(first, agreed_on)
            items.append((file["id"], "opname" if first == file["id"] else "kopie", agreed_on, {first}, False))
            self.add_transcripts(transcripts, named, event, conversation, agreed_on, first)
        for file in self.files:
            if file["soort"] != "opname" and file["sha256"] in first_of:
                first = first_of[file["sha256"]]
                items.append((file["id"], "kopie", agreed_of[first], {first}, file["id"] in named))
        # Of a recording that was never filed, or that is gone, the transcripts are left.
        for event in made:
            if not any(event is other for other in filed):
                self.add_transcripts(transcripts, named, event, event["gesprek"], self.agreed_on(event["gesprek"], event["met"]), None)
        return items + list(transcripts.values())

    def add_transcripts(self, transcripts, named, event, conversation, agreed_on, first):
        refused = any(other["gesprek"] == conversation for other in self.of("verslag-geweigerd"))
        for text in self.files:
            to = text.get("bij")
            if text["soort"] == "gespreksverslag" and to is not None and text["id"] not in named and text["sha256"] not in self.sounds and (
                    (event and to == event.get("kenmerk")) or (to == conversation and agreed_on is None and not refused)):
                known = transcripts.setdefault(text["id"], (text["id"], "transcript", agreed_on, {first or text["id"]}, False))
                if first:
                    known[3].add(first)

    @staticmethod
    def made_of(made, file, recordings):
        to = file.get("bij")
        if to is None:
            return made[0] if len(made) == 1 and recordings == 1 else None
        named = [event for event in made if event.get("kenmerk") == to]
        if named:
            return named[0]
        near = [event for event in made if to in (event["gesprek"], event["met"])]
        same_day = [event for event in near if event["_on"].isoformat() == file["datum"]]
        return same_day[0] if same_day else near[0] if len(near) == 1 else None

    @staticmethod
    def heard_in(event):
        return event["met"] if event["soort"] in ("gesprek-gehouden", "intake-gehouden") else event["betrokkene"] if event["soort"] == "verantwoording-afgelegd" else None

    def agreed_on(self, conversation, person):
        def steps(events):
            return [event for event in events if event["soort"] in ("verslag-opgemaakt", "verslag-gecorrigeerd", "verslag-vastgesteld", "verslag-geweigerd")
                    and event["gesprek"] == conversation and person in (None, event["met"])]
        dated, recorded = steps(self.dated), steps(self.events)
        if conversation is None or not dated or any(last["soort"] != "verslag-vastgesteld" for last in (dated[-1], recorded[-1])):
            return None
        return dated[-1]["_on"]


# 4. Archiefactiedatum.

def action_date(facts, chosen):
    """(nominatie, date or None) of a dossier that has a class."""
    cls, closed_on = facts.cls, facts.closed_on
    nominatie = "blijvend_bewaren" if facts.override.get("nominatie") == "blijvend_bewaren" else cls["nominatie"]
    if closed_on is None:
        return nominatie, None
    if nominatie == "blijvend_bewaren":
        computed = add_period(closed_on, parse_period(chosen["overbrengenNa"]))
    else:
        begin = None
        if cls["vanaf"] == "afgehandeld":
            begin = closed_on
        elif cls["vanaf"] == "termijn":
            process = parse_period(cls.get("procestermijn"))
            begin = process and add_period(closed_on, process)
        elif cls["vanaf"] == "ander_datumkenmerk":
            begin = facts.sources.get(("ander_datumkenmerk", cls.get("datumkenmerk")))
        elif cls["vanaf"] in ("ingangsdatum_besluit", "vervaldatum_besluit"):
            begin = facts.sources.get((cls["vanaf"], None))
        term = parse_period(cls.get("termijn"))
        if begin is None or term is None:
            return nominatie, None
        computed = add_period(begin, term)
    until = facts.override.get("tot")
    return nominatie, max(computed, closed_on, date.fromisoformat(until) if until else closed_on)


# 5 and 6. The plan.

def rule_for(protocol, what):
    return next((rule for rule in (protocol or {}).get("bewaring", []) if rule["wat"] == what), None)


def plan(case, chosen, protocols, today=None):
    """The items of a case, and the days on which an answer changes."""
    facts = Facts(case, chosen)
    today = today or legal_date(parse_instant(case["now"]))
    protocol = protocols.get(facts.protocol)
    days = set()
    items = [plan_dossier(facts, chosen, protocol, today, days)]
    rule = rule_for(protocol, "opname")
    for file, kind, agreed_on, of, is_kept in sorted(facts.items, key=lambda one: one[0]):
        group = {other[0] for other in facts.items if other[3] & of}
        holds = sorted(entry for entry, on in facts.holds.items() if on is None or on in group or all(on != other[0] for other in facts.items))
        # A transcript of several recordings is reckoned by each of them.
        accounts = [agreed_on] + [other[2] for other in facts.items if kind == "transcript" and len(of) > 1 and other[0] in of]
        ripe, due, status = plan_object(facts, protocol, rule, accounts, items[0]["due"], holds, today, days)
        if is_kept:
            ripe, due, status = None, None, "vastgehouden" if holds else "open"
        items.append(item(file, kind, status, "vernietigen" if status in ("mag", "moet", "te-laat") else "bewaren", ripe, due, holds))
    return items, days


def item(file, kind, status, decision, ripe, due, holds):
    return {"object": file, "kind": kind, "decision": decision, "status": status, "ripe": ripe, "due": due, "holds": holds}


def plan_dossier(facts, chosen, protocol, today, days):
    nominatie, day = action_date(facts, chosen) if facts.cls else (None, None)
    grace = (rule_for(protocol, "dossier") or {}).get("respijt", "1 jaar")
    forever = nominatie == "blijvend_bewaren"
    late = day and add_length(day, grace, protocol or {})
    days.update(filter(None, (day, late, facts.closed_on)))
    if facts.is_transferred:
        status, decision = "overgedragen", "bewaren"
    elif facts.holds:
        status, decision = "vastgehouden", "bewaren"
    elif facts.closed_on is None:
        status, decision = "open", "bewaren"
    elif facts.cls is None:
        status, decision = "ongeclassificeerd", "bewaren"
    elif forever and (day is None or today < day):
        status, decision = "blijvend", "bewaren"
    elif day is None:
        status, decision = "open", "bewaren"
    elif today < day:
        status, decision = "loopt", "bewaren"
    else:
        status, decision = "te-laat" if today > late else "moet", "overdragen" if forever else "vernietigen"
    return item(None, "dossier", status, decision, None if forever else day, day, sorted(facts.holds))


def plan_object(facts, protocol, rule, accounts, dossier_due, holds, today, days):
    timings = [reckon(facts, protocol, rule, agreed_on, dossier_due) for agreed_on in accounts]
    ripes, dues, obligeds, ends = zip(*timings)
    ripe = None if None in ripes else max(ripes)
    due, obliged = (min(filter(None, dates), default=None) for dates in (dues, obligeds))
    end = max(filter(None, ends), default=None)
    if due is not None and ripe is not None and due < ripe:
        due = ripe
    late = due and rule and (add_length(due, rule["respijt"], protocol) if "respijt" in rule else due)
    days.update(filter(None, (ripe, due, obliged, end, late, *accounts)))
    if holds:
        status = "vastgehouden"
    elif ripe is None:
        status = "open"
    elif today < ripe:
        status = "loopt"
    elif obliged is None or today < obliged or (end is not None and today <= end) or due is None:
        status = "mag"
    else:
        status = "te-laat" if today > late else "moet"
    return ripe, due, status


def reckon(facts, protocol, rule, agreed_on, dossier_due):
    """(ripe, due, obliged, end of the window) by the facts of one recording."""
    ripe = due = obliged = end = None
    if protocol is not None and rule is None:
        ripe = facts.closed_on
    elif protocol is not None:
        moments = [facts.moment(name, agreed_on, False) for name in rule.get("magNa", [])]
        may = min(filter(None, moments), default=None)
        obliged = max(filter(None, (facts.moment(name, agreed_on, True) for name in rule["moetNa"])), default=None)
        ripe = min(filter(None, (may, obliged)), default=None)
        if obliged is not None:
            due = dossier_due if rule["termijn"] == "selectielijst" else add_length(obliged, rule["termijn"], protocol)
        begin = max(filter(None, (facts.moment(name, agreed_on, True) for name in rule.get("vensterNa", []))), default=None)
        end = add_length(begin, rule["venster"], protocol) if begin and "venster" in rule else None
        if end is not None:
            due = due and max(due, end)
            if agreed_on is None and ripe is not None and ripe <= end:
                ripe = end + DAY
        if due is not None and ripe is not None and due < ripe:
            due = ripe
    return ripe, due, obliged, end
