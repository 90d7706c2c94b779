//! One answer to a scrape: an account's monitors and, for the operator, the server itself.

use super::{
    Metrics,
    seen::{BOUNDS, Figures},
};
use jiff::Timestamp;
use monitorah_core::{MonitorId, Region, Status, engine::LagHistogram, service::MonitorFigures};
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet},
    metrics::{MetricType, counter::ConstCounter, gauge::ConstGauge, info::Info},
    registry::Registry,
};
use std::{
    collections::HashMap,
    fmt::{self, Write},
};

/// With more monitors than this, a scrape that says nothing gets no buckets and no phases.
pub(crate) const MAX_IN_FULL: usize = 2_000;

/// What is written down.
#[derive(Debug)]
pub(crate) struct Scrape {
    pub(crate) monitors: Vec<MonitorFigures>,
    pub(crate) seen: HashMap<MonitorId, Figures>,
    /// Where monitors without a result are checked from.
    pub(crate) region: Region,
    /// Whether buckets and phases are written.
    pub(crate) full: bool,
}

/// Figures of the server itself.
#[derive(Debug, Default)]
pub(crate) struct Server {
    /// Name without `_total`, help, value.
    pub(crate) counters: Vec<(&'static str, &'static str, u64)>,
    /// Name, help, value.
    pub(crate) gauges: Vec<(&'static str, &'static str, f64)>,
    /// How late checks began.
    pub(crate) lag: LagHistogram,
}

/// How late checks began, as Prometheus has it.
#[derive(Debug)]
struct Lateness(LagHistogram);

impl Collector for Lateness {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let Self(lag) = self;
        let bounds = lag.buckets.iter().map(|(bound, _)| bound.as_secs_f64());
        // A registry wants each bucket by itself, and adds them up.
        let mut before = 0;
        let mut counts: Vec<_> = lag
            .buckets
            .iter()
            .map(|(_, count)| count.saturating_sub(std::mem::replace(&mut before, *count)))
            .collect();
        counts.push(lag.count.saturating_sub(before));
        let buckets: Vec<_> = bounds.chain([f64::INFINITY]).zip(counts).collect();
        encoder
            .encode_descriptor(
                "monitorah_engine_check_lag_seconds",
                "How late checks began: from when they were due to their start",
                None,
                MetricType::Histogram,
            )?
            .encode_histogram::<NoLabelSet>(lag.sum.as_secs_f64(), lag.count, &buckets, None)
    }
}

type Label<'a> = (&'a str, &'a str);

/// A monitor's labels: these and no others, so that no address and no secret of a target ever
/// becomes one, and the number of series follows from the number of monitors.
struct Named<'a> {
    id: String,
    figures: &'a MonitorFigures,
    region: &'a str,
    seen: Option<&'a Figures>,
}

impl Named<'_> {
    fn labels(&self) -> [Label<'_>; 5] {
        [
            ("monitor_id", &self.id),
            ("monitor", &self.figures.name),
            ("type", self.figures.kind.as_str()),
            ("region", self.region),
            ("group", self.figures.group.as_deref().unwrap_or_default()),
        ]
    }

    fn phase<'a>(&'a self, phase: &'a str) -> [Label<'a>; 6] {
        let [id, monitor, kind, region, group] = self.labels();
        [id, monitor, kind, region, group, ("phase", phase)]
    }

    /// How the target was; nothing while it rests or nothing trusted is known.
    fn success(&self) -> Option<f64> {
        if self.figures.paused {
            return None;
        }
        match self.seen.map(|seen| seen.status).or(self.figures.last)? {
            Status::Up | Status::Degraded => Some(1.0),
            Status::Down => Some(0.0),
            Status::Unknown => None,
        }
    }
}

