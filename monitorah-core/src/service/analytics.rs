//! Analytics: uptime, response times and a series, from rollups and never from the result log.

use super::{Service, ServiceError, ServiceResult};
use crate::{
    error::FieldError,
    id::MonitorId,
    port::{MonitorFilter, Page, ResultStoreExt},
    tenant::Tenant,
    uptime::{Resolution, Rollup},
};
use jiff::{SignedDuration, Timestamp};

/// The most buckets of a series.
pub const MAX_POINTS: i64 = 1_500;
/// What is shown when nothing is said.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Of which time analytics are wanted, and how fine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AnalyticsQuery {
    /// From when on; a day before `to` when it is absent.
    pub from: Option<Timestamp>,
    /// Until when; now when it is absent, and never later.
    pub to: Option<Timestamp>,
    /// How fine; the finest that has at most [`MAX_POINTS`] buckets and is still kept when absent.
    pub resolution: Option<Resolution>,
}

/// The time that is answered about: whole buckets that hold what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The start of the first bucket.
    pub from: Timestamp,
    /// The end of the last bucket.
    pub to: Timestamp,
    /// The length of a bucket.
    pub resolution: Resolution,
}

/// What a monitor was like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analytics {
    /// The time that this is about.
    pub span: Span,
    /// All of it together.
    pub total: Rollup,
    /// Bucket by bucket, oldest first; a bucket of which nothing is known is absent.
    pub series: Vec<Rollup>,
}

/// What one of many monitors was like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonitorAnalytics {
    /// The monitor.
    pub monitor: MonitorId,
    /// What people call it.
    pub name: String,
    /// All of the time together.
    pub total: Rollup,
}

impl AnalyticsQuery {
    /// The buckets that answer this query at `now`. `coarse` prefers buckets of a size larger, for
    /// figures without a series.
    ///
    /// # Errors
    /// Everything that is wrong, by the name of the parameter.
    pub fn span(&self, now: Timestamp, coarse: bool) -> Result<Span, Vec<FieldError>> {
        let wrong = |name: &str, message: &str| Err(vec![FieldError::new(name, message)]);
        let to = self.to.map_or(now, |to| to.min(now));
        let from = self
            .from
            .unwrap_or_else(|| to.checked_sub(A_DAY).unwrap_or(Timestamp::MIN));
        if self.from.is_some_and(|from| from >= now) {
            return wrong("from", "the time lies in the future: name an earlier one");
        }
        if from >= to {
            return wrong("to", "the time ends before it begins: name a later `to`");
        }
        let fits = |resolution: Resolution| points(resolution, from, to) <= MAX_POINTS;
        let kept = |resolution: Resolution| {
            resolution.kept().is_none_or(|kept| {
                // What is about to go out of retention is not promised any more.
                now.checked_sub(kept).is_ok_and(|oldest| from >= oldest)
            })
        };
        let resolution = match self.resolution {
            Some(resolution) if !fits(resolution) => {
                return wrong(
                    "resolution",
                    "that is more than 1500 buckets: ask for a shorter time or a coarser resolution",
                );
            }
            Some(resolution) if !kept(resolution) => {
                return wrong(
                    "resolution",
                    "buckets of this resolution are not kept that long: MINUTE 7 days, \
                     QUARTER_HOUR 400 days, DAY for ever",
                );
            }
            Some(resolution) => resolution,
            None => {
                let finest = if coarse {
                    Resolution::Quarter
                } else {
                    Resolution::Minute
                };
                let found = Resolution::ALL.into_iter().find(|resolution| {
                    *resolution >= finest && fits(*resolution) && kept(*resolution)
                });
                let Some(resolution) = found else {
                    return wrong(
                        "from",
                        "a series has at most 1500 days: ask for a shorter time",
                    );
                };
                resolution
            }
        };
        Ok(Span {
            from: resolution.floor(from),
            to: ceiling(resolution, to),
            resolution,
        })
    }
}

/// The end of the last bucket that begins before `to`.
fn ceiling(resolution: Resolution, to: Timestamp) -> Timestamp {
    let start = resolution.floor(to);
    if start == to {
        to
    } else {
        resolution.end(start)
    }
}

/// How many buckets hold this time.
fn points(resolution: Resolution, from: Timestamp, to: Timestamp) -> i64 {
    let length = ceiling(resolution, to).duration_since(resolution.floor(from));
    length.as_secs() / resolution.seconds()
}

