-- For which suite of console.suites a token launches people, with the scope sessions:create; '' = for none.
alter table token add column suite text not null default '';
