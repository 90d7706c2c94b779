-- The days of the result log. The worker calls both functions, and owns none of the tables.

-- Makes the partitions from yesterday on, five in all. A day whose results came before its partition
-- stays in results_rest.
CREATE FUNCTION results_make_days(today BIGINT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    day constant bigint := 86400000000;
    first bigint;
    name text;
BEGIN
    FOR step IN -1..3 LOOP
        first := (today / day + step) * day;
        name := 'results_' || to_char(to_timestamp(first / 1000000) AT TIME ZONE 'UTC', 'YYYYMMDD');
        CONTINUE WHEN to_regclass('public.' || name) IS NOT NULL;
        BEGIN
            EXECUTE format('CREATE TABLE public.%I PARTITION OF public.results '
                'FOR VALUES FROM (%s) TO (%s)', name, first, first + day);
            EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', name);
            EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', name);
        EXCEPTION WHEN check_violation OR duplicate_table THEN
            NULL;
        END;
    END LOOP;
END
$$;

-- Removes the oldest day that ends at or before the cut-off, and says whether there was one. A
-- result that still speaks then is kept in results_rest.
CREATE FUNCTION results_drop_day(cutoff BIGINT) RETURNS BOOLEAN
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    day constant bigint := 86400000000;
    name text;
    first bigint;
    kept public.results[];
BEGIN
    SELECT c.relname INTO name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'public.results'::regclass AND c.relname ~ '^results_[0-9]{8}$'
        ORDER BY c.relname LIMIT 1;
    IF name IS NULL THEN
        RETURN false;
    END IF;
    first := extract(epoch FROM (right(name, 8)::date)::timestamp AT TIME ZONE 'UTC')::bigint
        * 1000000;
    IF first + day > cutoff THEN
        RETURN false;
    END IF;
    SELECT array_agg(r) INTO kept FROM public.monitors m CROSS JOIN LATERAL
        (SELECT max(l.at) AS at FROM public.results l
            WHERE l.monitor_id = m.id AND l.at < cutoff) latest
        JOIN public.results r ON r.monitor_id = m.id AND r.at = latest.at
        WHERE latest.at >= first AND latest.at < first + day AND r.at + r.valid_for_us >= cutoff;
    EXECUTE format('DROP TABLE public.%I', name);
    INSERT INTO public.results SELECT * FROM unnest(kept);
    RETURN true;
END
$$;
