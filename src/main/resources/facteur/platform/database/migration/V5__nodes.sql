-- For PostgreSQL alone: several nodes, and large bodies in the database.

-- The runs of daemons that are alive, by this database's own clock. A lease holds as long as its owner is listed here.
create table node (
    owner       text   not null primary key,
    alive_until bigint not null
);

-- A large body in parts of 1 MB at most, in order; gone with the content.
create table body_part (
    letter_id text    not null references content (letter_id) on delete cascade,
    position  integer not null,
    octets    bytea   not null,
    primary key (letter_id, position)
);

-- Letters are compressed already, or not worth it.
alter table body_part alter column octets set storage external;
alter table content alter column body set storage external;

-- These rows are written again and again, and gone soon: leave room beside them, and clear up early.
alter table queue set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
