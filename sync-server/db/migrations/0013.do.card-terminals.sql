-- Card terminals that the server speaks with, and every attempt to move money at one of them. The attempt is a row before the
-- terminal is asked, so that a server that dies in the middle asks the terminal what became of it and never pays again.
-- Addresses and keys stay in the settings of the server. The same wall as around the other rows of a store (0003).

create table card_terminal (
  id text primary key,
  store_id text references store (id),
  name text not null,
  driver text not null
);

-- One question at a time, between processes too: who asks the terminal now, and until when that is believed.
create table terminal_turn (
  terminal_id text primary key,
  holder text not null,
  until timestamptz not null
);

--   waiting ──► asking ──► approved | declined | unknown        unknown ──► approved | declined
-- Up to `waiting` nothing was sent. `mark` is where the terminal stood before, `reference` what it calls the transaction.
create table terminal_attempt (
  workstation_id text not null,
  attempt_id text not null,
  store_id text not null,
  terminal_id text not null,
  action text not null check (action in ('payment', 'refund', 'reversal')),
  amount_minor bigint not null,
  currency text not null,
  reverses text,
  state text not null check (state in ('waiting', 'asking', 'approved', 'declined', 'unknown')),
  mark text,
  prompt text,
  reason text,
  approved_minor bigint not null default 0,
  -- JSON of what may be kept of the card, its slip included; never a card number.
  card text,
  reference text,
  is_cancelled boolean not null default false,
  -- Who carries it out now, and until when that is believed; null once it has come to an end.
  holder text,
  until timestamptz,
  -- Moves with every change, so that a till waits for the next one.
  version integer not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (workstation_id, attempt_id)
);
create index terminal_attempt_of_terminal on terminal_attempt (terminal_id, created_at);

-- What a terminal added up at its end of day, beside what the attempts come to. A closing that got no answer has no totals.
create table terminal_closing (
  workstation_id text not null,
  closing_id text not null,
  store_id text not null,
  terminal_id text not null,
  currency text not null,
  terminal_count integer,
  terminal_minor bigint,
  recorded_count integer not null,
  recorded_minor bigint not null,
  unknown_count integer not null,
  closed_at timestamptz not null default now(),
  primary key (workstation_id, closing_id)
);
create index terminal_closing_of_terminal on terminal_closing (terminal_id, closed_at);

alter table terminal_attempt enable row level security;
alter table terminal_attempt force row level security;
create policy terminal_attempt_by_scope on terminal_attempt using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));

alter table terminal_closing enable row level security;
alter table terminal_closing force row level security;
create policy terminal_closing_by_scope on terminal_closing using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));
