-- What each attempt came to, recipient by recipient. So many rows are kept of a letter, the latest.
create table attempt (
    letter_id text    not null references letter (id),
    number    integer not null,
    position  integer not null,
    at        bigint  not null,
    upstream  text    not null,
    stage     text    not null,
    result    text    not null check (result in ('relayed', 'temp-failed', 'perm-failed', 'in-doubt')),
    reply     text    not null,
    primary key (letter_id, number, position)
);

-- History is cleared along this index; only what has ended is in it.
create index letter_ended on letter (ended_at) where ended_at is not null;

-- 'removed': by an operator. The table is made anew because a check can't be changed everywhere.
create table recipient_anew (
    letter_id          text    not null references letter (id),
    position           integer not null,
    address            text    not null,
    status             text    not null check (status in ('pending', 'relayed', 'failed', 'removed')),
    last_reply         text    not null,
    last_at            bigint,
    notify             text    not null default '',
    original_recipient text    not null default '',
    primary key (letter_id, position)
);
insert into recipient_anew
    select letter_id, position, address, status, last_reply, last_at, notify, original_recipient from recipient;
drop table recipient;
alter table recipient_anew rename to recipient;

-- From here on a reason on an active letter says that it goes on hold if this attempt doesn't end it.
update queue set hold_reason = '' where state <> 'hold';
