-- For SQLite alone: up to which record the tables have what stands in letters.log.
create table letter_log (
    applied bigint not null
);
insert into letter_log values (0);
