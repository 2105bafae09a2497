-- What was seen of people is only added to, whatever code asks: no row of it is overwritten. Rows may go, for erasure. Two things may
-- change all the same: a colleague's row goes, and takes its name from here (the foreign key does it); and words are sealed with their
-- owner's new key by a transaction that says so: set local rahnamo.reseal = 'on'
create function attendance_only_grows() returns trigger language plpgsql as $$
declare
  allowed attendance_event := old;
begin
  if new.by_id is null and pg_trigger_depth() > 1 then
    allowed.by_id := null;
  end if;
  if old.why is not null and new.why is not null and coalesce(current_setting('rahnamo.reseal', true), '') = 'on' then
    allowed.why := new.why;
  end if;
  if new is distinct from allowed then
    raise exception 'Attendance is only added to.' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create trigger attendance_keeps_rows before update on "attendance_event" for each row execute function attendance_only_grows();
