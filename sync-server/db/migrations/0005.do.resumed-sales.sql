-- Which entry paid a cart that had been set aside: the first one of each cart, so that a second one is seen (two tills took
-- it up while they did not hear of each other). Folded from the facts; the same wall as around the other views (0003).

create table resumed_sale (
  store_id text not null,
  cart_id text not null,
  workstation_id text not null,
  fact_id text not null,
  receipt_number text not null,
  primary key (store_id, cart_id)
);

alter table resumed_sale enable row level security;
alter table resumed_sale force row level security;
create policy resumed_sale_by_scope on resumed_sale using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));
