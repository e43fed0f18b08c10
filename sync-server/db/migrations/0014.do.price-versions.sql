-- What the shop's prices were: former versions of what sales are computed by, so that the server can compute each sale again
-- by the version that its till had. Versions are never changed once they are here.

-- Promotions and price rules (each valid from a revision of the price book until the one that changed it) and settings.
create table reference_version (
  scope text not null,
  collection text not null,
  id text not null,
  from_revision bigint not null,
  -- The first revision that no longer has it; null while it counts.
  until_revision bigint,
  body text not null,
  primary key (scope, collection, id, from_revision)
);
create index reference_version_current on reference_version (scope, collection) where until_revision is null;

alter table reference_version enable row level security;
alter table reference_version force row level security;
create policy reference_version_by_scope on reference_version using (
  (select current_setting('tillandsia.scopes', true)) = '*'
  or scope = any ((select string_to_array(current_setting('tillandsia.scopes', true), ' '))::text[]));

-- Former bodies of items; the newest is in item. Every workstation may see them, as it may see the catalogue.
create table item_version (
  item_id text not null references item (id),
  revision bigint not null,
  body text not null,
  primary key (item_id, revision)
);
