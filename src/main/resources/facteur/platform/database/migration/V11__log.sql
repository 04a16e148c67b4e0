-- By what people ask for a letter: Message-ID, From and Reply-To as it leaves, cut where they are very long. An empty text is
-- "not known": of letters that ended before there were these columns.
alter table letter add column message_id text not null default '';
alter table letter add column from_field text not null default '';
alter table letter add column reply_to_field text not null default '';

create index letter_message_id on letter (message_id) where message_id <> '';

-- What operators changed by commands, and who. ids: the first letters that were moved, commas between. told: 1 when it is in a
-- daemon's log.
create table act (
    id       text    not null primary key,
    at       bigint  not null,
    operator text    not null,
    command  text    not null,
    letters  bigint  not null,
    ids      text    not null,
    ended_at bigint,
    told     integer not null
);

create index act_at on act (at);
create index act_untold on act (at) where told = 0;
