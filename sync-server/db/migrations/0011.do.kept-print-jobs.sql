-- A print job that was accepted is kept with its bytes until it is known how it ended, so that a server that stops in between
-- goes on with it. A drawer's pulse is worth nothing later: it has a last moment.
alter table printed_job add column bytes bytea;
alter table printed_job add column valid_until timestamptz;
-- The printer said that everything is on paper; null where it only took the bytes.
alter table printed_job add column is_on_paper boolean;
create index printed_job_waiting on printed_job (printer_id, created_at) where state = 'queued';
