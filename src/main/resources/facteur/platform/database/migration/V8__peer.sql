-- Which host took the letter, and over what TLS; empty where none did.
alter table attempt add column peer text not null default '';
