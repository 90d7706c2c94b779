-- Every server that listens hears at the commit that the feed was written to.
CREATE FUNCTION feed_tells() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('monitorah_feed', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER feed_tells AFTER INSERT OR UPDATE ON feed
    FOR EACH STATEMENT EXECUTE FUNCTION feed_tells();
