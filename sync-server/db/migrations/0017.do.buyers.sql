-- Who bought: so that anybody may be asked whether a customer has bought before, in whichever store.
alter table transaction_view add column customer_id text;
update transaction_view t
set customer_id = f.body::json -> 'body' -> 'transaction' ->> 'customerId'
from fact f
where f.workstation_id = t.workstation_id and f.id = t.fact_id and f.kind = 'transaction-completed'
  and f.mark is distinct from 'kept' and f.body like '%"customerId":"%';
create index transaction_view_customer on transaction_view (customer_id) where customer_id is not null;
