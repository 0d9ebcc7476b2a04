-- Layout 1. Everything here is added to and never changed: the guards at the end refuse update, delete and replace.
-- Each entry is chained to the one before by a hash over its digest, so that content may one day be removed by a
-- retention rule and the chain still be checked.

create table entry (
  number     integer primary key autoincrement,
  kind       text not null,
  pupil_id   text not null,
  first_day  text,
  last_day   text,
  at         text not null,          -- when it happened, as said
  recorded   text not null,          -- when it was written down
  said_by    text not null,
  digest     text not null,          -- of the content
  chain      text not null unique    -- of the chain before, this line and the digest
) strict;
create index entry_by_day on entry (last_day, first_day);
create index entry_by_kind on entry (kind);
create index entry_by_digest on entry (digest);
create index entry_by_author on entry (said_by, number);

create table content (
  digest     text primary key,
  body       blob not null
) strict, without rowid;

create table taking (                -- one taking-in of one file
  entry      integer primary key references entry (number),
  batch      integer not null,       -- files taken in together
  reading    text not null,          -- which reading: the file's bytes as one layout understood them
  bytes      text not null,          -- the digest of the file's bytes
  file       text not null,
  size       integer not null,
  changed_ns integer not null,       -- the file's own time
  at         text not null,
  day        text not null           -- London's day of that moment
) strict;
create index taking_by_file on taking (file);
create index taking_by_reading on taking (reading);
create index taking_by_bytes on taking (bytes);
create index taking_by_day on taking (day);

create table part (                  -- one kind's rows of a reading; of registers, one session's
  reading    text not null,
  kind       text not null,
  first_day  text not null,
  last_day   text not null,
  half       text not null,
  digest     text not null references content (digest),
  primary key (reading, kind, first_day, last_day, half)
) strict, without rowid;
create index part_by_day on part (kind, first_day, last_day);

-- Running tables: worked out from what is kept, thrown away and folded again at will; no guard stands over them.

create table running_flag (          -- the last that was said of each flag of each pupil
  pupil_id   text not null,
  flag       text not null,
  since      text not null,          -- empty where it is not said
  until      text,
  file       text not null,
  row        integer not null,
  said_at    text not null,
  primary key (pupil_id, flag, since)
) strict, without rowid;

create trigger entry_is_not_changed before update on entry begin select raise(abort, 'entries are never changed'); end;
create trigger entry_is_not_deleted before delete on entry begin select raise(abort, 'entries are never deleted'); end;
create trigger entry_is_not_replaced before insert on entry
  when exists (select 1 from entry where number = new.number or chain = new.chain)
  begin select raise(abort, 'the entry is there already'); end;

create trigger content_is_not_changed before update on content begin select raise(abort, 'content is never changed'); end;
create trigger content_is_not_deleted before delete on content begin select raise(abort, 'content is never deleted'); end;
create trigger content_is_not_replaced before insert on content
  when exists (select 1 from content where digest = new.digest)
  begin select raise(abort, 'the content is there already'); end;

create trigger taking_is_not_changed before update on taking begin select raise(abort, 'takings are never changed'); end;
create trigger taking_is_not_deleted before delete on taking begin select raise(abort, 'takings are never deleted'); end;
create trigger taking_is_not_replaced before insert on taking
  when exists (select 1 from taking where entry = new.entry)
  begin select raise(abort, 'the taking is there already'); end;

create trigger part_is_not_changed before update on part begin select raise(abort, 'parts are never changed'); end;
create trigger part_is_not_deleted before delete on part begin select raise(abort, 'parts are never deleted'); end;
create trigger part_is_not_replaced before insert on part
  when exists (
    select 1 from part
    where reading = new.reading and kind = new.kind and first_day = new.first_day and last_day = new.last_day
      and half = new.half
  )
  begin select raise(abort, 'the part is there already'); end;
