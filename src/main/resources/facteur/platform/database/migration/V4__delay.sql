-- When the app was told that the letter is late; 0 = not yet.
alter table queue add column warned_at bigint not null default 0;
