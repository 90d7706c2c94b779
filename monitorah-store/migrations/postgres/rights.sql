-- Who may do what, set anew by every `monitorah migrate` as the owner of the tables.
--
-- A table with the column account_id belongs to accounts. Each of them gets row-level security,
-- forced, and the policy that holds the roles app and readonly to the account of the transaction:
-- a table of a later migration needs no line here, unless the engine reads it across accounts.
--
-- The account is `SET LOCAL monitorah.account_id`. After such a transaction the setting is '' and
-- not NULL, so '' counts as none; without an account nothing is equal to it and nothing is seen.
-- As a sub-select it is computed once a statement.

-- Nothing that was granted before stays: what is granted is what stands here.
DO $$
BEGIN
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, monitorah_app, monitorah_worker,
        monitorah_readonly, monitorah_backup, monitorah_sre;
    REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, monitorah_app, monitorah_worker,
        monitorah_readonly, monitorah_backup, monitorah_sre;
    REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
END
$$;

DO $$
DECLARE
    one record;
    policy record;
    mine constant text := '(account_id = (SELECT decode(NULLIF('
        || 'current_setting(''monitorah.account_id'', true), ''''), ''hex'')))';
BEGIN
    -- Policies of before, also of an earlier version of this file.
    FOR policy IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP POLICY %I ON public.%I', policy.policyname, policy.tablename);
    END LOOP;
    FOR one IN
        SELECT c.relname, c.relispartition, c.relrowsecurity AND c.relforcerowsecurity AS safe
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'account_id'
            AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    LOOP
        IF NOT one.safe THEN
            EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', one.relname);
            EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', one.relname);
        END IF;
        -- Everybody goes through the partitioned table: a partition itself is nobody's.
        CONTINUE WHEN one.relispartition;
        EXECUTE format('CREATE POLICY tenant ON public.%I TO monitorah_app USING %s WITH CHECK %s',
            one.relname, mine, mine);
        EXECUTE format('CREATE POLICY tenant_read ON public.%I FOR SELECT TO monitorah_readonly '
            'USING %s', one.relname, mine);
        EXECUTE format('CREATE POLICY whole ON public.%I FOR SELECT TO monitorah_backup '
            'USING (true)', one.relname);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO monitorah_app',
            one.relname);
        EXECUTE format('GRANT SELECT ON public.%I TO monitorah_readonly', one.relname);
    END LOOP;
END
$$;

-- The audit log is written once. Only the keys of repeated requests are taken out of it, by the
-- worker, when their time is over.
REVOKE UPDATE, DELETE ON audit FROM monitorah_app;

-- What is of the whole installation.
GRANT SELECT, UPDATE ON feed_counter TO monitorah_app;
GRANT SELECT ON feed_counter, retention, _sqlx_migrations TO monitorah_worker;
GRANT UPDATE ON retention TO monitorah_worker;
-- Which server looks at which monitors; a settle only asks whether that is still so.
GRANT SELECT, INSERT, UPDATE, DELETE ON replicas TO monitorah_worker;
GRANT SELECT, UPDATE ON buckets TO monitorah_worker;
GRANT SELECT ON buckets TO monitorah_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO monitorah_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO monitorah_backup;
GRANT SELECT ON feed_counter, retention, replicas, buckets, _sqlx_migrations TO monitorah_sre;

-- The days of the result log are made and removed by functions of the owner, whom the policies hold
-- as well: it sees what it must keep of a day that goes.
CREATE POLICY keeper ON results TO monitorah_owner USING (true) WITH CHECK (true);
CREATE POLICY keeper ON monitors FOR SELECT TO monitorah_owner USING (true);
GRANT EXECUTE ON FUNCTION results_make_days, results_drop_day TO monitorah_worker;
SELECT results_make_days((extract(epoch FROM now()) * 1000000)::bigint);

-- The worker: each line is a look-up or a piece of housekeeping that knows no account (I5).
DO $$
DECLARE
    line record;
BEGIN
    FOR line IN
        SELECT * FROM (VALUES
            -- TenantResolver: whose is this key, this token, this badge?
            ('accounts', 'SELECT', 'account_id, founder_id'),
            ('installation', 'SELECT', ''),
            ('api_keys', 'SELECT', ''),
            ('heartbeats', 'SELECT', 'account_id, monitor_id, token_hash'),
            ('badges', 'SELECT', 'account_id, monitor_id, key_hash'),
            -- MonitorFeed: the schedule.
            ('monitors', 'SELECT', ''),
            ('monitor_state', 'SELECT', ''),
            ('monitor_parents', 'SELECT', ''),
            ('feed', 'SELECT', ''),
            ('feed', 'DELETE', ''),
            -- IncidentStore::waiting and due_reminders, and what retention removes.
            ('events', 'SELECT', ''),
            ('events', 'DELETE', ''),
            ('maintenance_windows', 'SELECT', 'account_id, id, over_at'),
            ('maintenance_windows', 'DELETE', ''),
            ('silences', 'SELECT', 'account_id, id, ends_at'),
            ('silences', 'DELETE', ''),
            ('audit', 'SELECT', 'account_id, id, at, idempotency_key, fingerprint'),
            ('audit', 'UPDATE', 'idempotency_key, fingerprint'),
            -- Outbox::lease, next_due and waiting.
            ('outbox', 'SELECT', ''),
            ('outbox', 'UPDATE', 'lease_token, lease_until'),
            ('outbox', 'DELETE', ''),
            -- HoldStore::lease_held, and what Outbox::lease leaves to it.
            ('outbox_holds', 'SELECT', ''),
            ('outbox_holds', 'UPDATE', 'lease_token, until_at'),
            -- ResultStore::append, and what is to be rolled up or removed.
            ('results', 'SELECT', 'account_id, monitor_id, at, region, sequence, valid_for_us'),
            ('results', 'INSERT', ''),
            ('rollups', 'SELECT', 'account_id, monitor_id, resolution, start'),
            ('rollup_marks', 'SELECT', ''),
            ('rollup_marks', 'INSERT', ''),
            ('rollup_marks', 'UPDATE', 'next_minute')
        ) AS lines (relation, command, columns)
    LOOP
        EXECUTE format('GRANT %s%s ON public.%I TO monitorah_worker', line.command,
            CASE WHEN line.columns = '' THEN '' ELSE ' (' || line.columns || ')' END,
            line.relation);
        EXECUTE format('CREATE POLICY %I ON public.%I FOR %s TO monitorah_worker %s',
            'worker_' || lower(line.command), line.relation, line.command,
            CASE line.command WHEN 'INSERT' THEN 'WITH CHECK (true)' ELSE 'USING (true)' END);
    END LOOP;
END
$$;
