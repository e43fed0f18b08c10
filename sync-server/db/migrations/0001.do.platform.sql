-- Platform tables: what a store is and sells, and the change feed. Only SQL that CockroachDB and YugabyteDB also
-- document: no sequences, no triggers, no advisory locks. A body is `text`: the server hands it on as it is and
-- never queries inside; what is queried has a column of its own. Amounts are minor units, ratios whole numbers.

create table store (
  id text primary key,
  number integer not null unique,
  -- 'shop' has workstations, 'channel' sells elsewhere (web, marketplace).
  kind text not null default 'shop',
  name text not null,
  -- JSON of Store.
  body text not null
);

-- Small named values of the whole installation (JSON), such as the seed state of the demo store.
create table setting (
  key text primary key,
  value text not null,
  changed_at timestamptz not null default now()
);

create table tax_group (
  id text primary key,
  letter text not null,
  -- JSON of TaxGroup.
  body text not null
);

create table category (
  id text primary key,
  position integer not null,
  -- JSON of Category.
  body text not null
);

create table operator (
  id text primary key,
  number integer not null unique,
  is_active boolean not null default true,
  -- JSON of Operator, with its PIN verifier.
  body text not null
);

create table customer (
  id text primary key,
  name text not null,
  -- JSON of the customer document.
  body text not null
);

-- The catalogue. Workstations get it in pages of 256 by ordinal; an ordinal is never given out twice.
create table item (
  id text primary key,
  ordinal bigint not null unique,
  sku text not null unique,
  category_id text not null references category (id),
  tax_group_id text not null references tax_group (id),
  price_minor bigint not null,
  -- What one unit cost the shop; never leaves the server.
  cost_minor bigint,
  is_deleted boolean not null default false,
  -- JSON of Item; its priceMinor equals price_minor.
  body text not null
);

create index item_by_category on item (category_id);

-- One row per code as it is looked up (GTINs in 14 digits). A code may belong to several items: the till then asks.
create table item_barcode (
  code text not null,
  item_id text not null references item (id),
  primary key (code, item_id)
);

create index item_barcode_by_item on item_barcode (item_id);

-- Printers the server may reach, and no others. Workstations name them by id.
create table printer (
  id text primary key,
  store_id text references store (id),
  name text not null,
  host text not null,
  port integer not null,
  columns integer not null
);

-- The newest position of each scope of the change feed. The row is updated in the same statement as the
-- documents, so that positions are committed in order and a reader never skips one. Half-empty pages keep the
-- update inside its page (HOT).
create table scope_counter (
  scope text primary key,
  last bigint not null
) with (fillfactor = 50);

-- The newest version of every replicated document. Rows that are updated move on in the feed.
create table document (
  scope text not null,
  collection text not null,
  id text not null,
  position bigint not null,
  deleted boolean not null default false,
  body text not null,
  primary key (scope, collection, id)
);

create unique index document_by_position on document (scope, collection, position);

-- Work to be done after a commit (mail, web hooks, expiry): taken with FOR UPDATE SKIP LOCKED and a lease.
create table job (
  id text primary key,
  kind text not null,
  payload text not null,
  run_at timestamptz not null,
  attempts integer not null default 0,
  locked_until timestamptz
);

create index job_by_time on job (run_at);
