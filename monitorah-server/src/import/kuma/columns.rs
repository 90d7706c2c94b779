//! The columns of a row, crossed off one by one, so that none is forgotten.

use monitorah_store::ForeignRow;

/// What Uptime Kuma itself puts into a column that nobody set.
const DEFAULTS: [(&str, &[&str]); 43] = [
    ("accepted_statuscodes_json", &["[\"200-299\"]"]),
    ("auth_method", &["null"]),
    ("cache_bust", &["0"]),
    ("conditions", &["[]"]),
    ("dns_resolve_server", &["1.1.1.1"]),
    ("dns_resolve_type", &["A"]),
    ("domain_expiry_notification", &["0"]),
    ("gamedig_given_port_only", &["0", "1"]),
    ("grpc_enable_tls", &["0"]),
    ("http_body_encoding", &["json"]),
    ("ignore_tls", &["0"]),
    ("invert_keyword", &["0"]),
    ("json_path", &["$"]),
    ("json_path_operator", &["=="]),
    ("kafka_producer_allow_auto_topic_creation", &["0"]),
    ("kafka_producer_brokers", &["[]"]),
    ("kafka_producer_sasl_options", &["{\"mechanism\":\"None\"}"]),
    ("kafka_producer_ssl", &["0"]),
    ("maxredirects", &["10"]),
    ("maxretries", &["0"]),
    ("method", &["GET"]),
    ("mqtt_check_type", &["keyword"]),
    ("ntp_root_dispersion_threshold", &["500"]),
    ("ntp_stratum_threshold", &["5"]),
    ("ntp_time_offset_threshold", &["1000"]),
    ("oauth_auth_method", &["client_secret_basic"]),
    ("packet_size", &["56"]),
    ("ping_count", &["1", "3"]),
    ("ping_numeric", &["1"]),
    ("ping_per_request_timeout", &["2"]),
    ("rabbitmq_nodes", &["[]"]),
    ("resend_interval", &["0"]),
    ("response_max_length", &["1024"]),
    ("retry_interval", &["0"]),
    ("retry_only_on_status_code_failure", &["0"]),
    ("save_error_response", &["0", "1"]),
    ("save_response", &["0"]),
    ("screenshot_delay", &["0"]),
    ("snmp_version", &["2c"]),
    ("timeout", &["0"]),
    ("upside_down", &["0"]),
    ("weight", &["2000"]),
    ("ws_ignore_sec_websocket_accept_header", &["0"]),
];

/// The columns of a row that were not asked for yet.
#[derive(Debug)]
pub(super) struct Columns {
    left: ForeignRow,
}

impl Columns {
    pub(super) const fn new(row: ForeignRow) -> Self {
        Self { left: row }
    }

    /// The content of a column, which is crossed off. An empty text is as good as none.
    pub(super) fn text(&mut self, column: &str) -> Option<String> {
        self.left.remove(column).filter(|text| !text.is_empty())
    }

    /// Whether a column says yes.
    pub(super) fn flag(&mut self, column: &str) -> bool {
        matches!(self.text(column).as_deref(), Some("1" | "true"))
    }

    /// What was not asked for and is set to something.
    pub(super) fn rest(self) -> Vec<String> {
        self.left
            .into_iter()
            .filter(|(column, value)| {
                let usual = DEFAULTS
                    .iter()
                    .find(|(name, _)| name == column)
                    .map_or(&[][..], |(_, values)| values);
                !value.is_empty() && !usual.contains(&value.as_str())
            })
            .map(|(column, _)| column)
            .collect()
    }
}

/// A number of a column.
pub(super) fn number(text: &str) -> Option<f64> {
    text.trim()
        .parse()
        .ok()
        .filter(|value: &f64| value.is_finite())
}
