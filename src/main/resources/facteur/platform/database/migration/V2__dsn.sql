-- What the app said of reports, in the words of its commands (RFC 3461); an empty text is "none".
alter table letter add column return_content text not null default '';
alter table letter add column envelope_id text not null default '';
alter table recipient add column notify text not null default '';
alter table recipient add column original_recipient text not null default '';
