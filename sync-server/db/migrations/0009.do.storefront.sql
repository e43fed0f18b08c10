-- A published key speaks for whoever visits the shop: it stands in a page that everybody can read, so it carries no secret, may do
-- little, and is limited per visitor.
alter table api_key add column is_published boolean not null default false;

-- What customers thought of an order, one row for each step. The stars are facts of the journal; what people wrote stands only here,
-- so that it can be erased.
create table order_feedback (
  order_id text not null,
  step text not null check (step in ('ordering', 'collection')),
  stars integer not null check (stars between 1 and 5),
  text text,
  given_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (order_id, step)
);
insert into order_feedback (order_id, step, stars, text, given_at, changed_at)
select order_id, 'collection', (feedback::json ->> 'stars')::integer, feedback::json ->> 'text',
       (feedback::json ->> 'at')::timestamptz, (feedback::json ->> 'at')::timestamptz
from channel_order_contact where feedback is not null;
alter table channel_order_contact drop column feedback;

-- A cart passport: the cart is with the customer's phone, at one till, or bought; never in two places.
alter table channel_cart add column at_workstation text;
alter table channel_cart add column at_store text;
-- What the till took over, to tell its changes from those of the phone.
alter table channel_cart add column taken_lines text;
-- JSON: the order or the receipt that it became.
alter table channel_cart add column bought text;

-- Codes that move a cart, each good for a quarter of an hour and one use.
create table cart_passport (
  code text primary key,
  cart_id text not null references channel_cart (id) on delete cascade,
  expires_at timestamptz not null,
  used_by text
);
create index cart_passport_of_cart on cart_passport (cart_id);
