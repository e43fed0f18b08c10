-- How sales were paid, as far as it must be unique: which entry used a voucher first, in the whole company, and what became of
-- every attempt to take money from a card. Folded from the facts; the same wall as around the other views (0003).

create table voucher_use (
  number text primary key,
  store_id text not null,
  workstation_id text not null,
  fact_id text not null,
  transaction_id text not null,
  receipt_number text not null
);
create index voucher_use_of_store on voucher_use (store_id);

create table card_attempt (
  workstation_id text not null,
  attempt_id text not null,
  store_id text not null,
  action text not null,
  amount_minor bigint not null,
  approved_minor bigint not null default 0,
  outcome text not null default 'open' check (outcome in ('open', 'approved', 'declined', 'unknown')),
  -- The attention that asks what became of it, while nobody knows.
  asked_at_epoch integer,
  asked_at_sequence integer,
  sold_on text,
  primary key (workstation_id, attempt_id)
);
create index card_attempt_of_store on card_attempt (store_id);

alter table voucher_use enable row level security;
alter table voucher_use force row level security;
create policy voucher_use_by_scope on voucher_use using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));

alter table card_attempt enable row level security;
alter table card_attempt force row level security;
create policy card_attempt_by_scope on card_attempt using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));
