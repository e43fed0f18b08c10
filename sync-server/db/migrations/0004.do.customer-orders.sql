-- Quotations, customer orders and layaways as folded from the facts of their store. `body` is the JSON of CustomerOrder, as it
-- replicates; the columns are what it is found and summed by. The same wall as around the other views (0003).

create table customer_order (
  store_id text not null,
  id text not null,
  number text not null,
  kind text not null,
  state text not null,
  customer_id text,
  currency text not null,
  business_day text not null,
  total_minor bigint not null,
  paid_minor bigint not null,
  forfeited_minor bigint not null,
  body text not null,
  primary key (store_id, id)
);

create index customer_order_by_number on customer_order (store_id, number);

alter table customer_order enable row level security;
alter table customer_order force row level security;
create policy customer_order_by_scope on customer_order using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));