impl Scrape {
    fn named(&self) -> Vec<Named<'_>> {
        self.monitors
            .iter()
            .map(|figures| {
                let seen = self.seen.get(&figures.monitor);
                Named {
                    id: figures.monitor.to_string(),
                    figures,
                    region: seen.map_or(self.region.as_str(), |seen| seen.region.as_str()),
                    seen,
                }
            })
            .collect()
    }

    /// Everything as text in Prometheus' format. `server` is for the operator's keys only.
    pub(crate) fn text(
        self,
        metrics: &Metrics,
        server: Option<&Server>,
    ) -> Result<String, fmt::Error> {
        let mut registry = Registry::default();
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("monitorah_build", "The version of this server", build);
        registry.register_collector(Box::new(self));
        if let Some(server) = server {
            for (name, help, value) in &server.counters {
                registry.register(*name, *help, ConstCounter::new(*value));
            }
            for (name, help, value) in &server.gauges {
                registry.register(*name, *help, ConstGauge::new(*value));
            }
            registry.register_collector(Box::new(Lateness(server.lag.clone())));
            metrics.requests.register(&mut registry);
        }
        let mut text = String::new();
        prometheus_client::encoding::text::encode_registry(&mut text, &registry)?;
        classic(&text)
    }
}

impl Collector for Scrape {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let named = self.named();
        let mut family = |name: &str,
                          help: &str,
                          kind: MetricType,
                          write: &dyn Fn(&Named<'_>, &mut MetricEncoder<'_>) -> fmt::Result|
         -> fmt::Result {
            let mut metric = encoder.encode_descriptor(name, help, None, kind)?;
            named.iter().try_for_each(|one| write(one, &mut metric))
        };
        family(
            "monitorah_check_success",
            "Whether the target was up or degraded by the newest check; absent while that is unknown.",
            MetricType::Gauge,
            &|one, metric| match one.success() {
                None => Ok(()),
                Some(value) => metric.encode_family(&one.labels())?.encode_gauge(&value),
            },
        )?;
        family(
            "monitorah_check_quiet",
            "1 while a maintenance window or a silence covers the monitor; absent otherwise.",
            MetricType::Gauge,
            &|one, metric| {
                if one.figures.quiet && !one.figures.paused {
                    metric.encode_family(&one.labels())?.encode_gauge(&1_i64)?;
                }
                Ok(())
            },
        )?;
        family(
            "monitorah_check_duration_seconds",
            "How long trusted checks took since this server started.",
            MetricType::Histogram,
            &|one, metric| {
                let Some(seen) = one.seen else {
                    return Ok(());
                };
                let buckets: Vec<(f64, u64)> = if self.full {
                    let bounds = BOUNDS.iter().copied().chain([f64::INFINITY]);
                    bounds.zip(seen.buckets).collect()
                } else {
                    vec![(f64::INFINITY, seen.count())]
                };
                metric
                    .encode_family(&one.labels())?
                    .encode_histogram::<NoLabelSet>(seen.sum, seen.count(), &buckets, None)
            },
        )?;
        if self.full {
            family(
                "monitorah_check_phase_seconds",
                "How long each phase of the newest check took.",
                MetricType::Gauge,
                &|one, metric| {
                    let timings = one.seen.map(|seen| seen.timings).unwrap_or_default();
                    for (phase, took) in [
                        ("dns", timings.dns),
                        ("connect", timings.connect),
                        ("tls", timings.tls),
                        ("first_byte", timings.first_byte),
                        ("download", timings.download),
                    ] {
                        if let Some(took) = took {
                            metric
                                .encode_family(&one.phase(phase))?
                                .encode_gauge(&took.as_secs_f64())?;
                        }
                    }
                    Ok(())
                },
            )?;
        }
        family(
            "monitorah_check_cert_expiry_timestamp_seconds",
            "When the certificate that the target last showed expires.",
            MetricType::Gauge,
            &|one, metric| moment(one, metric, one.figures.certificate_expires),
        )?;
        family(
            "monitorah_check_domain_expiry_timestamp_seconds",
            "When the registration of the domain ends.",
            MetricType::Gauge,
            &|one, metric| moment(one, metric, one.figures.domain_expires),
        )
    }
}

/// A time, where there is one, in seconds since 1970.
fn moment(one: &Named<'_>, metric: &mut MetricEncoder<'_>, at: Option<Timestamp>) -> fmt::Result {
    match at {
        None => Ok(()),
        Some(at) => metric
            .encode_family(&one.labels())?
            .encode_gauge(&at.as_second()),
    }
}

