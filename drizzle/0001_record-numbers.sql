-- The next visible number of a kind of record: unique and rising per organization, gaps allowed. A function, so
-- that an insert draws its number in its own statement. Runs with the caller's rights: row-level security holds.
CREATE FUNCTION next_record_number(organization uuid, record_kind text) RETURNS integer
LANGUAGE sql VOLATILE
SET search_path = public, pg_temp
AS $$
  INSERT INTO record_counters (org_id, kind, next) VALUES (organization, record_kind, 2)
  ON CONFLICT (org_id, kind) DO UPDATE SET next = record_counters.next + 1
  RETURNING next - 1
$$;
--> statement-breakpoint
-- Sets a block of numbers aside and gives its first one. Called in a short transaction of its own before an import,
-- so that nobody waits for the import's commit.
CREATE FUNCTION reserve_record_numbers(organization uuid, record_kind text, amount integer) RETURNS integer
LANGUAGE sql VOLATILE
SET search_path = public, pg_temp
AS $$
  INSERT INTO record_counters (org_id, kind, next) VALUES (organization, record_kind, 1 + amount)
  ON CONFLICT (org_id, kind) DO UPDATE SET next = record_counters.next + amount
  RETURNING next - amount
$$;
