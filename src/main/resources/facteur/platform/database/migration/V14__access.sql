-- Who may use the API. A token is fct_<id>_<43 characters>; it is shown once, and what is here can't be turned into it again.
create table token (
    id         text   not null primary key,
    name       text   not null,
    digest     text   not null,            -- SHA-256 of the whole token, in hexadecimal digits
    office     text   not null,            -- * = all
    scopes     text   not null,            -- blanks between
    made_at    bigint not null,
    made_by    text   not null,
    until      bigint not null,
    used_at    bigint not null default 0,  -- 0 = never; up to a minute late
    revoked_at bigint not null default 0,  -- 0 = it isn't; the row stays, since the history of settings names it
    revoked_by text   not null default '',
    told       text   not null default '' check (told in ('', 'made', 'revoked')) -- what is in a daemon's log of it
);

-- A name is free again when its token is revoked.
create unique index token_name on token (name) where revoked_at = 0;
