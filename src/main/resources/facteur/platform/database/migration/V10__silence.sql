-- Of a domain that was proved, DNS may say nothing for days: it is unconfirmed. The table is made again for its check.
create table domain_that_may_be_unconfirmed (
    name          text    not null,
    office        text    not null,
    token         text    not null,
    added_at      bigint  not null,
    state         text    not null check (state in ('pending', 'verified', 'unconfirmed', 'degraded', 'suspended', 'failed')),
    since         bigint  not null,
    mismatches    integer not null,
    reason        text    not null,
    next_check_at bigint  not null,
    checked_at    bigint,
    told          text    not null, -- the state that office and journal were told of last
    sure_at       bigint,           -- when a check last found something out, right or wrong
    primary key (name, office)
);

insert into domain_that_may_be_unconfirmed
    (name, office, token, added_at, state, since, mismatches, reason, next_check_at, checked_at, told, sure_at)
select name, office, token, added_at, state, since, mismatches, reason, next_check_at, checked_at, told, checked_at from domain;

drop table domain;

alter table domain_that_may_be_unconfirmed rename to domain;

create index domain_due on domain (next_check_at);
