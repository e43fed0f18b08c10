-- Orders of channels and the rights behind them, as folded from the facts of their store in the order of its feed. `body` is JSON
-- of Order (shared/domain/order), without a name: the person behind it stands in channel_order_contact and can be erased.

create table channel_order (
  id text primary key,
  store_id text not null references store (id),
  code text not null unique,
  state text not null,
  due_at timestamptz not null,
  body text not null,
  -- Number of the newest pickup token; 0 before the order is ready.
  token_number integer not null default 0,
  changed_at timestamptz not null
);
create index channel_order_of_store on channel_order (store_id, state, due_at);

create table channel_order_contact (
  order_id text primary key,
  name text not null,
  phone text,
  email text,
  feedback text
);

-- JSON of RightsBook, one for each item of a store that has moved.
create table stock_rights (
  store_id text not null references store (id),
  item_id text not null,
  book text not null,
  -- What the channels may promise now, and whether the counter has sold more than it had.
  channels_milli bigint not null,
  is_short boolean not null,
  primary key (store_id, item_id)
);

-- Facts of a store up to which orders and rights are folded. Whoever changes them holds this row.
create table channel_cursor (
  store_id text primary key references store (id),
  position bigint not null default 0
);

-- Blocks of tracking codes, each given out once.
create table code_block (
  block integer primary key,
  holder text not null,
  used integer not null default 0,
  given_at timestamptz not null default now()
);

-- Who may speak for a channel. Only a hash of the key is kept; the selector (its first letters) finds the row.
create table api_key (
  selector text primary key,
  key_hash text not null,
  name text not null,
  channel text not null,
  scopes text not null,
  per_minute integer not null default 600,
  made_at timestamptz not null default now(),
  revoked_at timestamptz
);

-- What was answered to a request with an idempotency key, so that a repeat is answered the same and does nothing.
create table idempotent_answer (
  selector text not null,
  idempotency_key text not null,
  request_hash text not null,
  status integer not null,
  body text not null,
  at timestamptz not null default now(),
  primary key (selector, idempotency_key)
);
create index idempotent_answer_age on idempotent_answer (at);

-- Carts that a channel keeps for its customers. JSON of the lines with the prices as they were last shown.
create table channel_cart (
  id text primary key,
  selector text not null,
  version integer not null default 1,
  body text not null,
  changed_at timestamptz not null default now()
);

-- Which key made a customer known, and may read it back.
create table channel_customer (
  customer_id text primary key,
  selector text not null
);

create table webhook (
  id text primary key,
  selector text not null,
  url text not null,
  secret text not null,
  events text not null,
  is_active boolean not null default true,
  made_at timestamptz not null default now()
);

-- One event for one receiver: delivered, still tried, or given up (dead) until somebody replays it.
create table webhook_delivery (
  id text primary key,
  webhook_id text not null references webhook (id),
  event text not null,
  body text not null,
  state text not null check (state in ('waiting', 'delivered', 'dead')),
  attempts integer not null default 0,
  last_answer text,
  made_at timestamptz not null default now(),
  delivered_at timestamptz
);
create index webhook_delivery_by_hook on webhook_delivery (webhook_id, made_at);

-- Messages to customers (e-mail, SMS): rendered when they are made, kept until they are sent or given up.
create table message (
  id text primary key,
  order_id text not null,
  channel text not null check (channel in ('email', 'sms')),
  recipient text not null,
  subject text not null,
  text text not null,
  html text,
  state text not null check (state in ('waiting', 'sent', 'dead')),
  attempts integer not null default 0,
  last_problem text,
  made_at timestamptz not null default now(),
  sent_at timestamptz
);

alter table channel_order enable row level security;
alter table channel_order force row level security;
create policy channel_order_by_scope on channel_order using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));

alter table stock_rights enable row level security;
alter table stock_rights force row level security;
create policy stock_rights_by_scope on stock_rights using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));
