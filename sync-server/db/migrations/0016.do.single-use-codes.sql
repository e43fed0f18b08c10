-- Coupons that serve once stand beside vouchers: which entry used a code first, in the whole company. A coupon may be limited for each
-- customer; whatever else has none.
alter table voucher_use rename to code_use;
alter table code_use rename column number to code;
alter table code_use add column kind text not null default 'voucher' check (kind in ('voucher', 'coupon'));
alter table code_use add column customer_id text not null default '';
alter table code_use drop constraint voucher_use_pkey;
alter table code_use add primary key (kind, code, customer_id);

-- A till that is about to use a code keeps it from the others for some minutes; whoever is cut off cannot ask.
create table code_claim (
  kind text not null,
  code text not null,
  customer_id text not null default '',
  store_id text not null,
  workstation_id text not null,
  claimed_until timestamptz not null,
  primary key (kind, code, customer_id)
);
alter table code_claim enable row level security;
alter table code_claim force row level security;
create policy code_claim_by_scope on code_claim using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));
