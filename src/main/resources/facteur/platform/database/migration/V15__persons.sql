-- Who signs in to the console, and what lets people stay there. Times in ms; 0 = never, '' = none. No password, link or cookie can be
-- made of what is here. What guards the second step is: whoever reads the table could make codes, but has no password.
create table person (
    login        text   not null primary key,  -- in lower case
    name         text   not null,              -- as pages show it
    address      text   not null default '',   -- where a link for a new password goes
    language     text   not null default '',
    password     text   not null default '',   -- its hash, as `facteur password` makes it; '' = none was set yet
    password_at  bigint not null default 0,
    totp         text   not null default '',   -- the shared secret, in base 32; asked for once totp_at says so
    totp_at      bigint not null default 0,    -- when a first code proved that an authenticator has it
    made_at      bigint not null,
    made_by      text   not null,
    disabled_at  bigint not null default 0,
    disabled_by  text   not null default '',
    signed_in_at bigint not null default 0,
    told         text   not null default '' check (told in ('', 'enabled', 'disabled')) -- what is in a daemon's log of it
);

-- office: '' for operators and viewers, whose role is for all.
create table person_role (
    login  text not null references person (login),
    office text not null,
    role   text not null,
    primary key (login, office, role)
);

-- In place of a code of the second step, each once. digest: SHA-256, in hexadecimal digits.
create table recovery_code (
    login  text not null references person (login),
    digest text not null,
    primary key (login, digest)
);

-- Who is signed in. id: SHA-256 of the cookie, in hexadecimal digits. holder: person, suite or federated; source: the suite or the
-- provider. grants: those of a suite's and a provider's user, blanks between, each office:role; a person's are read from person_role.
create table session (
    id          text   not null primary key,
    holder      text   not null,
    source      text   not null default '',
    subject     text   not null,               -- the login, or the id at its source
    name        text   not null,
    grants      text   not null default '',
    language    text   not null default '',
    return_to   text   not null default '',
    embed       text   not null default '',    -- the one origin that may frame it
    half        bigint not null default 0,     -- 1 = the password was right, the second step is missing
    made_at     bigint not null,
    used_at     bigint not null,               -- up to a minute early
    until       bigint not null,               -- at the latest
    peer        text   not null default '',
    agent       text   not null default ''
);

create index session_holder on session (holder, source, subject);

-- Links that work once. digest: SHA-256 of what stands in the link, in hexadecimal digits.
create table ticket (
    digest  text   not null primary key,
    kind    text   not null,
    subject text   not null,                   -- whose it is, in its kind's words
    body    text   not null default '',
    until   bigint not null
);

create index ticket_subject on ticket (kind, subject);

-- What must not be taken twice, by any node: steps of a second step, ids of signed launches.
create table used_once (
    kind  text   not null,
    value text   not null,
    until bigint not null,                     -- from then on it would be refused anyway
    primary key (kind, value)
);
