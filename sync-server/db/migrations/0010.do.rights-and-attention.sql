-- What tills show of rights: the parts of each item beside its book, and its fixed place in the catalogue. Rows of before get theirs
-- when the desk of the store is tended for the first time (has_pages).

alter table stock_rights add column ordinal integer;
alter table stock_rights add column store_milli bigint not null default 0;
alter table stock_rights add column promised_milli bigint not null default 0;
create index stock_rights_by_place on stock_rights (store_id, ordinal);
alter table channel_cursor add column has_pages boolean not null default false;

update stock_rights set ordinal = item.ordinal from item where item.id = stock_rights.item_id;

-- Which sale took more of an item than the counter had, as JSON: shown where an order lost its unit.
alter table stock_rights add column taken_by text;
create index attention_open on attention (store_id, kind) where settled_at is null;

-- Where goods are shipped to; erased with the person.
alter table channel_order_contact add column address text;

-- An order still lacks units that the counter sold, whether or not somebody has decided about it.
alter table attention add column is_owed boolean not null default false;
