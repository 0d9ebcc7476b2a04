"""What may happen in a tiny school besides a mark, by the words that the tables use."""

from collections.abc import Callable

from rules.school import DAY, School, register

MESSAGES = "message_id,received_at,pupil_id,pupil_name,text,from_date,to_date"
PLANS = "pupil_id,from_date,to_date,session,code,due_back"
LATES = "pupil_id,date,time_in,time_out"
YESTERDAY, TOMORROW = "2026-11-23", "2026-11-25"
Happening = Callable[[School, str], None]


def _file(kind: str, heading: str, row: str) -> Happening:
    def happen(school: School, at: str) -> None:
        name = f"{kind}-{at.replace(':', '')}.csv"
        school.drop(name, [heading, row.replace("TODAY", DAY).replace("AT", at)])
        school.take_in(at=at)

    return happen


def _message(text: str, *, pupil: str = "P1", name: str = "", span: str = "TODAY,TODAY") -> Happening:
    return _file("messages", MESSAGES, f"M1,TODAYTAT,{pupil},{name},{text},{span}")


def _planned(row: str) -> Happening:
    return _file("planned", PLANS, f"P1,{row}")


def _said(*words: str) -> Happening:
    def happen(school: School, at: str) -> None:
        school.say(*words, at=at)

    return happen


def _explained(*more: str, day: str = "") -> Happening:
    told = ("explain", "P1", "--told-by", "mother", "--reason", "a cold", "--child-with", "mother")
    return _said(*told, *more, *(("--day", day) if day else ()))


def _registered(mark: str, *, session: str = "AM", comment: str = "") -> Happening:
    def happen(school: School, at: str) -> None:
        school.drop(f"again-{at.replace(':', '')}.csv", register([("P1", mark, comment)], session=session))
        school.take_in(at=at)

    return happen


NAMED = _message("she has a cold", pupil="", name="Ivy Brennan")


def _matched(school: School, at: str) -> None:
    NAMED(school, at)
    school.say("match", "M1", "P1", at=at)


def _withdrawn(school: School, at: str) -> None:
    school.say("withdraw", "last", "--why", "the wrong child", at=at)


HAPPENINGS: dict[str, Happening] = {
    "message by id": _message("she has a cold"),
    "message by id, of yesterday": _message("she has a cold", span=f"{YESTERDAY},{YESTERDAY}"),
    "message by id that says late": _message("she will be late"),
    "message by name": NAMED,
    "message by name, matched": _matched,
    "message heard": _said("listen", "--pupil", "P1", "--told-by", "mother", "--reason", "a cold"),
    "planned C": _planned("TODAY,TODAY,,C,"),
    "planned C in the afternoon": _planned("TODAY,TODAY,PM,C,"),
    "planned C, yesterday": _planned(f"{YESTERDAY},{YESTERDAY},,C,"),
    "planned M, due back 09:20": _planned("TODAY,TODAY,,M,09:20"),
    "planned M, due back 11:00": _planned("TODAY,TODAY,,M,11:00"),
    "planned B": _planned("TODAY,TODAY,,B,"),
    "explained": _explained(),
    "explained yesterday": _explained(day=YESTERDAY),
    "explained yesterday until today": _explained("--until", DAY, day=YESTERDAY),
    "explained until back at 09:20": _explained("--back", "09:20"),
    "sick yesterday, last episode Monday 18:00": _explained("--sickness", f"{YESTERDAY}T18:00", day=YESTERDAY),
    "sick yesterday, last episode Sunday 09:15": _explained("--sickness", "2026-11-22T09:15", day=YESTERDAY),
    "sick yesterday, last episode Sunday 09:16": _explained("--sickness", "2026-11-22T09:16", day=YESTERDAY),
    "note": _said("note", "P1", "--text", "mother says she has a cold"),
    "withdrawn": _withdrawn,
    "found": _said("check", "P1", "--found"),
    "not found": _said("check", "P1", "--not-found"),
    "not found before the register": _said("check", "P1", "--not-found", "--at", f"{DAY}T08:30"),
    "found yesterday": _said("check", "P1", "--found", "--day", YESTERDAY),
    "found this morning": _said("check", "P1", "--found", "--at", f"{DAY}T09:30"),
    "arrived": _said("check", "P1", "--arrived"),
    "not arrived": _said("check", "P1", "--not-arrived"),
    "signed in": _file("lates", LATES, "P1,TODAY,AT,"),
    "signed out": _file("lates", LATES, "P1,TODAY,,AT"),
    "signed in yesterday": _file("lates", LATES, f"P1,{YESTERDAY},AT,"),
    "signed in at 11:59": _file("lates", LATES, "P1,TODAY,11:59,"),
    "marked / again": _registered("/"),
    "marked L": _registered("L"),
    "marked N": _registered("N"),
    "a newer row that cannot be read": _file("torn", "pupil_id,date,session,mark", "P1,TODAY,AM,/,left over"),
    "the school is shut": _said("close", "--why", "the boiler has failed", "--session", "AM"),
    "flag social-worker": _file("flags", "pupil_id,flag", "P1,social-worker"),
}
