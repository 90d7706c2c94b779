//! Checks take all time from the environment port, so that a simulation can drive them.

#[cfg(test)]
mod tests {
    use crate::rig::{Server, check_env, read_head};
    use futures::{FutureExt, future::BoxFuture};
    use jiff::Timestamp;
    use monitorah_core::{
        Environment, Reason,
        check::{CheckContext, CheckRegistry},
        environment::SystemEnvironment,
        net::{AddressGuard, Net, NetOptions},
    };
    use serde_json::json;
    use std::{
        sync::{
            Arc,
            atomic::{AtomicU64, Ordering},
        },
        time::Duration,
    };
    use tokio::sync::Semaphore;

    const HOUR: Duration = Duration::from_secs(3600);

    /// Sleeps end when the test says so, and the clock moves by what was slept.
    #[derive(Debug)]
    struct Stepped {
        wake: Arc<Semaphore>,
        slept_ms: Arc<AtomicU64>,
        real: SystemEnvironment,
    }

    impl Environment for Stepped {
        fn now(&self) -> Timestamp {
            self.real.now()
        }
        fn monotonic(&self) -> Duration {
            Duration::from_millis(self.slept_ms.load(Ordering::SeqCst))
        }
        fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
            let (wake, slept) = (Arc::clone(&self.wake), Arc::clone(&self.slept_ms));
            async move {
                wake.acquire().await.unwrap().forget();
                slept.fetch_add(
                    u64::try_from(duration.as_millis()).unwrap(),
                    Ordering::SeqCst,
                );
            }
            .boxed()
        }
        fn fill_random(&self, buffer: &mut [u8]) {
            self.real.fill_random(buffer);
        }
        fn spawn(&self, task: BoxFuture<'static, ()>) {
            self.real.spawn(task);
        }
    }

    #[tokio::test]
    async fn an_hour_passes_in_a_moment() {
        let wake = Arc::new(Semaphore::new(0));
        let environment = Arc::new(Stepped {
            wake: Arc::clone(&wake),
            slept_ms: Arc::default(),
            real: SystemEnvironment::new(),
        });
        // The server ends the hour once it has the request, and then stays silent.
        let server = Server::start("127.0.0.1", move |mut stream| {
            let wake = Arc::clone(&wake);
            Box::pin(async move {
                read_head(&mut stream).await;
                wake.add_permits(1);
                std::future::pending::<()>().await;
            })
        })
        .await;
        let options = NetOptions {
            guard: AddressGuard::any(),
            ..NetOptions::default()
        };
        let environment: Arc<dyn Environment> = environment;
        let net = Arc::new(Net::new(Arc::clone(&environment), options).unwrap());
        let check = CheckRegistry::builtin(net)
            .build("HTTP", json!({}), check_env(&server.url()))
            .unwrap();
        let cx = CheckContext::new(&environment, HOUR);
        let seen = check.run(&cx).await;
        assert_eq!(seen.reason, Reason::TimeoutFirstByte);
        assert!(seen.total < HOUR, "it ends by itself before its limit");
        assert_eq!(seen.total, HOUR - Duration::from_millis(10));
    }
}
