-- Till sessions, folded from the entries of their workstations: what each has come to, open or closed. A late entry belongs
-- to the session that it names, also when that was closed before. The same wall as around the other views (0003).

create table till_session_view (
  store_id text not null,
  workstation_id text not null,
  till_session_id text not null,
  session_number integer not null,
  opened_at text not null,
  closed_at text,
  z_number integer,
  business_day text not null,
  currency text not null,
  float_minor bigint not null,
  -- What the drawer must hold by the entries; what was counted, and what is missing, once it is closed.
  expected_minor bigint not null,
  counted_minor bigint,
  difference_minor bigint,
  -- Entries that named the session after it was closed: they stand on no Z report.
  late_count integer not null default 0,
  -- JSON of TillFigures.
  figures text not null,
  primary key (store_id, workstation_id, till_session_id)
);
create index till_session_view_day on till_session_view (store_id, business_day);

alter table till_session_view enable row level security;
alter table till_session_view force row level security;
create policy till_session_view_by_scope on till_session_view using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or 'store:' || store_id = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));
