-- The roles of an installation, made by `monitorah migrate` as the administrator. Run again, it
-- changes nothing. Roles belong to the whole server, so another database of it may have made them.
--
-- owner     owns the tables; nobody signs in as it
-- app       works for one account at a time, and row-level security holds it to that
-- worker    the engine's look-ups across accounts, and no more than those
-- readonly  reads, one account at a time
-- backup    reads everything, for pg_dump: the one role that row-level security lets through
-- sre       reads what is no data of a customer: sizes, schema versions, waiting queues
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['owner', 'app', 'worker', 'readonly', 'backup', 'sre'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'monitorah_' || wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', 'monitorah_' || wanted);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- Another migration of the same server was faster.
            END;
        END IF;
    END LOOP;
    -- Whoever migrates acts as the owner. A superuser may without being told.
    IF NOT pg_has_role(current_user, 'monitorah_owner', 'MEMBER') THEN
        EXECUTE format('GRANT monitorah_owner TO %I', current_user);
    END IF;
    EXECUTE format('GRANT CREATE ON DATABASE %I TO monitorah_owner', current_database());
    -- Who may connect is said one by one: a login of another database of this server may not.
    EXECUTE format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format(
        'GRANT CONNECT ON DATABASE %I TO monitorah_readonly, monitorah_backup, monitorah_sre',
        current_database()
    );
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT USAGE, CREATE ON SCHEMA public TO monitorah_owner;
    GRANT USAGE ON SCHEMA public
        TO monitorah_app, monitorah_worker, monitorah_readonly, monitorah_backup, monitorah_sre;
END
$$;
