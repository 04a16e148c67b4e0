-- Which office may write under which domain, as far as that is proved. Names are in lower case and A-labels.
create table domain (
    name          text    not null,
    office        text    not null,
    token         text    not null,
    added_at      bigint  not null,
    state         text    not null check (state in ('pending', 'verified', 'degraded', 'suspended', 'failed')),
    since         bigint  not null,
    mismatches    integer not null,
    reason        text    not null,
    next_check_at bigint  not null,
    checked_at    bigint,
    told          text    not null, -- the state that office and journal were told of last
    primary key (name, office)
);

create index domain_due on domain (next_check_at);

-- Counted up by every change that letters go by.
create table domain_edition (
    number bigint not null
);

insert into domain_edition values (0);
