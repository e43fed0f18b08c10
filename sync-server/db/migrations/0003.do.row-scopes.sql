-- The second wall around what belongs to one store: row-level security. A request runs in a transaction that names
-- its scopes (`tillandsia.scopes`, separated by spaces), usually as the role `tillandsia_request` (db/request-role.ts);
-- rows of other scopes are not there for it, whatever its query forgets to say. Without scopes nothing is there.
-- The server's own work (folding, migrations, backup) names `*`. FORCE holds the owner of the tables to it as well,
-- so that the wall stands where our user may not make roles. The setting is read once for each query, not for each row.
--   company, kiosk, store:<id>   documents and their counters, what is known of a store
--   facts:<store>                the journals of a store, to take facts in
--   journal:<workstation>        one journal, to give a workstation its own entries back

alter table document enable row level security;
alter table document force row level security;
create policy document_by_scope on document using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or scope = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));

alter table scope_counter enable row level security;
alter table scope_counter force row level security;
create policy scope_counter_by_scope on scope_counter using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or scope = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));

alter table fact enable row level security;
alter table fact force row level security;
create policy fact_by_scope on fact using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'facts:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[])
  or 'journal:' || workstation_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));

alter table forked_fact enable row level security;
alter table forked_fact force row level security;
create policy forked_fact_by_scope on forked_fact using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or exists (
    select 1 from workstation w where w.id = workstation_id and 'facts:' || w.store_id
      = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[])));

alter table workstation enable row level security;
alter table workstation force row level security;
create policy workstation_by_scope on workstation using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'facts:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[])
  or 'journal:' || id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));

alter table attention enable row level security;
alter table attention force row level security;
create policy attention_by_scope on attention using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));

alter table transaction_view enable row level security;
alter table transaction_view force row level security;
create policy transaction_view_by_scope on transaction_view using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));

alter table item_sales enable row level security;
alter table item_sales force row level security;
create policy item_sales_by_scope on item_sales using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));

alter table stock_on_hand enable row level security;
alter table stock_on_hand force row level security;
create policy stock_on_hand_by_scope on stock_on_hand using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));

alter table stock_page_through enable row level security;
alter table stock_page_through force row level security;
create policy stock_page_through_by_scope on stock_page_through using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));
