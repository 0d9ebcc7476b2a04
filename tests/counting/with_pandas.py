"""Days and sessions of absence reckoned with pandas from the exports alone: read and counted another way."""

import tomllib
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import pandas as pd

from .made_up_exports import Asked, Export
from .made_up_school import Visit
from .read_with_pandas import SESSION, days_of, marks_of, read, school_sessions

PRESENT = frozenset("/\\LU")
OFF_SITE = frozenset("BDKPVW")
NOT_OPEN = frozenset({"X", "Z", "#", "Y3", "Y4", "S", "J1"})
MISSED = frozenset({"C", "C1", "C2", "E", "G", "I", "M", "N", "O", "Q", "R", "T", "Y1", "Y2", "Y5", "Y6", "Y7"})
ATTENDED = frozenset("/\\LBKPVW")
AUTHORISED = frozenset({"C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T"})
UNAUTHORISED = frozenset("GNOU")
NOT_POSSIBLE = frozenset({"D", "Q", "X", "Z", "#", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"})
ALLOWED_AWAY = frozenset({"S", "J1", "C2"})
MINIMUM = 40
NEVER = pd.Timestamp(1999, 12, 31)
A_DAY = ["pupil_id", "day"]
Counted = dict[str, Any]


class Reckoning:
    """Everything that these exports say, as of one session; the last of them is the newest."""

    def __init__(self, exports: Iterable[Export], visits: Iterable[Visit], calendar: str, asked: Asked) -> None:
        self.frames = [read(export.text) for export in exports]
        self.sessions = school_sessions(tomllib.loads(calendar))
        self.visits = pd.DataFrame(
            [(v.pupil_id, pd.Timestamp(v.day), v.with_parent) for v in visits], columns=[*A_DAY, "with_parent"]
        )
        self.today, self.half = pd.Timestamp(asked[0]), asked[1]
        self.year = self.today.year - ((self.today.month, self.today.day) < (8, 1))

    def _of_kind(self, column: str) -> list[pd.DataFrame]:
        return [frame for frame in self.frames if column in frame.columns]

    @cached_property
    def roll(self) -> pd.DataFrame:
        """The newest roll: who is on it, since when, until when."""
        roll = self._of_kind("forename")[-1].set_index("pupil_id")
        return pd.DataFrame({
            "starts": pd.to_datetime(roll["start_date"].replace("", f"{NEVER:%Y-%m-%d}")),
            "leaves": pd.to_datetime(roll["leave_date"].replace("", "2099-12-31")),
        })  # fmt: skip

    @cached_property
    def signed_in(self) -> pd.DataFrame:
        """The sessions in which somebody signed in: before half past twelve it is the morning."""
        lates = self._of_kind("time_in")
        if not lates:
            return pd.DataFrame(columns=SESSION)
        found = pd.concat(lates, ignore_index=True)
        half = found["time_in"].lt("12:30").map({True: "AM", False: "PM"})
        rows = pd.DataFrame({"pupil_id": found["pupil_id"], "day": days_of(found["date"]), "half": half})
        return rows.drop_duplicates()

    @cached_property
    def planned(self) -> pd.DataFrame:
        """The sessions for which an export, whichever, planned C2."""
        plans = [frame[frame["code"] == "C2"] for frame in self._of_kind("code")]
        if not plans:
            return pd.DataFrame(columns=SESSION)
        rows = pd.concat(plans, ignore_index=True)
        each = rows.assign(first=days_of(rows["from_date"]), last=days_of(rows["to_date"]))
        each = each.merge(self.sessions, how="cross")
        of_both = each["session"].eq("") | each["session"].eq(each["half"])
        return each.loc[of_both & each["day"].between(each["first"], each["last"]), SESSION]

    @cached_property
    def past(self) -> pd.DataFrame:
        """Each session of each pupil up to the one asked for, in order, with its mark and what it was."""
        sessions = self.sessions
        is_past = sessions["day"].lt(self.today) | (sessions["day"].eq(self.today) & sessions["half"].le(self.half))
        found = self.roll.reset_index().merge(sessions[is_past], how="cross")
        newest = marks_of(self.frames).drop_duplicates(SESSION, keep="last")
        found = found.merge(newest, how="left", on=SESSION).sort_values(SESSION, ignore_index=True)
        mark = found["mark"].astype(str).where(found["mark"].notna(), "")
        is_due = found["day"].between(found["starts"], found["leaves"])
        came = _is_among(found, self.signed_in)
        is_open = is_due & ~mark.isin(NOT_OPEN) & ~(mark.eq("C2") & _is_among(found, self.planned))
        found["is_in"] = is_due & (came | mark.isin(PRESENT | OFF_SITE))
        found["is_seen"] = came | mark.isin(PRESENT)
        found["is_missed"] = ~found["is_in"] & is_open & mark.isin(MISSED)
        found["is_unknown"] = ~found["is_in"] & is_open & ~mark.isin(MISSED)
        return found.assign(mark=mark, is_due=is_due)

    def sessions_of(self, year: int) -> pd.DataFrame:
        """Possible, attended, authorised, unauthorised and unmarked sessions of a school year, by their codes alone."""
        first = pd.Timestamp(year, 8, 1)
        marks = self.past[self.past["day"].between(first, first + pd.DateOffset(years=1, days=-1))]
        mark = marks["mark"]
        of_each = marks[["pupil_id"]].assign(
            attended=mark.isin(ATTENDED), authorised=mark.isin(AUTHORISED), unauthorised=mark.isin(UNAUTHORISED)
        )
        of_each["possible"] = of_each[["attended", "authorised", "unauthorised"]].any(axis=1)
        of_each["unmarked"] = marks["is_due"] & ~of_each["possible"] & ~mark.isin(NOT_POSSIBLE)
        return of_each.groupby("pupil_id").sum().reindex(self.roll.index, fill_value=0).astype(int)

    @cached_property
    def days(self) -> pd.DataFrame:
        """Each pupil's days: what each is worth, whether it is in doubt, whether it is in the run up to now.

        Whole where no session was in and one was missed; a half where one was each; today whole until seen.
        """
        days = self.past.groupby(A_DAY)[["is_in", "is_missed", "is_unknown"]].any().reset_index()
        is_today_unseen = days["day"].eq(self.today) & ~days["is_in"] & days["is_unknown"]
        days["worth"] = (days["is_missed"] | is_today_unseen) * (1 - days["is_in"] * 0.5)
        days["in_doubt"] = days["is_unknown"] & days["worth"].lt(1)
        days["in_run"] = days["day"] > days["pupil_id"].map(self._last(self.past[self.past["is_in"]]))
        faced = self._last(self.visits[self.visits["with_parent"].astype(bool)]).clip(
            lower=pd.Timestamp(self.year, 7, 31)
        )
        days["in_count"] = days["day"] > days["pupil_id"].map(faced)
        return days

    def _last(self, rows: pd.DataFrame) -> pd.Series:
        """The last day in these rows of each pupil of the roll."""
        last = rows.groupby("pupil_id")["day"].max().to_dict()
        return pd.Series({pupil: last.get(pupil, NEVER) for pupil in self.roll.index})

    @cached_property
    def halves_of_runs(self) -> pd.Series:
        """A half for each pupil who was in in the morning of the last day in, and missed the afternoon."""
        last = self.past[self.past["is_in"]].drop_duplicates("pupil_id", keep="last")
        after = self.past.merge(last[SESSION], on=A_DAY, suffixes=("", "_in"))
        gone = after["half"].gt(after["half_in"]) & after["is_missed"]
        return gone.groupby(after["pupil_id"]).any() * 0.5

    def days_absent(self) -> pd.DataFrame:
        """The four numbers of each pupil."""
        days, school_days = self.days, self.sessions["day"].drop_duplicates()
        seen = self._last(pd.concat([self.past.loc[self.past["is_seen"], A_DAY], self.visits[A_DAY]]))
        seen = seen.clip(lower=self.roll["starts"] - pd.Timedelta(days=1))  # nobody is missed before coming here
        worth = days["worth"]
        return pd.DataFrame({
            "spell": (worth * days["in_run"]).groupby(days["pupil_id"]).sum().add(self.halves_of_runs, fill_value=0),
            "cumulative": (worth * days["in_count"]).groupby(days["pupil_id"]).sum(),
            "at_least": (days["in_doubt"] & (days["in_count"] | days["in_run"])).groupby(days["pupil_id"]).any(),
            "since_seen": seen.map(lambda day: int((school_days.gt(day) & school_days.le(self.today)).sum())),
        })  # fmt: skip

    def absent(self) -> dict[str, Counted]:
        """Days and sessions of each pupil who is not known to be in, or not due, in the session asked for."""
        now = self.past[self.past["day"].eq(self.today) & self.past["half"].eq(self.half)]
        is_away = (
            now["is_missed"] | now["is_unknown"] | (now["is_due"] & now["mark"].isin(ALLOWED_AWAY) & ~now["is_in"])
        )
        listed = list(now.loc[is_away, "pupil_id"])
        days = self.days_absent().loc[listed].to_dict("index")
        sessions = self.sessions_of(self.year).loc[listed].to_dict("index")
        return {p: {"pupil_id": p, "days_absent": days[p], "sessions": sessions[p]} for p in listed}

    def new_here(self) -> set[str]:
        """Pupils of whom the roll says since when they come."""
        return set(self.roll.index[self.roll["starts"] > NEVER])

    def in_then_not_known(self) -> set[str]:
        """Pupils who were in this morning, and of whose afternoon nothing is known."""
        today = self.days[self.days["day"] == self.today]
        return set(today.loc[today["is_in"] & today["is_unknown"], "pupil_id"])

    def ratings(self) -> dict[str, str]:
        """AMBER where a tenth of enough sessions was missed: of this year, or of the last while these are few."""
        this, before = self.sessions_of(self.year), self.sessions_of(self.year - 1)
        is_enough = this["possible"] >= MINIMUM
        met = _is_a_tenth(this) & is_enough | _is_a_tenth(before) & ~is_enough & before["possible"].ge(MINIMUM)
        return dict(met.map({True: "AMBER", False: "GREEN"}))


def _is_a_tenth(sessions: pd.DataFrame) -> pd.Series:
    missed = sessions["authorised"] + sessions["unauthorised"]
    return sessions["possible"].gt(0) & (10 * missed).ge(sessions["possible"])


def _is_among(found: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """Whether each session is one of these rows."""
    keys = found.set_index(SESSION).index
    return pd.Series(keys.isin(rows.set_index(SESSION).index) if len(rows) else False, index=found.index)