impl Service {
    /// What a monitor was like, with its series.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` for a time or a resolution that cannot be answered.
    pub async fn analytics(
        &self,
        tenant: &Tenant,
        id: MonitorId,
        query: &AnalyticsQuery,
    ) -> ServiceResult<Analytics> {
        let span = query
            .span(self.means.environment.now(), false)
            .map_err(ServiceError::Invalid)?;
        let monitors = &self.means.ports.monitors;
        monitors
            .monitor(tenant, id)
            .await
            .map_err(|error| ServiceError::of_store(error, "monitor"))?;
        self.analytics_of(tenant, id, span).await
    }

    /// What each of a page of monitors was like, oldest monitor first, without series.
    ///
    /// # Errors
    /// `Invalid` as [`Service::analytics`].
    pub async fn analytics_of_monitors(
        &self,
        tenant: &Tenant,
        query: &AnalyticsQuery,
        page: Page,
    ) -> ServiceResult<(Span, Vec<MonitorAnalytics>)> {
        let span = query
            .span(self.means.environment.now(), true)
            .map_err(ServiceError::Invalid)?;
        let records = self
            .means
            .ports
            .monitors
            .monitors(tenant, &MonitorFilter::default(), page)
            .await
            .map_err(|error| ServiceError::of_store(error, "monitor"))?;
        let mut all = Vec::with_capacity(records.len());
        for record in records {
            let id = record.monitor.id;
            all.push(MonitorAnalytics {
                monitor: id,
                name: record.monitor.name,
                total: self.analytics_of(tenant, id, span).await?.total,
            });
        }
        Ok((span, all))
    }

    pub(super) async fn analytics_of(
        &self,
        tenant: &Tenant,
        id: MonitorId,
        span: Span,
    ) -> ServiceResult<Analytics> {
        let series = self
            .means
            .ports
            .results
            .series(tenant, id, span.resolution, span.from, span.to)
            .await
            .map_err(|error| ServiceError::of_store(error, "monitor"))?;
        let mut total = Rollup::empty(span.from);
        for bucket in &series {
            total.merge(bucket);
        }
        Ok(Analytics {
            span,
            total,
            series,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_123;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn span(back: i64, resolution: Option<Resolution>) -> Result<Span, Vec<FieldError>> {
        AnalyticsQuery {
            from: Some(at(NOW - back)),
            to: None,
            resolution,
        }
        .span(at(NOW), false)
    }

    #[test]
    fn the_finest_that_fits_and_is_kept() {
        use Resolution::{Day, Minute, Quarter};
        let day = 86_400;
        for (back, resolution) in [
            (60, Minute),
            (day, Minute),
            (2 * day, Quarter),
            (15 * day, Quarter),
            (30 * day, Day),
            (1_400 * day, Day),
        ] {
            let span = span(back, None).unwrap();
            assert_eq!(span.resolution, resolution, "{back}");
            assert_eq!(span.from, resolution.floor(at(NOW - back)));
            assert!(span.to >= at(NOW) && resolution.floor(span.to) == span.to);
            assert!(points(resolution, span.from, span.to) <= MAX_POINTS);
        }
        // Short, but so long ago that its minutes are gone.
        let old = AnalyticsQuery {
            from: Some(at(NOW - 8 * day)),
            to: Some(at(NOW - 8 * day + 3_600)),
            resolution: None,
        };
        assert_eq!(old.span(at(NOW), false).unwrap().resolution, Quarter);
        assert_eq!(
            AnalyticsQuery::default()
                .span(at(NOW), true)
                .unwrap()
                .resolution,
            Quarter
        );
    }

    #[test]
    fn what_cannot_be_answered_says_which_parameter() {
        let day = 86_400;
        for (back, resolution, name) in [
            (-60, None, "from"),
            (1_600 * day, None, "from"),
            (2 * day, Some(Resolution::Minute), "resolution"),
            (20 * day, Some(Resolution::Quarter), "resolution"),
        ] {
            let wrong = span(back, resolution).unwrap_err();
            assert_eq!(wrong[0].pointer, name, "{back}");
        }
        let backwards = AnalyticsQuery {
            from: Some(at(100)),
            to: Some(at(100)),
            resolution: None,
        };
        assert_eq!(backwards.span(at(NOW), false).unwrap_err()[0].pointer, "to");
    }
}
