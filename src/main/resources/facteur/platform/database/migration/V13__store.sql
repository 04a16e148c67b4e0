-- Settings that are kept here: of each office the present ones and every version before. Times are in milliseconds; '' = none.

-- version: of its last change, of whichever kind. settings_at: the version that wrote settings last. settings: JSON, as the http
-- source answers; '' = removed. cards_kept_by: '' = people; else the app that sends them.
create table office (
    id            text   not null primary key,
    version       bigint not null,
    settings_at   bigint not null,
    settings      text   not null,
    cards_kept_by text   not null default '',
    changed_at    bigint not null
);

-- What a version changed, and who did. behalf: the user of a suite it was done for. peer: a network address. note: why. undoes:
-- the version whose change it takes back, or 0. before, after: settings; '' when only cards changed. cards: how many.
create table office_change (
    office text   not null,
    number bigint not null,
    at     bigint not null,
    kind   text   not null check (kind in ('settings', 'cards', 'removed')),
    via    text   not null check (via in ('console', 'api', 'command')),
    actor  text   not null,
    behalf text   not null default '',
    peer   text   not null default '',
    note   text   not null default '',
    undoes bigint not null default 0,
    before text   not null default '',
    after  text   not null default '',
    cards  bigint not null default 0,
    primary key (office, number)
);

create index office_change_at on office_change (at);

-- Up to which version an office's own company has been told by mail who changed its addresses, and when last (0 = never). While a
-- node tells it: up to which version, by which letters (queue ids, blanks between), and until when no other node does.
create table settings_told (
    office       text   not null primary key,
    version      bigint not null,
    at           bigint not null,
    telling      bigint not null default 0,
    letters      text   not null default '',
    leased_until bigint not null default 0
);

-- The clients' cards. name: the client's, for people who look at the card. people: JSON, role to mailboxes.
create table card (
    office     text   not null,
    relation   text   not null,
    name       text   not null default '',
    people     text   not null,
    version    bigint not null,
    changed_at bigint not null,
    primary key (office, relation)
);

-- before, after: the card as JSON; '' = no card.
create table card_change (
    office   text   not null,
    relation text   not null,
    number   bigint not null,
    before   text   not null,
    after    text   not null,
    primary key (office, relation, number)
);

-- All cards that one version changed: to show it, to undo it, to forget it.
create index card_change_number on card_change (office, number);

-- Addresses of offices themselves, in lower case: one that two offices have is probably a mistake.
create table own_address (
    address text not null,
    office  text not null,
    primary key (address, office)
);

-- Counted up by every change, last in its transaction: the numbers of the feed are seen in order.
create table settings_edition (
    number bigint not null
);

insert into settings_edition values (0);

-- What changed, for caches on every node. relation: '' = the office itself, '*' = all its cards.
create table settings_feed (
    number   bigint not null,
    office   text   not null,
    relation text   not null,
    at       bigint not null,
    primary key (number, office, relation)
);

-- Which request writes cards of an office in pieces: one at a time, on whichever node. After `until` it counts as dead.
create table card_writer (
    office text   not null primary key,
    owner  text   not null,
    until  bigint not null
);

-- The last push of an office: under way, or finished less than an hour ago. app: who pushes. number: its version, 0 = nothing has
-- changed. refusals: bad lines. vague: bodies with bad lines of which it can't be known whose they are. finished_at: 0 = under way.
create table card_push (
    office      text   not null primary key,
    id          text   not null,
    app         text   not null,
    number      bigint not null default 0,
    begun_at    bigint not null,
    created     bigint not null default 0,
    changed     bigint not null default 0,
    unchanged   bigint not null default 0,
    deleted     bigint not null default 0,
    refusals    bigint not null default 0,
    vague       bigint not null default 0,
    finished_at bigint not null default 0
);

-- Which clients a push has named, a thousand per row, each on a line.
create table card_push_name (
    push      text   not null,
    part      bigint not null,
    relations text   not null,
    primary key (push, part)
);
