-- What comes back, and what must not leave twice. Times in ms; 0 = never, '' = none.

-- kind: '' = from an app, or of our own; return = came to a return address and was read; reply = came there and was relayed.
-- subject: cut where it is very long; only kept of letters that leave with a return address.
alter table letter add column kind text not null default '' check (kind in ('', 'return', 'reply'));
alter table letter add column subject text not null default '';

-- company: of the office, as it was when the letter left, where its Reply-To is an address of the relay's; reply_to_field then says whom that
-- stood for.
alter table letter add column company text not null default '';

-- 'returned': a host beyond the upstream gave it back; 'delivered': one said that it has it. The table is made again because a check
-- can't be changed everywhere.
create table recipient_again (
    letter_id          text    not null references letter (id),
    position           integer not null,
    address            text    not null,
    status             text    not null check (status in ('pending', 'relayed', 'failed', 'removed', 'returned', 'delivered')),
    last_reply         text    not null,
    last_at            bigint,
    notify             text    not null default '',
    original_recipient text    not null default '',
    primary key (letter_id, position)
);
insert into recipient_again
    select letter_id, position, address, status, last_reply, last_at, notify, original_recipient from recipient;
drop table recipient;
alter table recipient_again rename to recipient;

-- What return addresses are made with; the newest makes them, the others are still good. secret: in hexadecimal digits.
create table return_key (
    number  integer not null primary key,
    secret  text    not null,
    made_at bigint  not null
);

-- What came to the return address of a letter. id: its own queue id. digest: SHA-256 of what it says, for a second copy.
create table letter_return (
    id        text   not null primary key references letter (id),
    letter_id text   not null,
    kind      text   not null check (kind in ('report', 'read', 'complaint', 'unreadable', 'automatic', 'reply')),
    sender    text   not null,
    digest    text   not null,
    at        bigint not null,
    text      text   not null default ''   -- of one that can't be read, to be shown
);

create index letter_return_of on letter_return (letter_id, at);

-- What it said of a recipient of that letter. position: -1 = not one of them.
create table return_status (
    return_id  text    not null references letter_return (id),
    number     integer not null,
    letter_id  text    not null,
    position   integer not null,
    address    text    not null,
    action     text    not null check (action in ('failed', 'delayed', 'delivered', 'relayed', 'expanded')),
    status     text    not null,
    diagnostic text    not null,
    host       text    not null,
    primary key (return_id, number)
);

create index return_status_of on return_status (letter_id);

-- Who is still to be told of what came back. letters: the ids of those that tell it, made before they are stored, so that each leaves once.
create table return_notice (
    letter_id    text   not null,
    reader       text   not null check (reader in ('office', 'app')),
    first_at     bigint not null,
    due_at       bigint not null,            -- 0 = nothing is waiting
    told         text   not null default '', -- the returns that were told of
    letters      text   not null default '',
    telling      text   not null default '', -- the returns that the letters tell of
    leased_until bigint not null default 0,
    primary key (letter_id, reader)
);

create index return_notice_due on return_notice (due_at) where due_at > 0;

-- Addresses of an office's clients that don't work.
create table bad_address (
    office     text    not null,
    address    text    not null,           -- its domain in lower case
    since      bigint  not null,
    last_at    bigint  not null,
    count      integer not null,
    status     text    not null,
    diagnostic text    not null,
    letter_id  text    not null,           -- the last that came back
    primary key (office, address)
);

-- Letters by the name that their app gave them. A digest over app, office and name, and where the name is a Message-ID over recipients and
-- content too: hash has its first 64 bits, digest the others. content: over recipients and content, where the name is a key. No address can
-- be read from them, so there is nothing to erase when a person is forgotten. letters: the ids of its parts, the one that the app was told
-- first. One number as the key and no index: each letter is written here.
create table letter_key (
    hash    ${long} not null primary key,
    digest  text    not null,
    content text    not null,
    letters text    not null,
    made_at bigint  not null
);
