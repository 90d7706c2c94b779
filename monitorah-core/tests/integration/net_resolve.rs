//! The cache of names: ages, bounds, one question for many who ask.

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use futures::{FutureExt, future::BoxFuture};
    use jiff::Timestamp;
    use monitorah_core::{
        Environment,
        net::{Answer, CacheLimits, Family, Names, Resolve, ResolveError},
    };
    use std::{
        net::IpAddr,
        sync::{
            Arc, Mutex,
            atomic::{AtomicU64, AtomicUsize, Ordering},
        },
        time::Duration,
    };

    /// A clock that moves when told to; nothing here sleeps.
    #[derive(Debug, Default)]
    struct Clock(AtomicU64);

    impl Clock {
        fn advance(&self, seconds: u64) {
            self.0.fetch_add(seconds, Ordering::SeqCst);
        }
    }

    impl Environment for Clock {
        fn now(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH
        }
        fn monotonic(&self) -> Duration {
            Duration::from_secs(self.0.load(Ordering::SeqCst))
        }
        fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
            futures::future::pending().boxed()
        }
        fn fill_random(&self, buffer: &mut [u8]) {
            buffer.fill(7);
        }
        fn spawn(&self, _: BoxFuture<'static, ()>) {
            unreachable!("the resolver spawns nothing")
        }
    }

    /// Answers what it is told, once the gate is open.
    #[derive(Debug)]
    struct Upstream {
        asked: AtomicUsize,
        answer: Mutex<Result<(Vec<IpAddr>, u64), ResolveError>>,
        gate: tokio::sync::Semaphore,
    }

    #[async_trait]
    impl Resolve for Upstream {
        async fn resolve(&self, _: &str, _: Family) -> Result<Answer, ResolveError> {
            self.asked.fetch_add(1, Ordering::SeqCst);
            let _open = self.gate.acquire().await;
            let answer = self.answer.lock().unwrap().clone();
            answer.map(|(addresses, ttl)| Answer {
                addresses,
                ttl: Duration::from_secs(ttl),
            })
        }
    }

    struct Rig {
        clock: Arc<Clock>,
        upstream: Arc<Upstream>,
        names: Names,
    }

    fn rig(open: bool, answer: Result<(Vec<&str>, u64), ResolveError>, limits: CacheLimits) -> Rig {
        let clock = Arc::new(Clock::default());
        let answer =
            answer.map(|(ips, ttl)| (ips.iter().map(|ip| ip.parse().unwrap()).collect(), ttl));
        let upstream = Arc::new(Upstream {
            asked: AtomicUsize::new(0),
            answer: Mutex::new(answer),
            gate: tokio::sync::Semaphore::new(usize::from(open)),
        });
        let names = Names::new(Arc::clone(&clock) as _, Arc::clone(&upstream) as _, limits);
        Rig {
            clock,
            upstream,
            names,
        }
    }

    impl Rig {
        async fn ask(&self, name: &str) -> Result<Arc<[IpAddr]>, ResolveError> {
            self.names.addresses(name, Family::Any).await
        }
        fn asked(&self) -> usize {
            self.upstream.asked.load(Ordering::SeqCst)
        }
    }

    #[tokio::test]
    async fn an_answer_is_kept_for_its_time_within_bounds() {
        for (ttl, kept) in [(30, 30), (0, 1), (86_400, 300)] {
            let rig = rig(true, Ok((vec!["192.0.2.1"], ttl)), CacheLimits::default());
            rig.ask("a.test").await.unwrap();
            rig.clock.advance(kept - 1);
            rig.ask("a.test").await.unwrap();
            assert_eq!(rig.asked(), 1, "{ttl}");
            rig.clock.advance(1);
            rig.ask("a.test").await.unwrap();
            assert_eq!(rig.asked(), 2, "{ttl}");
        }
    }

    #[tokio::test]
    async fn absence_is_kept_shortly_and_failure_never() {
        for (error, kept) in [
            (ResolveError::NoSuchName, 5),
            (ResolveError::NoAddress, 5),
            (ResolveError::ServerFailure, 0),
            (ResolveError::Timeout, 0),
            (ResolveError::Unavailable, 0),
        ] {
            let rig = rig(true, Err(error), CacheLimits::default());
            assert_eq!(rig.ask("a.test").await, Err(error));
            assert_eq!(rig.ask("a.test").await, Err(error));
            assert_eq!(rig.asked(), if kept == 0 { 2 } else { 1 }, "{error}");
            rig.clock.advance(5);
            let before = rig.asked();
            assert_eq!(rig.ask("a.test").await, Err(error));
            assert_eq!(rig.asked(), before + 1);
        }
    }

    #[tokio::test]
    async fn many_who_ask_are_one_question_and_it_ends_with_them() {
        let rig = rig(false, Ok((vec!["192.0.2.1"], 30)), CacheLimits::default());
        // The first to ask gives up: the others are answered nevertheless.
        let mut first = Box::pin(rig.ask("a.test"));
        assert!(first.as_mut().now_or_never().is_none());
        let mut others: Vec<_> = (0..100).map(|_| Box::pin(rig.ask("a.test"))).collect();
        for other in &mut others {
            assert!(other.as_mut().now_or_never().is_none());
        }
        assert_eq!(rig.asked(), 1);
        drop(first);
        rig.upstream.gate.add_permits(1);
        for answer in futures::future::join_all(others).await {
            assert_eq!(&*answer.unwrap(), ["192.0.2.1".parse::<IpAddr>().unwrap()]);
        }
        assert_eq!(rig.asked(), 1);

        // When all give up, the next one asks anew instead of waiting for a dead question.
        let closed = super::tests::rig(false, Ok((vec!["192.0.2.1"], 30)), CacheLimits::default());
        assert!(Box::pin(closed.ask("b.test")).now_or_never().is_none());
        closed.upstream.gate.add_permits(1);
        assert!(closed.ask("b.test").await.is_ok());
        assert_eq!(closed.asked(), 2);
    }

    #[tokio::test]
    async fn the_cache_is_bounded() {
        let limits = CacheLimits {
            entries: 3,
            ..CacheLimits::default()
        };
        let rig = rig(true, Ok((vec!["192.0.2.1"], 300)), limits);
        for n in 0..50 {
            rig.ask(&format!("n{n}.test")).await.unwrap();
        }
        assert_eq!(rig.asked(), 50);
        for n in 0..50 {
            rig.ask(&format!("n{n}.test")).await.unwrap();
        }
        assert!(rig.asked() >= 97, "at most three of fifty were kept");
    }

    #[tokio::test]
    async fn localhost_is_never_asked_for() {
        let rig = rig(true, Err(ResolveError::NoSuchName), CacheLimits::default());
        for name in [
            "localhost",
            "LocalHost",
            "localhost.",
            "a.b.localhost",
            "x.localhost.",
        ] {
            let addresses = rig.ask(name).await.unwrap();
            assert!(addresses.iter().all(|ip| ip.is_loopback()), "{name}");
        }
        assert_eq!(rig.asked(), 0);
        assert!(rig.ask("notlocalhost").await.is_err());
        assert_eq!(rig.asked(), 1);
    }
}