/// The exposition as Prometheus' own format has it, which differs in two things from the one that
/// the encoder writes: a counter is described under its whole name, and nothing marks the end.
fn classic(text: &str) -> Result<String, fmt::Error> {
    let mut out = String::with_capacity(text.len() + 1024);
    let mut help: Option<(&str, &str)> = None;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            help = rest.split_once(' ');
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').unwrap_or((rest, "untyped"));
            let (suffix, kind) = match kind {
                "counter" => ("_total", "counter"),
                "info" => ("_info", "gauge"),
                kind => ("", kind),
            };
            if let Some((_, help)) = help.take() {
                writeln!(out, "# HELP {name}{suffix} {help}")?;
            }
            writeln!(out, "# TYPE {name}{suffix} {kind}")?;
        } else if !line.starts_with('#') {
            out.push_str(line);
            out.push('\n');
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use monitorah_core::{MonitorId, check::CheckKind};

    fn monitor(number: u8, name: &str) -> MonitorFigures {
        MonitorFigures {
            monitor: MonitorId::from_bytes([number; 16]),
            name: name.to_owned(),
            kind: CheckKind::new("HTTP"),
            paused: false,
            quiet: false,
            last: Some(Status::Up),
            certificate_expires: None,
            domain_expires: None,
            group: None,
        }
    }

    fn scrape(monitors: Vec<MonitorFigures>, full: bool) -> Scrape {
        Scrape {
            monitors,
            seen: HashMap::new(),
            region: Region::LOCAL,
            full,
        }
    }

    #[test]
    fn a_name_cannot_break_out_of_its_label() {
        let evil = monitor(1, "a\"} 1\nb{c=\"\\");
        let text = scrape(vec![evil], true)
            .text(&Metrics::default(), None)
            .unwrap();
        let lines: Vec<_> = text
            .lines()
            .filter(|line| line.starts_with("monitorah_check_success{"))
            .collect();
        assert_eq!(lines.len(), 1, "{text}");
        assert!(
            lines[0].contains(r#"monitor="a\"} 1\nb{c=\"\\","#),
            "{text}"
        );
        assert!(!text.lines().any(|line| line.starts_with('b')), "{text}");
    }

    #[test]
    fn what_rests_or_is_not_known_has_no_success() {
        let mut resting = monitor(1, "resting");
        resting.paused = true;
        let mut unknown = monitor(2, "unknown");
        unknown.last = Some(Status::Unknown);
        let mut down = monitor(3, "down");
        down.last = Some(Status::Down);
        let text = scrape(vec![resting, unknown, down], true)
            .text(&Metrics::default(), None)
            .unwrap();
        let lines: Vec<_> = text
            .lines()
            .filter(|line| line.starts_with("monitorah_check_success{"))
            .collect();
        assert_eq!(lines.len(), 1, "{text}");
        assert!(lines[0].ends_with(" 0.0"), "{text}");
    }

    #[test]
    fn only_what_is_to_be_left_alone_is_quiet() {
        let mut covered = monitor(1, "covered");
        covered.quiet = true;
        let mut resting = monitor(2, "resting");
        (resting.quiet, resting.paused) = (true, true);
        let text = scrape(vec![covered, resting, monitor(3, "watched")], false)
            .text(&Metrics::default(), None)
            .unwrap();
        let lines: Vec<_> = text
            .lines()
            .filter(|line| line.starts_with("monitorah_check_quiet{"))
            .collect();
        assert_eq!(lines.len(), 1, "{text}");
        assert!(
            lines[0].contains("monitor=\"covered\"") && lines[0].ends_with(" 1"),
            "{text}"
        );
    }

    #[test]
    fn counters_are_described_under_their_whole_name() {
        let server = Server {
            counters: vec![("monitorah_things", "Things", 7)],
            gauges: vec![],
            lag: LagHistogram::default(),
        };
        let text = scrape(vec![], true)
            .text(&Metrics::default(), Some(&server))
            .unwrap();
        let expected = "# HELP monitorah_things_total Things.\n\
                        # TYPE monitorah_things_total counter\n\
                        monitorah_things_total 7\n";
        assert!(text.contains(expected), "{text}");
        assert!(!text.contains("EOF"));
    }
}
