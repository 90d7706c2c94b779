//! Lists: every thing of a list as one stream, the next page asked for when it is needed.

use crate::{Client, Error, types};
use futures::stream::BoxStream;

/// The things of a list, one after another; it ends with the first error.
pub(crate) type Walk<'a, T> = BoxStream<'a, Result<T, Error>>;

/// Gives the calls of lists their streams. The generated part calls it with every list that the
/// specification has.
macro_rules! lists {
    ($($call:ident gives $item:ident;)*) => {$(
        impl<'a> builder::$call<'a> {
            /// Everything that is asked for, over all pages. `limit` is the size of a page. It
            /// ends with the first error.
            #[must_use]
            pub fn stream(
                self,
            ) -> futures::stream::BoxStream<'a, Result<types::$item, crate::Error>> {
                let walk = futures::stream::try_unfold(
                    (Some(self), Vec::new().into_iter()),
                    |(mut next, mut ready)| async move {
                        loop {
                            if let Some(item) = ready.next() {
                                return Ok(Some((item, (next, ready))));
                            }
                            let Some(call) = next.take() else {
                                return Ok(None);
                            };
                            let page = call.clone().send().await?.into_inner();
                            // A page with nothing on it ends the walk, whatever it says.
                            next = page
                                .meta
                                .next_cursor
                                .filter(|_| !page.data.is_empty())
                                .map(|cursor| call.cursor(cursor));
                            ready = page.data.into_iter();
                        }
                    },
                );
                futures::StreamExt::boxed(walk)
            }
        }
    )*};
}
pub(crate) use lists;

impl Client {
    /// Every monitor, oldest first. For fewer, `list_monitors()` with its filters and `stream()`.
    #[must_use]
    pub fn monitors(&self) -> Walk<'_, types::Monitor> {
        self.list_monitors().stream()
    }

    /// The check log of a monitor, newest first.
    #[must_use]
    pub fn checks(&self, monitor_id: &str) -> Walk<'_, types::CheckResult> {
        self.list_checks().id(monitor_id).stream()
    }

    /// Every downtime event, newest first.
    #[must_use]
    pub fn events(&self) -> Walk<'_, types::Event> {
        self.list_events().stream()
    }

    /// Every notification channel, oldest first.
    #[must_use]
    pub fn channels(&self) -> Walk<'_, types::Channel> {
        self.list_channels().stream()
    }

    /// Every notification rule, oldest first.
    #[must_use]
    pub fn rules(&self) -> Walk<'_, types::Rule> {
        self.list_rules().stream()
    }
}
