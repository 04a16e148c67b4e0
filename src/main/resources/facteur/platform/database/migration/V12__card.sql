-- Which version of the client's card a letter was decided by; empty where no card was needed, or where its source counts none.
alter table letter add column card_version text not null default '';
