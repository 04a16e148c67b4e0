-- For SQLite alone: up to which record the tables have what stands in letters.log, and the round of that file.
create table letter_log (
    applied bigint not null,
    round   bigint not null
);
insert into letter_log values (0, 0);
