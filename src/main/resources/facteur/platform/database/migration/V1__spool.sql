-- The spool. Times are milliseconds since 1970; an empty text is "none". ${octets} is the dialect's word for raw octets.

-- What was accepted, and never changes again. A letter that has ended keeps this row and its recipients: they are the
-- message log. Ids sort by age, so that history is cleared along the primary key.
create table letter (
    id                    text   not null primary key,
    accepted_at           bigint not null,
    app                   text   not null,
    office                text   not null,
    context               text   not null,
    relation              text   not null,
    sender                text   not null,
    from_rule             text   not null,
    reply_to_rule         text   not null,
    settings_version      text   not null,
    reverse_path          text   not null,
    original_reverse_path text   not null,
    body_type             text   not null,
    header_encoding       text   not null,
    size_bytes            bigint not null,
    ended_at              bigint
);

-- Who it is for, in the order of the envelope, and how far each has come.
create table recipient (
    letter_id  text    not null references letter (id),
    position   integer not null,
    address    text    not null,
    status     text    not null check (status in ('pending', 'relayed', 'failed')),
    last_reply text    not null,
    last_at    bigint,
    primary key (letter_id, position)
);

-- Where it stands, until it ends: small rows, since they are written again and again.
create table queue (
    letter_id   text    not null primary key references letter (id),
    state       text    not null check (state in ('active', 'deferred', 'hold')),
    due_at      bigint  not null,
    attempts    integer not null,
    lease_owner text    not null,
    lease_epoch bigint  not null,
    hold_reason text    not null
);

create index queue_due on queue (state, due_at, letter_id);

-- Its octets, until it ends. No body here: it is in the file spool/xx/<id>.body, xx being the id's last two characters.
create table content (
    letter_id  text     not null primary key references letter (id),
    header     ${octets} not null,
    body       ${octets},
    body_bytes bigint   not null
);
