-- Layout 2. What a morning needs of earlier days, folded once as it is taken in; thrown away and folded again at will.

create index entry_by_pupil on entry (pupil_id, kind);

drop table running_flag;
create table running_flag (          -- the last that was said of each flag of each pupil
  pupil_id      text not null,
  flag          text not null,
  since         text not null,       -- empty where it is not said
  until         text,
  file          text not null,
  row           integer not null,
  said_at       text not null,
  in_force_from text,                -- the first day on which it was held here and in force
  primary key (pupil_id, flag, since)
) strict, without rowid;

create table running_year (          -- one pupil's marks of one school year, three letters a session
  pupil_id   text not null,
  year       integer not null,
  marks      text not null,
  primary key (pupil_id, year)
) strict, without rowid;

create table running_sign_in (       -- who signed in or out, and when; by name and group where there is no id
  pupil_id   text not null,
  name       text not null,          -- folded
  grp        text not null,
  day        text not null,
  at         text not null,          -- the time of day
  said_at    text not null,          -- when it was first taken in
  primary key (pupil_id, name, grp, day, at)
) strict, without rowid;
create index running_sign_in_by_name on running_sign_in (name, day);

create table running_message (       -- absences that families reported under a pupil's id
  pupil_id   text not null,
  at         text not null,
  channel    text not null,
  said_at    text not null,
  primary key (pupil_id, at, channel)
) strict, without rowid;
