//! ICMP echo: a series of requests to one address, by an unprivileged datagram socket where the
//! system permits it, else by a raw one.

use super::{
    Family, Net,
    connect::connect_failure,
    host::Host,
    record::{Failure, Phase, Recorder},
};
use crate::observation::{Echoes, Reason, Status};
use futures::future::try_join_all;
use std::{io, net::IpAddr, time::Duration};
use surge_ping::{Client, Config, ICMP, IcmpPacket, PingIdentifier, PingSequence, SurgeError};

/// How far apart two requests are sent at most.
const SPACING: Duration = Duration::from_millis(200);
/// How many addresses of a name are looked at for one that may be reached.
const MAX_ADDRESSES: usize = 4;
/// Results are kept to the microsecond, and loopback can answer between two ticks of the clock.
const SHORTEST: Duration = Duration::from_micros(1);
/// ICMP's own numbers of an echo reply (RFC 792, RFC 4443).
const ECHO_REPLY_V4: u8 = 0;
const ECHO_REPLY_V6: u8 = 129;

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EchoPlan {
    /// How many requests.
    pub(crate) count: u8,
    /// How many bytes each carries.
    pub(crate) size: u16,
    /// Which addresses of the name are used.
    pub(crate) family: Family,
}

/// What a series came to.
#[derive(Debug)]
pub(crate) struct EchoSeries {
    pub(crate) echoes: Echoes,
    /// Why the last lost one was lost, where the system or a router said so.
    pub(crate) cause: Option<Failure>,
}

impl Net {
    /// Sends the requests one after the other, and waits for all replies to the end of `budget`.
    ///
    /// # Errors
    /// Why none could be sent. A request without a reply is no error here.
    pub(crate) async fn echo(
        &self,
        host: &Host,
        plan: EchoPlan,
        budget: Duration,
        recorder: &Recorder,
    ) -> Result<EchoSeries, Failure> {
        let start = self.environment().monotonic();
        recorder.enter(Phase::Dns);
        let addresses = self.resolve(host, plan.family).await?;
        let resolved = self.environment().monotonic();
        recorder.update(|record| {
            record.timings.dns = Some(resolved.saturating_sub(start));
            record.phase = Phase::Connect;
        });
        let address = self.first_allowed(&addresses)?;
        recorder.update(|record| record.remote_address = Some(address));
        let client = client(address)?;
        let mut bytes = [0; 2];
        self.environment().fill_random(&mut bytes);
        let identifier = PingIdentifier(u16::from_be_bytes(bytes));
        let payload = vec![0x6d; usize::from(plan.size)];
        let rest = budget.saturating_sub(self.environment().monotonic().saturating_sub(start));
        let spacing = spacing(rest, plan.count);
        let requests = (0..plan.count).map(|number| {
            let (client, payload) = (&client, &payload);
            async move {
                let delay = spacing.saturating_mul(u32::from(number));
                self.environment().sleep(delay).await;
                // Of its own for each request: they wait beside each other.
                let mut pinger = client.pinger(address, identifier).await;
                pinger.timeout(rest.saturating_sub(delay));
                heard(pinger.ping(PingSequence(u16::from(number)), payload).await)
            }
        });
        let mut times: Vec<Duration> = Vec::with_capacity(usize::from(plan.count));
        let mut cause = None;
        // A fault of ours holds for all of them, and ends the wait for the others.
        for heard in try_join_all(requests).await? {
            match heard {
                Heard::Reply(took) => times.push(took),
                Heard::Nothing => {}
                Heard::Refusal(failure) => cause = Some(failure),
            }
        }
        Ok(EchoSeries {
            echoes: Echoes::of(u16::from(plan.count), &times),
            cause,
        })
    }

    /// The first address that the guard lets us send to: judged before any socket is opened.
    fn first_allowed(&self, addresses: &[IpAddr]) -> Result<IpAddr, Failure> {
        let mut refused = None;
        for address in addresses.iter().take(MAX_ADDRESSES) {
            match self.guard().check(*address) {
                Ok(()) => return Ok(*address),
                Err(blocked) => refused = Some(blocked),
            }
        }
        Err(match refused {
            Some(blocked) => Failure::unknown(Reason::TargetBlocked, blocked.to_string()),
            None => Failure::down(Reason::DnsNxdomain, "the name has no address"),
        })
    }
}

/// How far apart the requests are sent: in the first half of the time, so that the last reply has
/// the other half.
fn spacing(time: Duration, count: u8) -> Duration {
    let half = time.checked_div(2 * u32::from(count.max(1)));
    SPACING.min(half.unwrap_or_default())
}

/// What became of one request.
enum Heard {
    /// Its reply, after this time.
    Reply(Duration),
    Nothing,
    /// The system or a router says that there is no way.
    Refusal(Failure),
}

fn heard(outcome: Result<(IcmpPacket, Duration), SurgeError>) -> Result<Heard, Failure> {
    match outcome {
        Ok((packet, took)) if is_reply(&packet) => Ok(Heard::Reply(took.max(SHORTEST))),
        // A router answered instead.
        Ok(_) => Ok(Heard::Refusal(Failure::down(
            Reason::ConnectUnreachable,
            "no route leads to the target",
        ))),
        Err(SurgeError::Timeout { .. }) => Ok(Heard::Nothing),
        Err(error) => {
            let failure = meaning(&error);
            if failure.status == Status::Unknown {
                return Err(failure);
            }
            Ok(Heard::Refusal(failure))
        }
    }
}

/// A socket of its own for every look: replies of others are none of its business.
fn client(address: IpAddr) -> Result<Client, Failure> {
    let kind = match address {
        IpAddr::V4(_) => ICMP::V4,
        IpAddr::V6(_) => ICMP::V6,
    };
    Client::new(&Config::builder().kind(kind).build()).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => Failure::unknown(
            Reason::NoPermission,
            "this machine does not permit pings: let net.ipv4.ping_group_range include the group \
             of this process, or give it CAP_NET_RAW",
        ),
        kind => Failure::unknown(
            Reason::Internal,
            format!("this machine could not open an ICMP socket ({kind})"),
        ),
    })
}

fn is_reply(packet: &IcmpPacket) -> bool {
    match packet {
        IcmpPacket::V4(packet) => packet.get_icmp_type().0 == ECHO_REPLY_V4,
        IcmpPacket::V6(packet) => packet.get_icmpv6_type().0 == ECHO_REPLY_V6,
    }
}

fn meaning(error: &SurgeError) -> Failure {
    match error {
        SurgeError::IOError(error) => connect_failure(error),
        other => Failure::unknown(
            Reason::Internal,
            format!("the echo request could not be sent ({other})"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_spread_over_half_of_the_time_at_most() {
        for (time_ms, count, expected_ms) in [
            (10_000, 3, 200),
            (1_800, 10, 90),
            (800, 5, 80),
            (90, 1, 45),
            (0, 10, 0),
        ] {
            let spacing = spacing(Duration::from_millis(time_ms), count);
            assert_eq!(
                spacing,
                Duration::from_millis(expected_ms),
                "{time_ms} {count}"
            );
        }
        assert_eq!(spacing(Duration::from_secs(1), 0), SPACING);
    }
}
