-- Which entry of a journal the details of a customer follow: the newest that the server took in. Empty for customers that came
-- by another way.
alter table customer add column recorded_by text;
alter table customer add column recorded_at timestamptz;
