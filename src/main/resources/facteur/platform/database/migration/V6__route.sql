-- By which upstreams a letter goes; empty = not yet known.
alter table queue add column route text not null default '';

-- When a letter that nobody has tried yet has its turn among those of its route: the lowest first. 0 = it was tried, and
-- waits until it is due.
alter table queue add column turn bigint not null default 0;

create index queue_turn on queue (route, turn) where state = 'deferred' and turn > 0;
create index queue_again on queue (route, due_at, letter_id) where state = 'deferred' and turn = 0;
