"""A column of Y and N says yes and no: it makes no register of a class list, and a person's word about it holds."""

from pathlib import Path

from builders import a_school, lines, run

CLASS_LIST = lines("Adm No,Pupil Name,Reg Group,FSM", "1,Ivy Brennan,4B,N", "2,Tom Okafor,4B,Y", "3,Zoë Ward,4B,N")
ALL_NO = CLASS_LIST.replace(",Y", ",N")


def test_a_class_list_with_a_column_of_yes_and_no_is_a_roll(tmp_path: Path) -> None:
    school, file = a_school(tmp_path), tmp_path / "list.csv"
    file.write_text(CLASS_LIST, encoding="utf-8")
    assert "list.csv: probably roll" in run(school, "inspect", str(file)).out


def test_a_column_that_somebody_said_means_nothing_is_no_mark(tmp_path: Path) -> None:
    school, file = a_school(tmp_path), tmp_path / "list.csv"
    file.write_text(ALL_NO, encoding="utf-8")
    ended = run(school, "inspect", str(file), "--map", "FSM=nothing")
    assert "probably roll" in ended.out
    assert '--map "FSM=nothing"' in ended.out or "--map FSM=nothing" in ended.out
