-- How the receipts of a store look: every version that a manager has saved, so that a change can be found and undone. The
-- newest is in the settings document of the store. Written and read by the server's own work, never by a request.

create table receipt_layout (
  store_id text not null references store (id),
  version integer not null,
  changed_at timestamptz not null default now(),
  workstation_id text not null,
  operator_id text not null,
  -- JSON of ReceiptLayout.
  body text not null,
  primary key (store_id, version)
);

-- What a printer is like (a key of the profile table), and of a label printer its dots per inch.
alter table printer add column profile text;
alter table printer add column zpl_dpi integer;

-- Shelf labels are printed for the price changes of a day.
create index fact_price_changes on fact (received_at) where kind = 'price-changed';
