//! The database of Uptime Kuma 2, as monitors.
