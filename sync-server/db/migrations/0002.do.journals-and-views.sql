-- Workstations and their journals, and the views folded from them. A fact is written once and never updated;
-- `position` is its place in the feed `facts:<store>`. Views may be dropped and folded again.

create table workstation (
  id text primary key,
  store_id text not null references store (id),
  number integer not null,
  kind text not null check (kind in ('pos', 'kiosk', 'server')),
  name text not null,
  public_key text not null,
  head_epoch integer not null default 0,
  head_sequence integer not null default 0,
  head_hash text not null default '0000000000000000000000000000000000000000000000000000000000000000',
  enrolled_at timestamptz not null default now(),
  revoked_at timestamptz,
  quarantined_at timestamptz,
  unique (store_id, number)
);

-- Only a keyed hash of the code is kept. The selector (its first letters) finds the row, so that wrong guesses
-- count against one code and cannot use up the others.
create table enrolment_code (
  selector text primary key,
  code_hash text not null,
  store_id text not null references store (id),
  expires_at timestamptz not null,
  tries integer not null default 0,
  used_at timestamptz,
  workstation_id text
);

create table token_challenge (
  challenge text primary key,
  workstation_id text not null references workstation (id),
  expires_at timestamptz not null
);
create index token_challenge_expiry on token_challenge (expires_at);

create table fact (
  workstation_id text not null references workstation (id),
  epoch integer not null,
  sequence integer not null,
  id text not null,
  store_id text not null,
  kind text not null,
  hash text not null,
  mark text check (mark in ('disputed', 'kept')),
  position bigint not null,
  received_at timestamptz not null default now(),
  body text not null,
  primary key (workstation_id, epoch, sequence),
  unique (workstation_id, id),
  unique (store_id, position)
);

-- Entries that claimed a place which another entry holds: evidence, never part of a journal.
create table forked_fact (
  workstation_id text not null references workstation (id),
  epoch integer not null,
  sequence integer not null,
  hash text not null,
  received_at timestamptz not null default now(),
  body text not null,
  primary key (workstation_id, epoch, sequence, hash)
);

create table attention (
  id text primary key,
  store_id text not null references store (id),
  kind text not null,
  at timestamptz not null,
  workstation_id text,
  fact_id text,
  body text not null,
  settled_at timestamptz
);
create index attention_of_store on attention (store_id, at);

create table projection_cursor (
  store_id text primary key references store (id),
  position bigint not null default 0
);

create table stock_on_hand (
  store_id text not null,
  ordinal integer not null,
  on_hand_milli bigint not null,
  primary key (store_id, ordinal)
);

-- Newest fact of a workstation that moved stock of the page; a till adds its own facts that are newer.
create table stock_page_through (
  store_id text not null,
  page integer not null,
  workstation_id text not null,
  epoch integer not null,
  sequence integer not null,
  primary key (store_id, page, workstation_id)
);

create table transaction_view (
  store_id text not null,
  receipt_number text not null,
  workstation_id text not null,
  epoch integer not null,
  sequence integer not null,
  fact_id text not null,
  transaction_id text not null,
  kind text not null,
  business_day text not null,
  currency text not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  gross_minor bigint not null,
  cash_rounding_minor bigint not null,
  line_count integer not null,
  mark text,
  primary key (store_id, receipt_number)
);
create index transaction_view_day on transaction_view (store_id, business_day);

create table item_sales (
  store_id text not null,
  business_day text not null,
  item_id text not null,
  currency text not null,
  quantity_milli bigint not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  gross_minor bigint not null,
  line_count integer not null,
  primary key (store_id, business_day, item_id, currency)
);

create table printed_job (
  workstation_id text not null references workstation (id),
  job_id text not null,
  printer_id text not null,
  content_hash text not null,
  state text not null check (state in ('queued', 'sending', 'sent', 'failed')),
  failure_code text,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (workstation_id, job_id)
);
create index printed_job_age on printed_job (changed_at);

-- Whose turn it is at a printer, so that several server processes do not mix their paper.
create table printer_turn (
  printer_id text primary key,
  holder text not null,
  until timestamptz not null
);
