//! The table: every mode of the lab, by chapter. The page in the book is written from it.

mod content;
mod http;
mod names;
mod time;
mod tls;

use super::mode::{Chapter, Mode};

/// Every chapter, in the order of the page.
pub(crate) const CHAPTERS: [Chapter; 10] = [
    Chapter {
        title: "HTTP: status",
        modes: http::STATUS,
    },
    Chapter {
        title: "HTTP: delays",
        modes: http::DELAYS,
    },
    Chapter {
        title: "HTTP: connections and bodies",
        modes: http::BODIES,
    },
    Chapter {
        title: "HTTP: redirects",
        modes: http::REDIRECTS,
    },
    Chapter {
        title: "HTTP: wrong content under 200",
        modes: content::MODES,
    },
    Chapter {
        title: "TLS",
        modes: tls::MODES,
    },
    Chapter {
        title: "DNS and TCP",
        modes: names::MODES,
    },
    Chapter {
        title: "Heartbeats",
        modes: time::JOBS,
    },
    Chapter {
        title: "Flapping and maintenance",
        modes: time::FLAPS,
    },
    Chapter {
        title: "Clocks and our own uplink",
        modes: time::OWN,
    },
];

/// Every mode.
pub(crate) fn modes() -> impl Iterator<Item = &'static Mode> {
    CHAPTERS.iter().flat_map(|chapter| chapter.modes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faultlab::mode::Script;
    use std::collections::BTreeSet;

    #[test]
    fn every_mode_has_a_name_of_its_own_and_there_are_enough() {
        let names: BTreeSet<_> = modes().map(|mode| mode.name).collect();
        assert_eq!(names.len(), modes().count());
        assert!(names.len() >= 45, "{}", names.len());
    }

    /// UNKNOWN is wrong wherever the fault is not our own, and an advisory is no outage.
    #[test]
    fn only_own_faults_may_be_unknown_and_advisories_page_nobody() {
        for mode in modes() {
            let unknown = mode.expect.status == "UNKNOWN";
            let own_fault = matches!(mode.script, Script::Uplink);
            assert_eq!(unknown, own_fault, "{}", mode.name);
            let paged = mode.expect.told.contains(&"monitor.down");
            assert_eq!(
                paged,
                mode.expect.status == "DOWN" && !mode.expect.told.is_empty(),
                "{}",
                mode.name
            );
        }
    }
}
