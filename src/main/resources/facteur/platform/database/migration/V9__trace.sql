-- The trace that a letter belongs to (W3C Trace Context), as its app gave it; empty = none.
alter table letter add column traceparent text not null default '';
