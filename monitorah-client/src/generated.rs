// Written by `cargo xtask client` from openapi/monitorah-3.0.json. Not to be edited: change the server's annotations, and write it again.

#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    /**Which addresses of a name are used.

- `ANY`: Whatever there is.
- `IPV4`: IPv4 only.
- `IPV6`: IPv6 only.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum AddressFamily {
        #[serde(rename = "ANY")]
        Any,
        #[serde(rename = "IPV4")]
        Ipv4,
        #[serde(rename = "IPV6")]
        Ipv6,
    }
    impl ::std::fmt::Display for AddressFamily {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Any => f.write_str("ANY"),
                Self::Ipv4 => f.write_str("IPV4"),
                Self::Ipv6 => f.write_str("IPV6"),
            }
        }
    }
    impl ::std::str::FromStr for AddressFamily {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "ANY" => Ok(Self::Any),
                "IPV4" => Ok(Self::Ipv4),
                "IPV6" => Ok(Self::Ipv6),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for AddressFamily {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for AddressFamily {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///An API key.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ApiKey {
        #[serde(rename = "createdAt")]
        pub created_at: ::jiff::Timestamp,
        #[serde(
            rename = "expiresAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub expires_at: ::std::option::Option<::jiff::Timestamp>,
        ///Its id.
        pub id: ::std::string::String,
        ///What people call it.
        pub name: ::std::string::String,
        ///Its first characters, to tell keys apart.
        pub prefix: ::std::string::String,
        #[serde(
            rename = "revokedAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub revoked_at: ::std::option::Option<::jiff::Timestamp>,
        ///What it may do.
        pub scopes: ::std::vec::Vec<::std::string::String>,
        ///Whose it is.
        #[serde(rename = "userId")]
        pub user_id: ::std::string::String,
    }
    impl ApiKey {
        pub fn builder() -> builder::ApiKey {
            Default::default()
        }
    }
    ///A page of API keys.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ApiKeyPage {
        ///The things of this page.
        pub data: ::std::vec::Vec<ApiKey>,
        ///What there is beyond it.
        pub meta: PageMeta,
    }
    impl ApiKeyPage {
        pub fn builder() -> builder::ApiKeyPage {
            Default::default()
        }
    }
    ///One thing that an answer must be like.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(untagged)]
    pub enum Assertion {
        StatusAssertion(StatusAssertion),
        HeaderAssertion(HeaderAssertion),
        BodyContainsAssertion(BodyContainsAssertion),
        BodyMatchesAssertion(BodyMatchesAssertion),
        JsonPathAssertion(JsonPathAssertion),
        TotalTimeAssertion(TotalTimeAssertion),
        PhaseTimeAssertion(PhaseTimeAssertion),
        CertificateDaysAssertion(CertificateDaysAssertion),
    }
    impl ::std::convert::From<StatusAssertion> for Assertion {
        fn from(value: StatusAssertion) -> Self {
            Self::StatusAssertion(value)
        }
    }
    impl ::std::convert::From<HeaderAssertion> for Assertion {
        fn from(value: HeaderAssertion) -> Self {
            Self::HeaderAssertion(value)
        }
    }
    impl ::std::convert::From<BodyContainsAssertion> for Assertion {
        fn from(value: BodyContainsAssertion) -> Self {
            Self::BodyContainsAssertion(value)
        }
    }
    impl ::std::convert::From<BodyMatchesAssertion> for Assertion {
        fn from(value: BodyMatchesAssertion) -> Self {
            Self::BodyMatchesAssertion(value)
        }
    }
    impl ::std::convert::From<JsonPathAssertion> for Assertion {
        fn from(value: JsonPathAssertion) -> Self {
            Self::JsonPathAssertion(value)
        }
    }
    impl ::std::convert::From<TotalTimeAssertion> for Assertion {
        fn from(value: TotalTimeAssertion) -> Self {
            Self::TotalTimeAssertion(value)
        }
    }
    impl ::std::convert::From<PhaseTimeAssertion> for Assertion {
        fn from(value: PhaseTimeAssertion) -> Self {
            Self::PhaseTimeAssertion(value)
        }
    }
    impl ::std::convert::From<CertificateDaysAssertion> for Assertion {
        fn from(value: CertificateDaysAssertion) -> Self {
            Self::CertificateDaysAssertion(value)
        }
    }
    /**How bad a failed assertion is.

- `DEGRADED`: The target is degraded.
- `DOWN`: The target is down.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum AssertionSeverity {
        #[serde(rename = "DEGRADED")]
        Degraded,
        #[serde(rename = "DOWN")]
        Down,
    }
    impl ::std::fmt::Display for AssertionSeverity {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Degraded => f.write_str("DEGRADED"),
                Self::Down => f.write_str("DOWN"),
            }
        }
    }
    impl ::std::str::FromStr for AssertionSeverity {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "DEGRADED" => Ok(Self::Degraded),
                "DOWN" => Ok(Self::Down),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for AssertionSeverity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for AssertionSeverity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A user name and a password (RFC 7617).
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct BasicAuth {
        pub password: crate::Secret,
        ///The user name; it cannot contain a colon.
        pub username: ::std::string::String,
    }
    impl BasicAuth {
        pub fn builder() -> builder::BasicAuth {
            Default::default()
        }
    }
    ///The body contains a text.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct BodyContainsAssertion {
        ///Upper and lower case are the same.
        #[serde(rename = "ignoreCase", default)]
        pub ignore_case: bool,
        ///The body must not contain it.
        #[serde(default)]
        pub negate: bool,
        ///How bad it is otherwise.
        #[serde(default = "defaults::body_contains_assertion_severity")]
        pub severity: AssertionSeverity,
        ///The text.
        pub text: ::std::string::String,
        #[serde(rename = "type", default = "defaults::body_contains_assertion_type")]
        pub type_: BodyContainsAssertionType,
    }
    impl BodyContainsAssertion {
        pub fn builder() -> builder::BodyContainsAssertion {
            Default::default()
        }
    }
    ///`BodyContainsAssertionType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum BodyContainsAssertionType {
        #[serde(rename = "BODY_CONTAINS")]
        BodyContains,
    }
    impl ::std::fmt::Display for BodyContainsAssertionType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::BodyContains => f.write_str("BODY_CONTAINS"),
            }
        }
    }
    impl ::std::str::FromStr for BodyContainsAssertionType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "BODY_CONTAINS" => Ok(Self::BodyContains),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for BodyContainsAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for BodyContainsAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for BodyContainsAssertionType {
        fn default() -> Self {
            BodyContainsAssertionType::BodyContains
        }
    }
    ///The body matches a regular expression (syntax of Rust's `regex`, without backtracking).
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct BodyMatchesAssertion {
        ///The body must not match it.
        #[serde(default)]
        pub negate: bool,
        ///The expression; it may match anywhere in the body.
        pub pattern: ::std::string::String,
        ///How bad it is otherwise.
        #[serde(default = "defaults::body_matches_assertion_severity")]
        pub severity: AssertionSeverity,
        #[serde(rename = "type", default = "defaults::body_matches_assertion_type")]
        pub type_: BodyMatchesAssertionType,
    }
    impl BodyMatchesAssertion {
        pub fn builder() -> builder::BodyMatchesAssertion {
            Default::default()
        }
    }
    ///`BodyMatchesAssertionType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum BodyMatchesAssertionType {
        #[serde(rename = "BODY_MATCHES")]
        BodyMatches,
    }
    impl ::std::fmt::Display for BodyMatchesAssertionType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::BodyMatches => f.write_str("BODY_MATCHES"),
            }
        }
    }
    impl ::std::str::FromStr for BodyMatchesAssertionType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "BODY_MATCHES" => Ok(Self::BodyMatches),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for BodyMatchesAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for BodyMatchesAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for BodyMatchesAssertionType {
        fn default() -> Self {
            BodyMatchesAssertionType::BodyMatches
        }
    }
    ///The certificate that a target showed.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Certificate {
        ///SHA-256 of the leaf, hexadecimal.
        pub fingerprint: ::std::string::String,
        ///The issuer's distinguished name.
        pub issuer: ::std::string::String,
        #[serde(rename = "notAfter")]
        pub not_after: ::jiff::Timestamp,
        #[serde(rename = "notBefore")]
        pub not_before: ::jiff::Timestamp,
        ///The subject's distinguished name.
        pub subject: ::std::string::String,
    }
    impl Certificate {
        pub fn builder() -> builder::Certificate {
            Default::default()
        }
    }
    ///The certificate is valid for at least this long. Without a certificate it does not hold.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct CertificateDaysAssertion {
        ///Days.
        pub min: u32,
        ///How bad it is otherwise.
        #[serde(default = "defaults::certificate_days_assertion_severity")]
        pub severity: AssertionSeverity,
        #[serde(rename = "type", default = "defaults::certificate_days_assertion_type")]
        pub type_: CertificateDaysAssertionType,
    }
    impl CertificateDaysAssertion {
        pub fn builder() -> builder::CertificateDaysAssertion {
            Default::default()
        }
    }
    ///`CertificateDaysAssertionType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum CertificateDaysAssertionType {
        #[serde(rename = "CERTIFICATE_DAYS")]
        CertificateDays,
    }
    impl ::std::fmt::Display for CertificateDaysAssertionType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::CertificateDays => f.write_str("CERTIFICATE_DAYS"),
            }
        }
    }
    impl ::std::str::FromStr for CertificateDaysAssertionType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "CERTIFICATE_DAYS" => Ok(Self::CertificateDays),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for CertificateDaysAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for CertificateDaysAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for CertificateDaysAssertionType {
        fn default() -> Self {
            CertificateDaysAssertionType::CertificateDays
        }
    }
    ///A notification channel.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Channel {
        ///Where and how it delivers, with secrets shown as `{"secret":"set"}`; absent while `sealed`.
        #[serde(default, skip_serializing_if = "::serde_json::Map::is_empty")]
        pub config: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        #[serde(rename = "createdAt")]
        pub created_at: ::jiff::Timestamp,
        ///Whether it delivers.
        pub enabled: bool,
        ///Its id.
        pub id: ::std::string::String,
        ///What people call it.
        pub name: ::std::string::String,
        ///Whether the account's key is not available, so that the config cannot be read.
        pub sealed: bool,
        #[serde(
            rename = "signingSecret",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub signing_secret: ::std::option::Option<crate::Secret>,
        ///The channel type.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
        #[serde(rename = "updatedAt")]
        pub updated_at: ::jiff::Timestamp,
        ///Counts its changes; the ETag is made of it.
        pub version: i64,
    }
    impl Channel {
        pub fn builder() -> builder::Channel {
            Default::default()
        }
    }
    ///A page of notification channels.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ChannelPage {
        ///The things of this page.
        pub data: ::std::vec::Vec<Channel>,
        ///What there is beyond it.
        pub meta: PageMeta,
    }
    impl ChannelPage {
        pub fn builder() -> builder::ChannelPage {
            Default::default()
        }
    }
    ///How a test message went.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ChannelTest {
        ///The attempt.
        pub attempt: DeliveryAttempt,
        ///Whether the receiver took it.
        pub delivered: bool,
        ///The notification; it stands in the delivery log.
        #[serde(rename = "notificationId")]
        pub notification_id: ::std::string::String,
    }
    impl ChannelTest {
        pub fn builder() -> builder::ChannelTest {
            Default::default()
        }
    }
    ///A page of the check log.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct CheckPage {
        ///The things of this page.
        pub data: ::std::vec::Vec<CheckResult>,
        ///What there is beyond it.
        pub meta: PageMeta,
    }
    impl CheckPage {
        pub fn builder() -> builder::CheckPage {
            Default::default()
        }
    }
    ///What one check saw.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct CheckResult {
        ///The certificate; given where it differs from the check before, and on failures.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub certificate: ::std::option::Option<Certificate>,
        #[serde(rename = "checkedAt")]
        pub checked_at: ::jiff::Timestamp,
        ///What is wrong, in one sentence.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error: ::std::option::Option<::std::string::String>,
        ///Its id, made of monitor, time, region and sequence.
        pub id: ::std::string::String,
        ///Whether a maintenance window was open: it does not count in uptime figures.
        pub maintenance: bool,
        ///The monitor.
        #[serde(rename = "monitorId")]
        pub monitor_id: ::std::string::String,
        ///Why.
        pub reason: ::std::string::String,
        ///Where it was made.
        pub region: ::std::string::String,
        ///The address that answered; given where it differs from the check before, and on failures.
        #[serde(
            rename = "remoteAddress",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub remote_address: ::std::option::Option<::std::string::String>,
        ///From start to end: milliseconds.
        #[serde(rename = "responseTimeMs")]
        pub response_time_ms: f64,
        ///Whether more was seen that cannot be read, because the account's key is not available.
        pub sealed: bool,
        ///UP, DEGRADED, DOWN or UNKNOWN.
        pub status: ::std::string::String,
        ///The status code of the answer.
        #[serde(
            rename = "statusCode",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub status_code: ::std::option::Option<u32>,
        ///The phases.
        pub timings: Timings,
    }
    impl CheckResult {
        pub fn builder() -> builder::CheckResult {
            Default::default()
        }
    }
    ///A certificate to show when the server asks for one.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct ClientCertificate {
        ///The certificate and its chain, in PEM form.
        #[serde(rename = "certificatePem")]
        pub certificate_pem: ::std::string::String,
        #[serde(rename = "privateKeyPem")]
        pub private_key_pem: crate::Secret,
    }
    impl ClientCertificate {
        pub fn builder() -> builder::ClientCertificate {
            Default::default()
        }
    }
    ///How many results in a row it takes to believe a change.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct ConfirmationCounts {
        ///Worse results in a row before an event opens.
        #[serde(default = "defaults::default_u64::<u32, 2>")]
        pub down: u32,
        ///Better results in a row before it closes.
        #[serde(default = "defaults::default_u64::<u32, 1>")]
        pub up: u32,
    }
    impl ::std::default::Default for ConfirmationCounts {
        fn default() -> Self {
            Self {
                down: defaults::default_u64::<u32, 2>(),
                up: defaults::default_u64::<u32, 1>(),
            }
        }
    }
    impl ConfirmationCounts {
        pub fn builder() -> builder::ConfirmationCounts {
            Default::default()
        }
    }
    ///A key to be made.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct CreateApiKey {
        #[serde(
            rename = "expiresAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub expires_at: ::std::option::Option<::jiff::Timestamp>,
        ///What people call it.
        pub name: ::std::string::String,
        ///What it may do: scopes, or `*` for all.
        pub scopes: ::std::vec::Vec<::std::string::String>,
    }
    impl CreateApiKey {
        pub fn builder() -> builder::CreateApiKey {
            Default::default()
        }
    }
    ///A channel to be made. `config` is what its type publishes.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(transparent)]
    pub struct CreateChannel(pub CreateWebhookChannel);
    impl ::std::ops::Deref for CreateChannel {
        type Target = CreateWebhookChannel;
        fn deref(&self) -> &CreateWebhookChannel {
            &self.0
        }
    }
    impl ::std::convert::From<CreateChannel> for CreateWebhookChannel {
        fn from(value: CreateChannel) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<CreateWebhookChannel> for CreateChannel {
        fn from(value: CreateWebhookChannel) -> Self {
            Self(value)
        }
    }
    ///A monitor of a check type that this installation has registered.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct CreateCustomMonitor {
        ///How it is looked at.
        pub config: CustomConfig,
        ///How many results in a row it takes to believe a change.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub confirmations: ::std::option::Option<ConfirmationCounts>,
        /**The ids of the monitors that it depends on: while one of them is down, its own outages are
not told.*/
        #[serde(
            rename = "dependsOn",
            default,
            skip_serializing_if = "::std::vec::Vec::is_empty"
        )]
        pub depends_on: ::std::vec::Vec<::std::string::String>,
        ///Your own id of it, unique in the account.
        #[serde(
            rename = "externalRef",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub external_ref: ::std::option::Option<::std::string::String>,
        ///Its place in the tree of groups: a path of at most four levels, such as `shop/checkout`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub group: ::std::option::Option<::std::string::String>,
        ///From one check to the next: seconds.
        #[serde(
            rename = "intervalSeconds",
            default = "defaults::default_u64::<u32, 60>"
        )]
        pub interval_seconds: u32,
        ///What people call it.
        pub name: ::std::string::String,
        ///Who keeps it in step: `apply` removes only what carries its own label.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub owner: ::std::option::Option<::std::string::String>,
        ///Whether it rests.
        #[serde(default)]
        pub paused: bool,
        ///Labels to search by.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub tags: ::std::vec::Vec<::std::string::String>,
        ///What is looked at: an URL, `host:port`, or nothing for heartbeats.
        #[serde(default)]
        pub target: ::std::string::String,
        ///The longest that a check may take: seconds. 10, or the interval if that is shorter.
        #[serde(
            rename = "timeoutSeconds",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub timeout_seconds: ::std::option::Option<u32>,
        #[serde(rename = "type", default = "defaults::create_custom_monitor_type")]
        pub type_: CreateCustomMonitorType,
    }
    impl CreateCustomMonitor {
        pub fn builder() -> builder::CreateCustomMonitor {
            Default::default()
        }
    }
    ///`CreateCustomMonitorType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum CreateCustomMonitorType {
        #[serde(rename = "CUSTOM")]
        Custom,
    }
    impl ::std::fmt::Display for CreateCustomMonitorType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Custom => f.write_str("CUSTOM"),
            }
        }
    }
    impl ::std::str::FromStr for CreateCustomMonitorType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "CUSTOM" => Ok(Self::Custom),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for CreateCustomMonitorType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CreateCustomMonitorType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for CreateCustomMonitorType {
        fn default() -> Self {
            CreateCustomMonitorType::Custom
        }
    }
    ///A monitor that a job reports to. It has no target.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct CreateHeartbeatMonitor {
        ///How it is looked at.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub config: ::std::option::Option<HeartbeatConfig>,
        ///How many results in a row it takes to believe a change.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub confirmations: ::std::option::Option<ConfirmationCounts>,
        /**The ids of the monitors that it depends on: while one of them is down, its own outages are
not told.*/
        #[serde(
            rename = "dependsOn",
            default,
            skip_serializing_if = "::std::vec::Vec::is_empty"
        )]
        pub depends_on: ::std::vec::Vec<::std::string::String>,
        ///Your own id of it, unique in the account.
        #[serde(
            rename = "externalRef",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub external_ref: ::std::option::Option<::std::string::String>,
        ///Its place in the tree of groups: a path of at most four levels, such as `shop/checkout`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub group: ::std::option::Option<::std::string::String>,
        ///From one check to the next: seconds.
        #[serde(
            rename = "intervalSeconds",
            default = "defaults::default_u64::<u32, 60>"
        )]
        pub interval_seconds: u32,
        ///What people call it.
        pub name: ::std::string::String,
        ///Who keeps it in step: `apply` removes only what carries its own label.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub owner: ::std::option::Option<::std::string::String>,
        ///Whether it rests.
        #[serde(default)]
        pub paused: bool,
        ///Labels to search by.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub tags: ::std::vec::Vec<::std::string::String>,
        ///The longest that a check may take: seconds. 10, or the interval if that is shorter.
        #[serde(
            rename = "timeoutSeconds",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub timeout_seconds: ::std::option::Option<u32>,
        #[serde(rename = "type", default = "defaults::create_heartbeat_monitor_type")]
        pub type_: CreateHeartbeatMonitorType,
    }
    impl CreateHeartbeatMonitor {
        pub fn builder() -> builder::CreateHeartbeatMonitor {
            Default::default()
        }
    }
    ///`CreateHeartbeatMonitorType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum CreateHeartbeatMonitorType {
        #[serde(rename = "HEARTBEAT")]
        Heartbeat,
    }
    impl ::std::fmt::Display for CreateHeartbeatMonitorType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Heartbeat => f.write_str("HEARTBEAT"),
            }
        }
    }
    impl ::std::str::FromStr for CreateHeartbeatMonitorType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "HEARTBEAT" => Ok(Self::Heartbeat),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for CreateHeartbeatMonitorType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CreateHeartbeatMonitorType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for CreateHeartbeatMonitorType {
        fn default() -> Self {
            CreateHeartbeatMonitorType::Heartbeat
        }
    }
    ///A monitor of an URL.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct CreateHttpMonitor {
        ///How it is looked at.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub config: ::std::option::Option<HttpConfig>,
        ///How many results in a row it takes to believe a change.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub confirmations: ::std::option::Option<ConfirmationCounts>,
        /**The ids of the monitors that it depends on: while one of them is down, its own outages are
not told.*/
        #[serde(
            rename = "dependsOn",
            default,
            skip_serializing_if = "::std::vec::Vec::is_empty"
        )]
        pub depends_on: ::std::vec::Vec<::std::string::String>,
        ///Your own id of it, unique in the account.
        #[serde(
            rename = "externalRef",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub external_ref: ::std::option::Option<::std::string::String>,
        ///Its place in the tree of groups: a path of at most four levels, such as `shop/checkout`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub group: ::std::option::Option<::std::string::String>,
        ///From one check to the next: seconds.
        #[serde(
            rename = "intervalSeconds",
            default = "defaults::default_u64::<u32, 60>"
        )]
        pub interval_seconds: u32,
        ///What people call it.
        pub name: ::std::string::String,
        ///Who keeps it in step: `apply` removes only what carries its own label.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub owner: ::std::option::Option<::std::string::String>,
        ///Whether it rests.
        #[serde(default)]
        pub paused: bool,
        ///Labels to search by.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub tags: ::std::vec::Vec<::std::string::String>,
        ///What is looked at: an URL, `host:port`, or nothing for heartbeats.
        pub target: ::std::string::String,
        ///The longest that a check may take: seconds. 10, or the interval if that is shorter.
        #[serde(
            rename = "timeoutSeconds",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub timeout_seconds: ::std::option::Option<u32>,
        #[serde(rename = "type", default = "defaults::create_http_monitor_type")]
        pub type_: CreateHttpMonitorType,
    }
    impl CreateHttpMonitor {
        pub fn builder() -> builder::CreateHttpMonitor {
            Default::default()
        }
    }
    ///`CreateHttpMonitorType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum CreateHttpMonitorType {
        #[serde(rename = "HTTP")]
        Http,
    }
    impl ::std::fmt::Display for CreateHttpMonitorType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Http => f.write_str("HTTP"),
            }
        }
    }
    impl ::std::str::FromStr for CreateHttpMonitorType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "HTTP" => Ok(Self::Http),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for CreateHttpMonitorType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CreateHttpMonitorType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for CreateHttpMonitorType {
        fn default() -> Self {
            CreateHttpMonitorType::Http
        }
    }
    /**A maintenance window to be made. It names `monitorIds`, `tags` or `groups`, or has
`allMonitors`.*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct CreateMaintenanceWindow {
        ///About every monitor, also those made later.
        #[serde(rename = "allMonitors", default)]
        pub all_monitors: bool,
        ///About the monitors in one of these groups, or below it.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub groups: ::std::vec::Vec<::std::string::String>,
        ///About these monitors.
        #[serde(
            rename = "monitorIds",
            default,
            skip_serializing_if = "::std::vec::Vec::is_empty"
        )]
        pub monitor_ids: ::std::vec::Vec<::std::string::String>,
        ///What people call it.
        pub name: ::std::string::String,
        ///When it is open.
        pub schedule: MaintenanceSchedule,
        ///About the monitors that carry one of these tags.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub tags: ::std::vec::Vec<::std::string::String>,
    }
    impl CreateMaintenanceWindow {
        pub fn builder() -> builder::CreateMaintenanceWindow {
            Default::default()
        }
    }
    ///A monitor to be made. `config` is what its type publishes.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(untagged)]
    pub enum CreateMonitor {
        HttpMonitor(CreateHttpMonitor),
        PortMonitor(CreatePortMonitor),
        HeartbeatMonitor(CreateHeartbeatMonitor),
        CustomMonitor(CreateCustomMonitor),
    }
    impl ::std::convert::From<CreateHttpMonitor> for CreateMonitor {
        fn from(value: CreateHttpMonitor) -> Self {
            Self::HttpMonitor(value)
        }
    }
    impl ::std::convert::From<CreatePortMonitor> for CreateMonitor {
        fn from(value: CreatePortMonitor) -> Self {
            Self::PortMonitor(value)
        }
    }
    impl ::std::convert::From<CreateHeartbeatMonitor> for CreateMonitor {
        fn from(value: CreateHeartbeatMonitor) -> Self {
            Self::HeartbeatMonitor(value)
        }
    }
    impl ::std::convert::From<CreateCustomMonitor> for CreateMonitor {
        fn from(value: CreateCustomMonitor) -> Self {
            Self::CustomMonitor(value)
        }
    }
    ///A monitor of a TCP port.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct CreatePortMonitor {
        ///How it is looked at.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub config: ::std::option::Option<PortConfig>,
        ///How many results in a row it takes to believe a change.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub confirmations: ::std::option::Option<ConfirmationCounts>,
        /**The ids of the monitors that it depends on: while one of them is down, its own outages are
not told.*/
        #[serde(
            rename = "dependsOn",
            default,
            skip_serializing_if = "::std::vec::Vec::is_empty"
        )]
        pub depends_on: ::std::vec::Vec<::std::string::String>,
        ///Your own id of it, unique in the account.
        #[serde(
            rename = "externalRef",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub external_ref: ::std::option::Option<::std::string::String>,
        ///Its place in the tree of groups: a path of at most four levels, such as `shop/checkout`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub group: ::std::option::Option<::std::string::String>,
        ///From one check to the next: seconds.
        #[serde(
            rename = "intervalSeconds",
            default = "defaults::default_u64::<u32, 60>"
        )]
        pub interval_seconds: u32,
        ///What people call it.
        pub name: ::std::string::String,
        ///Who keeps it in step: `apply` removes only what carries its own label.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub owner: ::std::option::Option<::std::string::String>,
        ///Whether it rests.
        #[serde(default)]
        pub paused: bool,
        ///Labels to search by.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub tags: ::std::vec::Vec<::std::string::String>,
        ///What is looked at: an URL, `host:port`, or nothing for heartbeats.
        pub target: ::std::string::String,
        ///The longest that a check may take: seconds. 10, or the interval if that is shorter.
        #[serde(
            rename = "timeoutSeconds",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub timeout_seconds: ::std::option::Option<u32>,
        #[serde(rename = "type", default = "defaults::create_port_monitor_type")]
        pub type_: CreatePortMonitorType,
    }
    impl CreatePortMonitor {
        pub fn builder() -> builder::CreatePortMonitor {
            Default::default()
        }
    }
    ///`CreatePortMonitorType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum CreatePortMonitorType {
        #[serde(rename = "PORT")]
        Port,
    }
    impl ::std::fmt::Display for CreatePortMonitorType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Port => f.write_str("PORT"),
            }
        }
    }
    impl ::std::str::FromStr for CreatePortMonitorType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "PORT" => Ok(Self::Port),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for CreatePortMonitorType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CreatePortMonitorType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for CreatePortMonitorType {
        fn default() -> Self {
            CreatePortMonitorType::Port
        }
    }
    ///A rule to be made. It names `monitorIds`, or has `allMonitors`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct CreateRule {
        ///About every monitor, also those made later.
        #[serde(rename = "allMonitors", default)]
        pub all_monitors: bool,
        ///Who is told.
        #[serde(rename = "channelIds")]
        pub channel_ids: ::std::vec::Vec<::std::string::String>,
        ///Whether it is in force.
        #[serde(default = "defaults::default_bool::<true>")]
        pub enabled: bool,
        ///About what; empty is everything.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub events: ::std::vec::Vec<::std::string::String>,
        ///About which monitors.
        #[serde(
            rename = "monitorIds",
            default,
            skip_serializing_if = "::std::vec::Vec::is_empty"
        )]
        pub monitor_ids: ::std::vec::Vec<::std::string::String>,
        ///What people call it.
        pub name: ::std::string::String,
        ///How often people are reminded of an open event that nobody took on: seconds.
        #[serde(
            rename = "remindEverySeconds",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub remind_every_seconds: ::std::option::Option<u32>,
    }
    impl CreateRule {
        pub fn builder() -> builder::CreateRule {
            Default::default()
        }
    }
    ///A silence to be made. It names `monitorIds`, `tags` or `groups`, or has `allMonitors`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct CreateSilence {
        ///About every monitor, also those made later.
        #[serde(rename = "allMonitors", default)]
        pub all_monitors: bool,
        #[serde(rename = "endsAt")]
        pub ends_at: ::jiff::Timestamp,
        ///About the monitors in one of these groups, or below it.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub groups: ::std::vec::Vec<::std::string::String>,
        ///About these monitors.
        #[serde(
            rename = "monitorIds",
            default,
            skip_serializing_if = "::std::vec::Vec::is_empty"
        )]
        pub monitor_ids: ::std::vec::Vec<::std::string::String>,
        ///Why nobody is to be told.
        pub reason: ::std::string::String,
        #[serde(
            rename = "startsAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub starts_at: ::std::option::Option<::jiff::Timestamp>,
        ///About the monitors that carry one of these tags.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub tags: ::std::vec::Vec<::std::string::String>,
    }
    impl CreateSilence {
        pub fn builder() -> builder::CreateSilence {
            Default::default()
        }
    }
    ///A channel that posts every message as signed JSON.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct CreateWebhookChannel {
        ///Where and how it delivers.
        pub config: WebhookChannelConfig,
        ///Whether it delivers.
        #[serde(default = "defaults::default_bool::<true>")]
        pub enabled: bool,
        ///What people call it.
        pub name: ::std::string::String,
        #[serde(rename = "type", default = "defaults::create_webhook_channel_type")]
        pub type_: CreateWebhookChannelType,
    }
    impl CreateWebhookChannel {
        pub fn builder() -> builder::CreateWebhookChannel {
            Default::default()
        }
    }
    ///`CreateWebhookChannelType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum CreateWebhookChannelType {
        #[serde(rename = "WEBHOOK")]
        Webhook,
    }
    impl ::std::fmt::Display for CreateWebhookChannelType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Webhook => f.write_str("WEBHOOK"),
            }
        }
    }
    impl ::std::str::FromStr for CreateWebhookChannelType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "WEBHOOK" => Ok(Self::Webhook),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for CreateWebhookChannelType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CreateWebhookChannelType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for CreateWebhookChannelType {
        fn default() -> Self {
            CreateWebhookChannelType::Webhook
        }
    }
    ///A key that was just made.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct CreatedApiKey {
        #[serde(rename = "createdAt")]
        pub created_at: ::jiff::Timestamp,
        #[serde(
            rename = "expiresAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub expires_at: ::std::option::Option<::jiff::Timestamp>,
        ///Its id.
        pub id: ::std::string::String,
        pub key: crate::Secret,
        ///What people call it.
        pub name: ::std::string::String,
        ///Its first characters, to tell keys apart.
        pub prefix: ::std::string::String,
        ///What it may do.
        pub scopes: ::std::vec::Vec<::std::string::String>,
        ///Whose it is.
        #[serde(rename = "userId")]
        pub user_id: ::std::string::String,
    }
    impl CreatedApiKey {
        pub fn builder() -> builder::CreatedApiKey {
            Default::default()
        }
    }
    ///A registered check type, and its configuration.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct CustomConfig {
        ///What the type publishes as its schema.
        #[serde(default, skip_serializing_if = "::serde_json::Map::is_empty")]
        pub config: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ///The check type, as check-types lists it.
        pub kind: ::std::string::String,
    }
    impl CustomConfig {
        pub fn builder() -> builder::CustomConfig {
            Default::default()
        }
    }
    ///One attempt to deliver a notification.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DeliveryAttempt {
        pub at: ::jiff::Timestamp,
        ///Whether the receiver took it.
        pub delivered: bool,
        ///How long it took: milliseconds.
        #[serde(rename = "durationMs")]
        pub duration_ms: i64,
        ///What went wrong.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error: ::std::option::Option<::std::string::String>,
        ///The status code of the answer.
        #[serde(
            rename = "statusCode",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub status_code: ::std::option::Option<u32>,
    }
    impl DeliveryAttempt {
        pub fn builder() -> builder::DeliveryAttempt {
            Default::default()
        }
    }
    ///What went wrong.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ErrorBody {
        ///A stable word for programs.
        pub code: ::std::string::String,
        pub details: ErrorDetails,
        ///What to do, for people.
        pub message: ::std::string::String,
    }
    impl ErrorBody {
        pub fn builder() -> builder::ErrorBody {
            Default::default()
        }
    }
    ///More, where there is more.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct ErrorDetails {
        ///Everything that is wrong with the request.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub fields: ::std::vec::Vec<FieldFault>,
        ///Where the key belongs.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub region: ::std::option::Option<::std::string::String>,
        ///Finds the request in the server's log.
        #[serde(
            rename = "requestId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub request_id: ::std::option::Option<::std::string::String>,
        ///What the key lacks.
        #[serde(
            rename = "requiredScope",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub required_scope: ::std::option::Option<::std::string::String>,
    }
    impl ErrorDetails {
        pub fn builder() -> builder::ErrorDetails {
            Default::default()
        }
    }
    ///The body of every refusal.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ErrorEnvelope {
        ///What went wrong.
        pub error: ErrorBody,
    }
    impl ErrorEnvelope {
        pub fn builder() -> builder::ErrorEnvelope {
            Default::default()
        }
    }
    ///A downtime event.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Event {
        #[serde(
            rename = "acknowledgedAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub acknowledged_at: ::std::option::Option<::jiff::Timestamp>,
        #[serde(rename = "confirmedAt")]
        pub confirmed_at: ::jiff::Timestamp,
        ///What was seen, oldest first.
        pub evidence: ::std::vec::Vec<Evidence>,
        ///Whether recoveries were held back because the monitor flapped.
        pub flapping: bool,
        ///Its id.
        pub id: ::std::string::String,
        ///The monitor.
        #[serde(rename = "monitorId")]
        pub monitor_id: ::std::string::String,
        ///Why people are not told of it, or were not when it ended.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub quiet: ::std::option::Option<Quiet>,
        ///Why it opened, or why it worsened.
        pub reason: ::std::string::String,
        ///RECOVERED or PAUSED.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub resolution: ::std::option::Option<::std::string::String>,
        #[serde(
            rename = "resolvedAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub resolved_at: ::std::option::Option<::jiff::Timestamp>,
        ///Whether there is evidence that cannot be read, because the account's key is not available.
        pub sealed: bool,
        ///DOWN or DEGRADED.
        pub severity: ::std::string::String,
        #[serde(rename = "startedAt")]
        pub started_at: ::jiff::Timestamp,
        ///OPEN or RESOLVED.
        pub status: ::std::string::String,
        #[serde(
            rename = "toldAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub told_at: ::std::option::Option<::jiff::Timestamp>,
        ///The channels that were told of it.
        #[serde(rename = "toldChannelIds")]
        pub told_channel_ids: ::std::vec::Vec<::std::string::String>,
    }
    impl Event {
        pub fn builder() -> builder::Event {
            Default::default()
        }
    }
    ///A page of downtime events.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct EventPage {
        ///The things of this page.
        pub data: ::std::vec::Vec<Event>,
        ///What there is beyond it.
        pub meta: PageMeta,
    }
    impl EventPage {
        pub fn builder() -> builder::EventPage {
            Default::default()
        }
    }
    ///One piece of evidence.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Evidence {
        pub at: ::jiff::Timestamp,
        ///The certificate.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub certificate: ::std::option::Option<Certificate>,
        ///What is wrong, in one sentence.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error: ::std::option::Option<::std::string::String>,
        ///The start of the answer's body.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub excerpt: ::std::option::Option<::std::string::String>,
        ///Why.
        pub reason: ::std::string::String,
        ///From where.
        pub region: ::std::string::String,
        ///The address that answered.
        #[serde(
            rename = "remoteAddress",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub remote_address: ::std::option::Option<::std::string::String>,
        ///From start to end: milliseconds.
        #[serde(rename = "responseTimeMs")]
        pub response_time_ms: f64,
        ///UP, DEGRADED, DOWN or UNKNOWN.
        pub status: ::std::string::String,
        ///The status code of the answer.
        #[serde(
            rename = "statusCode",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub status_code: ::std::option::Option<u32>,
        ///The phases.
        pub timings: Timings,
    }
    impl Evidence {
        pub fn builder() -> builder::Evidence {
            Default::default()
        }
    }
    ///One thing that is wrong with a request, and where.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct FieldFault {
        ///What is wrong and what to do.
        pub message: ::std::string::String,
        ///A JSON pointer (RFC 6901) into the body, or the name of a query parameter or header.
        pub pointer: ::std::string::String,
    }
    impl FieldFault {
        pub fn builder() -> builder::FieldFault {
            Default::default()
        }
    }
    ///A header of the answer. Give exactly one of `equals`, `contains`, `matches`, `absent`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct HeaderAssertion {
        ///`true`: it must not be there. `false`: it must be there, with whatever value.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub absent: ::std::option::Option<bool>,
        ///One of its values contains this.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub contains: ::std::option::Option<::std::string::String>,
        ///One of its values is this.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub equals: ::std::option::Option<::std::string::String>,
        ///One of its values matches this regular expression.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub matches: ::std::option::Option<::std::string::String>,
        ///The header's name; case does not matter.
        pub name: ::std::string::String,
        ///How bad it is otherwise.
        #[serde(default = "defaults::header_assertion_severity")]
        pub severity: AssertionSeverity,
        #[serde(rename = "type", default = "defaults::header_assertion_type")]
        pub type_: HeaderAssertionType,
    }
    impl HeaderAssertion {
        pub fn builder() -> builder::HeaderAssertion {
            Default::default()
        }
    }
    ///`HeaderAssertionType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum HeaderAssertionType {
        #[serde(rename = "HEADER")]
        Header,
    }
    impl ::std::fmt::Display for HeaderAssertionType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Header => f.write_str("HEADER"),
            }
        }
    }
    impl ::std::str::FromStr for HeaderAssertionType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "HEADER" => Ok(Self::Header),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for HeaderAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for HeaderAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for HeaderAssertionType {
        fn default() -> Self {
            HeaderAssertionType::Header
        }
    }
    ///The server lives.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Health {
        ///`ok`.
        pub status: ::std::string::String,
        ///The version of the server.
        pub version: ::std::string::String,
    }
    impl Health {
        pub fn builder() -> builder::Health {
            Default::default()
        }
    }
    ///How a heartbeat monitor is configured. Its target is empty: the job comes to us.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct HeartbeatConfig {
        /**When the job runs, as a five- or six-field cron expression; without it the job is expected
once each interval.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub cron: ::std::option::Option<::std::string::String>,
        /**How long after its due time a ping may come before the job counts as missed, and how long
a started run may take: seconds.*/
        #[serde(rename = "graceSeconds", default = "defaults::default_u64::<u32, 300>")]
        pub grace_seconds: u32,
        ///The IANA time zone of the cron expression.
        #[serde(rename = "timeZone", default = "defaults::heartbeat_config_time_zone")]
        pub time_zone: ::std::string::String,
    }
    impl ::std::default::Default for HeartbeatConfig {
        fn default() -> Self {
            Self {
                cron: Default::default(),
                grace_seconds: defaults::default_u64::<u32, 300>(),
                time_zone: defaults::heartbeat_config_time_zone(),
            }
        }
    }
    impl HeartbeatConfig {
        pub fn builder() -> builder::HeartbeatConfig {
            Default::default()
        }
    }
    ///How an HTTP monitor is configured. Its target is an `http` or `https` URL.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct HttpConfig {
        ///Which addresses of the name are used.
        #[serde(
            rename = "addressFamily",
            default = "defaults::http_config_address_family"
        )]
        pub address_family: AddressFamily,
        ///What the answer must be like.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub assertions: ::std::vec::Vec<Assertion>,
        ///A user name and a password.
        #[serde(
            rename = "basicAuth",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub basic_auth: ::std::option::Option<BasicAuth>,
        #[serde(
            rename = "bearerToken",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub bearer_token: ::std::option::Option<crate::Secret>,
        ///The body of the request, for POST, PUT, PATCH and DELETE.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub body: ::std::option::Option<::std::string::String>,
        ///Certificates in PEM form that are trusted besides the public ones.
        #[serde(
            rename = "caPem",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub ca_pem: ::std::option::Option<::std::string::String>,
        ///A certificate to show when the server asks for one.
        #[serde(
            rename = "clientCertificate",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub client_certificate: ::std::option::Option<ClientCertificate>,
        ///The media type of the body, such as `application/json`.
        #[serde(
            rename = "contentType",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub content_type: ::std::option::Option<::std::string::String>,
        ///The status codes that are well: codes (`200`), ranges (`"200-299"`), classes (`"2xx"`).
        #[serde(
            rename = "expectedStatus",
            default = "defaults::http_config_expected_status"
        )]
        pub expected_status: ::std::vec::Vec<StatusMatch>,
        ///Whether redirects are followed; else they are the answer.
        #[serde(rename = "followRedirects", default)]
        pub follow_redirects: bool,
        ///Headers of the request. Those that carry credentials belong to `secretHeaders`.
        #[serde(
            default,
            skip_serializing_if = ":: std :: collections :: BTreeMap::is_empty"
        )]
        pub headers: ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::string::String,
        >,
        ///Which version of HTTP is spoken.
        #[serde(rename = "httpVersion", default = "defaults::http_config_http_version")]
        pub http_version: HttpVersion,
        ///The most that is read of a body, in bytes; a longer body is a failure.
        #[serde(
            rename = "maxBodyBytes",
            default = "defaults::default_u64::<u32, 1048576>"
        )]
        pub max_body_bytes: u32,
        ///How many redirects are followed.
        #[serde(rename = "maxRedirects", default = "defaults::default_u64::<u32, 10>")]
        pub max_redirects: u32,
        ///The request method.
        #[serde(default = "defaults::http_config_method")]
        pub method: HttpMethod,
        ///Headers of the request whose values are secrets. Redirects to another origin drop them.
        #[serde(
            rename = "secretHeaders",
            default,
            skip_serializing_if = ":: std :: collections :: BTreeMap::is_empty"
        )]
        pub secret_headers: ::std::collections::BTreeMap<
            ::std::string::String,
            crate::Secret,
        >,
        ///Trust every certificate. Its expiry is still reported.
        #[serde(rename = "skipTlsVerification", default)]
        pub skip_tls_verification: bool,
    }
    impl ::std::default::Default for HttpConfig {
        fn default() -> Self {
            Self {
                address_family: defaults::http_config_address_family(),
                assertions: Default::default(),
                basic_auth: Default::default(),
                bearer_token: Default::default(),
                body: Default::default(),
                ca_pem: Default::default(),
                client_certificate: Default::default(),
                content_type: Default::default(),
                expected_status: defaults::http_config_expected_status(),
                follow_redirects: Default::default(),
                headers: Default::default(),
                http_version: defaults::http_config_http_version(),
                max_body_bytes: defaults::default_u64::<u32, 1048576>(),
                max_redirects: defaults::default_u64::<u32, 10>(),
                method: defaults::http_config_method(),
                secret_headers: Default::default(),
                skip_tls_verification: Default::default(),
            }
        }
    }
    impl HttpConfig {
        pub fn builder() -> builder::HttpConfig {
            Default::default()
        }
    }
    /**The request method.

- `HEAD`: The head of the answer only.
- `GET`: The whole answer.
- `POST`: With a body.
- `PUT`: With a body.
- `PATCH`: With a body.
- `DELETE`: Mind what it deletes.
- `OPTIONS`: What the server offers.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum HttpMethod {
        #[serde(rename = "HEAD")]
        Head,
        #[serde(rename = "GET")]
        Get,
        #[serde(rename = "POST")]
        Post,
        #[serde(rename = "PUT")]
        Put,
        #[serde(rename = "PATCH")]
        Patch,
        #[serde(rename = "DELETE")]
        Delete,
        #[serde(rename = "OPTIONS")]
        Options,
    }
    impl ::std::fmt::Display for HttpMethod {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Head => f.write_str("HEAD"),
                Self::Get => f.write_str("GET"),
                Self::Post => f.write_str("POST"),
                Self::Put => f.write_str("PUT"),
                Self::Patch => f.write_str("PATCH"),
                Self::Delete => f.write_str("DELETE"),
                Self::Options => f.write_str("OPTIONS"),
            }
        }
    }
    impl ::std::str::FromStr for HttpMethod {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "HEAD" => Ok(Self::Head),
                "GET" => Ok(Self::Get),
                "POST" => Ok(Self::Post),
                "PUT" => Ok(Self::Put),
                "PATCH" => Ok(Self::Patch),
                "DELETE" => Ok(Self::Delete),
                "OPTIONS" => Ok(Self::Options),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for HttpMethod {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for HttpMethod {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /**Which version of HTTP is spoken.

- `AUTO`: HTTP/2 where the TLS handshake agrees on it (ALPN), else HTTP/1.1.
- `HTTP1`: HTTP/1.1 only.
- `HTTP2`: HTTP/2 only; without TLS with prior knowledge.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum HttpVersion {
        #[serde(rename = "AUTO")]
        Auto,
        #[serde(rename = "HTTP1")]
        Http1,
        #[serde(rename = "HTTP2")]
        Http2,
    }
    impl ::std::fmt::Display for HttpVersion {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Auto => f.write_str("AUTO"),
                Self::Http1 => f.write_str("HTTP1"),
                Self::Http2 => f.write_str("HTTP2"),
            }
        }
    }
    impl ::std::str::FromStr for HttpVersion {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "AUTO" => Ok(Self::Auto),
                "HTTP1" => Ok(Self::Http1),
                "HTTP2" => Ok(Self::Http2),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for HttpVersion {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for HttpVersion {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /**How a JSON value is compared.

- `EQUALS`: A found value equals the given one; numbers are compared as numbers.
- `NOT_EQUALS`: At least one value is found, and none equals the given one.
- `CONTAINS`: A found text contains the given text, or a found list contains the given value.
- `EXISTS`: At least one value is found. Takes no value.
- `NOT_EXISTS`: No value is found. Takes no value.
- `LESS_THAN`: A found number is less than the given one.
- `GREATER_THAN`: A found number is greater than the given one.
- `MATCHES`: A found text matches the given regular expression.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum JsonOperator {
        #[serde(rename = "EQUALS")]
        Equals,
        #[serde(rename = "NOT_EQUALS")]
        NotEquals,
        #[serde(rename = "CONTAINS")]
        Contains,
        #[serde(rename = "EXISTS")]
        Exists,
        #[serde(rename = "NOT_EXISTS")]
        NotExists,
        #[serde(rename = "LESS_THAN")]
        LessThan,
        #[serde(rename = "GREATER_THAN")]
        GreaterThan,
        #[serde(rename = "MATCHES")]
        Matches,
    }
    impl ::std::fmt::Display for JsonOperator {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Equals => f.write_str("EQUALS"),
                Self::NotEquals => f.write_str("NOT_EQUALS"),
                Self::Contains => f.write_str("CONTAINS"),
                Self::Exists => f.write_str("EXISTS"),
                Self::NotExists => f.write_str("NOT_EXISTS"),
                Self::LessThan => f.write_str("LESS_THAN"),
                Self::GreaterThan => f.write_str("GREATER_THAN"),
                Self::Matches => f.write_str("MATCHES"),
            }
        }
    }
    impl ::std::str::FromStr for JsonOperator {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "EQUALS" => Ok(Self::Equals),
                "NOT_EQUALS" => Ok(Self::NotEquals),
                "CONTAINS" => Ok(Self::Contains),
                "EXISTS" => Ok(Self::Exists),
                "NOT_EXISTS" => Ok(Self::NotExists),
                "LESS_THAN" => Ok(Self::LessThan),
                "GREATER_THAN" => Ok(Self::GreaterThan),
                "MATCHES" => Ok(Self::Matches),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for JsonOperator {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for JsonOperator {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///What a JSONPath (RFC 9535) finds in the body.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct JsonPathAssertion {
        ///How what is found is compared.
        pub operator: JsonOperator,
        /**The path, for example `$.status`. At most one `..` and four commas; no query from the
root inside a filter.*/
        pub path: ::std::string::String,
        ///How bad it is otherwise.
        #[serde(default = "defaults::json_path_assertion_severity")]
        pub severity: AssertionSeverity,
        #[serde(rename = "type", default = "defaults::json_path_assertion_type")]
        pub type_: JsonPathAssertionType,
        ///What it is compared with; absent for `EXISTS` and `NOT_EXISTS`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub value: ::std::option::Option<::serde_json::Value>,
    }
    impl JsonPathAssertion {
        pub fn builder() -> builder::JsonPathAssertion {
            Default::default()
        }
    }
    ///`JsonPathAssertionType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum JsonPathAssertionType {
        #[serde(rename = "JSON_PATH")]
        JsonPath,
    }
    impl ::std::fmt::Display for JsonPathAssertionType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::JsonPath => f.write_str("JSON_PATH"),
            }
        }
    }
    impl ::std::str::FromStr for JsonPathAssertionType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "JSON_PATH" => Ok(Self::JsonPath),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for JsonPathAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for JsonPathAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for JsonPathAssertionType {
        fn default() -> Self {
            JsonPathAssertionType::JsonPath
        }
    }
    ///How the target was.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ListChecksStatus {
        #[serde(rename = "UP")]
        Up,
        #[serde(rename = "DEGRADED")]
        Degraded,
        #[serde(rename = "DOWN")]
        Down,
        #[serde(rename = "UNKNOWN")]
        Unknown,
    }
    impl ::std::fmt::Display for ListChecksStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Up => f.write_str("UP"),
                Self::Degraded => f.write_str("DEGRADED"),
                Self::Down => f.write_str("DOWN"),
                Self::Unknown => f.write_str("UNKNOWN"),
            }
        }
    }
    impl ::std::str::FromStr for ListChecksStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "UP" => Ok(Self::Up),
                "DEGRADED" => Ok(Self::Degraded),
                "DOWN" => Ok(Self::Down),
                "UNKNOWN" => Ok(Self::Unknown),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ListChecksStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListChecksStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Where an event stands.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ListEventsStatus {
        #[serde(rename = "OPEN")]
        Open,
        #[serde(rename = "RESOLVED")]
        Resolved,
    }
    impl ::std::fmt::Display for ListEventsStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Open => f.write_str("OPEN"),
                Self::Resolved => f.write_str("RESOLVED"),
            }
        }
    }
    impl ::std::str::FromStr for ListEventsStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "OPEN" => Ok(Self::Open),
                "RESOLVED" => Ok(Self::Resolved),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ListEventsStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListEventsStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///How a monitor is shown.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ListMonitorsStatus {
        #[serde(rename = "PENDING")]
        Pending,
        #[serde(rename = "UP")]
        Up,
        #[serde(rename = "DEGRADED")]
        Degraded,
        #[serde(rename = "DOWN")]
        Down,
        #[serde(rename = "UNKNOWN")]
        Unknown,
        #[serde(rename = "PAUSED")]
        Paused,
        #[serde(rename = "MAINTENANCE")]
        Maintenance,
    }
    impl ::std::fmt::Display for ListMonitorsStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Pending => f.write_str("PENDING"),
                Self::Up => f.write_str("UP"),
                Self::Degraded => f.write_str("DEGRADED"),
                Self::Down => f.write_str("DOWN"),
                Self::Unknown => f.write_str("UNKNOWN"),
                Self::Paused => f.write_str("PAUSED"),
                Self::Maintenance => f.write_str("MAINTENANCE"),
            }
        }
    }
    impl ::std::str::FromStr for ListMonitorsStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "PENDING" => Ok(Self::Pending),
                "UP" => Ok(Self::Up),
                "DEGRADED" => Ok(Self::Degraded),
                "DOWN" => Ok(Self::Down),
                "UNKNOWN" => Ok(Self::Unknown),
                "PAUSED" => Ok(Self::Paused),
                "MAINTENANCE" => Ok(Self::Maintenance),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ListMonitorsStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListMonitorsStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Where a notification stands.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ListNotificationsStatus {
        #[serde(rename = "PENDING")]
        Pending,
        #[serde(rename = "DELIVERED")]
        Delivered,
        #[serde(rename = "DEAD")]
        Dead,
    }
    impl ::std::fmt::Display for ListNotificationsStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Pending => f.write_str("PENDING"),
                Self::Delivered => f.write_str("DELIVERED"),
                Self::Dead => f.write_str("DEAD"),
            }
        }
    }
    impl ::std::str::FromStr for ListNotificationsStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "PENDING" => Ok(Self::Pending),
                "DELIVERED" => Ok(Self::Delivered),
                "DEAD" => Ok(Self::Dead),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ListNotificationsStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListNotificationsStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///When a maintenance window is open: once, or again and again.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(untagged)]
    pub enum MaintenanceSchedule {
        OnceMaintenanceSchedule(OnceMaintenanceSchedule),
        RecurringMaintenanceSchedule(RecurringMaintenanceSchedule),
    }
    impl ::std::convert::From<OnceMaintenanceSchedule> for MaintenanceSchedule {
        fn from(value: OnceMaintenanceSchedule) -> Self {
            Self::OnceMaintenanceSchedule(value)
        }
    }
    impl ::std::convert::From<RecurringMaintenanceSchedule> for MaintenanceSchedule {
        fn from(value: RecurringMaintenanceSchedule) -> Self {
            Self::RecurringMaintenanceSchedule(value)
        }
    }
    ///A maintenance window.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MaintenanceWindow {
        ///Whether it is open now.
        pub active: bool,
        ///About every monitor.
        #[serde(rename = "allMonitors")]
        pub all_monitors: bool,
        #[serde(
            rename = "closesAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub closes_at: ::std::option::Option<::jiff::Timestamp>,
        #[serde(rename = "createdAt")]
        pub created_at: ::jiff::Timestamp,
        ///About the monitors in one of these groups, or below it.
        pub groups: ::std::vec::Vec<::std::string::String>,
        ///Its id.
        pub id: ::std::string::String,
        ///About these monitors.
        #[serde(rename = "monitorIds")]
        pub monitor_ids: ::std::vec::Vec<::std::string::String>,
        ///What people call it.
        pub name: ::std::string::String,
        #[serde(
            rename = "opensAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub opens_at: ::std::option::Option<::jiff::Timestamp>,
        ///When it is open, as it was given.
        pub schedule: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ///About the monitors that carry one of these tags.
        pub tags: ::std::vec::Vec<::std::string::String>,
        #[serde(rename = "updatedAt")]
        pub updated_at: ::jiff::Timestamp,
        ///Counts its changes; the ETag is made of it.
        pub version: i64,
    }
    impl MaintenanceWindow {
        pub fn builder() -> builder::MaintenanceWindow {
            Default::default()
        }
    }
    ///A page of maintenance windows.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MaintenanceWindowPage {
        ///The things of this page.
        pub data: ::std::vec::Vec<MaintenanceWindow>,
        ///What there is beyond it.
        pub meta: PageMeta,
    }
    impl MaintenanceWindowPage {
        pub fn builder() -> builder::MaintenanceWindowPage {
            Default::default()
        }
    }
    ///A monitor.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Monitor {
        ///How it is looked at, with secrets shown as `{"secret":"set"}`; absent while `sealed`.
        #[serde(default, skip_serializing_if = "::serde_json::Map::is_empty")]
        pub config: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ///How many results in a row it takes to believe a change.
        pub confirmations: ConfirmationCounts,
        #[serde(rename = "createdAt")]
        pub created_at: ::jiff::Timestamp,
        ///The ids of the monitors that it depends on.
        #[serde(rename = "dependsOn")]
        pub depends_on: ::std::vec::Vec<::std::string::String>,
        ///Your own id of it.
        #[serde(
            rename = "externalRef",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub external_ref: ::std::option::Option<::std::string::String>,
        ///Its place in the tree of groups.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub group: ::std::option::Option<::std::string::String>,
        #[serde(
            rename = "heartbeatToken",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub heartbeat_token: ::std::option::Option<crate::Secret>,
        #[serde(
            rename = "heartbeatUrl",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub heartbeat_url: ::std::option::Option<crate::Secret>,
        ///Its id.
        pub id: ::std::string::String,
        ///From one check to the next: seconds.
        #[serde(rename = "intervalSeconds")]
        pub interval_seconds: u64,
        ///The newest result.
        #[serde(
            rename = "lastCheck",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub last_check: ::std::option::Option<CheckResult>,
        ///What people call it.
        pub name: ::std::string::String,
        ///The open downtime event.
        #[serde(
            rename = "openEventId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub open_event_id: ::std::option::Option<::std::string::String>,
        ///Who keeps it in step.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub owner: ::std::option::Option<::std::string::String>,
        ///Whether it rests.
        pub paused: bool,
        ///Why nobody is told of its outages now; absent when people are told.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub quiet: ::std::option::Option<Quiet>,
        ///Whether the key of the account is not available, so that target and config cannot be read.
        pub sealed: bool,
        ///PENDING, UP, DEGRADED, DOWN, UNKNOWN, PAUSED or MAINTENANCE.
        pub status: ::std::string::String,
        #[serde(rename = "statusSince")]
        pub status_since: ::jiff::Timestamp,
        ///Labels to search by.
        pub tags: ::std::vec::Vec<::std::string::String>,
        ///What is looked at; absent while `sealed`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub target: ::std::option::Option<::std::string::String>,
        ///The longest that a check may take: seconds.
        #[serde(rename = "timeoutSeconds")]
        pub timeout_seconds: u64,
        ///The check type.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
        #[serde(rename = "updatedAt")]
        pub updated_at: ::jiff::Timestamp,
        ///Counts its changes; the ETag is made of it.
        pub version: i64,
    }
    impl Monitor {
        pub fn builder() -> builder::Monitor {
            Default::default()
        }
    }
    ///A page of monitors.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MonitorPage {
        ///The things of this page.
        pub data: ::std::vec::Vec<Monitor>,
        ///What there is beyond it.
        pub meta: PageMeta,
    }
    impl MonitorPage {
        pub fn builder() -> builder::MonitorPage {
            Default::default()
        }
    }
    ///A notification.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Notification {
        ///Its attempts, oldest first; the latest 20.
        pub attempts: ::std::vec::Vec<DeliveryAttempt>,
        ///The channel.
        #[serde(rename = "channelId")]
        pub channel_id: ::std::string::String,
        #[serde(rename = "createdAt")]
        pub created_at: ::jiff::Timestamp,
        ///The downtime event.
        #[serde(
            rename = "eventId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub event_id: ::std::option::Option<::std::string::String>,
        ///Its id, which the receiver sees too; the same over all attempts.
        pub id: ::std::string::String,
        ///The monitor.
        #[serde(
            rename = "monitorId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub monitor_id: ::std::option::Option<::std::string::String>,
        #[serde(
            rename = "nextAttemptAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub next_attempt_at: ::std::option::Option<::jiff::Timestamp>,
        ///PENDING, DELIVERED or DEAD.
        pub status: ::std::string::String,
        ///What it is about.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
    }
    impl Notification {
        pub fn builder() -> builder::Notification {
            Default::default()
        }
    }
    ///A page of the delivery log.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NotificationPage {
        ///The things of this page.
        pub data: ::std::vec::Vec<Notification>,
        ///What there is beyond it.
        pub meta: PageMeta,
    }
    impl NotificationPage {
        pub fn builder() -> builder::NotificationPage {
            Default::default()
        }
    }
    ///One stretch of time.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct OnceMaintenanceSchedule {
        #[serde(rename = "endsAt")]
        pub ends_at: ::jiff::Timestamp,
        #[serde(rename = "startsAt")]
        pub starts_at: ::jiff::Timestamp,
        #[serde(rename = "type", default = "defaults::once_maintenance_schedule_type")]
        pub type_: OnceMaintenanceScheduleType,
    }
    impl OnceMaintenanceSchedule {
        pub fn builder() -> builder::OnceMaintenanceSchedule {
            Default::default()
        }
    }
    ///`OnceMaintenanceScheduleType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum OnceMaintenanceScheduleType {
        #[serde(rename = "ONCE")]
        Once,
    }
    impl ::std::fmt::Display for OnceMaintenanceScheduleType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Once => f.write_str("ONCE"),
            }
        }
    }
    impl ::std::str::FromStr for OnceMaintenanceScheduleType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "ONCE" => Ok(Self::Once),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for OnceMaintenanceScheduleType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for OnceMaintenanceScheduleType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for OnceMaintenanceScheduleType {
        fn default() -> Self {
            OnceMaintenanceScheduleType::Once
        }
    }
    ///What there is beyond a page.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PageMeta {
        ///Whether there is a next page.
        #[serde(rename = "hasMore")]
        pub has_more: bool,
        ///Send it as `cursor` to get the next page; null on the last one.
        #[serde(
            rename = "nextCursor",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    impl PageMeta {
        pub fn builder() -> builder::PageMeta {
            Default::default()
        }
    }
    ///One phase takes at most this long. A phase that did not happen took no time.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct PhaseTimeAssertion {
        ///Milliseconds.
        #[serde(rename = "maxMs")]
        pub max_ms: u32,
        ///The phase.
        pub phase: TimedPhase,
        ///How bad it is otherwise.
        #[serde(default = "defaults::phase_time_assertion_severity")]
        pub severity: AssertionSeverity,
        #[serde(rename = "type", default = "defaults::phase_time_assertion_type")]
        pub type_: PhaseTimeAssertionType,
    }
    impl PhaseTimeAssertion {
        pub fn builder() -> builder::PhaseTimeAssertion {
            Default::default()
        }
    }
    ///`PhaseTimeAssertionType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum PhaseTimeAssertionType {
        #[serde(rename = "PHASE_TIME")]
        PhaseTime,
    }
    impl ::std::fmt::Display for PhaseTimeAssertionType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::PhaseTime => f.write_str("PHASE_TIME"),
            }
        }
    }
    impl ::std::str::FromStr for PhaseTimeAssertionType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "PHASE_TIME" => Ok(Self::PhaseTime),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for PhaseTimeAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PhaseTimeAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for PhaseTimeAssertionType {
        fn default() -> Self {
            PhaseTimeAssertionType::PhaseTime
        }
    }
    ///A ping of a heartbeat monitor.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Ping {
        ///The last 10 kB of what the job said.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub body: ::std::option::Option<::std::string::String>,
        ///How long the run took, when this ended one: milliseconds.
        #[serde(
            rename = "durationMs",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub duration_ms: ::std::option::Option<i64>,
        ///The exit status that it named.
        #[serde(
            rename = "exitStatus",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub exit_status: ::std::option::Option<u32>,
        ///Its id.
        pub id: ::std::string::String,
        ///START, SUCCESS, FAIL or LOG.
        pub kind: ::std::string::String,
        #[serde(rename = "receivedAt")]
        pub received_at: ::jiff::Timestamp,
        ///The job's own id of the run.
        #[serde(
            rename = "runId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub run_id: ::std::option::Option<::std::string::String>,
    }
    impl Ping {
        pub fn builder() -> builder::Ping {
            Default::default()
        }
    }
    ///A page of pings.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PingPage {
        ///The things of this page.
        pub data: ::std::vec::Vec<Ping>,
        ///What there is beyond it.
        pub meta: PageMeta,
    }
    impl PingPage {
        pub fn builder() -> builder::PingPage {
            Default::default()
        }
    }
    ///How a port monitor is configured. Its target is `host:port`, or a host with `port` given here.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct PortConfig {
        ///Which addresses of the name are used.
        #[serde(
            rename = "addressFamily",
            default = "defaults::port_config_address_family"
        )]
        pub address_family: AddressFamily,
        ///Whether the port should accept connections. `false` raises the alarm when it does.
        #[serde(rename = "expectOpen", default = "defaults::default_bool::<true>")]
        pub expect_open: bool,
        ///The TCP port, when the target does not name it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub port: ::std::option::Option<u32>,
    }
    impl ::std::default::Default for PortConfig {
        fn default() -> Self {
            Self {
                address_family: defaults::port_config_address_family(),
                expect_open: defaults::default_bool::<true>(),
                port: Default::default(),
            }
        }
    }
    impl PortConfig {
        pub fn builder() -> builder::PortConfig {
            Default::default()
        }
    }
    ///A secret that was replaced and is still in use beside its successor.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct PreviousSecret {
        #[serde(rename = "expiresAt")]
        pub expires_at: ::jiff::Timestamp,
        pub secret: crate::Secret,
    }
    impl PreviousSecret {
        pub fn builder() -> builder::PreviousSecret {
            Default::default()
        }
    }
    ///Why nobody is told.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Quiet {
        ///MAINTENANCE, SILENCE, PARENT, PARENT_IN_DOUBT, CONFIRMING or RECOVERING.
        pub because: ::std::string::String,
        ///The maintenance window, the silence, or the monitor that it depends on.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub until: ::std::option::Option<::jiff::Timestamp>,
    }
    impl Quiet {
        pub fn builder() -> builder::Quiet {
            Default::default()
        }
    }
    ///The server works.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Readiness {
        ///How many monitors are on the schedule.
        #[serde(rename = "scheduledMonitors")]
        pub scheduled_monitors: u64,
        ///`ready`.
        pub status: ::std::string::String,
    }
    impl Readiness {
        pub fn builder() -> builder::Readiness {
            Default::default()
        }
    }
    ///Again and again: at a time of some weekdays, or as a cron expression has it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct RecurringMaintenanceSchedule {
        ///A cron expression of five fields, instead of `weekdays` and `time`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub cron: ::std::option::Option<::std::string::String>,
        ///How long it lasts each time, by a stopwatch: minutes.
        #[serde(rename = "durationMinutes")]
        pub duration_minutes: u32,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub from: ::std::option::Option<::jiff::Timestamp>,
        ///The time of the day at which it begins.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub time: ::std::option::Option<::std::string::String>,
        ///The IANA name of the time zone of its times.
        #[serde(rename = "timeZone")]
        pub time_zone: ::std::string::String,
        #[serde(
            rename = "type",
            default = "defaults::recurring_maintenance_schedule_type"
        )]
        pub type_: RecurringMaintenanceScheduleType,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub until: ::std::option::Option<::jiff::Timestamp>,
        ///The days on which it begins.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub weekdays: ::std::option::Option<::std::vec::Vec<Weekday>>,
    }
    impl RecurringMaintenanceSchedule {
        pub fn builder() -> builder::RecurringMaintenanceSchedule {
            Default::default()
        }
    }
    ///`RecurringMaintenanceScheduleType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum RecurringMaintenanceScheduleType {
        #[serde(rename = "RECURRING")]
        Recurring,
    }
    impl ::std::fmt::Display for RecurringMaintenanceScheduleType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Recurring => f.write_str("RECURRING"),
            }
        }
    }
    impl ::std::str::FromStr for RecurringMaintenanceScheduleType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "RECURRING" => Ok(Self::Recurring),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for RecurringMaintenanceScheduleType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for RecurringMaintenanceScheduleType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for RecurringMaintenanceScheduleType {
        fn default() -> Self {
            RecurringMaintenanceScheduleType::Recurring
        }
    }
    ///For how long the old secret goes on being used.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct RotateSecret {
        ///Messages carry both signatures for so long: seconds.
        #[serde(
            rename = "overlapSeconds",
            default = "defaults::default_u64::<u32, 86400>"
        )]
        pub overlap_seconds: u32,
    }
    impl ::std::default::Default for RotateSecret {
        fn default() -> Self {
            Self {
                overlap_seconds: defaults::default_u64::<u32, 86400>(),
            }
        }
    }
    impl RotateSecret {
        pub fn builder() -> builder::RotateSecret {
            Default::default()
        }
    }
    ///A notification rule.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Rule {
        ///About every monitor.
        #[serde(rename = "allMonitors")]
        pub all_monitors: bool,
        ///Who is told.
        #[serde(rename = "channelIds")]
        pub channel_ids: ::std::vec::Vec<::std::string::String>,
        #[serde(rename = "createdAt")]
        pub created_at: ::jiff::Timestamp,
        ///Whether it is in force.
        pub enabled: bool,
        ///About what; empty is everything.
        pub events: ::std::vec::Vec<::std::string::String>,
        ///Its id.
        pub id: ::std::string::String,
        ///About which monitors.
        #[serde(rename = "monitorIds")]
        pub monitor_ids: ::std::vec::Vec<::std::string::String>,
        ///What people call it.
        pub name: ::std::string::String,
        ///How often people are reminded: seconds.
        #[serde(
            rename = "remindEverySeconds",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub remind_every_seconds: ::std::option::Option<u32>,
        ///Counts its changes; the ETag is made of it.
        pub version: i64,
    }
    impl Rule {
        pub fn builder() -> builder::Rule {
            Default::default()
        }
    }
    ///A page of notification rules.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RulePage {
        ///The things of this page.
        pub data: ::std::vec::Vec<Rule>,
        ///What there is beyond it.
        pub meta: PageMeta,
    }
    impl RulePage {
        pub fn builder() -> builder::RulePage {
            Default::default()
        }
    }
    ///A silence.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Silence {
        ///Whether it holds now.
        pub active: bool,
        ///About every monitor.
        #[serde(rename = "allMonitors")]
        pub all_monitors: bool,
        #[serde(rename = "createdAt")]
        pub created_at: ::jiff::Timestamp,
        ///Who made it: the id of an API key, or `operator`.
        #[serde(rename = "createdBy")]
        pub created_by: ::std::string::String,
        #[serde(rename = "endsAt")]
        pub ends_at: ::jiff::Timestamp,
        ///About the monitors in one of these groups, or below it.
        pub groups: ::std::vec::Vec<::std::string::String>,
        ///Its id.
        pub id: ::std::string::String,
        ///About these monitors.
        #[serde(rename = "monitorIds")]
        pub monitor_ids: ::std::vec::Vec<::std::string::String>,
        ///Why nobody is told.
        pub reason: ::std::string::String,
        #[serde(rename = "startsAt")]
        pub starts_at: ::jiff::Timestamp,
        ///About the monitors that carry one of these tags.
        pub tags: ::std::vec::Vec<::std::string::String>,
        #[serde(rename = "updatedAt")]
        pub updated_at: ::jiff::Timestamp,
        ///Counts its changes; the ETag is made of it.
        pub version: i64,
    }
    impl Silence {
        pub fn builder() -> builder::Silence {
            Default::default()
        }
    }
    ///A page of silences.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct SilencePage {
        ///The things of this page.
        pub data: ::std::vec::Vec<Silence>,
        ///What there is beyond it.
        pub meta: PageMeta,
    }
    impl SilencePage {
        pub fn builder() -> builder::SilencePage {
            Default::default()
        }
    }
    ///The status code is one of these. Judged besides `expectedStatus`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct StatusAssertion {
        ///Codes (`200`), ranges (`"200-299"`) or classes (`"2xx"`).
        #[serde(rename = "anyOf")]
        pub any_of: ::std::vec::Vec<StatusMatch>,
        ///How bad it is otherwise.
        #[serde(default = "defaults::status_assertion_severity")]
        pub severity: AssertionSeverity,
        #[serde(rename = "type", default = "defaults::status_assertion_type")]
        pub type_: StatusAssertionType,
    }
    impl StatusAssertion {
        pub fn builder() -> builder::StatusAssertion {
            Default::default()
        }
    }
    ///`StatusAssertionType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum StatusAssertionType {
        #[serde(rename = "STATUS")]
        Status,
    }
    impl ::std::fmt::Display for StatusAssertionType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Status => f.write_str("STATUS"),
            }
        }
    }
    impl ::std::str::FromStr for StatusAssertionType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "STATUS" => Ok(Self::Status),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for StatusAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for StatusAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for StatusAssertionType {
        fn default() -> Self {
            StatusAssertionType::Status
        }
    }
    ///A status code, a range such as `"200-299"`, or a class such as `"2xx"`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(untagged)]
    pub enum StatusMatch {
        Uint32(u32),
        String(::std::string::String),
    }
    impl ::std::fmt::Display for StatusMatch {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match self {
                Self::Uint32(x) => x.fmt(f),
                Self::String(x) => x.fmt(f),
            }
        }
    }
    impl ::std::convert::From<u32> for StatusMatch {
        fn from(value: u32) -> Self {
            Self::Uint32(value)
        }
    }
    /**A phase of an answer, as `PHASE_TIME` asserts.

- `DNS`: Name resolution.
- `CONNECT`: The TCP handshake.
- `TLS`: The TLS handshake.
- `FIRST_BYTE`: From the request to the answer's first byte.
- `DOWNLOAD`: From the answer's first byte to its last.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum TimedPhase {
        #[serde(rename = "DNS")]
        Dns,
        #[serde(rename = "CONNECT")]
        Connect,
        #[serde(rename = "TLS")]
        Tls,
        #[serde(rename = "FIRST_BYTE")]
        FirstByte,
        #[serde(rename = "DOWNLOAD")]
        Download,
    }
    impl ::std::fmt::Display for TimedPhase {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Dns => f.write_str("DNS"),
                Self::Connect => f.write_str("CONNECT"),
                Self::Tls => f.write_str("TLS"),
                Self::FirstByte => f.write_str("FIRST_BYTE"),
                Self::Download => f.write_str("DOWNLOAD"),
            }
        }
    }
    impl ::std::str::FromStr for TimedPhase {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "DNS" => Ok(Self::Dns),
                "CONNECT" => Ok(Self::Connect),
                "TLS" => Ok(Self::Tls),
                "FIRST_BYTE" => Ok(Self::FirstByte),
                "DOWNLOAD" => Ok(Self::Download),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for TimedPhase {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for TimedPhase {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///The phases of a check: milliseconds. A phase that did not happen is absent.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Timings {
        ///The TCP handshake.
        #[serde(
            rename = "connectMs",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub connect_ms: ::std::option::Option<f64>,
        ///Name resolution.
        #[serde(
            rename = "dnsMs",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub dns_ms: ::std::option::Option<f64>,
        ///From the answer's first byte to its last.
        #[serde(
            rename = "downloadMs",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub download_ms: ::std::option::Option<f64>,
        ///The TLS handshake.
        #[serde(
            rename = "tlsMs",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub tls_ms: ::std::option::Option<f64>,
        ///From the request's last byte to the answer's first.
        #[serde(
            rename = "ttfbMs",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub ttfb_ms: ::std::option::Option<f64>,
    }
    impl Timings {
        pub fn builder() -> builder::Timings {
            Default::default()
        }
    }
    ///The whole check takes at most this long.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct TotalTimeAssertion {
        ///Milliseconds.
        #[serde(rename = "maxMs")]
        pub max_ms: u32,
        ///How bad it is otherwise.
        #[serde(default = "defaults::total_time_assertion_severity")]
        pub severity: AssertionSeverity,
        #[serde(rename = "type", default = "defaults::total_time_assertion_type")]
        pub type_: TotalTimeAssertionType,
    }
    impl TotalTimeAssertion {
        pub fn builder() -> builder::TotalTimeAssertion {
            Default::default()
        }
    }
    ///`TotalTimeAssertionType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum TotalTimeAssertionType {
        #[serde(rename = "TOTAL_TIME")]
        TotalTime,
    }
    impl ::std::fmt::Display for TotalTimeAssertionType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::TotalTime => f.write_str("TOTAL_TIME"),
            }
        }
    }
    impl ::std::str::FromStr for TotalTimeAssertionType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "TOTAL_TIME" => Ok(Self::TotalTime),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for TotalTimeAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for TotalTimeAssertionType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for TotalTimeAssertionType {
        fn default() -> Self {
            TotalTimeAssertionType::TotalTime
        }
    }
    ///A type with its schema.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TypeBody {
        ///The JSON Schema (draft 2020-12) of its configuration.
        #[serde(rename = "configSchema")]
        pub config_schema: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ///JSON pointers of the fields that never come back.
        pub secrets: ::std::vec::Vec<::std::string::String>,
        ///Its name.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
    }
    impl TypeBody {
        pub fn builder() -> builder::TypeBody {
            Default::default()
        }
    }
    ///Every type.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TypeList {
        ///The types, by name.
        pub data: ::std::vec::Vec<TypeBody>,
    }
    impl TypeList {
        pub fn builder() -> builder::TypeList {
            Default::default()
        }
    }
    ///The fields to change. `config` is merged as its type has it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    #[serde(deny_unknown_fields)]
    pub struct UpdateChannel {
        ///Where and how it delivers.
        #[serde(default, skip_serializing_if = "::serde_json::Map::is_empty")]
        pub config: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ///Whether it delivers.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub enabled: ::std::option::Option<bool>,
        ///What people call it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///The channel type.
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        pub type_: ::std::option::Option<::std::string::String>,
    }
    impl UpdateChannel {
        pub fn builder() -> builder::UpdateChannel {
            Default::default()
        }
    }
    ///The fields to change.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    #[serde(deny_unknown_fields)]
    pub struct UpdateMaintenanceWindow {
        ///About every monitor, also those made later.
        #[serde(
            rename = "allMonitors",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub all_monitors: ::std::option::Option<bool>,
        ///About the monitors in one of these groups, or below it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub groups: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///About these monitors.
        #[serde(
            rename = "monitorIds",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub monitor_ids: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///What people call it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///When it is open.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub schedule: ::std::option::Option<MaintenanceSchedule>,
        ///About the monitors that carry one of these tags.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub tags: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    }
    impl UpdateMaintenanceWindow {
        pub fn builder() -> builder::UpdateMaintenanceWindow {
            Default::default()
        }
    }
    ///The fields to change. `config` is merged as its type has it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    #[serde(deny_unknown_fields)]
    pub struct UpdateMonitor {
        ///How it is looked at.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub config: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        ///How many results in a row it takes to believe a change.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub confirmations: ::std::option::Option<UpdateMonitorConfirmations>,
        /**The ids of the monitors that it depends on: while one of them is down, its own outages are
not told.*/
        #[serde(
            rename = "dependsOn",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub depends_on: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///Your own id of it, unique in the account.
        #[serde(
            rename = "externalRef",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub external_ref: ::std::option::Option<::std::string::String>,
        ///Its place in the tree of groups: a path of at most four levels, such as `shop/checkout`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub group: ::std::option::Option<::std::string::String>,
        ///From one check to the next: seconds.
        #[serde(
            rename = "intervalSeconds",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub interval_seconds: ::std::option::Option<u32>,
        ///What people call it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Who keeps it in step: `apply` removes only what carries its own label.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub owner: ::std::option::Option<::std::string::String>,
        ///Whether it rests.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub paused: ::std::option::Option<bool>,
        ///Labels to search by.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub tags: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///What is looked at: an URL, `host:port`, or nothing for heartbeats.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub target: ::std::option::Option<::std::string::String>,
        ///The longest that a check may take: seconds. 10, or the interval if that is shorter.
        #[serde(
            rename = "timeoutSeconds",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub timeout_seconds: ::std::option::Option<u32>,
        ///The check type.
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        pub type_: ::std::option::Option<::std::string::String>,
    }
    impl UpdateMonitor {
        pub fn builder() -> builder::UpdateMonitor {
            Default::default()
        }
    }
    ///How many results in a row it takes to believe a change.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    #[serde(deny_unknown_fields)]
    pub struct UpdateMonitorConfirmations {
        ///Worse results in a row before an event opens.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub down: ::std::option::Option<u32>,
        ///Better results in a row before it closes.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub up: ::std::option::Option<u32>,
    }
    impl UpdateMonitorConfirmations {
        pub fn builder() -> builder::UpdateMonitorConfirmations {
            Default::default()
        }
    }
    ///The fields to change.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    #[serde(deny_unknown_fields)]
    pub struct UpdateRule {
        ///About every monitor, also those made later.
        #[serde(
            rename = "allMonitors",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub all_monitors: ::std::option::Option<bool>,
        ///Who is told.
        #[serde(
            rename = "channelIds",
            default,
            skip_serializing_if = "::std::vec::Vec::is_empty"
        )]
        pub channel_ids: ::std::vec::Vec<::std::string::String>,
        ///Whether it is in force.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub enabled: ::std::option::Option<bool>,
        ///About what; empty is everything.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub events: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///About which monitors.
        #[serde(
            rename = "monitorIds",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub monitor_ids: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///What people call it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///How often people are reminded of an open event that nobody took on: seconds.
        #[serde(
            rename = "remindEverySeconds",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub remind_every_seconds: ::std::option::Option<u32>,
    }
    impl UpdateRule {
        pub fn builder() -> builder::UpdateRule {
            Default::default()
        }
    }
    ///The fields to change.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    #[serde(deny_unknown_fields)]
    pub struct UpdateSilence {
        ///About every monitor, also those made later.
        #[serde(
            rename = "allMonitors",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub all_monitors: ::std::option::Option<bool>,
        #[serde(
            rename = "endsAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub ends_at: ::std::option::Option<::jiff::Timestamp>,
        ///About the monitors in one of these groups, or below it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub groups: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///About these monitors.
        #[serde(
            rename = "monitorIds",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub monitor_ids: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///Why nobody is to be told.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<::std::string::String>,
        #[serde(
            rename = "startsAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub starts_at: ::std::option::Option<::jiff::Timestamp>,
        ///About the monitors that carry one of these tags.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub tags: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    }
    impl UpdateSilence {
        pub fn builder() -> builder::UpdateSilence {
            Default::default()
        }
    }
    ///Posts every message as signed JSON to a URL.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct WebhookChannelConfig {
        ///Headers to send besides, such as `Authorization`. The values are never shown again.
        #[serde(
            default,
            skip_serializing_if = ":: std :: collections :: BTreeMap::is_empty"
        )]
        pub headers: ::std::collections::BTreeMap<::std::string::String, crate::Secret>,
        ///The secret before this one, while messages are still signed with it too.
        #[serde(
            rename = "previousSecret",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub previous_secret: ::std::option::Option<PreviousSecret>,
        #[serde(
            rename = "signingSecret",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub signing_secret: ::std::option::Option<crate::Secret>,
        ///Where to: an http or https URL.
        pub url: ::std::string::String,
    }
    impl WebhookChannelConfig {
        pub fn builder() -> builder::WebhookChannelConfig {
            Default::default()
        }
    }
    ///A day of the week.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Weekday {
        #[serde(rename = "MONDAY")]
        Monday,
        #[serde(rename = "TUESDAY")]
        Tuesday,
        #[serde(rename = "WEDNESDAY")]
        Wednesday,
        #[serde(rename = "THURSDAY")]
        Thursday,
        #[serde(rename = "FRIDAY")]
        Friday,
        #[serde(rename = "SATURDAY")]
        Saturday,
        #[serde(rename = "SUNDAY")]
        Sunday,
    }
    impl ::std::fmt::Display for Weekday {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Monday => f.write_str("MONDAY"),
                Self::Tuesday => f.write_str("TUESDAY"),
                Self::Wednesday => f.write_str("WEDNESDAY"),
                Self::Thursday => f.write_str("THURSDAY"),
                Self::Friday => f.write_str("FRIDAY"),
                Self::Saturday => f.write_str("SATURDAY"),
                Self::Sunday => f.write_str("SUNDAY"),
            }
        }
    }
    impl ::std::str::FromStr for Weekday {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "MONDAY" => Ok(Self::Monday),
                "TUESDAY" => Ok(Self::Tuesday),
                "WEDNESDAY" => Ok(Self::Wednesday),
                "THURSDAY" => Ok(Self::Thursday),
                "FRIDAY" => Ok(Self::Friday),
                "SATURDAY" => Ok(Self::Saturday),
                "SUNDAY" => Ok(Self::Sunday),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Weekday {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Weekday {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        #[derive(Clone, Debug)]
        pub struct ApiKey {
            created_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            expires_at: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            prefix: ::std::result::Result<::std::string::String, ::std::string::String>,
            revoked_at: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            scopes: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            user_id: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for ApiKey {
            fn default() -> Self {
                Self {
                    created_at: Err("no value supplied for created_at".to_string()),
                    expires_at: Ok(Default::default()),
                    id: Err("no value supplied for id".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    prefix: Err("no value supplied for prefix".to_string()),
                    revoked_at: Ok(Default::default()),
                    scopes: Err("no value supplied for scopes".to_string()),
                    user_id: Err("no value supplied for user_id".to_string()),
                }
            }
        }
        impl ApiKey {
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_at: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn prefix<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.prefix = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for prefix: {e}")
                    });
                self
            }
            pub fn revoked_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.revoked_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for revoked_at: {e}")
                    });
                self
            }
            pub fn scopes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.scopes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for scopes: {e}")
                    });
                self
            }
            pub fn user_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.user_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for user_id: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ApiKey> for super::ApiKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ApiKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    created_at: value.created_at?,
                    expires_at: value.expires_at?,
                    id: value.id?,
                    name: value.name?,
                    prefix: value.prefix?,
                    revoked_at: value.revoked_at?,
                    scopes: value.scopes?,
                    user_id: value.user_id?,
                })
            }
        }
        impl ::std::convert::From<super::ApiKey> for ApiKey {
            fn from(value: super::ApiKey) -> Self {
                Self {
                    created_at: Ok(value.created_at),
                    expires_at: Ok(value.expires_at),
                    id: Ok(value.id),
                    name: Ok(value.name),
                    prefix: Ok(value.prefix),
                    revoked_at: Ok(value.revoked_at),
                    scopes: Ok(value.scopes),
                    user_id: Ok(value.user_id),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ApiKeyPage {
            data: ::std::result::Result<
                ::std::vec::Vec<super::ApiKey>,
                ::std::string::String,
            >,
            meta: ::std::result::Result<super::PageMeta, ::std::string::String>,
        }
        impl ::std::default::Default for ApiKeyPage {
            fn default() -> Self {
                Self {
                    data: Err("no value supplied for data".to_string()),
                    meta: Err("no value supplied for meta".to_string()),
                }
            }
        }
        impl ApiKeyPage {
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ApiKey>>,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
                    });
                self
            }
            pub fn meta<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PageMeta>,
                T::Error: ::std::fmt::Display,
            {
                self.meta = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for meta: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ApiKeyPage> for super::ApiKeyPage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ApiKeyPage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    data: value.data?,
                    meta: value.meta?,
                })
            }
        }
        impl ::std::convert::From<super::ApiKeyPage> for ApiKeyPage {
            fn from(value: super::ApiKeyPage) -> Self {
                Self {
                    data: Ok(value.data),
                    meta: Ok(value.meta),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct BasicAuth {
            password: ::std::result::Result<crate::Secret, ::std::string::String>,
            username: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for BasicAuth {
            fn default() -> Self {
                Self {
                    password: Err("no value supplied for password".to_string()),
                    username: Err("no value supplied for username".to_string()),
                }
            }
        }
        impl BasicAuth {
            pub fn password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.password = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for password: {e}")
                    });
                self
            }
            pub fn username<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.username = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for username: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<BasicAuth> for super::BasicAuth {
            type Error = super::error::ConversionError;
            fn try_from(
                value: BasicAuth,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    password: value.password?,
                    username: value.username?,
                })
            }
        }
        impl ::std::convert::From<super::BasicAuth> for BasicAuth {
            fn from(value: super::BasicAuth) -> Self {
                Self {
                    password: Ok(value.password),
                    username: Ok(value.username),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct BodyContainsAssertion {
            ignore_case: ::std::result::Result<bool, ::std::string::String>,
            negate: ::std::result::Result<bool, ::std::string::String>,
            severity: ::std::result::Result<
                super::AssertionSeverity,
                ::std::string::String,
            >,
            text: ::std::result::Result<::std::string::String, ::std::string::String>,
            type_: ::std::result::Result<
                super::BodyContainsAssertionType,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for BodyContainsAssertion {
            fn default() -> Self {
                Self {
                    ignore_case: Ok(Default::default()),
                    negate: Ok(Default::default()),
                    severity: Ok(super::defaults::body_contains_assertion_severity()),
                    text: Err("no value supplied for text".to_string()),
                    type_: Ok(super::defaults::body_contains_assertion_type()),
                }
            }
        }
        impl BodyContainsAssertion {
            pub fn ignore_case<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.ignore_case = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ignore_case: {e}")
                    });
                self
            }
            pub fn negate<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.negate = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for negate: {e}")
                    });
                self
            }
            pub fn severity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AssertionSeverity>,
                T::Error: ::std::fmt::Display,
            {
                self.severity = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for severity: {e}")
                    });
                self
            }
            pub fn text<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.text = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for text: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::BodyContainsAssertionType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<BodyContainsAssertion>
        for super::BodyContainsAssertion {
            type Error = super::error::ConversionError;
            fn try_from(
                value: BodyContainsAssertion,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    ignore_case: value.ignore_case?,
                    negate: value.negate?,
                    severity: value.severity?,
                    text: value.text?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::BodyContainsAssertion>
        for BodyContainsAssertion {
            fn from(value: super::BodyContainsAssertion) -> Self {
                Self {
                    ignore_case: Ok(value.ignore_case),
                    negate: Ok(value.negate),
                    severity: Ok(value.severity),
                    text: Ok(value.text),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct BodyMatchesAssertion {
            negate: ::std::result::Result<bool, ::std::string::String>,
            pattern: ::std::result::Result<::std::string::String, ::std::string::String>,
            severity: ::std::result::Result<
                super::AssertionSeverity,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                super::BodyMatchesAssertionType,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for BodyMatchesAssertion {
            fn default() -> Self {
                Self {
                    negate: Ok(Default::default()),
                    pattern: Err("no value supplied for pattern".to_string()),
                    severity: Ok(super::defaults::body_matches_assertion_severity()),
                    type_: Ok(super::defaults::body_matches_assertion_type()),
                }
            }
        }
        impl BodyMatchesAssertion {
            pub fn negate<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.negate = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for negate: {e}")
                    });
                self
            }
            pub fn pattern<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.pattern = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for pattern: {e}")
                    });
                self
            }
            pub fn severity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AssertionSeverity>,
                T::Error: ::std::fmt::Display,
            {
                self.severity = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for severity: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::BodyMatchesAssertionType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<BodyMatchesAssertion>
        for super::BodyMatchesAssertion {
            type Error = super::error::ConversionError;
            fn try_from(
                value: BodyMatchesAssertion,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    negate: value.negate?,
                    pattern: value.pattern?,
                    severity: value.severity?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::BodyMatchesAssertion> for BodyMatchesAssertion {
            fn from(value: super::BodyMatchesAssertion) -> Self {
                Self {
                    negate: Ok(value.negate),
                    pattern: Ok(value.pattern),
                    severity: Ok(value.severity),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Certificate {
            fingerprint: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            issuer: ::std::result::Result<::std::string::String, ::std::string::String>,
            not_after: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            not_before: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            subject: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Certificate {
            fn default() -> Self {
                Self {
                    fingerprint: Err("no value supplied for fingerprint".to_string()),
                    issuer: Err("no value supplied for issuer".to_string()),
                    not_after: Err("no value supplied for not_after".to_string()),
                    not_before: Err("no value supplied for not_before".to_string()),
                    subject: Err("no value supplied for subject".to_string()),
                }
            }
        }
        impl Certificate {
            pub fn fingerprint<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.fingerprint = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for fingerprint: {e}")
                    });
                self
            }
            pub fn issuer<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.issuer = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for issuer: {e}")
                    });
                self
            }
            pub fn not_after<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.not_after = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for not_after: {e}")
                    });
                self
            }
            pub fn not_before<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.not_before = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for not_before: {e}")
                    });
                self
            }
            pub fn subject<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.subject = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for subject: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Certificate> for super::Certificate {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Certificate,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    fingerprint: value.fingerprint?,
                    issuer: value.issuer?,
                    not_after: value.not_after?,
                    not_before: value.not_before?,
                    subject: value.subject?,
                })
            }
        }
        impl ::std::convert::From<super::Certificate> for Certificate {
            fn from(value: super::Certificate) -> Self {
                Self {
                    fingerprint: Ok(value.fingerprint),
                    issuer: Ok(value.issuer),
                    not_after: Ok(value.not_after),
                    not_before: Ok(value.not_before),
                    subject: Ok(value.subject),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CertificateDaysAssertion {
            min: ::std::result::Result<u32, ::std::string::String>,
            severity: ::std::result::Result<
                super::AssertionSeverity,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                super::CertificateDaysAssertionType,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CertificateDaysAssertion {
            fn default() -> Self {
                Self {
                    min: Err("no value supplied for min".to_string()),
                    severity: Ok(super::defaults::certificate_days_assertion_severity()),
                    type_: Ok(super::defaults::certificate_days_assertion_type()),
                }
            }
        }
        impl CertificateDaysAssertion {
            pub fn min<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.min = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for min: {e}")
                    });
                self
            }
            pub fn severity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AssertionSeverity>,
                T::Error: ::std::fmt::Display,
            {
                self.severity = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for severity: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::CertificateDaysAssertionType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CertificateDaysAssertion>
        for super::CertificateDaysAssertion {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CertificateDaysAssertion,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    min: value.min?,
                    severity: value.severity?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::CertificateDaysAssertion>
        for CertificateDaysAssertion {
            fn from(value: super::CertificateDaysAssertion) -> Self {
                Self {
                    min: Ok(value.min),
                    severity: Ok(value.severity),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Channel {
            config: ::std::result::Result<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            enabled: ::std::result::Result<bool, ::std::string::String>,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            sealed: ::std::result::Result<bool, ::std::string::String>,
            signing_secret: ::std::result::Result<
                ::std::option::Option<crate::Secret>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<::std::string::String, ::std::string::String>,
            updated_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            version: ::std::result::Result<i64, ::std::string::String>,
        }
        impl ::std::default::Default for Channel {
            fn default() -> Self {
                Self {
                    config: Ok(Default::default()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    enabled: Err("no value supplied for enabled".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    sealed: Err("no value supplied for sealed".to_string()),
                    signing_secret: Ok(Default::default()),
                    type_: Err("no value supplied for type_".to_string()),
                    updated_at: Err("no value supplied for updated_at".to_string()),
                    version: Err("no value supplied for version".to_string()),
                }
            }
        }
        impl Channel {
            pub fn config<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.config = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for config: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn enabled<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.enabled = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for enabled: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn sealed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.sealed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for sealed: {e}")
                    });
                self
            }
            pub fn signing_secret<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<crate::Secret>>,
                T::Error: ::std::fmt::Display,
            {
                self.signing_secret = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for signing_secret: {e}"
                        )
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
            pub fn updated_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.updated_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for updated_at: {e}")
                    });
                self
            }
            pub fn version<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<i64>,
                T::Error: ::std::fmt::Display,
            {
                self.version = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for version: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Channel> for super::Channel {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Channel,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    config: value.config?,
                    created_at: value.created_at?,
                    enabled: value.enabled?,
                    id: value.id?,
                    name: value.name?,
                    sealed: value.sealed?,
                    signing_secret: value.signing_secret?,
                    type_: value.type_?,
                    updated_at: value.updated_at?,
                    version: value.version?,
                })
            }
        }
        impl ::std::convert::From<super::Channel> for Channel {
            fn from(value: super::Channel) -> Self {
                Self {
                    config: Ok(value.config),
                    created_at: Ok(value.created_at),
                    enabled: Ok(value.enabled),
                    id: Ok(value.id),
                    name: Ok(value.name),
                    sealed: Ok(value.sealed),
                    signing_secret: Ok(value.signing_secret),
                    type_: Ok(value.type_),
                    updated_at: Ok(value.updated_at),
                    version: Ok(value.version),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ChannelPage {
            data: ::std::result::Result<
                ::std::vec::Vec<super::Channel>,
                ::std::string::String,
            >,
            meta: ::std::result::Result<super::PageMeta, ::std::string::String>,
        }
        impl ::std::default::Default for ChannelPage {
            fn default() -> Self {
                Self {
                    data: Err("no value supplied for data".to_string()),
                    meta: Err("no value supplied for meta".to_string()),
                }
            }
        }
        impl ChannelPage {
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Channel>>,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
                    });
                self
            }
            pub fn meta<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PageMeta>,
                T::Error: ::std::fmt::Display,
            {
                self.meta = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for meta: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ChannelPage> for super::ChannelPage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ChannelPage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    data: value.data?,
                    meta: value.meta?,
                })
            }
        }
        impl ::std::convert::From<super::ChannelPage> for ChannelPage {
            fn from(value: super::ChannelPage) -> Self {
                Self {
                    data: Ok(value.data),
                    meta: Ok(value.meta),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ChannelTest {
            attempt: ::std::result::Result<
                super::DeliveryAttempt,
                ::std::string::String,
            >,
            delivered: ::std::result::Result<bool, ::std::string::String>,
            notification_id: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ChannelTest {
            fn default() -> Self {
                Self {
                    attempt: Err("no value supplied for attempt".to_string()),
                    delivered: Err("no value supplied for delivered".to_string()),
                    notification_id: Err(
                        "no value supplied for notification_id".to_string(),
                    ),
                }
            }
        }
        impl ChannelTest {
            pub fn attempt<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::DeliveryAttempt>,
                T::Error: ::std::fmt::Display,
            {
                self.attempt = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for attempt: {e}")
                    });
                self
            }
            pub fn delivered<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.delivered = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for delivered: {e}")
                    });
                self
            }
            pub fn notification_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.notification_id = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for notification_id: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ChannelTest> for super::ChannelTest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ChannelTest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    attempt: value.attempt?,
                    delivered: value.delivered?,
                    notification_id: value.notification_id?,
                })
            }
        }
        impl ::std::convert::From<super::ChannelTest> for ChannelTest {
            fn from(value: super::ChannelTest) -> Self {
                Self {
                    attempt: Ok(value.attempt),
                    delivered: Ok(value.delivered),
                    notification_id: Ok(value.notification_id),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CheckPage {
            data: ::std::result::Result<
                ::std::vec::Vec<super::CheckResult>,
                ::std::string::String,
            >,
            meta: ::std::result::Result<super::PageMeta, ::std::string::String>,
        }
        impl ::std::default::Default for CheckPage {
            fn default() -> Self {
                Self {
                    data: Err("no value supplied for data".to_string()),
                    meta: Err("no value supplied for meta".to_string()),
                }
            }
        }
        impl CheckPage {
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::CheckResult>>,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
                    });
                self
            }
            pub fn meta<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PageMeta>,
                T::Error: ::std::fmt::Display,
            {
                self.meta = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for meta: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CheckPage> for super::CheckPage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CheckPage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    data: value.data?,
                    meta: value.meta?,
                })
            }
        }
        impl ::std::convert::From<super::CheckPage> for CheckPage {
            fn from(value: super::CheckPage) -> Self {
                Self {
                    data: Ok(value.data),
                    meta: Ok(value.meta),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CheckResult {
            certificate: ::std::result::Result<
                ::std::option::Option<super::Certificate>,
                ::std::string::String,
            >,
            checked_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            error: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            maintenance: ::std::result::Result<bool, ::std::string::String>,
            monitor_id: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            reason: ::std::result::Result<::std::string::String, ::std::string::String>,
            region: ::std::result::Result<::std::string::String, ::std::string::String>,
            remote_address: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            response_time_ms: ::std::result::Result<f64, ::std::string::String>,
            sealed: ::std::result::Result<bool, ::std::string::String>,
            status: ::std::result::Result<::std::string::String, ::std::string::String>,
            status_code: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            timings: ::std::result::Result<super::Timings, ::std::string::String>,
        }
        impl ::std::default::Default for CheckResult {
            fn default() -> Self {
                Self {
                    certificate: Ok(Default::default()),
                    checked_at: Err("no value supplied for checked_at".to_string()),
                    error: Ok(Default::default()),
                    id: Err("no value supplied for id".to_string()),
                    maintenance: Err("no value supplied for maintenance".to_string()),
                    monitor_id: Err("no value supplied for monitor_id".to_string()),
                    reason: Err("no value supplied for reason".to_string()),
                    region: Err("no value supplied for region".to_string()),
                    remote_address: Ok(Default::default()),
                    response_time_ms: Err(
                        "no value supplied for response_time_ms".to_string(),
                    ),
                    sealed: Err("no value supplied for sealed".to_string()),
                    status: Err("no value supplied for status".to_string()),
                    status_code: Ok(Default::default()),
                    timings: Err("no value supplied for timings".to_string()),
                }
            }
        }
        impl CheckResult {
            pub fn certificate<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Certificate>>,
                T::Error: ::std::fmt::Display,
            {
                self.certificate = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for certificate: {e}")
                    });
                self
            }
            pub fn checked_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.checked_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for checked_at: {e}")
                    });
                self
            }
            pub fn error<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.error = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for error: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn maintenance<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.maintenance = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for maintenance: {e}")
                    });
                self
            }
            pub fn monitor_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.monitor_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for monitor_id: {e}")
                    });
                self
            }
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reason: {e}")
                    });
                self
            }
            pub fn region<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.region = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for region: {e}")
                    });
                self
            }
            pub fn remote_address<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.remote_address = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for remote_address: {e}"
                        )
                    });
                self
            }
            pub fn response_time_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<f64>,
                T::Error: ::std::fmt::Display,
            {
                self.response_time_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for response_time_ms: {e}"
                        )
                    });
                self
            }
            pub fn sealed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.sealed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for sealed: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn status_code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.status_code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status_code: {e}")
                    });
                self
            }
            pub fn timings<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Timings>,
                T::Error: ::std::fmt::Display,
            {
                self.timings = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for timings: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CheckResult> for super::CheckResult {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CheckResult,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    certificate: value.certificate?,
                    checked_at: value.checked_at?,
                    error: value.error?,
                    id: value.id?,
                    maintenance: value.maintenance?,
                    monitor_id: value.monitor_id?,
                    reason: value.reason?,
                    region: value.region?,
                    remote_address: value.remote_address?,
                    response_time_ms: value.response_time_ms?,
                    sealed: value.sealed?,
                    status: value.status?,
                    status_code: value.status_code?,
                    timings: value.timings?,
                })
            }
        }
        impl ::std::convert::From<super::CheckResult> for CheckResult {
            fn from(value: super::CheckResult) -> Self {
                Self {
                    certificate: Ok(value.certificate),
                    checked_at: Ok(value.checked_at),
                    error: Ok(value.error),
                    id: Ok(value.id),
                    maintenance: Ok(value.maintenance),
                    monitor_id: Ok(value.monitor_id),
                    reason: Ok(value.reason),
                    region: Ok(value.region),
                    remote_address: Ok(value.remote_address),
                    response_time_ms: Ok(value.response_time_ms),
                    sealed: Ok(value.sealed),
                    status: Ok(value.status),
                    status_code: Ok(value.status_code),
                    timings: Ok(value.timings),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ClientCertificate {
            certificate_pem: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            private_key_pem: ::std::result::Result<crate::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for ClientCertificate {
            fn default() -> Self {
                Self {
                    certificate_pem: Err(
                        "no value supplied for certificate_pem".to_string(),
                    ),
                    private_key_pem: Err(
                        "no value supplied for private_key_pem".to_string(),
                    ),
                }
            }
        }
        impl ClientCertificate {
            pub fn certificate_pem<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.certificate_pem = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for certificate_pem: {e}"
                        )
                    });
                self
            }
            pub fn private_key_pem<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.private_key_pem = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for private_key_pem: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ClientCertificate> for super::ClientCertificate {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ClientCertificate,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    certificate_pem: value.certificate_pem?,
                    private_key_pem: value.private_key_pem?,
                })
            }
        }
        impl ::std::convert::From<super::ClientCertificate> for ClientCertificate {
            fn from(value: super::ClientCertificate) -> Self {
                Self {
                    certificate_pem: Ok(value.certificate_pem),
                    private_key_pem: Ok(value.private_key_pem),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ConfirmationCounts {
            down: ::std::result::Result<u32, ::std::string::String>,
            up: ::std::result::Result<u32, ::std::string::String>,
        }
        impl ::std::default::Default for ConfirmationCounts {
            fn default() -> Self {
                Self {
                    down: Ok(super::defaults::default_u64::<u32, 2>()),
                    up: Ok(super::defaults::default_u64::<u32, 1>()),
                }
            }
        }
        impl ConfirmationCounts {
            pub fn down<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.down = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for down: {e}")
                    });
                self
            }
            pub fn up<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.up = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for up: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<ConfirmationCounts> for super::ConfirmationCounts {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ConfirmationCounts,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    down: value.down?,
                    up: value.up?,
                })
            }
        }
        impl ::std::convert::From<super::ConfirmationCounts> for ConfirmationCounts {
            fn from(value: super::ConfirmationCounts) -> Self {
                Self {
                    down: Ok(value.down),
                    up: Ok(value.up),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CreateApiKey {
            expires_at: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            scopes: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CreateApiKey {
            fn default() -> Self {
                Self {
                    expires_at: Ok(Default::default()),
                    name: Err("no value supplied for name".to_string()),
                    scopes: Err("no value supplied for scopes".to_string()),
                }
            }
        }
        impl CreateApiKey {
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_at: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn scopes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.scopes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for scopes: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CreateApiKey> for super::CreateApiKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreateApiKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    expires_at: value.expires_at?,
                    name: value.name?,
                    scopes: value.scopes?,
                })
            }
        }
        impl ::std::convert::From<super::CreateApiKey> for CreateApiKey {
            fn from(value: super::CreateApiKey) -> Self {
                Self {
                    expires_at: Ok(value.expires_at),
                    name: Ok(value.name),
                    scopes: Ok(value.scopes),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CreateCustomMonitor {
            config: ::std::result::Result<super::CustomConfig, ::std::string::String>,
            confirmations: ::std::result::Result<
                ::std::option::Option<super::ConfirmationCounts>,
                ::std::string::String,
            >,
            depends_on: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            external_ref: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            group: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            interval_seconds: ::std::result::Result<u32, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            owner: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            paused: ::std::result::Result<bool, ::std::string::String>,
            tags: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            target: ::std::result::Result<::std::string::String, ::std::string::String>,
            timeout_seconds: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                super::CreateCustomMonitorType,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CreateCustomMonitor {
            fn default() -> Self {
                Self {
                    config: Err("no value supplied for config".to_string()),
                    confirmations: Ok(Default::default()),
                    depends_on: Ok(Default::default()),
                    external_ref: Ok(Default::default()),
                    group: Ok(Default::default()),
                    interval_seconds: Ok(super::defaults::default_u64::<u32, 60>()),
                    name: Err("no value supplied for name".to_string()),
                    owner: Ok(Default::default()),
                    paused: Ok(Default::default()),
                    tags: Ok(Default::default()),
                    target: Ok(Default::default()),
                    timeout_seconds: Ok(Default::default()),
                    type_: Ok(super::defaults::create_custom_monitor_type()),
                }
            }
        }
        impl CreateCustomMonitor {
            pub fn config<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::CustomConfig>,
                T::Error: ::std::fmt::Display,
            {
                self.config = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for config: {e}")
                    });
                self
            }
            pub fn confirmations<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::ConfirmationCounts>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.confirmations = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for confirmations: {e}")
                    });
                self
            }
            pub fn depends_on<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.depends_on = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for depends_on: {e}")
                    });
                self
            }
            pub fn external_ref<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.external_ref = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for external_ref: {e}")
                    });
                self
            }
            pub fn group<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.group = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for group: {e}")
                    });
                self
            }
            pub fn interval_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.interval_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for interval_seconds: {e}"
                        )
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn owner<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.owner = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for owner: {e}")
                    });
                self
            }
            pub fn paused<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.paused = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for paused: {e}")
                    });
                self
            }
            pub fn tags<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.tags = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tags: {e}")
                    });
                self
            }
            pub fn target<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.target = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for target: {e}")
                    });
                self
            }
            pub fn timeout_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.timeout_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for timeout_seconds: {e}"
                        )
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::CreateCustomMonitorType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CreateCustomMonitor>
        for super::CreateCustomMonitor {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreateCustomMonitor,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    config: value.config?,
                    confirmations: value.confirmations?,
                    depends_on: value.depends_on?,
                    external_ref: value.external_ref?,
                    group: value.group?,
                    interval_seconds: value.interval_seconds?,
                    name: value.name?,
                    owner: value.owner?,
                    paused: value.paused?,
                    tags: value.tags?,
                    target: value.target?,
                    timeout_seconds: value.timeout_seconds?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::CreateCustomMonitor> for CreateCustomMonitor {
            fn from(value: super::CreateCustomMonitor) -> Self {
                Self {
                    config: Ok(value.config),
                    confirmations: Ok(value.confirmations),
                    depends_on: Ok(value.depends_on),
                    external_ref: Ok(value.external_ref),
                    group: Ok(value.group),
                    interval_seconds: Ok(value.interval_seconds),
                    name: Ok(value.name),
                    owner: Ok(value.owner),
                    paused: Ok(value.paused),
                    tags: Ok(value.tags),
                    target: Ok(value.target),
                    timeout_seconds: Ok(value.timeout_seconds),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CreateHeartbeatMonitor {
            config: ::std::result::Result<
                ::std::option::Option<super::HeartbeatConfig>,
                ::std::string::String,
            >,
            confirmations: ::std::result::Result<
                ::std::option::Option<super::ConfirmationCounts>,
                ::std::string::String,
            >,
            depends_on: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            external_ref: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            group: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            interval_seconds: ::std::result::Result<u32, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            owner: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            paused: ::std::result::Result<bool, ::std::string::String>,
            tags: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            timeout_seconds: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                super::CreateHeartbeatMonitorType,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CreateHeartbeatMonitor {
            fn default() -> Self {
                Self {
                    config: Ok(Default::default()),
                    confirmations: Ok(Default::default()),
                    depends_on: Ok(Default::default()),
                    external_ref: Ok(Default::default()),
                    group: Ok(Default::default()),
                    interval_seconds: Ok(super::defaults::default_u64::<u32, 60>()),
                    name: Err("no value supplied for name".to_string()),
                    owner: Ok(Default::default()),
                    paused: Ok(Default::default()),
                    tags: Ok(Default::default()),
                    timeout_seconds: Ok(Default::default()),
                    type_: Ok(super::defaults::create_heartbeat_monitor_type()),
                }
            }
        }
        impl CreateHeartbeatMonitor {
            pub fn config<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::HeartbeatConfig>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.config = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for config: {e}")
                    });
                self
            }
            pub fn confirmations<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::ConfirmationCounts>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.confirmations = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for confirmations: {e}")
                    });
                self
            }
            pub fn depends_on<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.depends_on = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for depends_on: {e}")
                    });
                self
            }
            pub fn external_ref<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.external_ref = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for external_ref: {e}")
                    });
                self
            }
            pub fn group<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.group = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for group: {e}")
                    });
                self
            }
            pub fn interval_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.interval_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for interval_seconds: {e}"
                        )
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn owner<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.owner = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for owner: {e}")
                    });
                self
            }
            pub fn paused<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.paused = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for paused: {e}")
                    });
                self
            }
            pub fn tags<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.tags = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tags: {e}")
                    });
                self
            }
            pub fn timeout_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.timeout_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for timeout_seconds: {e}"
                        )
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::CreateHeartbeatMonitorType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CreateHeartbeatMonitor>
        for super::CreateHeartbeatMonitor {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreateHeartbeatMonitor,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    config: value.config?,
                    confirmations: value.confirmations?,
                    depends_on: value.depends_on?,
                    external_ref: value.external_ref?,
                    group: value.group?,
                    interval_seconds: value.interval_seconds?,
                    name: value.name?,
                    owner: value.owner?,
                    paused: value.paused?,
                    tags: value.tags?,
                    timeout_seconds: value.timeout_seconds?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::CreateHeartbeatMonitor>
        for CreateHeartbeatMonitor {
            fn from(value: super::CreateHeartbeatMonitor) -> Self {
                Self {
                    config: Ok(value.config),
                    confirmations: Ok(value.confirmations),
                    depends_on: Ok(value.depends_on),
                    external_ref: Ok(value.external_ref),
                    group: Ok(value.group),
                    interval_seconds: Ok(value.interval_seconds),
                    name: Ok(value.name),
                    owner: Ok(value.owner),
                    paused: Ok(value.paused),
                    tags: Ok(value.tags),
                    timeout_seconds: Ok(value.timeout_seconds),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CreateHttpMonitor {
            config: ::std::result::Result<
                ::std::option::Option<super::HttpConfig>,
                ::std::string::String,
            >,
            confirmations: ::std::result::Result<
                ::std::option::Option<super::ConfirmationCounts>,
                ::std::string::String,
            >,
            depends_on: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            external_ref: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            group: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            interval_seconds: ::std::result::Result<u32, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            owner: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            paused: ::std::result::Result<bool, ::std::string::String>,
            tags: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            target: ::std::result::Result<::std::string::String, ::std::string::String>,
            timeout_seconds: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                super::CreateHttpMonitorType,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CreateHttpMonitor {
            fn default() -> Self {
                Self {
                    config: Ok(Default::default()),
                    confirmations: Ok(Default::default()),
                    depends_on: Ok(Default::default()),
                    external_ref: Ok(Default::default()),
                    group: Ok(Default::default()),
                    interval_seconds: Ok(super::defaults::default_u64::<u32, 60>()),
                    name: Err("no value supplied for name".to_string()),
                    owner: Ok(Default::default()),
                    paused: Ok(Default::default()),
                    tags: Ok(Default::default()),
                    target: Err("no value supplied for target".to_string()),
                    timeout_seconds: Ok(Default::default()),
                    type_: Ok(super::defaults::create_http_monitor_type()),
                }
            }
        }
        impl CreateHttpMonitor {
            pub fn config<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::HttpConfig>>,
                T::Error: ::std::fmt::Display,
            {
                self.config = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for config: {e}")
                    });
                self
            }
            pub fn confirmations<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::ConfirmationCounts>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.confirmations = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for confirmations: {e}")
                    });
                self
            }
            pub fn depends_on<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.depends_on = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for depends_on: {e}")
                    });
                self
            }
            pub fn external_ref<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.external_ref = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for external_ref: {e}")
                    });
                self
            }
            pub fn group<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.group = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for group: {e}")
                    });
                self
            }
            pub fn interval_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.interval_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for interval_seconds: {e}"
                        )
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn owner<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.owner = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for owner: {e}")
                    });
                self
            }
            pub fn paused<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.paused = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for paused: {e}")
                    });
                self
            }
            pub fn tags<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.tags = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tags: {e}")
                    });
                self
            }
            pub fn target<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.target = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for target: {e}")
                    });
                self
            }
            pub fn timeout_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.timeout_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for timeout_seconds: {e}"
                        )
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::CreateHttpMonitorType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CreateHttpMonitor> for super::CreateHttpMonitor {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreateHttpMonitor,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    config: value.config?,
                    confirmations: value.confirmations?,
                    depends_on: value.depends_on?,
                    external_ref: value.external_ref?,
                    group: value.group?,
                    interval_seconds: value.interval_seconds?,
                    name: value.name?,
                    owner: value.owner?,
                    paused: value.paused?,
                    tags: value.tags?,
                    target: value.target?,
                    timeout_seconds: value.timeout_seconds?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::CreateHttpMonitor> for CreateHttpMonitor {
            fn from(value: super::CreateHttpMonitor) -> Self {
                Self {
                    config: Ok(value.config),
                    confirmations: Ok(value.confirmations),
                    depends_on: Ok(value.depends_on),
                    external_ref: Ok(value.external_ref),
                    group: Ok(value.group),
                    interval_seconds: Ok(value.interval_seconds),
                    name: Ok(value.name),
                    owner: Ok(value.owner),
                    paused: Ok(value.paused),
                    tags: Ok(value.tags),
                    target: Ok(value.target),
                    timeout_seconds: Ok(value.timeout_seconds),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CreateMaintenanceWindow {
            all_monitors: ::std::result::Result<bool, ::std::string::String>,
            groups: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            monitor_ids: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            schedule: ::std::result::Result<
                super::MaintenanceSchedule,
                ::std::string::String,
            >,
            tags: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CreateMaintenanceWindow {
            fn default() -> Self {
                Self {
                    all_monitors: Ok(Default::default()),
                    groups: Ok(Default::default()),
                    monitor_ids: Ok(Default::default()),
                    name: Err("no value supplied for name".to_string()),
                    schedule: Err("no value supplied for schedule".to_string()),
                    tags: Ok(Default::default()),
                }
            }
        }
        impl CreateMaintenanceWindow {
            pub fn all_monitors<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.all_monitors = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for all_monitors: {e}")
                    });
                self
            }
            pub fn groups<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.groups = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for groups: {e}")
                    });
                self
            }
            pub fn monitor_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.monitor_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for monitor_ids: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn schedule<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::MaintenanceSchedule>,
                T::Error: ::std::fmt::Display,
            {
                self.schedule = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for schedule: {e}")
                    });
                self
            }
            pub fn tags<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.tags = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tags: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CreateMaintenanceWindow>
        for super::CreateMaintenanceWindow {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreateMaintenanceWindow,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    all_monitors: value.all_monitors?,
                    groups: value.groups?,
                    monitor_ids: value.monitor_ids?,
                    name: value.name?,
                    schedule: value.schedule?,
                    tags: value.tags?,
                })
            }
        }
        impl ::std::convert::From<super::CreateMaintenanceWindow>
        for CreateMaintenanceWindow {
            fn from(value: super::CreateMaintenanceWindow) -> Self {
                Self {
                    all_monitors: Ok(value.all_monitors),
                    groups: Ok(value.groups),
                    monitor_ids: Ok(value.monitor_ids),
                    name: Ok(value.name),
                    schedule: Ok(value.schedule),
                    tags: Ok(value.tags),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CreatePortMonitor {
            config: ::std::result::Result<
                ::std::option::Option<super::PortConfig>,
                ::std::string::String,
            >,
            confirmations: ::std::result::Result<
                ::std::option::Option<super::ConfirmationCounts>,
                ::std::string::String,
            >,
            depends_on: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            external_ref: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            group: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            interval_seconds: ::std::result::Result<u32, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            owner: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            paused: ::std::result::Result<bool, ::std::string::String>,
            tags: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            target: ::std::result::Result<::std::string::String, ::std::string::String>,
            timeout_seconds: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                super::CreatePortMonitorType,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CreatePortMonitor {
            fn default() -> Self {
                Self {
                    config: Ok(Default::default()),
                    confirmations: Ok(Default::default()),
                    depends_on: Ok(Default::default()),
                    external_ref: Ok(Default::default()),
                    group: Ok(Default::default()),
                    interval_seconds: Ok(super::defaults::default_u64::<u32, 60>()),
                    name: Err("no value supplied for name".to_string()),
                    owner: Ok(Default::default()),
                    paused: Ok(Default::default()),
                    tags: Ok(Default::default()),
                    target: Err("no value supplied for target".to_string()),
                    timeout_seconds: Ok(Default::default()),
                    type_: Ok(super::defaults::create_port_monitor_type()),
                }
            }
        }
        impl CreatePortMonitor {
            pub fn config<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::PortConfig>>,
                T::Error: ::std::fmt::Display,
            {
                self.config = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for config: {e}")
                    });
                self
            }
            pub fn confirmations<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::ConfirmationCounts>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.confirmations = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for confirmations: {e}")
                    });
                self
            }
            pub fn depends_on<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.depends_on = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for depends_on: {e}")
                    });
                self
            }
            pub fn external_ref<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.external_ref = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for external_ref: {e}")
                    });
                self
            }
            pub fn group<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.group = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for group: {e}")
                    });
                self
            }
            pub fn interval_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.interval_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for interval_seconds: {e}"
                        )
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn owner<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.owner = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for owner: {e}")
                    });
                self
            }
            pub fn paused<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.paused = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for paused: {e}")
                    });
                self
            }
            pub fn tags<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.tags = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tags: {e}")
                    });
                self
            }
            pub fn target<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.target = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for target: {e}")
                    });
                self
            }
            pub fn timeout_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.timeout_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for timeout_seconds: {e}"
                        )
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::CreatePortMonitorType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CreatePortMonitor> for super::CreatePortMonitor {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreatePortMonitor,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    config: value.config?,
                    confirmations: value.confirmations?,
                    depends_on: value.depends_on?,
                    external_ref: value.external_ref?,
                    group: value.group?,
                    interval_seconds: value.interval_seconds?,
                    name: value.name?,
                    owner: value.owner?,
                    paused: value.paused?,
                    tags: value.tags?,
                    target: value.target?,
                    timeout_seconds: value.timeout_seconds?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::CreatePortMonitor> for CreatePortMonitor {
            fn from(value: super::CreatePortMonitor) -> Self {
                Self {
                    config: Ok(value.config),
                    confirmations: Ok(value.confirmations),
                    depends_on: Ok(value.depends_on),
                    external_ref: Ok(value.external_ref),
                    group: Ok(value.group),
                    interval_seconds: Ok(value.interval_seconds),
                    name: Ok(value.name),
                    owner: Ok(value.owner),
                    paused: Ok(value.paused),
                    tags: Ok(value.tags),
                    target: Ok(value.target),
                    timeout_seconds: Ok(value.timeout_seconds),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CreateRule {
            all_monitors: ::std::result::Result<bool, ::std::string::String>,
            channel_ids: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            enabled: ::std::result::Result<bool, ::std::string::String>,
            events: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            monitor_ids: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            remind_every_seconds: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CreateRule {
            fn default() -> Self {
                Self {
                    all_monitors: Ok(Default::default()),
                    channel_ids: Err("no value supplied for channel_ids".to_string()),
                    enabled: Ok(super::defaults::default_bool::<true>()),
                    events: Ok(Default::default()),
                    monitor_ids: Ok(Default::default()),
                    name: Err("no value supplied for name".to_string()),
                    remind_every_seconds: Ok(Default::default()),
                }
            }
        }
        impl CreateRule {
            pub fn all_monitors<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.all_monitors = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for all_monitors: {e}")
                    });
                self
            }
            pub fn channel_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.channel_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for channel_ids: {e}")
                    });
                self
            }
            pub fn enabled<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.enabled = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for enabled: {e}")
                    });
                self
            }
            pub fn events<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.events = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for events: {e}")
                    });
                self
            }
            pub fn monitor_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.monitor_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for monitor_ids: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn remind_every_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.remind_every_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for remind_every_seconds: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CreateRule> for super::CreateRule {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreateRule,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    all_monitors: value.all_monitors?,
                    channel_ids: value.channel_ids?,
                    enabled: value.enabled?,
                    events: value.events?,
                    monitor_ids: value.monitor_ids?,
                    name: value.name?,
                    remind_every_seconds: value.remind_every_seconds?,
                })
            }
        }
        impl ::std::convert::From<super::CreateRule> for CreateRule {
            fn from(value: super::CreateRule) -> Self {
                Self {
                    all_monitors: Ok(value.all_monitors),
                    channel_ids: Ok(value.channel_ids),
                    enabled: Ok(value.enabled),
                    events: Ok(value.events),
                    monitor_ids: Ok(value.monitor_ids),
                    name: Ok(value.name),
                    remind_every_seconds: Ok(value.remind_every_seconds),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CreateSilence {
            all_monitors: ::std::result::Result<bool, ::std::string::String>,
            ends_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            groups: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            monitor_ids: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            reason: ::std::result::Result<::std::string::String, ::std::string::String>,
            starts_at: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            tags: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CreateSilence {
            fn default() -> Self {
                Self {
                    all_monitors: Ok(Default::default()),
                    ends_at: Err("no value supplied for ends_at".to_string()),
                    groups: Ok(Default::default()),
                    monitor_ids: Ok(Default::default()),
                    reason: Err("no value supplied for reason".to_string()),
                    starts_at: Ok(Default::default()),
                    tags: Ok(Default::default()),
                }
            }
        }
        impl CreateSilence {
            pub fn all_monitors<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.all_monitors = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for all_monitors: {e}")
                    });
                self
            }
            pub fn ends_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.ends_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ends_at: {e}")
                    });
                self
            }
            pub fn groups<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.groups = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for groups: {e}")
                    });
                self
            }
            pub fn monitor_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.monitor_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for monitor_ids: {e}")
                    });
                self
            }
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reason: {e}")
                    });
                self
            }
            pub fn starts_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.starts_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for starts_at: {e}")
                    });
                self
            }
            pub fn tags<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.tags = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tags: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CreateSilence> for super::CreateSilence {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreateSilence,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    all_monitors: value.all_monitors?,
                    ends_at: value.ends_at?,
                    groups: value.groups?,
                    monitor_ids: value.monitor_ids?,
                    reason: value.reason?,
                    starts_at: value.starts_at?,
                    tags: value.tags?,
                })
            }
        }
        impl ::std::convert::From<super::CreateSilence> for CreateSilence {
            fn from(value: super::CreateSilence) -> Self {
                Self {
                    all_monitors: Ok(value.all_monitors),
                    ends_at: Ok(value.ends_at),
                    groups: Ok(value.groups),
                    monitor_ids: Ok(value.monitor_ids),
                    reason: Ok(value.reason),
                    starts_at: Ok(value.starts_at),
                    tags: Ok(value.tags),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CreateWebhookChannel {
            config: ::std::result::Result<
                super::WebhookChannelConfig,
                ::std::string::String,
            >,
            enabled: ::std::result::Result<bool, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            type_: ::std::result::Result<
                super::CreateWebhookChannelType,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CreateWebhookChannel {
            fn default() -> Self {
                Self {
                    config: Err("no value supplied for config".to_string()),
                    enabled: Ok(super::defaults::default_bool::<true>()),
                    name: Err("no value supplied for name".to_string()),
                    type_: Ok(super::defaults::create_webhook_channel_type()),
                }
            }
        }
        impl CreateWebhookChannel {
            pub fn config<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::WebhookChannelConfig>,
                T::Error: ::std::fmt::Display,
            {
                self.config = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for config: {e}")
                    });
                self
            }
            pub fn enabled<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.enabled = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for enabled: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::CreateWebhookChannelType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CreateWebhookChannel>
        for super::CreateWebhookChannel {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreateWebhookChannel,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    config: value.config?,
                    enabled: value.enabled?,
                    name: value.name?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::CreateWebhookChannel> for CreateWebhookChannel {
            fn from(value: super::CreateWebhookChannel) -> Self {
                Self {
                    config: Ok(value.config),
                    enabled: Ok(value.enabled),
                    name: Ok(value.name),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CreatedApiKey {
            created_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            expires_at: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            key: ::std::result::Result<crate::Secret, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            prefix: ::std::result::Result<::std::string::String, ::std::string::String>,
            scopes: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            user_id: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for CreatedApiKey {
            fn default() -> Self {
                Self {
                    created_at: Err("no value supplied for created_at".to_string()),
                    expires_at: Ok(Default::default()),
                    id: Err("no value supplied for id".to_string()),
                    key: Err("no value supplied for key".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    prefix: Err("no value supplied for prefix".to_string()),
                    scopes: Err("no value supplied for scopes".to_string()),
                    user_id: Err("no value supplied for user_id".to_string()),
                }
            }
        }
        impl CreatedApiKey {
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_at: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn key<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.key = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for key: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn prefix<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.prefix = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for prefix: {e}")
                    });
                self
            }
            pub fn scopes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.scopes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for scopes: {e}")
                    });
                self
            }
            pub fn user_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.user_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for user_id: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CreatedApiKey> for super::CreatedApiKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreatedApiKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    created_at: value.created_at?,
                    expires_at: value.expires_at?,
                    id: value.id?,
                    key: value.key?,
                    name: value.name?,
                    prefix: value.prefix?,
                    scopes: value.scopes?,
                    user_id: value.user_id?,
                })
            }
        }
        impl ::std::convert::From<super::CreatedApiKey> for CreatedApiKey {
            fn from(value: super::CreatedApiKey) -> Self {
                Self {
                    created_at: Ok(value.created_at),
                    expires_at: Ok(value.expires_at),
                    id: Ok(value.id),
                    key: Ok(value.key),
                    name: Ok(value.name),
                    prefix: Ok(value.prefix),
                    scopes: Ok(value.scopes),
                    user_id: Ok(value.user_id),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CustomConfig {
            config: ::std::result::Result<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                ::std::string::String,
            >,
            kind: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for CustomConfig {
            fn default() -> Self {
                Self {
                    config: Ok(Default::default()),
                    kind: Err("no value supplied for kind".to_string()),
                }
            }
        }
        impl CustomConfig {
            pub fn config<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.config = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for config: {e}")
                    });
                self
            }
            pub fn kind<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.kind = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for kind: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CustomConfig> for super::CustomConfig {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CustomConfig,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    config: value.config?,
                    kind: value.kind?,
                })
            }
        }
        impl ::std::convert::From<super::CustomConfig> for CustomConfig {
            fn from(value: super::CustomConfig) -> Self {
                Self {
                    config: Ok(value.config),
                    kind: Ok(value.kind),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct DeliveryAttempt {
            at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            delivered: ::std::result::Result<bool, ::std::string::String>,
            duration_ms: ::std::result::Result<i64, ::std::string::String>,
            error: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            status_code: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for DeliveryAttempt {
            fn default() -> Self {
                Self {
                    at: Err("no value supplied for at".to_string()),
                    delivered: Err("no value supplied for delivered".to_string()),
                    duration_ms: Err("no value supplied for duration_ms".to_string()),
                    error: Ok(Default::default()),
                    status_code: Ok(Default::default()),
                }
            }
        }
        impl DeliveryAttempt {
            pub fn at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for at: {e}"));
                self
            }
            pub fn delivered<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.delivered = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for delivered: {e}")
                    });
                self
            }
            pub fn duration_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<i64>,
                T::Error: ::std::fmt::Display,
            {
                self.duration_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for duration_ms: {e}")
                    });
                self
            }
            pub fn error<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.error = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for error: {e}")
                    });
                self
            }
            pub fn status_code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.status_code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status_code: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<DeliveryAttempt> for super::DeliveryAttempt {
            type Error = super::error::ConversionError;
            fn try_from(
                value: DeliveryAttempt,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    at: value.at?,
                    delivered: value.delivered?,
                    duration_ms: value.duration_ms?,
                    error: value.error?,
                    status_code: value.status_code?,
                })
            }
        }
        impl ::std::convert::From<super::DeliveryAttempt> for DeliveryAttempt {
            fn from(value: super::DeliveryAttempt) -> Self {
                Self {
                    at: Ok(value.at),
                    delivered: Ok(value.delivered),
                    duration_ms: Ok(value.duration_ms),
                    error: Ok(value.error),
                    status_code: Ok(value.status_code),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ErrorBody {
            code: ::std::result::Result<::std::string::String, ::std::string::String>,
            details: ::std::result::Result<super::ErrorDetails, ::std::string::String>,
            message: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for ErrorBody {
            fn default() -> Self {
                Self {
                    code: Err("no value supplied for code".to_string()),
                    details: Err("no value supplied for details".to_string()),
                    message: Err("no value supplied for message".to_string()),
                }
            }
        }
        impl ErrorBody {
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for code: {e}")
                    });
                self
            }
            pub fn details<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ErrorDetails>,
                T::Error: ::std::fmt::Display,
            {
                self.details = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for details: {e}")
                    });
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ErrorBody> for super::ErrorBody {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ErrorBody,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    code: value.code?,
                    details: value.details?,
                    message: value.message?,
                })
            }
        }
        impl ::std::convert::From<super::ErrorBody> for ErrorBody {
            fn from(value: super::ErrorBody) -> Self {
                Self {
                    code: Ok(value.code),
                    details: Ok(value.details),
                    message: Ok(value.message),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ErrorDetails {
            fields: ::std::result::Result<
                ::std::vec::Vec<super::FieldFault>,
                ::std::string::String,
            >,
            region: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            request_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            required_scope: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ErrorDetails {
            fn default() -> Self {
                Self {
                    fields: Ok(Default::default()),
                    region: Ok(Default::default()),
                    request_id: Ok(Default::default()),
                    required_scope: Ok(Default::default()),
                }
            }
        }
        impl ErrorDetails {
            pub fn fields<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::FieldFault>>,
                T::Error: ::std::fmt::Display,
            {
                self.fields = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for fields: {e}")
                    });
                self
            }
            pub fn region<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.region = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for region: {e}")
                    });
                self
            }
            pub fn request_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.request_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for request_id: {e}")
                    });
                self
            }
            pub fn required_scope<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.required_scope = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for required_scope: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ErrorDetails> for super::ErrorDetails {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ErrorDetails,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    fields: value.fields?,
                    region: value.region?,
                    request_id: value.request_id?,
                    required_scope: value.required_scope?,
                })
            }
        }
        impl ::std::convert::From<super::ErrorDetails> for ErrorDetails {
            fn from(value: super::ErrorDetails) -> Self {
                Self {
                    fields: Ok(value.fields),
                    region: Ok(value.region),
                    request_id: Ok(value.request_id),
                    required_scope: Ok(value.required_scope),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ErrorEnvelope {
            error: ::std::result::Result<super::ErrorBody, ::std::string::String>,
        }
        impl ::std::default::Default for ErrorEnvelope {
            fn default() -> Self {
                Self {
                    error: Err("no value supplied for error".to_string()),
                }
            }
        }
        impl ErrorEnvelope {
            pub fn error<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ErrorBody>,
                T::Error: ::std::fmt::Display,
            {
                self.error = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for error: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ErrorEnvelope> for super::ErrorEnvelope {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ErrorEnvelope,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { error: value.error? })
            }
        }
        impl ::std::convert::From<super::ErrorEnvelope> for ErrorEnvelope {
            fn from(value: super::ErrorEnvelope) -> Self {
                Self { error: Ok(value.error) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Event {
            acknowledged_at: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            confirmed_at: ::std::result::Result<
                ::jiff::Timestamp,
                ::std::string::String,
            >,
            evidence: ::std::result::Result<
                ::std::vec::Vec<super::Evidence>,
                ::std::string::String,
            >,
            flapping: ::std::result::Result<bool, ::std::string::String>,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            monitor_id: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            quiet: ::std::result::Result<
                ::std::option::Option<super::Quiet>,
                ::std::string::String,
            >,
            reason: ::std::result::Result<::std::string::String, ::std::string::String>,
            resolution: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            resolved_at: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            sealed: ::std::result::Result<bool, ::std::string::String>,
            severity: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            started_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            status: ::std::result::Result<::std::string::String, ::std::string::String>,
            told_at: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            told_channel_ids: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Event {
            fn default() -> Self {
                Self {
                    acknowledged_at: Ok(Default::default()),
                    confirmed_at: Err("no value supplied for confirmed_at".to_string()),
                    evidence: Err("no value supplied for evidence".to_string()),
                    flapping: Err("no value supplied for flapping".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    monitor_id: Err("no value supplied for monitor_id".to_string()),
                    quiet: Ok(Default::default()),
                    reason: Err("no value supplied for reason".to_string()),
                    resolution: Ok(Default::default()),
                    resolved_at: Ok(Default::default()),
                    sealed: Err("no value supplied for sealed".to_string()),
                    severity: Err("no value supplied for severity".to_string()),
                    started_at: Err("no value supplied for started_at".to_string()),
                    status: Err("no value supplied for status".to_string()),
                    told_at: Ok(Default::default()),
                    told_channel_ids: Err(
                        "no value supplied for told_channel_ids".to_string(),
                    ),
                }
            }
        }
        impl Event {
            pub fn acknowledged_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.acknowledged_at = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for acknowledged_at: {e}"
                        )
                    });
                self
            }
            pub fn confirmed_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.confirmed_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for confirmed_at: {e}")
                    });
                self
            }
            pub fn evidence<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Evidence>>,
                T::Error: ::std::fmt::Display,
            {
                self.evidence = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for evidence: {e}")
                    });
                self
            }
            pub fn flapping<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.flapping = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for flapping: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn monitor_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.monitor_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for monitor_id: {e}")
                    });
                self
            }
            pub fn quiet<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Quiet>>,
                T::Error: ::std::fmt::Display,
            {
                self.quiet = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for quiet: {e}")
                    });
                self
            }
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reason: {e}")
                    });
                self
            }
            pub fn resolution<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.resolution = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for resolution: {e}")
                    });
                self
            }
            pub fn resolved_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.resolved_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for resolved_at: {e}")
                    });
                self
            }
            pub fn sealed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.sealed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for sealed: {e}")
                    });
                self
            }
            pub fn severity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.severity = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for severity: {e}")
                    });
                self
            }
            pub fn started_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.started_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for started_at: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn told_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.told_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for told_at: {e}")
                    });
                self
            }
            pub fn told_channel_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.told_channel_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for told_channel_ids: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Event> for super::Event {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Event,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    acknowledged_at: value.acknowledged_at?,
                    confirmed_at: value.confirmed_at?,
                    evidence: value.evidence?,
                    flapping: value.flapping?,
                    id: value.id?,
                    monitor_id: value.monitor_id?,
                    quiet: value.quiet?,
                    reason: value.reason?,
                    resolution: value.resolution?,
                    resolved_at: value.resolved_at?,
                    sealed: value.sealed?,
                    severity: value.severity?,
                    started_at: value.started_at?,
                    status: value.status?,
                    told_at: value.told_at?,
                    told_channel_ids: value.told_channel_ids?,
                })
            }
        }
        impl ::std::convert::From<super::Event> for Event {
            fn from(value: super::Event) -> Self {
                Self {
                    acknowledged_at: Ok(value.acknowledged_at),
                    confirmed_at: Ok(value.confirmed_at),
                    evidence: Ok(value.evidence),
                    flapping: Ok(value.flapping),
                    id: Ok(value.id),
                    monitor_id: Ok(value.monitor_id),
                    quiet: Ok(value.quiet),
                    reason: Ok(value.reason),
                    resolution: Ok(value.resolution),
                    resolved_at: Ok(value.resolved_at),
                    sealed: Ok(value.sealed),
                    severity: Ok(value.severity),
                    started_at: Ok(value.started_at),
                    status: Ok(value.status),
                    told_at: Ok(value.told_at),
                    told_channel_ids: Ok(value.told_channel_ids),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct EventPage {
            data: ::std::result::Result<
                ::std::vec::Vec<super::Event>,
                ::std::string::String,
            >,
            meta: ::std::result::Result<super::PageMeta, ::std::string::String>,
        }
        impl ::std::default::Default for EventPage {
            fn default() -> Self {
                Self {
                    data: Err("no value supplied for data".to_string()),
                    meta: Err("no value supplied for meta".to_string()),
                }
            }
        }
        impl EventPage {
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Event>>,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
                    });
                self
            }
            pub fn meta<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PageMeta>,
                T::Error: ::std::fmt::Display,
            {
                self.meta = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for meta: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<EventPage> for super::EventPage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: EventPage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    data: value.data?,
                    meta: value.meta?,
                })
            }
        }
        impl ::std::convert::From<super::EventPage> for EventPage {
            fn from(value: super::EventPage) -> Self {
                Self {
                    data: Ok(value.data),
                    meta: Ok(value.meta),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Evidence {
            at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            certificate: ::std::result::Result<
                ::std::option::Option<super::Certificate>,
                ::std::string::String,
            >,
            error: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            excerpt: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            reason: ::std::result::Result<::std::string::String, ::std::string::String>,
            region: ::std::result::Result<::std::string::String, ::std::string::String>,
            remote_address: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            response_time_ms: ::std::result::Result<f64, ::std::string::String>,
            status: ::std::result::Result<::std::string::String, ::std::string::String>,
            status_code: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            timings: ::std::result::Result<super::Timings, ::std::string::String>,
        }
        impl ::std::default::Default for Evidence {
            fn default() -> Self {
                Self {
                    at: Err("no value supplied for at".to_string()),
                    certificate: Ok(Default::default()),
                    error: Ok(Default::default()),
                    excerpt: Ok(Default::default()),
                    reason: Err("no value supplied for reason".to_string()),
                    region: Err("no value supplied for region".to_string()),
                    remote_address: Ok(Default::default()),
                    response_time_ms: Err(
                        "no value supplied for response_time_ms".to_string(),
                    ),
                    status: Err("no value supplied for status".to_string()),
                    status_code: Ok(Default::default()),
                    timings: Err("no value supplied for timings".to_string()),
                }
            }
        }
        impl Evidence {
            pub fn at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for at: {e}"));
                self
            }
            pub fn certificate<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Certificate>>,
                T::Error: ::std::fmt::Display,
            {
                self.certificate = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for certificate: {e}")
                    });
                self
            }
            pub fn error<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.error = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for error: {e}")
                    });
                self
            }
            pub fn excerpt<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.excerpt = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for excerpt: {e}")
                    });
                self
            }
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reason: {e}")
                    });
                self
            }
            pub fn region<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.region = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for region: {e}")
                    });
                self
            }
            pub fn remote_address<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.remote_address = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for remote_address: {e}"
                        )
                    });
                self
            }
            pub fn response_time_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<f64>,
                T::Error: ::std::fmt::Display,
            {
                self.response_time_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for response_time_ms: {e}"
                        )
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn status_code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.status_code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status_code: {e}")
                    });
                self
            }
            pub fn timings<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Timings>,
                T::Error: ::std::fmt::Display,
            {
                self.timings = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for timings: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Evidence> for super::Evidence {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Evidence,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    at: value.at?,
                    certificate: value.certificate?,
                    error: value.error?,
                    excerpt: value.excerpt?,
                    reason: value.reason?,
                    region: value.region?,
                    remote_address: value.remote_address?,
                    response_time_ms: value.response_time_ms?,
                    status: value.status?,
                    status_code: value.status_code?,
                    timings: value.timings?,
                })
            }
        }
        impl ::std::convert::From<super::Evidence> for Evidence {
            fn from(value: super::Evidence) -> Self {
                Self {
                    at: Ok(value.at),
                    certificate: Ok(value.certificate),
                    error: Ok(value.error),
                    excerpt: Ok(value.excerpt),
                    reason: Ok(value.reason),
                    region: Ok(value.region),
                    remote_address: Ok(value.remote_address),
                    response_time_ms: Ok(value.response_time_ms),
                    status: Ok(value.status),
                    status_code: Ok(value.status_code),
                    timings: Ok(value.timings),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct FieldFault {
            message: ::std::result::Result<::std::string::String, ::std::string::String>,
            pointer: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for FieldFault {
            fn default() -> Self {
                Self {
                    message: Err("no value supplied for message".to_string()),
                    pointer: Err("no value supplied for pointer".to_string()),
                }
            }
        }
        impl FieldFault {
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
            pub fn pointer<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.pointer = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for pointer: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<FieldFault> for super::FieldFault {
            type Error = super::error::ConversionError;
            fn try_from(
                value: FieldFault,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    message: value.message?,
                    pointer: value.pointer?,
                })
            }
        }
        impl ::std::convert::From<super::FieldFault> for FieldFault {
            fn from(value: super::FieldFault) -> Self {
                Self {
                    message: Ok(value.message),
                    pointer: Ok(value.pointer),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct HeaderAssertion {
            absent: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            contains: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            equals: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            matches: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            severity: ::std::result::Result<
                super::AssertionSeverity,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                super::HeaderAssertionType,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for HeaderAssertion {
            fn default() -> Self {
                Self {
                    absent: Ok(Default::default()),
                    contains: Ok(Default::default()),
                    equals: Ok(Default::default()),
                    matches: Ok(Default::default()),
                    name: Err("no value supplied for name".to_string()),
                    severity: Ok(super::defaults::header_assertion_severity()),
                    type_: Ok(super::defaults::header_assertion_type()),
                }
            }
        }
        impl HeaderAssertion {
            pub fn absent<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.absent = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for absent: {e}")
                    });
                self
            }
            pub fn contains<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.contains = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for contains: {e}")
                    });
                self
            }
            pub fn equals<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.equals = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for equals: {e}")
                    });
                self
            }
            pub fn matches<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.matches = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for matches: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn severity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AssertionSeverity>,
                T::Error: ::std::fmt::Display,
            {
                self.severity = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for severity: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::HeaderAssertionType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<HeaderAssertion> for super::HeaderAssertion {
            type Error = super::error::ConversionError;
            fn try_from(
                value: HeaderAssertion,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    absent: value.absent?,
                    contains: value.contains?,
                    equals: value.equals?,
                    matches: value.matches?,
                    name: value.name?,
                    severity: value.severity?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::HeaderAssertion> for HeaderAssertion {
            fn from(value: super::HeaderAssertion) -> Self {
                Self {
                    absent: Ok(value.absent),
                    contains: Ok(value.contains),
                    equals: Ok(value.equals),
                    matches: Ok(value.matches),
                    name: Ok(value.name),
                    severity: Ok(value.severity),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Health {
            status: ::std::result::Result<::std::string::String, ::std::string::String>,
            version: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Health {
            fn default() -> Self {
                Self {
                    status: Err("no value supplied for status".to_string()),
                    version: Err("no value supplied for version".to_string()),
                }
            }
        }
        impl Health {
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn version<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.version = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for version: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Health> for super::Health {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Health,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    status: value.status?,
                    version: value.version?,
                })
            }
        }
        impl ::std::convert::From<super::Health> for Health {
            fn from(value: super::Health) -> Self {
                Self {
                    status: Ok(value.status),
                    version: Ok(value.version),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct HeartbeatConfig {
            cron: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            grace_seconds: ::std::result::Result<u32, ::std::string::String>,
            time_zone: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for HeartbeatConfig {
            fn default() -> Self {
                Self {
                    cron: Ok(Default::default()),
                    grace_seconds: Ok(super::defaults::default_u64::<u32, 300>()),
                    time_zone: Ok(super::defaults::heartbeat_config_time_zone()),
                }
            }
        }
        impl HeartbeatConfig {
            pub fn cron<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.cron = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for cron: {e}")
                    });
                self
            }
            pub fn grace_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.grace_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for grace_seconds: {e}")
                    });
                self
            }
            pub fn time_zone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.time_zone = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for time_zone: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<HeartbeatConfig> for super::HeartbeatConfig {
            type Error = super::error::ConversionError;
            fn try_from(
                value: HeartbeatConfig,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    cron: value.cron?,
                    grace_seconds: value.grace_seconds?,
                    time_zone: value.time_zone?,
                })
            }
        }
        impl ::std::convert::From<super::HeartbeatConfig> for HeartbeatConfig {
            fn from(value: super::HeartbeatConfig) -> Self {
                Self {
                    cron: Ok(value.cron),
                    grace_seconds: Ok(value.grace_seconds),
                    time_zone: Ok(value.time_zone),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct HttpConfig {
            address_family: ::std::result::Result<
                super::AddressFamily,
                ::std::string::String,
            >,
            assertions: ::std::result::Result<
                ::std::vec::Vec<super::Assertion>,
                ::std::string::String,
            >,
            basic_auth: ::std::result::Result<
                ::std::option::Option<super::BasicAuth>,
                ::std::string::String,
            >,
            bearer_token: ::std::result::Result<
                ::std::option::Option<crate::Secret>,
                ::std::string::String,
            >,
            body: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            ca_pem: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            client_certificate: ::std::result::Result<
                ::std::option::Option<super::ClientCertificate>,
                ::std::string::String,
            >,
            content_type: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            expected_status: ::std::result::Result<
                ::std::vec::Vec<super::StatusMatch>,
                ::std::string::String,
            >,
            follow_redirects: ::std::result::Result<bool, ::std::string::String>,
            headers: ::std::result::Result<
                ::std::collections::BTreeMap<
                    ::std::string::String,
                    ::std::string::String,
                >,
                ::std::string::String,
            >,
            http_version: ::std::result::Result<
                super::HttpVersion,
                ::std::string::String,
            >,
            max_body_bytes: ::std::result::Result<u32, ::std::string::String>,
            max_redirects: ::std::result::Result<u32, ::std::string::String>,
            method: ::std::result::Result<super::HttpMethod, ::std::string::String>,
            secret_headers: ::std::result::Result<
                ::std::collections::BTreeMap<::std::string::String, crate::Secret>,
                ::std::string::String,
            >,
            skip_tls_verification: ::std::result::Result<bool, ::std::string::String>,
        }
        impl ::std::default::Default for HttpConfig {
            fn default() -> Self {
                Self {
                    address_family: Ok(super::defaults::http_config_address_family()),
                    assertions: Ok(Default::default()),
                    basic_auth: Ok(Default::default()),
                    bearer_token: Ok(Default::default()),
                    body: Ok(Default::default()),
                    ca_pem: Ok(Default::default()),
                    client_certificate: Ok(Default::default()),
                    content_type: Ok(Default::default()),
                    expected_status: Ok(super::defaults::http_config_expected_status()),
                    follow_redirects: Ok(Default::default()),
                    headers: Ok(Default::default()),
                    http_version: Ok(super::defaults::http_config_http_version()),
                    max_body_bytes: Ok(super::defaults::default_u64::<u32, 1048576>()),
                    max_redirects: Ok(super::defaults::default_u64::<u32, 10>()),
                    method: Ok(super::defaults::http_config_method()),
                    secret_headers: Ok(Default::default()),
                    skip_tls_verification: Ok(Default::default()),
                }
            }
        }
        impl HttpConfig {
            pub fn address_family<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AddressFamily>,
                T::Error: ::std::fmt::Display,
            {
                self.address_family = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for address_family: {e}"
                        )
                    });
                self
            }
            pub fn assertions<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Assertion>>,
                T::Error: ::std::fmt::Display,
            {
                self.assertions = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for assertions: {e}")
                    });
                self
            }
            pub fn basic_auth<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::BasicAuth>>,
                T::Error: ::std::fmt::Display,
            {
                self.basic_auth = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for basic_auth: {e}")
                    });
                self
            }
            pub fn bearer_token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<crate::Secret>>,
                T::Error: ::std::fmt::Display,
            {
                self.bearer_token = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for bearer_token: {e}")
                    });
                self
            }
            pub fn body<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.body = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for body: {e}")
                    });
                self
            }
            pub fn ca_pem<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.ca_pem = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ca_pem: {e}")
                    });
                self
            }
            pub fn client_certificate<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::ClientCertificate>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.client_certificate = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for client_certificate: {e}"
                        )
                    });
                self
            }
            pub fn content_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.content_type = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for content_type: {e}")
                    });
                self
            }
            pub fn expected_status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::StatusMatch>>,
                T::Error: ::std::fmt::Display,
            {
                self.expected_status = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for expected_status: {e}"
                        )
                    });
                self
            }
            pub fn follow_redirects<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.follow_redirects = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for follow_redirects: {e}"
                        )
                    });
                self
            }
            pub fn headers<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::collections::BTreeMap<
                        ::std::string::String,
                        ::std::string::String,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.headers = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for headers: {e}")
                    });
                self
            }
            pub fn http_version<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::HttpVersion>,
                T::Error: ::std::fmt::Display,
            {
                self.http_version = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for http_version: {e}")
                    });
                self
            }
            pub fn max_body_bytes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.max_body_bytes = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for max_body_bytes: {e}"
                        )
                    });
                self
            }
            pub fn max_redirects<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.max_redirects = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for max_redirects: {e}")
                    });
                self
            }
            pub fn method<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::HttpMethod>,
                T::Error: ::std::fmt::Display,
            {
                self.method = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for method: {e}")
                    });
                self
            }
            pub fn secret_headers<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::collections::BTreeMap<::std::string::String, crate::Secret>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.secret_headers = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for secret_headers: {e}"
                        )
                    });
                self
            }
            pub fn skip_tls_verification<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.skip_tls_verification = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for skip_tls_verification: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<HttpConfig> for super::HttpConfig {
            type Error = super::error::ConversionError;
            fn try_from(
                value: HttpConfig,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    address_family: value.address_family?,
                    assertions: value.assertions?,
                    basic_auth: value.basic_auth?,
                    bearer_token: value.bearer_token?,
                    body: value.body?,
                    ca_pem: value.ca_pem?,
                    client_certificate: value.client_certificate?,
                    content_type: value.content_type?,
                    expected_status: value.expected_status?,
                    follow_redirects: value.follow_redirects?,
                    headers: value.headers?,
                    http_version: value.http_version?,
                    max_body_bytes: value.max_body_bytes?,
                    max_redirects: value.max_redirects?,
                    method: value.method?,
                    secret_headers: value.secret_headers?,
                    skip_tls_verification: value.skip_tls_verification?,
                })
            }
        }
        impl ::std::convert::From<super::HttpConfig> for HttpConfig {
            fn from(value: super::HttpConfig) -> Self {
                Self {
                    address_family: Ok(value.address_family),
                    assertions: Ok(value.assertions),
                    basic_auth: Ok(value.basic_auth),
                    bearer_token: Ok(value.bearer_token),
                    body: Ok(value.body),
                    ca_pem: Ok(value.ca_pem),
                    client_certificate: Ok(value.client_certificate),
                    content_type: Ok(value.content_type),
                    expected_status: Ok(value.expected_status),
                    follow_redirects: Ok(value.follow_redirects),
                    headers: Ok(value.headers),
                    http_version: Ok(value.http_version),
                    max_body_bytes: Ok(value.max_body_bytes),
                    max_redirects: Ok(value.max_redirects),
                    method: Ok(value.method),
                    secret_headers: Ok(value.secret_headers),
                    skip_tls_verification: Ok(value.skip_tls_verification),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct JsonPathAssertion {
            operator: ::std::result::Result<super::JsonOperator, ::std::string::String>,
            path: ::std::result::Result<::std::string::String, ::std::string::String>,
            severity: ::std::result::Result<
                super::AssertionSeverity,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                super::JsonPathAssertionType,
                ::std::string::String,
            >,
            value: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for JsonPathAssertion {
            fn default() -> Self {
                Self {
                    operator: Err("no value supplied for operator".to_string()),
                    path: Err("no value supplied for path".to_string()),
                    severity: Ok(super::defaults::json_path_assertion_severity()),
                    type_: Ok(super::defaults::json_path_assertion_type()),
                    value: Ok(Default::default()),
                }
            }
        }
        impl JsonPathAssertion {
            pub fn operator<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::JsonOperator>,
                T::Error: ::std::fmt::Display,
            {
                self.operator = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for operator: {e}")
                    });
                self
            }
            pub fn path<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.path = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for path: {e}")
                    });
                self
            }
            pub fn severity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AssertionSeverity>,
                T::Error: ::std::fmt::Display,
            {
                self.severity = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for severity: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::JsonPathAssertionType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
            pub fn value<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.value = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for value: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<JsonPathAssertion> for super::JsonPathAssertion {
            type Error = super::error::ConversionError;
            fn try_from(
                value: JsonPathAssertion,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    operator: value.operator?,
                    path: value.path?,
                    severity: value.severity?,
                    type_: value.type_?,
                    value: value.value?,
                })
            }
        }
        impl ::std::convert::From<super::JsonPathAssertion> for JsonPathAssertion {
            fn from(value: super::JsonPathAssertion) -> Self {
                Self {
                    operator: Ok(value.operator),
                    path: Ok(value.path),
                    severity: Ok(value.severity),
                    type_: Ok(value.type_),
                    value: Ok(value.value),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct MaintenanceWindow {
            active: ::std::result::Result<bool, ::std::string::String>,
            all_monitors: ::std::result::Result<bool, ::std::string::String>,
            closes_at: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            groups: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            monitor_ids: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            opens_at: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            schedule: ::std::result::Result<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                ::std::string::String,
            >,
            tags: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            updated_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            version: ::std::result::Result<i64, ::std::string::String>,
        }
        impl ::std::default::Default for MaintenanceWindow {
            fn default() -> Self {
                Self {
                    active: Err("no value supplied for active".to_string()),
                    all_monitors: Err("no value supplied for all_monitors".to_string()),
                    closes_at: Ok(Default::default()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    groups: Err("no value supplied for groups".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    monitor_ids: Err("no value supplied for monitor_ids".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    opens_at: Ok(Default::default()),
                    schedule: Err("no value supplied for schedule".to_string()),
                    tags: Err("no value supplied for tags".to_string()),
                    updated_at: Err("no value supplied for updated_at".to_string()),
                    version: Err("no value supplied for version".to_string()),
                }
            }
        }
        impl MaintenanceWindow {
            pub fn active<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.active = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for active: {e}")
                    });
                self
            }
            pub fn all_monitors<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.all_monitors = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for all_monitors: {e}")
                    });
                self
            }
            pub fn closes_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.closes_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for closes_at: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn groups<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.groups = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for groups: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn monitor_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.monitor_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for monitor_ids: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn opens_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.opens_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for opens_at: {e}")
                    });
                self
            }
            pub fn schedule<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.schedule = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for schedule: {e}")
                    });
                self
            }
            pub fn tags<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.tags = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tags: {e}")
                    });
                self
            }
            pub fn updated_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.updated_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for updated_at: {e}")
                    });
                self
            }
            pub fn version<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<i64>,
                T::Error: ::std::fmt::Display,
            {
                self.version = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for version: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MaintenanceWindow> for super::MaintenanceWindow {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MaintenanceWindow,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    active: value.active?,
                    all_monitors: value.all_monitors?,
                    closes_at: value.closes_at?,
                    created_at: value.created_at?,
                    groups: value.groups?,
                    id: value.id?,
                    monitor_ids: value.monitor_ids?,
                    name: value.name?,
                    opens_at: value.opens_at?,
                    schedule: value.schedule?,
                    tags: value.tags?,
                    updated_at: value.updated_at?,
                    version: value.version?,
                })
            }
        }
        impl ::std::convert::From<super::MaintenanceWindow> for MaintenanceWindow {
            fn from(value: super::MaintenanceWindow) -> Self {
                Self {
                    active: Ok(value.active),
                    all_monitors: Ok(value.all_monitors),
                    closes_at: Ok(value.closes_at),
                    created_at: Ok(value.created_at),
                    groups: Ok(value.groups),
                    id: Ok(value.id),
                    monitor_ids: Ok(value.monitor_ids),
                    name: Ok(value.name),
                    opens_at: Ok(value.opens_at),
                    schedule: Ok(value.schedule),
                    tags: Ok(value.tags),
                    updated_at: Ok(value.updated_at),
                    version: Ok(value.version),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct MaintenanceWindowPage {
            data: ::std::result::Result<
                ::std::vec::Vec<super::MaintenanceWindow>,
                ::std::string::String,
            >,
            meta: ::std::result::Result<super::PageMeta, ::std::string::String>,
        }
        impl ::std::default::Default for MaintenanceWindowPage {
            fn default() -> Self {
                Self {
                    data: Err("no value supplied for data".to_string()),
                    meta: Err("no value supplied for meta".to_string()),
                }
            }
        }
        impl MaintenanceWindowPage {
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::MaintenanceWindow>>,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
                    });
                self
            }
            pub fn meta<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PageMeta>,
                T::Error: ::std::fmt::Display,
            {
                self.meta = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for meta: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MaintenanceWindowPage>
        for super::MaintenanceWindowPage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MaintenanceWindowPage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    data: value.data?,
                    meta: value.meta?,
                })
            }
        }
        impl ::std::convert::From<super::MaintenanceWindowPage>
        for MaintenanceWindowPage {
            fn from(value: super::MaintenanceWindowPage) -> Self {
                Self {
                    data: Ok(value.data),
                    meta: Ok(value.meta),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Monitor {
            config: ::std::result::Result<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                ::std::string::String,
            >,
            confirmations: ::std::result::Result<
                super::ConfirmationCounts,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            depends_on: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            external_ref: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            group: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            heartbeat_token: ::std::result::Result<
                ::std::option::Option<crate::Secret>,
                ::std::string::String,
            >,
            heartbeat_url: ::std::result::Result<
                ::std::option::Option<crate::Secret>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            interval_seconds: ::std::result::Result<u64, ::std::string::String>,
            last_check: ::std::result::Result<
                ::std::option::Option<super::CheckResult>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            open_event_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            owner: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            paused: ::std::result::Result<bool, ::std::string::String>,
            quiet: ::std::result::Result<
                ::std::option::Option<super::Quiet>,
                ::std::string::String,
            >,
            sealed: ::std::result::Result<bool, ::std::string::String>,
            status: ::std::result::Result<::std::string::String, ::std::string::String>,
            status_since: ::std::result::Result<
                ::jiff::Timestamp,
                ::std::string::String,
            >,
            tags: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            target: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            timeout_seconds: ::std::result::Result<u64, ::std::string::String>,
            type_: ::std::result::Result<::std::string::String, ::std::string::String>,
            updated_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            version: ::std::result::Result<i64, ::std::string::String>,
        }
        impl ::std::default::Default for Monitor {
            fn default() -> Self {
                Self {
                    config: Ok(Default::default()),
                    confirmations: Err(
                        "no value supplied for confirmations".to_string(),
                    ),
                    created_at: Err("no value supplied for created_at".to_string()),
                    depends_on: Err("no value supplied for depends_on".to_string()),
                    external_ref: Ok(Default::default()),
                    group: Ok(Default::default()),
                    heartbeat_token: Ok(Default::default()),
                    heartbeat_url: Ok(Default::default()),
                    id: Err("no value supplied for id".to_string()),
                    interval_seconds: Err(
                        "no value supplied for interval_seconds".to_string(),
                    ),
                    last_check: Ok(Default::default()),
                    name: Err("no value supplied for name".to_string()),
                    open_event_id: Ok(Default::default()),
                    owner: Ok(Default::default()),
                    paused: Err("no value supplied for paused".to_string()),
                    quiet: Ok(Default::default()),
                    sealed: Err("no value supplied for sealed".to_string()),
                    status: Err("no value supplied for status".to_string()),
                    status_since: Err("no value supplied for status_since".to_string()),
                    tags: Err("no value supplied for tags".to_string()),
                    target: Ok(Default::default()),
                    timeout_seconds: Err(
                        "no value supplied for timeout_seconds".to_string(),
                    ),
                    type_: Err("no value supplied for type_".to_string()),
                    updated_at: Err("no value supplied for updated_at".to_string()),
                    version: Err("no value supplied for version".to_string()),
                }
            }
        }
        impl Monitor {
            pub fn config<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.config = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for config: {e}")
                    });
                self
            }
            pub fn confirmations<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ConfirmationCounts>,
                T::Error: ::std::fmt::Display,
            {
                self.confirmations = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for confirmations: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn depends_on<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.depends_on = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for depends_on: {e}")
                    });
                self
            }
            pub fn external_ref<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.external_ref = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for external_ref: {e}")
                    });
                self
            }
            pub fn group<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.group = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for group: {e}")
                    });
                self
            }
            pub fn heartbeat_token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<crate::Secret>>,
                T::Error: ::std::fmt::Display,
            {
                self.heartbeat_token = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for heartbeat_token: {e}"
                        )
                    });
                self
            }
            pub fn heartbeat_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<crate::Secret>>,
                T::Error: ::std::fmt::Display,
            {
                self.heartbeat_url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for heartbeat_url: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn interval_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.interval_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for interval_seconds: {e}"
                        )
                    });
                self
            }
            pub fn last_check<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::CheckResult>>,
                T::Error: ::std::fmt::Display,
            {
                self.last_check = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for last_check: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn open_event_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.open_event_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for open_event_id: {e}")
                    });
                self
            }
            pub fn owner<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.owner = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for owner: {e}")
                    });
                self
            }
            pub fn paused<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.paused = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for paused: {e}")
                    });
                self
            }
            pub fn quiet<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Quiet>>,
                T::Error: ::std::fmt::Display,
            {
                self.quiet = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for quiet: {e}")
                    });
                self
            }
            pub fn sealed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.sealed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for sealed: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn status_since<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.status_since = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status_since: {e}")
                    });
                self
            }
            pub fn tags<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.tags = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tags: {e}")
                    });
                self
            }
            pub fn target<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.target = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for target: {e}")
                    });
                self
            }
            pub fn timeout_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.timeout_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for timeout_seconds: {e}"
                        )
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
            pub fn updated_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.updated_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for updated_at: {e}")
                    });
                self
            }
            pub fn version<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<i64>,
                T::Error: ::std::fmt::Display,
            {
                self.version = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for version: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Monitor> for super::Monitor {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Monitor,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    config: value.config?,
                    confirmations: value.confirmations?,
                    created_at: value.created_at?,
                    depends_on: value.depends_on?,
                    external_ref: value.external_ref?,
                    group: value.group?,
                    heartbeat_token: value.heartbeat_token?,
                    heartbeat_url: value.heartbeat_url?,
                    id: value.id?,
                    interval_seconds: value.interval_seconds?,
                    last_check: value.last_check?,
                    name: value.name?,
                    open_event_id: value.open_event_id?,
                    owner: value.owner?,
                    paused: value.paused?,
                    quiet: value.quiet?,
                    sealed: value.sealed?,
                    status: value.status?,
                    status_since: value.status_since?,
                    tags: value.tags?,
                    target: value.target?,
                    timeout_seconds: value.timeout_seconds?,
                    type_: value.type_?,
                    updated_at: value.updated_at?,
                    version: value.version?,
                })
            }
        }
        impl ::std::convert::From<super::Monitor> for Monitor {
            fn from(value: super::Monitor) -> Self {
                Self {
                    config: Ok(value.config),
                    confirmations: Ok(value.confirmations),
                    created_at: Ok(value.created_at),
                    depends_on: Ok(value.depends_on),
                    external_ref: Ok(value.external_ref),
                    group: Ok(value.group),
                    heartbeat_token: Ok(value.heartbeat_token),
                    heartbeat_url: Ok(value.heartbeat_url),
                    id: Ok(value.id),
                    interval_seconds: Ok(value.interval_seconds),
                    last_check: Ok(value.last_check),
                    name: Ok(value.name),
                    open_event_id: Ok(value.open_event_id),
                    owner: Ok(value.owner),
                    paused: Ok(value.paused),
                    quiet: Ok(value.quiet),
                    sealed: Ok(value.sealed),
                    status: Ok(value.status),
                    status_since: Ok(value.status_since),
                    tags: Ok(value.tags),
                    target: Ok(value.target),
                    timeout_seconds: Ok(value.timeout_seconds),
                    type_: Ok(value.type_),
                    updated_at: Ok(value.updated_at),
                    version: Ok(value.version),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct MonitorPage {
            data: ::std::result::Result<
                ::std::vec::Vec<super::Monitor>,
                ::std::string::String,
            >,
            meta: ::std::result::Result<super::PageMeta, ::std::string::String>,
        }
        impl ::std::default::Default for MonitorPage {
            fn default() -> Self {
                Self {
                    data: Err("no value supplied for data".to_string()),
                    meta: Err("no value supplied for meta".to_string()),
                }
            }
        }
        impl MonitorPage {
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Monitor>>,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
                    });
                self
            }
            pub fn meta<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PageMeta>,
                T::Error: ::std::fmt::Display,
            {
                self.meta = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for meta: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MonitorPage> for super::MonitorPage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MonitorPage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    data: value.data?,
                    meta: value.meta?,
                })
            }
        }
        impl ::std::convert::From<super::MonitorPage> for MonitorPage {
            fn from(value: super::MonitorPage) -> Self {
                Self {
                    data: Ok(value.data),
                    meta: Ok(value.meta),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Notification {
            attempts: ::std::result::Result<
                ::std::vec::Vec<super::DeliveryAttempt>,
                ::std::string::String,
            >,
            channel_id: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            event_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            monitor_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            next_attempt_at: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            status: ::std::result::Result<::std::string::String, ::std::string::String>,
            type_: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Notification {
            fn default() -> Self {
                Self {
                    attempts: Err("no value supplied for attempts".to_string()),
                    channel_id: Err("no value supplied for channel_id".to_string()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    event_id: Ok(Default::default()),
                    id: Err("no value supplied for id".to_string()),
                    monitor_id: Ok(Default::default()),
                    next_attempt_at: Ok(Default::default()),
                    status: Err("no value supplied for status".to_string()),
                    type_: Err("no value supplied for type_".to_string()),
                }
            }
        }
        impl Notification {
            pub fn attempts<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::DeliveryAttempt>>,
                T::Error: ::std::fmt::Display,
            {
                self.attempts = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for attempts: {e}")
                    });
                self
            }
            pub fn channel_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.channel_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for channel_id: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn event_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.event_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for event_id: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn monitor_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.monitor_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for monitor_id: {e}")
                    });
                self
            }
            pub fn next_attempt_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.next_attempt_at = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for next_attempt_at: {e}"
                        )
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Notification> for super::Notification {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Notification,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    attempts: value.attempts?,
                    channel_id: value.channel_id?,
                    created_at: value.created_at?,
                    event_id: value.event_id?,
                    id: value.id?,
                    monitor_id: value.monitor_id?,
                    next_attempt_at: value.next_attempt_at?,
                    status: value.status?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::Notification> for Notification {
            fn from(value: super::Notification) -> Self {
                Self {
                    attempts: Ok(value.attempts),
                    channel_id: Ok(value.channel_id),
                    created_at: Ok(value.created_at),
                    event_id: Ok(value.event_id),
                    id: Ok(value.id),
                    monitor_id: Ok(value.monitor_id),
                    next_attempt_at: Ok(value.next_attempt_at),
                    status: Ok(value.status),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NotificationPage {
            data: ::std::result::Result<
                ::std::vec::Vec<super::Notification>,
                ::std::string::String,
            >,
            meta: ::std::result::Result<super::PageMeta, ::std::string::String>,
        }
        impl ::std::default::Default for NotificationPage {
            fn default() -> Self {
                Self {
                    data: Err("no value supplied for data".to_string()),
                    meta: Err("no value supplied for meta".to_string()),
                }
            }
        }
        impl NotificationPage {
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Notification>>,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
                    });
                self
            }
            pub fn meta<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PageMeta>,
                T::Error: ::std::fmt::Display,
            {
                self.meta = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for meta: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NotificationPage> for super::NotificationPage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NotificationPage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    data: value.data?,
                    meta: value.meta?,
                })
            }
        }
        impl ::std::convert::From<super::NotificationPage> for NotificationPage {
            fn from(value: super::NotificationPage) -> Self {
                Self {
                    data: Ok(value.data),
                    meta: Ok(value.meta),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct OnceMaintenanceSchedule {
            ends_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            starts_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            type_: ::std::result::Result<
                super::OnceMaintenanceScheduleType,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for OnceMaintenanceSchedule {
            fn default() -> Self {
                Self {
                    ends_at: Err("no value supplied for ends_at".to_string()),
                    starts_at: Err("no value supplied for starts_at".to_string()),
                    type_: Ok(super::defaults::once_maintenance_schedule_type()),
                }
            }
        }
        impl OnceMaintenanceSchedule {
            pub fn ends_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.ends_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ends_at: {e}")
                    });
                self
            }
            pub fn starts_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.starts_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for starts_at: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::OnceMaintenanceScheduleType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<OnceMaintenanceSchedule>
        for super::OnceMaintenanceSchedule {
            type Error = super::error::ConversionError;
            fn try_from(
                value: OnceMaintenanceSchedule,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    ends_at: value.ends_at?,
                    starts_at: value.starts_at?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::OnceMaintenanceSchedule>
        for OnceMaintenanceSchedule {
            fn from(value: super::OnceMaintenanceSchedule) -> Self {
                Self {
                    ends_at: Ok(value.ends_at),
                    starts_at: Ok(value.starts_at),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct PageMeta {
            has_more: ::std::result::Result<bool, ::std::string::String>,
            next_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for PageMeta {
            fn default() -> Self {
                Self {
                    has_more: Err("no value supplied for has_more".to_string()),
                    next_cursor: Err("no value supplied for next_cursor".to_string()),
                }
            }
        }
        impl PageMeta {
            pub fn has_more<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.has_more = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for has_more: {e}")
                    });
                self
            }
            pub fn next_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.next_cursor = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for next_cursor: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PageMeta> for super::PageMeta {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PageMeta,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    has_more: value.has_more?,
                    next_cursor: value.next_cursor?,
                })
            }
        }
        impl ::std::convert::From<super::PageMeta> for PageMeta {
            fn from(value: super::PageMeta) -> Self {
                Self {
                    has_more: Ok(value.has_more),
                    next_cursor: Ok(value.next_cursor),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct PhaseTimeAssertion {
            max_ms: ::std::result::Result<u32, ::std::string::String>,
            phase: ::std::result::Result<super::TimedPhase, ::std::string::String>,
            severity: ::std::result::Result<
                super::AssertionSeverity,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                super::PhaseTimeAssertionType,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for PhaseTimeAssertion {
            fn default() -> Self {
                Self {
                    max_ms: Err("no value supplied for max_ms".to_string()),
                    phase: Err("no value supplied for phase".to_string()),
                    severity: Ok(super::defaults::phase_time_assertion_severity()),
                    type_: Ok(super::defaults::phase_time_assertion_type()),
                }
            }
        }
        impl PhaseTimeAssertion {
            pub fn max_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.max_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for max_ms: {e}")
                    });
                self
            }
            pub fn phase<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::TimedPhase>,
                T::Error: ::std::fmt::Display,
            {
                self.phase = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for phase: {e}")
                    });
                self
            }
            pub fn severity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AssertionSeverity>,
                T::Error: ::std::fmt::Display,
            {
                self.severity = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for severity: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PhaseTimeAssertionType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PhaseTimeAssertion> for super::PhaseTimeAssertion {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PhaseTimeAssertion,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    max_ms: value.max_ms?,
                    phase: value.phase?,
                    severity: value.severity?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::PhaseTimeAssertion> for PhaseTimeAssertion {
            fn from(value: super::PhaseTimeAssertion) -> Self {
                Self {
                    max_ms: Ok(value.max_ms),
                    phase: Ok(value.phase),
                    severity: Ok(value.severity),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Ping {
            body: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            duration_ms: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            exit_status: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            kind: ::std::result::Result<::std::string::String, ::std::string::String>,
            received_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            run_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Ping {
            fn default() -> Self {
                Self {
                    body: Ok(Default::default()),
                    duration_ms: Ok(Default::default()),
                    exit_status: Ok(Default::default()),
                    id: Err("no value supplied for id".to_string()),
                    kind: Err("no value supplied for kind".to_string()),
                    received_at: Err("no value supplied for received_at".to_string()),
                    run_id: Ok(Default::default()),
                }
            }
        }
        impl Ping {
            pub fn body<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.body = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for body: {e}")
                    });
                self
            }
            pub fn duration_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.duration_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for duration_ms: {e}")
                    });
                self
            }
            pub fn exit_status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.exit_status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for exit_status: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn kind<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.kind = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for kind: {e}")
                    });
                self
            }
            pub fn received_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.received_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for received_at: {e}")
                    });
                self
            }
            pub fn run_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.run_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for run_id: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Ping> for super::Ping {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Ping,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    body: value.body?,
                    duration_ms: value.duration_ms?,
                    exit_status: value.exit_status?,
                    id: value.id?,
                    kind: value.kind?,
                    received_at: value.received_at?,
                    run_id: value.run_id?,
                })
            }
        }
        impl ::std::convert::From<super::Ping> for Ping {
            fn from(value: super::Ping) -> Self {
                Self {
                    body: Ok(value.body),
                    duration_ms: Ok(value.duration_ms),
                    exit_status: Ok(value.exit_status),
                    id: Ok(value.id),
                    kind: Ok(value.kind),
                    received_at: Ok(value.received_at),
                    run_id: Ok(value.run_id),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct PingPage {
            data: ::std::result::Result<
                ::std::vec::Vec<super::Ping>,
                ::std::string::String,
            >,
            meta: ::std::result::Result<super::PageMeta, ::std::string::String>,
        }
        impl ::std::default::Default for PingPage {
            fn default() -> Self {
                Self {
                    data: Err("no value supplied for data".to_string()),
                    meta: Err("no value supplied for meta".to_string()),
                }
            }
        }
        impl PingPage {
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Ping>>,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
                    });
                self
            }
            pub fn meta<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PageMeta>,
                T::Error: ::std::fmt::Display,
            {
                self.meta = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for meta: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PingPage> for super::PingPage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PingPage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    data: value.data?,
                    meta: value.meta?,
                })
            }
        }
        impl ::std::convert::From<super::PingPage> for PingPage {
            fn from(value: super::PingPage) -> Self {
                Self {
                    data: Ok(value.data),
                    meta: Ok(value.meta),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct PortConfig {
            address_family: ::std::result::Result<
                super::AddressFamily,
                ::std::string::String,
            >,
            expect_open: ::std::result::Result<bool, ::std::string::String>,
            port: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for PortConfig {
            fn default() -> Self {
                Self {
                    address_family: Ok(super::defaults::port_config_address_family()),
                    expect_open: Ok(super::defaults::default_bool::<true>()),
                    port: Ok(Default::default()),
                }
            }
        }
        impl PortConfig {
            pub fn address_family<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AddressFamily>,
                T::Error: ::std::fmt::Display,
            {
                self.address_family = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for address_family: {e}"
                        )
                    });
                self
            }
            pub fn expect_open<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.expect_open = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expect_open: {e}")
                    });
                self
            }
            pub fn port<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.port = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for port: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PortConfig> for super::PortConfig {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PortConfig,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    address_family: value.address_family?,
                    expect_open: value.expect_open?,
                    port: value.port?,
                })
            }
        }
        impl ::std::convert::From<super::PortConfig> for PortConfig {
            fn from(value: super::PortConfig) -> Self {
                Self {
                    address_family: Ok(value.address_family),
                    expect_open: Ok(value.expect_open),
                    port: Ok(value.port),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct PreviousSecret {
            expires_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            secret: ::std::result::Result<crate::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for PreviousSecret {
            fn default() -> Self {
                Self {
                    expires_at: Err("no value supplied for expires_at".to_string()),
                    secret: Err("no value supplied for secret".to_string()),
                }
            }
        }
        impl PreviousSecret {
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_at: {e}")
                    });
                self
            }
            pub fn secret<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.secret = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for secret: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PreviousSecret> for super::PreviousSecret {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PreviousSecret,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    expires_at: value.expires_at?,
                    secret: value.secret?,
                })
            }
        }
        impl ::std::convert::From<super::PreviousSecret> for PreviousSecret {
            fn from(value: super::PreviousSecret) -> Self {
                Self {
                    expires_at: Ok(value.expires_at),
                    secret: Ok(value.secret),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Quiet {
            because: ::std::result::Result<::std::string::String, ::std::string::String>,
            id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            until: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Quiet {
            fn default() -> Self {
                Self {
                    because: Err("no value supplied for because".to_string()),
                    id: Ok(Default::default()),
                    until: Ok(Default::default()),
                }
            }
        }
        impl Quiet {
            pub fn because<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.because = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for because: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn until<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.until = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for until: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Quiet> for super::Quiet {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Quiet,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    because: value.because?,
                    id: value.id?,
                    until: value.until?,
                })
            }
        }
        impl ::std::convert::From<super::Quiet> for Quiet {
            fn from(value: super::Quiet) -> Self {
                Self {
                    because: Ok(value.because),
                    id: Ok(value.id),
                    until: Ok(value.until),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Readiness {
            scheduled_monitors: ::std::result::Result<u64, ::std::string::String>,
            status: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Readiness {
            fn default() -> Self {
                Self {
                    scheduled_monitors: Err(
                        "no value supplied for scheduled_monitors".to_string(),
                    ),
                    status: Err("no value supplied for status".to_string()),
                }
            }
        }
        impl Readiness {
            pub fn scheduled_monitors<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.scheduled_monitors = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for scheduled_monitors: {e}"
                        )
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Readiness> for super::Readiness {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Readiness,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    scheduled_monitors: value.scheduled_monitors?,
                    status: value.status?,
                })
            }
        }
        impl ::std::convert::From<super::Readiness> for Readiness {
            fn from(value: super::Readiness) -> Self {
                Self {
                    scheduled_monitors: Ok(value.scheduled_monitors),
                    status: Ok(value.status),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RecurringMaintenanceSchedule {
            cron: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            duration_minutes: ::std::result::Result<u32, ::std::string::String>,
            from: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            time: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            time_zone: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                super::RecurringMaintenanceScheduleType,
                ::std::string::String,
            >,
            until: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            weekdays: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<super::Weekday>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for RecurringMaintenanceSchedule {
            fn default() -> Self {
                Self {
                    cron: Ok(Default::default()),
                    duration_minutes: Err(
                        "no value supplied for duration_minutes".to_string(),
                    ),
                    from: Ok(Default::default()),
                    time: Ok(Default::default()),
                    time_zone: Err("no value supplied for time_zone".to_string()),
                    type_: Ok(super::defaults::recurring_maintenance_schedule_type()),
                    until: Ok(Default::default()),
                    weekdays: Ok(Default::default()),
                }
            }
        }
        impl RecurringMaintenanceSchedule {
            pub fn cron<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.cron = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for cron: {e}")
                    });
                self
            }
            pub fn duration_minutes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.duration_minutes = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for duration_minutes: {e}"
                        )
                    });
                self
            }
            pub fn from<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.from = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for from: {e}")
                    });
                self
            }
            pub fn time<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.time = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for time: {e}")
                    });
                self
            }
            pub fn time_zone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.time_zone = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for time_zone: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::RecurringMaintenanceScheduleType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
            pub fn until<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.until = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for until: {e}")
                    });
                self
            }
            pub fn weekdays<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<super::Weekday>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.weekdays = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for weekdays: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RecurringMaintenanceSchedule>
        for super::RecurringMaintenanceSchedule {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RecurringMaintenanceSchedule,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    cron: value.cron?,
                    duration_minutes: value.duration_minutes?,
                    from: value.from?,
                    time: value.time?,
                    time_zone: value.time_zone?,
                    type_: value.type_?,
                    until: value.until?,
                    weekdays: value.weekdays?,
                })
            }
        }
        impl ::std::convert::From<super::RecurringMaintenanceSchedule>
        for RecurringMaintenanceSchedule {
            fn from(value: super::RecurringMaintenanceSchedule) -> Self {
                Self {
                    cron: Ok(value.cron),
                    duration_minutes: Ok(value.duration_minutes),
                    from: Ok(value.from),
                    time: Ok(value.time),
                    time_zone: Ok(value.time_zone),
                    type_: Ok(value.type_),
                    until: Ok(value.until),
                    weekdays: Ok(value.weekdays),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RotateSecret {
            overlap_seconds: ::std::result::Result<u32, ::std::string::String>,
        }
        impl ::std::default::Default for RotateSecret {
            fn default() -> Self {
                Self {
                    overlap_seconds: Ok(super::defaults::default_u64::<u32, 86400>()),
                }
            }
        }
        impl RotateSecret {
            pub fn overlap_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.overlap_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for overlap_seconds: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RotateSecret> for super::RotateSecret {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RotateSecret,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    overlap_seconds: value.overlap_seconds?,
                })
            }
        }
        impl ::std::convert::From<super::RotateSecret> for RotateSecret {
            fn from(value: super::RotateSecret) -> Self {
                Self {
                    overlap_seconds: Ok(value.overlap_seconds),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Rule {
            all_monitors: ::std::result::Result<bool, ::std::string::String>,
            channel_ids: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            enabled: ::std::result::Result<bool, ::std::string::String>,
            events: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            monitor_ids: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            remind_every_seconds: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            version: ::std::result::Result<i64, ::std::string::String>,
        }
        impl ::std::default::Default for Rule {
            fn default() -> Self {
                Self {
                    all_monitors: Err("no value supplied for all_monitors".to_string()),
                    channel_ids: Err("no value supplied for channel_ids".to_string()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    enabled: Err("no value supplied for enabled".to_string()),
                    events: Err("no value supplied for events".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    monitor_ids: Err("no value supplied for monitor_ids".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    remind_every_seconds: Ok(Default::default()),
                    version: Err("no value supplied for version".to_string()),
                }
            }
        }
        impl Rule {
            pub fn all_monitors<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.all_monitors = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for all_monitors: {e}")
                    });
                self
            }
            pub fn channel_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.channel_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for channel_ids: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn enabled<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.enabled = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for enabled: {e}")
                    });
                self
            }
            pub fn events<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.events = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for events: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn monitor_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.monitor_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for monitor_ids: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn remind_every_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.remind_every_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for remind_every_seconds: {e}"
                        )
                    });
                self
            }
            pub fn version<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<i64>,
                T::Error: ::std::fmt::Display,
            {
                self.version = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for version: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Rule> for super::Rule {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Rule,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    all_monitors: value.all_monitors?,
                    channel_ids: value.channel_ids?,
                    created_at: value.created_at?,
                    enabled: value.enabled?,
                    events: value.events?,
                    id: value.id?,
                    monitor_ids: value.monitor_ids?,
                    name: value.name?,
                    remind_every_seconds: value.remind_every_seconds?,
                    version: value.version?,
                })
            }
        }
        impl ::std::convert::From<super::Rule> for Rule {
            fn from(value: super::Rule) -> Self {
                Self {
                    all_monitors: Ok(value.all_monitors),
                    channel_ids: Ok(value.channel_ids),
                    created_at: Ok(value.created_at),
                    enabled: Ok(value.enabled),
                    events: Ok(value.events),
                    id: Ok(value.id),
                    monitor_ids: Ok(value.monitor_ids),
                    name: Ok(value.name),
                    remind_every_seconds: Ok(value.remind_every_seconds),
                    version: Ok(value.version),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RulePage {
            data: ::std::result::Result<
                ::std::vec::Vec<super::Rule>,
                ::std::string::String,
            >,
            meta: ::std::result::Result<super::PageMeta, ::std::string::String>,
        }
        impl ::std::default::Default for RulePage {
            fn default() -> Self {
                Self {
                    data: Err("no value supplied for data".to_string()),
                    meta: Err("no value supplied for meta".to_string()),
                }
            }
        }
        impl RulePage {
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Rule>>,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
                    });
                self
            }
            pub fn meta<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PageMeta>,
                T::Error: ::std::fmt::Display,
            {
                self.meta = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for meta: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RulePage> for super::RulePage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RulePage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    data: value.data?,
                    meta: value.meta?,
                })
            }
        }
        impl ::std::convert::From<super::RulePage> for RulePage {
            fn from(value: super::RulePage) -> Self {
                Self {
                    data: Ok(value.data),
                    meta: Ok(value.meta),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Silence {
            active: ::std::result::Result<bool, ::std::string::String>,
            all_monitors: ::std::result::Result<bool, ::std::string::String>,
            created_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            created_by: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            ends_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            groups: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            monitor_ids: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            reason: ::std::result::Result<::std::string::String, ::std::string::String>,
            starts_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            tags: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            updated_at: ::std::result::Result<::jiff::Timestamp, ::std::string::String>,
            version: ::std::result::Result<i64, ::std::string::String>,
        }
        impl ::std::default::Default for Silence {
            fn default() -> Self {
                Self {
                    active: Err("no value supplied for active".to_string()),
                    all_monitors: Err("no value supplied for all_monitors".to_string()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    created_by: Err("no value supplied for created_by".to_string()),
                    ends_at: Err("no value supplied for ends_at".to_string()),
                    groups: Err("no value supplied for groups".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    monitor_ids: Err("no value supplied for monitor_ids".to_string()),
                    reason: Err("no value supplied for reason".to_string()),
                    starts_at: Err("no value supplied for starts_at".to_string()),
                    tags: Err("no value supplied for tags".to_string()),
                    updated_at: Err("no value supplied for updated_at".to_string()),
                    version: Err("no value supplied for version".to_string()),
                }
            }
        }
        impl Silence {
            pub fn active<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.active = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for active: {e}")
                    });
                self
            }
            pub fn all_monitors<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.all_monitors = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for all_monitors: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn created_by<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.created_by = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_by: {e}")
                    });
                self
            }
            pub fn ends_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.ends_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ends_at: {e}")
                    });
                self
            }
            pub fn groups<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.groups = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for groups: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn monitor_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.monitor_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for monitor_ids: {e}")
                    });
                self
            }
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reason: {e}")
                    });
                self
            }
            pub fn starts_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.starts_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for starts_at: {e}")
                    });
                self
            }
            pub fn tags<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.tags = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tags: {e}")
                    });
                self
            }
            pub fn updated_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::jiff::Timestamp>,
                T::Error: ::std::fmt::Display,
            {
                self.updated_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for updated_at: {e}")
                    });
                self
            }
            pub fn version<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<i64>,
                T::Error: ::std::fmt::Display,
            {
                self.version = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for version: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Silence> for super::Silence {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Silence,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    active: value.active?,
                    all_monitors: value.all_monitors?,
                    created_at: value.created_at?,
                    created_by: value.created_by?,
                    ends_at: value.ends_at?,
                    groups: value.groups?,
                    id: value.id?,
                    monitor_ids: value.monitor_ids?,
                    reason: value.reason?,
                    starts_at: value.starts_at?,
                    tags: value.tags?,
                    updated_at: value.updated_at?,
                    version: value.version?,
                })
            }
        }
        impl ::std::convert::From<super::Silence> for Silence {
            fn from(value: super::Silence) -> Self {
                Self {
                    active: Ok(value.active),
                    all_monitors: Ok(value.all_monitors),
                    created_at: Ok(value.created_at),
                    created_by: Ok(value.created_by),
                    ends_at: Ok(value.ends_at),
                    groups: Ok(value.groups),
                    id: Ok(value.id),
                    monitor_ids: Ok(value.monitor_ids),
                    reason: Ok(value.reason),
                    starts_at: Ok(value.starts_at),
                    tags: Ok(value.tags),
                    updated_at: Ok(value.updated_at),
                    version: Ok(value.version),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct SilencePage {
            data: ::std::result::Result<
                ::std::vec::Vec<super::Silence>,
                ::std::string::String,
            >,
            meta: ::std::result::Result<super::PageMeta, ::std::string::String>,
        }
        impl ::std::default::Default for SilencePage {
            fn default() -> Self {
                Self {
                    data: Err("no value supplied for data".to_string()),
                    meta: Err("no value supplied for meta".to_string()),
                }
            }
        }
        impl SilencePage {
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Silence>>,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
                    });
                self
            }
            pub fn meta<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PageMeta>,
                T::Error: ::std::fmt::Display,
            {
                self.meta = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for meta: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<SilencePage> for super::SilencePage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SilencePage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    data: value.data?,
                    meta: value.meta?,
                })
            }
        }
        impl ::std::convert::From<super::SilencePage> for SilencePage {
            fn from(value: super::SilencePage) -> Self {
                Self {
                    data: Ok(value.data),
                    meta: Ok(value.meta),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct StatusAssertion {
            any_of: ::std::result::Result<
                ::std::vec::Vec<super::StatusMatch>,
                ::std::string::String,
            >,
            severity: ::std::result::Result<
                super::AssertionSeverity,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                super::StatusAssertionType,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for StatusAssertion {
            fn default() -> Self {
                Self {
                    any_of: Err("no value supplied for any_of".to_string()),
                    severity: Ok(super::defaults::status_assertion_severity()),
                    type_: Ok(super::defaults::status_assertion_type()),
                }
            }
        }
        impl StatusAssertion {
            pub fn any_of<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::StatusMatch>>,
                T::Error: ::std::fmt::Display,
            {
                self.any_of = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for any_of: {e}")
                    });
                self
            }
            pub fn severity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AssertionSeverity>,
                T::Error: ::std::fmt::Display,
            {
                self.severity = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for severity: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::StatusAssertionType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<StatusAssertion> for super::StatusAssertion {
            type Error = super::error::ConversionError;
            fn try_from(
                value: StatusAssertion,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    any_of: value.any_of?,
                    severity: value.severity?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::StatusAssertion> for StatusAssertion {
            fn from(value: super::StatusAssertion) -> Self {
                Self {
                    any_of: Ok(value.any_of),
                    severity: Ok(value.severity),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Timings {
            connect_ms: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
            dns_ms: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
            download_ms: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
            tls_ms: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
            ttfb_ms: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Timings {
            fn default() -> Self {
                Self {
                    connect_ms: Ok(Default::default()),
                    dns_ms: Ok(Default::default()),
                    download_ms: Ok(Default::default()),
                    tls_ms: Ok(Default::default()),
                    ttfb_ms: Ok(Default::default()),
                }
            }
        }
        impl Timings {
            pub fn connect_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<f64>>,
                T::Error: ::std::fmt::Display,
            {
                self.connect_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for connect_ms: {e}")
                    });
                self
            }
            pub fn dns_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<f64>>,
                T::Error: ::std::fmt::Display,
            {
                self.dns_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for dns_ms: {e}")
                    });
                self
            }
            pub fn download_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<f64>>,
                T::Error: ::std::fmt::Display,
            {
                self.download_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for download_ms: {e}")
                    });
                self
            }
            pub fn tls_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<f64>>,
                T::Error: ::std::fmt::Display,
            {
                self.tls_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tls_ms: {e}")
                    });
                self
            }
            pub fn ttfb_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<f64>>,
                T::Error: ::std::fmt::Display,
            {
                self.ttfb_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ttfb_ms: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Timings> for super::Timings {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Timings,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    connect_ms: value.connect_ms?,
                    dns_ms: value.dns_ms?,
                    download_ms: value.download_ms?,
                    tls_ms: value.tls_ms?,
                    ttfb_ms: value.ttfb_ms?,
                })
            }
        }
        impl ::std::convert::From<super::Timings> for Timings {
            fn from(value: super::Timings) -> Self {
                Self {
                    connect_ms: Ok(value.connect_ms),
                    dns_ms: Ok(value.dns_ms),
                    download_ms: Ok(value.download_ms),
                    tls_ms: Ok(value.tls_ms),
                    ttfb_ms: Ok(value.ttfb_ms),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TotalTimeAssertion {
            max_ms: ::std::result::Result<u32, ::std::string::String>,
            severity: ::std::result::Result<
                super::AssertionSeverity,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                super::TotalTimeAssertionType,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TotalTimeAssertion {
            fn default() -> Self {
                Self {
                    max_ms: Err("no value supplied for max_ms".to_string()),
                    severity: Ok(super::defaults::total_time_assertion_severity()),
                    type_: Ok(super::defaults::total_time_assertion_type()),
                }
            }
        }
        impl TotalTimeAssertion {
            pub fn max_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.max_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for max_ms: {e}")
                    });
                self
            }
            pub fn severity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AssertionSeverity>,
                T::Error: ::std::fmt::Display,
            {
                self.severity = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for severity: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::TotalTimeAssertionType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TotalTimeAssertion> for super::TotalTimeAssertion {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TotalTimeAssertion,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    max_ms: value.max_ms?,
                    severity: value.severity?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::TotalTimeAssertion> for TotalTimeAssertion {
            fn from(value: super::TotalTimeAssertion) -> Self {
                Self {
                    max_ms: Ok(value.max_ms),
                    severity: Ok(value.severity),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TypeBody {
            config_schema: ::std::result::Result<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                ::std::string::String,
            >,
            secrets: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for TypeBody {
            fn default() -> Self {
                Self {
                    config_schema: Err(
                        "no value supplied for config_schema".to_string(),
                    ),
                    secrets: Err("no value supplied for secrets".to_string()),
                    type_: Err("no value supplied for type_".to_string()),
                }
            }
        }
        impl TypeBody {
            pub fn config_schema<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.config_schema = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for config_schema: {e}")
                    });
                self
            }
            pub fn secrets<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.secrets = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for secrets: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TypeBody> for super::TypeBody {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TypeBody,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    config_schema: value.config_schema?,
                    secrets: value.secrets?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::TypeBody> for TypeBody {
            fn from(value: super::TypeBody) -> Self {
                Self {
                    config_schema: Ok(value.config_schema),
                    secrets: Ok(value.secrets),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TypeList {
            data: ::std::result::Result<
                ::std::vec::Vec<super::TypeBody>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TypeList {
            fn default() -> Self {
                Self {
                    data: Err("no value supplied for data".to_string()),
                }
            }
        }
        impl TypeList {
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::TypeBody>>,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TypeList> for super::TypeList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TypeList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { data: value.data? })
            }
        }
        impl ::std::convert::From<super::TypeList> for TypeList {
            fn from(value: super::TypeList) -> Self {
                Self { data: Ok(value.data) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct UpdateChannel {
            config: ::std::result::Result<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                ::std::string::String,
            >,
            enabled: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for UpdateChannel {
            fn default() -> Self {
                Self {
                    config: Ok(Default::default()),
                    enabled: Ok(Default::default()),
                    name: Ok(Default::default()),
                    type_: Ok(Default::default()),
                }
            }
        }
        impl UpdateChannel {
            pub fn config<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.config = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for config: {e}")
                    });
                self
            }
            pub fn enabled<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.enabled = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for enabled: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<UpdateChannel> for super::UpdateChannel {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UpdateChannel,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    config: value.config?,
                    enabled: value.enabled?,
                    name: value.name?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::UpdateChannel> for UpdateChannel {
            fn from(value: super::UpdateChannel) -> Self {
                Self {
                    config: Ok(value.config),
                    enabled: Ok(value.enabled),
                    name: Ok(value.name),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct UpdateMaintenanceWindow {
            all_monitors: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            groups: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            monitor_ids: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            schedule: ::std::result::Result<
                ::std::option::Option<super::MaintenanceSchedule>,
                ::std::string::String,
            >,
            tags: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for UpdateMaintenanceWindow {
            fn default() -> Self {
                Self {
                    all_monitors: Ok(Default::default()),
                    groups: Ok(Default::default()),
                    monitor_ids: Ok(Default::default()),
                    name: Ok(Default::default()),
                    schedule: Ok(Default::default()),
                    tags: Ok(Default::default()),
                }
            }
        }
        impl UpdateMaintenanceWindow {
            pub fn all_monitors<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.all_monitors = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for all_monitors: {e}")
                    });
                self
            }
            pub fn groups<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.groups = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for groups: {e}")
                    });
                self
            }
            pub fn monitor_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.monitor_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for monitor_ids: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn schedule<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::MaintenanceSchedule>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.schedule = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for schedule: {e}")
                    });
                self
            }
            pub fn tags<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.tags = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tags: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<UpdateMaintenanceWindow>
        for super::UpdateMaintenanceWindow {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UpdateMaintenanceWindow,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    all_monitors: value.all_monitors?,
                    groups: value.groups?,
                    monitor_ids: value.monitor_ids?,
                    name: value.name?,
                    schedule: value.schedule?,
                    tags: value.tags?,
                })
            }
        }
        impl ::std::convert::From<super::UpdateMaintenanceWindow>
        for UpdateMaintenanceWindow {
            fn from(value: super::UpdateMaintenanceWindow) -> Self {
                Self {
                    all_monitors: Ok(value.all_monitors),
                    groups: Ok(value.groups),
                    monitor_ids: Ok(value.monitor_ids),
                    name: Ok(value.name),
                    schedule: Ok(value.schedule),
                    tags: Ok(value.tags),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct UpdateMonitor {
            config: ::std::result::Result<
                ::std::option::Option<
                    ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                >,
                ::std::string::String,
            >,
            confirmations: ::std::result::Result<
                ::std::option::Option<super::UpdateMonitorConfirmations>,
                ::std::string::String,
            >,
            depends_on: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            external_ref: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            group: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            interval_seconds: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            owner: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            paused: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            tags: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            target: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            timeout_seconds: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for UpdateMonitor {
            fn default() -> Self {
                Self {
                    config: Ok(Default::default()),
                    confirmations: Ok(Default::default()),
                    depends_on: Ok(Default::default()),
                    external_ref: Ok(Default::default()),
                    group: Ok(Default::default()),
                    interval_seconds: Ok(Default::default()),
                    name: Ok(Default::default()),
                    owner: Ok(Default::default()),
                    paused: Ok(Default::default()),
                    tags: Ok(Default::default()),
                    target: Ok(Default::default()),
                    timeout_seconds: Ok(Default::default()),
                    type_: Ok(Default::default()),
                }
            }
        }
        impl UpdateMonitor {
            pub fn config<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.config = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for config: {e}")
                    });
                self
            }
            pub fn confirmations<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::UpdateMonitorConfirmations>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.confirmations = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for confirmations: {e}")
                    });
                self
            }
            pub fn depends_on<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.depends_on = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for depends_on: {e}")
                    });
                self
            }
            pub fn external_ref<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.external_ref = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for external_ref: {e}")
                    });
                self
            }
            pub fn group<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.group = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for group: {e}")
                    });
                self
            }
            pub fn interval_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.interval_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for interval_seconds: {e}"
                        )
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn owner<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.owner = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for owner: {e}")
                    });
                self
            }
            pub fn paused<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.paused = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for paused: {e}")
                    });
                self
            }
            pub fn tags<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.tags = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tags: {e}")
                    });
                self
            }
            pub fn target<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.target = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for target: {e}")
                    });
                self
            }
            pub fn timeout_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.timeout_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for timeout_seconds: {e}"
                        )
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<UpdateMonitor> for super::UpdateMonitor {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UpdateMonitor,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    config: value.config?,
                    confirmations: value.confirmations?,
                    depends_on: value.depends_on?,
                    external_ref: value.external_ref?,
                    group: value.group?,
                    interval_seconds: value.interval_seconds?,
                    name: value.name?,
                    owner: value.owner?,
                    paused: value.paused?,
                    tags: value.tags?,
                    target: value.target?,
                    timeout_seconds: value.timeout_seconds?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::UpdateMonitor> for UpdateMonitor {
            fn from(value: super::UpdateMonitor) -> Self {
                Self {
                    config: Ok(value.config),
                    confirmations: Ok(value.confirmations),
                    depends_on: Ok(value.depends_on),
                    external_ref: Ok(value.external_ref),
                    group: Ok(value.group),
                    interval_seconds: Ok(value.interval_seconds),
                    name: Ok(value.name),
                    owner: Ok(value.owner),
                    paused: Ok(value.paused),
                    tags: Ok(value.tags),
                    target: Ok(value.target),
                    timeout_seconds: Ok(value.timeout_seconds),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct UpdateMonitorConfirmations {
            down: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            up: ::std::result::Result<::std::option::Option<u32>, ::std::string::String>,
        }
        impl ::std::default::Default for UpdateMonitorConfirmations {
            fn default() -> Self {
                Self {
                    down: Ok(Default::default()),
                    up: Ok(Default::default()),
                }
            }
        }
        impl UpdateMonitorConfirmations {
            pub fn down<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.down = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for down: {e}")
                    });
                self
            }
            pub fn up<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.up = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for up: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<UpdateMonitorConfirmations>
        for super::UpdateMonitorConfirmations {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UpdateMonitorConfirmations,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    down: value.down?,
                    up: value.up?,
                })
            }
        }
        impl ::std::convert::From<super::UpdateMonitorConfirmations>
        for UpdateMonitorConfirmations {
            fn from(value: super::UpdateMonitorConfirmations) -> Self {
                Self {
                    down: Ok(value.down),
                    up: Ok(value.up),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct UpdateRule {
            all_monitors: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            channel_ids: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            enabled: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            events: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            monitor_ids: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            remind_every_seconds: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for UpdateRule {
            fn default() -> Self {
                Self {
                    all_monitors: Ok(Default::default()),
                    channel_ids: Ok(Default::default()),
                    enabled: Ok(Default::default()),
                    events: Ok(Default::default()),
                    monitor_ids: Ok(Default::default()),
                    name: Ok(Default::default()),
                    remind_every_seconds: Ok(Default::default()),
                }
            }
        }
        impl UpdateRule {
            pub fn all_monitors<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.all_monitors = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for all_monitors: {e}")
                    });
                self
            }
            pub fn channel_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.channel_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for channel_ids: {e}")
                    });
                self
            }
            pub fn enabled<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.enabled = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for enabled: {e}")
                    });
                self
            }
            pub fn events<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.events = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for events: {e}")
                    });
                self
            }
            pub fn monitor_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.monitor_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for monitor_ids: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn remind_every_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.remind_every_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for remind_every_seconds: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<UpdateRule> for super::UpdateRule {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UpdateRule,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    all_monitors: value.all_monitors?,
                    channel_ids: value.channel_ids?,
                    enabled: value.enabled?,
                    events: value.events?,
                    monitor_ids: value.monitor_ids?,
                    name: value.name?,
                    remind_every_seconds: value.remind_every_seconds?,
                })
            }
        }
        impl ::std::convert::From<super::UpdateRule> for UpdateRule {
            fn from(value: super::UpdateRule) -> Self {
                Self {
                    all_monitors: Ok(value.all_monitors),
                    channel_ids: Ok(value.channel_ids),
                    enabled: Ok(value.enabled),
                    events: Ok(value.events),
                    monitor_ids: Ok(value.monitor_ids),
                    name: Ok(value.name),
                    remind_every_seconds: Ok(value.remind_every_seconds),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct UpdateSilence {
            all_monitors: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            ends_at: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            groups: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            monitor_ids: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            reason: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            starts_at: ::std::result::Result<
                ::std::option::Option<::jiff::Timestamp>,
                ::std::string::String,
            >,
            tags: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for UpdateSilence {
            fn default() -> Self {
                Self {
                    all_monitors: Ok(Default::default()),
                    ends_at: Ok(Default::default()),
                    groups: Ok(Default::default()),
                    monitor_ids: Ok(Default::default()),
                    reason: Ok(Default::default()),
                    starts_at: Ok(Default::default()),
                    tags: Ok(Default::default()),
                }
            }
        }
        impl UpdateSilence {
            pub fn all_monitors<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.all_monitors = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for all_monitors: {e}")
                    });
                self
            }
            pub fn ends_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.ends_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ends_at: {e}")
                    });
                self
            }
            pub fn groups<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.groups = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for groups: {e}")
                    });
                self
            }
            pub fn monitor_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.monitor_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for monitor_ids: {e}")
                    });
                self
            }
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reason: {e}")
                    });
                self
            }
            pub fn starts_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::jiff::Timestamp>>,
                T::Error: ::std::fmt::Display,
            {
                self.starts_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for starts_at: {e}")
                    });
                self
            }
            pub fn tags<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.tags = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tags: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<UpdateSilence> for super::UpdateSilence {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UpdateSilence,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    all_monitors: value.all_monitors?,
                    ends_at: value.ends_at?,
                    groups: value.groups?,
                    monitor_ids: value.monitor_ids?,
                    reason: value.reason?,
                    starts_at: value.starts_at?,
                    tags: value.tags?,
                })
            }
        }
        impl ::std::convert::From<super::UpdateSilence> for UpdateSilence {
            fn from(value: super::UpdateSilence) -> Self {
                Self {
                    all_monitors: Ok(value.all_monitors),
                    ends_at: Ok(value.ends_at),
                    groups: Ok(value.groups),
                    monitor_ids: Ok(value.monitor_ids),
                    reason: Ok(value.reason),
                    starts_at: Ok(value.starts_at),
                    tags: Ok(value.tags),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct WebhookChannelConfig {
            headers: ::std::result::Result<
                ::std::collections::BTreeMap<::std::string::String, crate::Secret>,
                ::std::string::String,
            >,
            previous_secret: ::std::result::Result<
                ::std::option::Option<super::PreviousSecret>,
                ::std::string::String,
            >,
            signing_secret: ::std::result::Result<
                ::std::option::Option<crate::Secret>,
                ::std::string::String,
            >,
            url: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for WebhookChannelConfig {
            fn default() -> Self {
                Self {
                    headers: Ok(Default::default()),
                    previous_secret: Ok(Default::default()),
                    signing_secret: Ok(Default::default()),
                    url: Err("no value supplied for url".to_string()),
                }
            }
        }
        impl WebhookChannelConfig {
            pub fn headers<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::collections::BTreeMap<::std::string::String, crate::Secret>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.headers = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for headers: {e}")
                    });
                self
            }
            pub fn previous_secret<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::PreviousSecret>>,
                T::Error: ::std::fmt::Display,
            {
                self.previous_secret = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for previous_secret: {e}"
                        )
                    });
                self
            }
            pub fn signing_secret<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<crate::Secret>>,
                T::Error: ::std::fmt::Display,
            {
                self.signing_secret = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for signing_secret: {e}"
                        )
                    });
                self
            }
            pub fn url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for url: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<WebhookChannelConfig>
        for super::WebhookChannelConfig {
            type Error = super::error::ConversionError;
            fn try_from(
                value: WebhookChannelConfig,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    headers: value.headers?,
                    previous_secret: value.previous_secret?,
                    signing_secret: value.signing_secret?,
                    url: value.url?,
                })
            }
        }
        impl ::std::convert::From<super::WebhookChannelConfig> for WebhookChannelConfig {
            fn from(value: super::WebhookChannelConfig) -> Self {
                Self {
                    headers: Ok(value.headers),
                    previous_secret: Ok(value.previous_secret),
                    signing_secret: Ok(value.signing_secret),
                    url: Ok(value.url),
                }
            }
        }
    }
    /// Generation of default values for serde.
    pub mod defaults {
        pub(super) fn default_bool<const V: bool>() -> bool {
            V
        }
        pub(super) fn default_u64<T, const V: u64>() -> T
        where
            T: ::std::convert::TryFrom<u64>,
            <T as ::std::convert::TryFrom<u64>>::Error: ::std::fmt::Debug,
        {
            T::try_from(V).unwrap()
        }
        pub(super) fn body_contains_assertion_severity() -> super::AssertionSeverity {
            super::AssertionSeverity::Down
        }
        pub(super) fn body_contains_assertion_type() -> super::BodyContainsAssertionType {
            super::BodyContainsAssertionType::BodyContains
        }
        pub(super) fn body_matches_assertion_severity() -> super::AssertionSeverity {
            super::AssertionSeverity::Down
        }
        pub(super) fn body_matches_assertion_type() -> super::BodyMatchesAssertionType {
            super::BodyMatchesAssertionType::BodyMatches
        }
        pub(super) fn certificate_days_assertion_severity() -> super::AssertionSeverity {
            super::AssertionSeverity::Down
        }
        pub(super) fn certificate_days_assertion_type() -> super::CertificateDaysAssertionType {
            super::CertificateDaysAssertionType::CertificateDays
        }
        pub(super) fn create_custom_monitor_type() -> super::CreateCustomMonitorType {
            super::CreateCustomMonitorType::Custom
        }
        pub(super) fn create_heartbeat_monitor_type() -> super::CreateHeartbeatMonitorType {
            super::CreateHeartbeatMonitorType::Heartbeat
        }
        pub(super) fn create_http_monitor_type() -> super::CreateHttpMonitorType {
            super::CreateHttpMonitorType::Http
        }
        pub(super) fn create_port_monitor_type() -> super::CreatePortMonitorType {
            super::CreatePortMonitorType::Port
        }
        pub(super) fn create_webhook_channel_type() -> super::CreateWebhookChannelType {
            super::CreateWebhookChannelType::Webhook
        }
        pub(super) fn header_assertion_severity() -> super::AssertionSeverity {
            super::AssertionSeverity::Down
        }
        pub(super) fn header_assertion_type() -> super::HeaderAssertionType {
            super::HeaderAssertionType::Header
        }
        pub(super) fn heartbeat_config_time_zone() -> ::std::string::String {
            "UTC".to_string()
        }
        pub(super) fn http_config_address_family() -> super::AddressFamily {
            super::AddressFamily::Any
        }
        pub(super) fn http_config_expected_status() -> ::std::vec::Vec<
            super::StatusMatch,
        > {
            vec![super::StatusMatch::Uint32(200_u32)]
        }
        pub(super) fn http_config_http_version() -> super::HttpVersion {
            super::HttpVersion::Auto
        }
        pub(super) fn http_config_method() -> super::HttpMethod {
            super::HttpMethod::Head
        }
        pub(super) fn json_path_assertion_severity() -> super::AssertionSeverity {
            super::AssertionSeverity::Down
        }
        pub(super) fn json_path_assertion_type() -> super::JsonPathAssertionType {
            super::JsonPathAssertionType::JsonPath
        }
        pub(super) fn once_maintenance_schedule_type() -> super::OnceMaintenanceScheduleType {
            super::OnceMaintenanceScheduleType::Once
        }
        pub(super) fn phase_time_assertion_severity() -> super::AssertionSeverity {
            super::AssertionSeverity::Down
        }
        pub(super) fn phase_time_assertion_type() -> super::PhaseTimeAssertionType {
            super::PhaseTimeAssertionType::PhaseTime
        }
        pub(super) fn port_config_address_family() -> super::AddressFamily {
            super::AddressFamily::Any
        }
        pub(super) fn recurring_maintenance_schedule_type() -> super::RecurringMaintenanceScheduleType {
            super::RecurringMaintenanceScheduleType::Recurring
        }
        pub(super) fn status_assertion_severity() -> super::AssertionSeverity {
            super::AssertionSeverity::Down
        }
        pub(super) fn status_assertion_type() -> super::StatusAssertionType {
            super::StatusAssertionType::Status
        }
        pub(super) fn total_time_assertion_severity() -> super::AssertionSeverity {
            super::AssertionSeverity::Down
        }
        pub(super) fn total_time_assertion_type() -> super::TotalTimeAssertionType {
            super::TotalTimeAssertionType::TotalTime
        }
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for Monitorah

Watches endpoints, opens downtime events, tells people.

Version: 0.1.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
}
impl Client {
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(baseurl: &str, client: reqwest::Client) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
        }
    }
}
impl ClientInfo<()> for Client {
    fn api_version() -> &'static str {
        "0.1.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &() {
        &()
    }
}
impl ClientHooks<()> for &Client {}
impl Client {
    /**List the keys, oldest first, revoked ones too

Sends a `GET` request to `/api/v1/api-keys`

Arguments:
- `cursor`: Where the last page ended.
- `limit`: How many, at most.
```ignore
let response = client.list_api_keys()
    .cursor(cursor)
    .limit(limit)
    .send()
    .await;
```*/
    pub fn list_api_keys(&self) -> builder::ListApiKeys<'_> {
        builder::ListApiKeys::new(self)
    }
    /**Make a key. The answer shows it, once. A key can give only what it has itself

Sends a `POST` request to `/api/v1/api-keys`

Arguments:
- `idempotency_key`: A text of your choice: the same request with the same key is done once.
- `body`
```ignore
let response = client.create_api_key()
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn create_api_key(&self) -> builder::CreateApiKey<'_> {
        builder::CreateApiKey::new(self)
    }
    /**Revoke a key, in force at once

Sends a `DELETE` request to `/api/v1/api-keys/{id}`

Arguments:
- `id`: The key's id.
```ignore
let response = client.revoke_api_key()
    .id(id)
    .send()
    .await;
```*/
    pub fn revoke_api_key(&self) -> builder::RevokeApiKey<'_> {
        builder::RevokeApiKey::new(self)
    }
    /**List the channel types with the schemas of their configurations

Sends a `GET` request to `/api/v1/channel-types`

```ignore
let response = client.list_channel_types()
    .send()
    .await;
```*/
    pub fn list_channel_types(&self) -> builder::ListChannelTypes<'_> {
        builder::ListChannelTypes::new(self)
    }
    /**List the check types with the schemas of their configurations

Sends a `GET` request to `/api/v1/check-types`

```ignore
let response = client.list_check_types()
    .send()
    .await;
```*/
    pub fn list_check_types(&self) -> builder::ListCheckTypes<'_> {
        builder::ListCheckTypes::new(self)
    }
    /**List the downtime events, newest first

Sends a `GET` request to `/api/v1/events`

Arguments:
- `cursor`: Where the last page ended.
- `limit`: How many, at most.
- `monitor_id`: Only of this monitor.
- `status`: Only OPEN or RESOLVED ones.
```ignore
let response = client.list_events()
    .cursor(cursor)
    .limit(limit)
    .monitor_id(monitor_id)
    .status(status)
    .send()
    .await;
```*/
    pub fn list_events(&self) -> builder::ListEvents<'_> {
        builder::ListEvents::new(self)
    }
    /**Read a downtime event

Sends a `GET` request to `/api/v1/events/{id}`

Arguments:
- `id`: The event's id.
```ignore
let response = client.get_event()
    .id(id)
    .send()
    .await;
```*/
    pub fn get_event(&self) -> builder::GetEvent<'_> {
        builder::GetEvent::new(self)
    }
    /**Take an open event on: its reminders end

Sends a `POST` request to `/api/v1/events/{id}/acknowledge`

Arguments:
- `id`: The event's id.
```ignore
let response = client.acknowledge_event()
    .id(id)
    .send()
    .await;
```*/
    pub fn acknowledge_event(&self) -> builder::AcknowledgeEvent<'_> {
        builder::AcknowledgeEvent::new(self)
    }
    /**Whether the server lives

Sends a `GET` request to `/api/v1/health`

```ignore
let response = client.health()
    .send()
    .await;
```*/
    pub fn health(&self) -> builder::Health<'_> {
        builder::Health::new(self)
    }
    /**Whether the server works: the database answers and takes what the engine writes, and every
monitor is on the schedule

Sends a `GET` request to `/api/v1/health/ready`

```ignore
let response = client.readiness()
    .send()
    .await;
```*/
    pub fn readiness(&self) -> builder::Readiness<'_> {
        builder::Readiness::new(self)
    }
    /**Report success of a job

Sends a `GET` request to `/api/v1/heartbeat/{token}`

Arguments:
- `token`: The monitor's heartbeat token.
- `rid`: The job's own id of the run: pairs a start with its end.
```ignore
let response = client.heartbeat()
    .token(token)
    .rid(rid)
    .send()
    .await;
```*/
    pub fn heartbeat(&self) -> builder::Heartbeat<'_> {
        builder::Heartbeat::new(self)
    }
    /**Report success of a job, with what it said

Sends a `POST` request to `/api/v1/heartbeat/{token}`

Arguments:
- `token`: The monitor's heartbeat token.
- `rid`: The job's own id of the run: pairs a start with its end.
- `body`: What the job said; the last 10 kB are kept.
```ignore
let response = client.heartbeat_with_output()
    .token(token)
    .rid(rid)
    .body(body)
    .send()
    .await;
```*/
    pub fn heartbeat_with_output(&self) -> builder::HeartbeatWithOutput<'_> {
        builder::HeartbeatWithOutput::new(self)
    }
    /**Report the start, failure, a log line or the exit status of a job

Sends a `GET` request to `/api/v1/heartbeat/{token}/{signal}`

Arguments:
- `token`: The monitor's heartbeat token.
- `signal`: start, fail, log, or an exit status from 0 to 255.
- `rid`: The job's own id of the run: pairs a start with its end.
```ignore
let response = client.heartbeat_signal()
    .token(token)
    .signal(signal)
    .rid(rid)
    .send()
    .await;
```*/
    pub fn heartbeat_signal(&self) -> builder::HeartbeatSignal<'_> {
        builder::HeartbeatSignal::new(self)
    }
    /**Report the start, failure, a log line or the exit status of a job, with what it said

Sends a `POST` request to `/api/v1/heartbeat/{token}/{signal}`

Arguments:
- `token`: The monitor's heartbeat token.
- `signal`: start, fail, log, or an exit status from 0 to 255.
- `rid`: The job's own id of the run: pairs a start with its end.
- `body`: What the job said; the last 10 kB are kept.
```ignore
let response = client.heartbeat_signal_with_output()
    .token(token)
    .signal(signal)
    .rid(rid)
    .body(body)
    .send()
    .await;
```*/
    pub fn heartbeat_signal_with_output(
        &self,
    ) -> builder::HeartbeatSignalWithOutput<'_> {
        builder::HeartbeatSignalWithOutput::new(self)
    }
    /**List the maintenance windows, oldest first, also those that are over

Sends a `GET` request to `/api/v1/maintenance-windows`

Arguments:
- `cursor`: Where the last page ended.
- `limit`: How many, at most.
```ignore
let response = client.list_maintenance_windows()
    .cursor(cursor)
    .limit(limit)
    .send()
    .await;
```*/
    pub fn list_maintenance_windows(&self) -> builder::ListMaintenanceWindows<'_> {
        builder::ListMaintenanceWindows::new(self)
    }
    /**Make a maintenance window: checks go on, and what they see is not told and does not count

Sends a `POST` request to `/api/v1/maintenance-windows`

Arguments:
- `idempotency_key`: A text of your choice: the same request with the same key is done once.
- `body`
```ignore
let response = client.create_maintenance_window()
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn create_maintenance_window(&self) -> builder::CreateMaintenanceWindow<'_> {
        builder::CreateMaintenanceWindow::new(self)
    }
    /**Read a maintenance window

Sends a `GET` request to `/api/v1/maintenance-windows/{id}`

Arguments:
- `id`: The window's id.
```ignore
let response = client.get_maintenance_window()
    .id(id)
    .send()
    .await;
```*/
    pub fn get_maintenance_window(&self) -> builder::GetMaintenanceWindow<'_> {
        builder::GetMaintenanceWindow::new(self)
    }
    /**Delete a maintenance window: if it is open, it ends

Sends a `DELETE` request to `/api/v1/maintenance-windows/{id}`

Arguments:
- `id`: The window's id.
- `if_match`: The ETag that was read: the change is made only if nobody else made one since.
```ignore
let response = client.delete_maintenance_window()
    .id(id)
    .if_match(if_match)
    .send()
    .await;
```*/
    pub fn delete_maintenance_window(&self) -> builder::DeleteMaintenanceWindow<'_> {
        builder::DeleteMaintenanceWindow::new(self)
    }
    /**Change a maintenance window by a JSON merge patch (RFC 7396) of what creates it

Sends a `PATCH` request to `/api/v1/maintenance-windows/{id}`

Arguments:
- `id`: The window's id.
- `if_match`: The ETag that was read: the change is made only if nobody else made one since.
- `body`: The fields to change; null gives a field its default.
```ignore
let response = client.update_maintenance_window()
    .id(id)
    .if_match(if_match)
    .body(body)
    .send()
    .await;
```*/
    pub fn update_maintenance_window(&self) -> builder::UpdateMaintenanceWindow<'_> {
        builder::UpdateMaintenanceWindow::new(self)
    }
    /**End an open maintenance window now. One that recurs opens again at its next occurrence

Sends a `POST` request to `/api/v1/maintenance-windows/{id}/end`

Arguments:
- `id`: The window's id.
```ignore
let response = client.end_maintenance_window()
    .id(id)
    .send()
    .await;
```*/
    pub fn end_maintenance_window(&self) -> builder::EndMaintenanceWindow<'_> {
        builder::EndMaintenanceWindow::new(self)
    }
    /**List the monitors, oldest first

Sends a `GET` request to `/api/v1/monitors`

Arguments:
- `cursor`: Where the last page ended.
- `group`: Only in this group, or below it.
- `limit`: How many, at most.
- `owner`: Only with this owner.
- `q`: Only with this text somewhere in the name, whatever its case.
- `status`: Only those that are shown so.
- `tag`: Only with this tag.
- `type_`: Only of this type.
```ignore
let response = client.list_monitors()
    .cursor(cursor)
    .group(group)
    .limit(limit)
    .owner(owner)
    .q(q)
    .status(status)
    .tag(tag)
    .type_(type_)
    .send()
    .await;
```*/
    pub fn list_monitors(&self) -> builder::ListMonitors<'_> {
        builder::ListMonitors::new(self)
    }
    /**Make a monitor

Sends a `POST` request to `/api/v1/monitors`

Arguments:
- `idempotency_key`: A text of your choice: the same request with the same key is done once.
- `body`
```ignore
let response = client.create_monitor()
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn create_monitor(&self) -> builder::CreateMonitor<'_> {
        builder::CreateMonitor::new(self)
    }
    /**Make the monitor with this external reference, or change it to this

Sends a `PUT` request to `/api/v1/monitors/by-ref/{externalRef}`

Arguments:
- `external_ref`: Your own id of the monitor.
- `if_match`: The ETag that was read: the change is made only if nobody else made one since.
- `body`
```ignore
let response = client.upsert_monitor()
    .external_ref(external_ref)
    .if_match(if_match)
    .body(body)
    .send()
    .await;
```*/
    pub fn upsert_monitor(&self) -> builder::UpsertMonitor<'_> {
        builder::UpsertMonitor::new(self)
    }
    /**Read a monitor

Sends a `GET` request to `/api/v1/monitors/{id}`

Arguments:
- `id`: The monitor's id.
```ignore
let response = client.get_monitor()
    .id(id)
    .send()
    .await;
```*/
    pub fn get_monitor(&self) -> builder::GetMonitor<'_> {
        builder::GetMonitor::new(self)
    }
    /**Delete a monitor and everything that was seen of it

Sends a `DELETE` request to `/api/v1/monitors/{id}`

Arguments:
- `id`: The monitor's id.
- `if_match`: The ETag that was read: the change is made only if nobody else made one since.
```ignore
let response = client.delete_monitor()
    .id(id)
    .if_match(if_match)
    .send()
    .await;
```*/
    pub fn delete_monitor(&self) -> builder::DeleteMonitor<'_> {
        builder::DeleteMonitor::new(self)
    }
    /**Change a monitor by a JSON merge patch (RFC 7396) of what creates it

Sends a `PATCH` request to `/api/v1/monitors/{id}`

Arguments:
- `id`: The monitor's id.
- `if_match`: The ETag that was read: the change is made only if nobody else made one since.
- `body`: The fields to change; null gives a field its default.
```ignore
let response = client.update_monitor()
    .id(id)
    .if_match(if_match)
    .body(body)
    .send()
    .await;
```*/
    pub fn update_monitor(&self) -> builder::UpdateMonitor<'_> {
        builder::UpdateMonitor::new(self)
    }
    /**Check a monitor now and answer with what was seen

Sends a `POST` request to `/api/v1/monitors/{id}/check`

Arguments:
- `id`: The monitor's id.
```ignore
let response = client.check_monitor()
    .id(id)
    .send()
    .await;
```*/
    pub fn check_monitor(&self) -> builder::CheckMonitor<'_> {
        builder::CheckMonitor::new(self)
    }
    /**List the results of a monitor, newest first

Sends a `GET` request to `/api/v1/monitors/{id}/checks`

Arguments:
- `id`: The monitor's id.
- `cursor`: Where the last page ended.
- `from`: Not before this time.
- `limit`: How many, at most.
- `region`: Only from this region.
- `status`: Only UP, DEGRADED, DOWN or UNKNOWN.
- `to`: Before this time.
```ignore
let response = client.list_checks()
    .id(id)
    .cursor(cursor)
    .from(from)
    .limit(limit)
    .region(region)
    .status(status)
    .to(to)
    .send()
    .await;
```*/
    pub fn list_checks(&self) -> builder::ListChecks<'_> {
        builder::ListChecks::new(self)
    }
    /**Pause a monitor: it is not checked, and its open event is closed without a message

Sends a `POST` request to `/api/v1/monitors/{id}/pause`

Arguments:
- `id`: The monitor's id.
```ignore
let response = client.pause_monitor()
    .id(id)
    .send()
    .await;
```*/
    pub fn pause_monitor(&self) -> builder::PauseMonitor<'_> {
        builder::PauseMonitor::new(self)
    }
    /**List the pings of a heartbeat monitor, newest first

Sends a `GET` request to `/api/v1/monitors/{id}/pings`

Arguments:
- `id`: The monitor's id.
- `cursor`: Where the last page ended.
- `limit`: How many, at most.
```ignore
let response = client.list_pings()
    .id(id)
    .cursor(cursor)
    .limit(limit)
    .send()
    .await;
```*/
    pub fn list_pings(&self) -> builder::ListPings<'_> {
        builder::ListPings::new(self)
    }
    /**Resume a monitor: it is checked at once

Sends a `POST` request to `/api/v1/monitors/{id}/resume`

Arguments:
- `id`: The monitor's id.
```ignore
let response = client.resume_monitor()
    .id(id)
    .send()
    .await;
```*/
    pub fn resume_monitor(&self) -> builder::ResumeMonitor<'_> {
        builder::ResumeMonitor::new(self)
    }
    /**List the channels, oldest first

Sends a `GET` request to `/api/v1/notification-channels`

Arguments:
- `cursor`: Where the last page ended.
- `limit`: How many, at most.
```ignore
let response = client.list_channels()
    .cursor(cursor)
    .limit(limit)
    .send()
    .await;
```*/
    pub fn list_channels(&self) -> builder::ListChannels<'_> {
        builder::ListChannels::new(self)
    }
    /**Make a channel. The answer shows its signing secret, once

Sends a `POST` request to `/api/v1/notification-channels`

Arguments:
- `idempotency_key`: A text of your choice: the same request with the same key is done once.
- `body`
```ignore
let response = client.create_channel()
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn create_channel(&self) -> builder::CreateChannel<'_> {
        builder::CreateChannel::new(self)
    }
    /**Read a channel

Sends a `GET` request to `/api/v1/notification-channels/{id}`

Arguments:
- `id`: The channel's id.
```ignore
let response = client.get_channel()
    .id(id)
    .send()
    .await;
```*/
    pub fn get_channel(&self) -> builder::GetChannel<'_> {
        builder::GetChannel::new(self)
    }
    /**Delete a channel; it leaves every rule, and what waits for it is given up

Sends a `DELETE` request to `/api/v1/notification-channels/{id}`

Arguments:
- `id`: The channel's id.
```ignore
let response = client.delete_channel()
    .id(id)
    .send()
    .await;
```*/
    pub fn delete_channel(&self) -> builder::DeleteChannel<'_> {
        builder::DeleteChannel::new(self)
    }
    /**Change a channel by a JSON merge patch (RFC 7396) of what creates it

Sends a `PATCH` request to `/api/v1/notification-channels/{id}`

Arguments:
- `id`: The channel's id.
- `if_match`: The ETag that was read: the change is made only if nobody else made one since.
- `body`: The fields to change; null gives a field its default.
```ignore
let response = client.update_channel()
    .id(id)
    .if_match(if_match)
    .body(body)
    .send()
    .await;
```*/
    pub fn update_channel(&self) -> builder::UpdateChannel<'_> {
        builder::UpdateChannel::new(self)
    }
    /**Give a channel a new signing secret; the answer shows it, once

Sends a `POST` request to `/api/v1/notification-channels/{id}/rotate-secret`

Arguments:
- `id`: The channel's id.
- `body`
```ignore
let response = client.rotate_channel_secret()
    .id(id)
    .body(body)
    .send()
    .await;
```*/
    pub fn rotate_channel_secret(&self) -> builder::RotateChannelSecret<'_> {
        builder::RotateChannelSecret::new(self)
    }
    /**Send a test message now, and say how it went

Sends a `POST` request to `/api/v1/notification-channels/{id}/test`

Arguments:
- `id`: The channel's id.
```ignore
let response = client.test_channel()
    .id(id)
    .send()
    .await;
```*/
    pub fn test_channel(&self) -> builder::TestChannel<'_> {
        builder::TestChannel::new(self)
    }
    /**List the rules, oldest first

Sends a `GET` request to `/api/v1/notification-rules`

Arguments:
- `cursor`: Where the last page ended.
- `limit`: How many, at most.
```ignore
let response = client.list_rules()
    .cursor(cursor)
    .limit(limit)
    .send()
    .await;
```*/
    pub fn list_rules(&self) -> builder::ListRules<'_> {
        builder::ListRules::new(self)
    }
    /**Make a rule

Sends a `POST` request to `/api/v1/notification-rules`

Arguments:
- `idempotency_key`: A text of your choice: the same request with the same key is done once.
- `body`
```ignore
let response = client.create_rule()
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn create_rule(&self) -> builder::CreateRule<'_> {
        builder::CreateRule::new(self)
    }
    /**Read a rule

Sends a `GET` request to `/api/v1/notification-rules/{id}`

Arguments:
- `id`: The rule's id.
```ignore
let response = client.get_rule()
    .id(id)
    .send()
    .await;
```*/
    pub fn get_rule(&self) -> builder::GetRule<'_> {
        builder::GetRule::new(self)
    }
    /**Delete a rule

Sends a `DELETE` request to `/api/v1/notification-rules/{id}`

Arguments:
- `id`: The rule's id.
```ignore
let response = client.delete_rule()
    .id(id)
    .send()
    .await;
```*/
    pub fn delete_rule(&self) -> builder::DeleteRule<'_> {
        builder::DeleteRule::new(self)
    }
    /**Change a rule by a JSON merge patch (RFC 7396) of what creates it

Sends a `PATCH` request to `/api/v1/notification-rules/{id}`

Arguments:
- `id`: The rule's id.
- `if_match`: The ETag that was read: the change is made only if nobody else made one since.
- `body`: The fields to change; null gives a field its default.
```ignore
let response = client.update_rule()
    .id(id)
    .if_match(if_match)
    .body(body)
    .send()
    .await;
```*/
    pub fn update_rule(&self) -> builder::UpdateRule<'_> {
        builder::UpdateRule::new(self)
    }
    /**List the notifications with their attempts, newest first

Sends a `GET` request to `/api/v1/notifications`

Arguments:
- `channel_id`: Only to this channel.
- `cursor`: Where the last page ended.
- `limit`: How many, at most.
- `monitor_id`: Only about this monitor.
- `status`: Only PENDING, DELIVERED or DEAD ones.
```ignore
let response = client.list_notifications()
    .channel_id(channel_id)
    .cursor(cursor)
    .limit(limit)
    .monitor_id(monitor_id)
    .status(status)
    .send()
    .await;
```*/
    pub fn list_notifications(&self) -> builder::ListNotifications<'_> {
        builder::ListNotifications::new(self)
    }
    /**The specification of this API

Sends a `GET` request to `/api/v1/openapi.json`

```ignore
let response = client.specification()
    .send()
    .await;
```*/
    pub fn specification(&self) -> builder::Specification<'_> {
        builder::Specification::new(self)
    }
    /**List the silences, oldest first, also those that are over

Sends a `GET` request to `/api/v1/silences`

Arguments:
- `cursor`: Where the last page ended.
- `limit`: How many, at most.
```ignore
let response = client.list_silences()
    .cursor(cursor)
    .limit(limit)
    .send()
    .await;
```*/
    pub fn list_silences(&self) -> builder::ListSilences<'_> {
        builder::ListSilences::new(self)
    }
    /**Make a silence: events still open, and nobody is told

Sends a `POST` request to `/api/v1/silences`

Arguments:
- `idempotency_key`: A text of your choice: the same request with the same key is done once.
- `body`
```ignore
let response = client.create_silence()
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn create_silence(&self) -> builder::CreateSilence<'_> {
        builder::CreateSilence::new(self)
    }
    /**Read a silence

Sends a `GET` request to `/api/v1/silences/{id}`

Arguments:
- `id`: The silence's id.
```ignore
let response = client.get_silence()
    .id(id)
    .send()
    .await;
```*/
    pub fn get_silence(&self) -> builder::GetSilence<'_> {
        builder::GetSilence::new(self)
    }
    /**Delete a silence: if it holds, it ends

Sends a `DELETE` request to `/api/v1/silences/{id}`

Arguments:
- `id`: The silence's id.
- `if_match`: The ETag that was read: the change is made only if nobody else made one since.
```ignore
let response = client.delete_silence()
    .id(id)
    .if_match(if_match)
    .send()
    .await;
```*/
    pub fn delete_silence(&self) -> builder::DeleteSilence<'_> {
        builder::DeleteSilence::new(self)
    }
    /**Change a silence by a JSON merge patch (RFC 7396) of what creates it

Sends a `PATCH` request to `/api/v1/silences/{id}`

Arguments:
- `id`: The silence's id.
- `if_match`: The ETag that was read: the change is made only if nobody else made one since.
- `body`: The fields to change; null gives a field its default.
```ignore
let response = client.update_silence()
    .id(id)
    .if_match(if_match)
    .body(body)
    .send()
    .await;
```*/
    pub fn update_silence(&self) -> builder::UpdateSilence<'_> {
        builder::UpdateSilence::new(self)
    }
    /**End a silence that holds, now

Sends a `POST` request to `/api/v1/silences/{id}/end`

Arguments:
- `id`: The silence's id.
```ignore
let response = client.end_silence()
    .id(id)
    .send()
    .await;
```*/
    pub fn end_silence(&self) -> builder::EndSilence<'_> {
        builder::EndSilence::new(self)
    }
}
/// Types for composing operation parameters.
#[allow(clippy::all)]
pub mod builder {
    use super::types;
    #[allow(unused_imports)]
    use super::{
        encode_path, ByteStream, ClientInfo, ClientHooks, Error, OperationInfo,
        RequestBuilderExt, ResponseValue,
    };
    /**Builder for [`Client::list_api_keys`]

[`Client::list_api_keys`]: super::Client::list_api_keys*/
    #[derive(Debug, Clone)]
    pub struct ListApiKeys<'a> {
        client: &'a super::Client,
        cursor: Result<Option<::std::string::String>, String>,
        limit: Result<Option<u32>, String>,
    }
    impl<'a> ListApiKeys<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                cursor: Ok(None),
                limit: Ok(None),
            }
        }
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for cursor failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u32` for limit failed".to_string());
            self
        }
        ///Sends a `GET` request to `/api/v1/api-keys`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ApiKeyPage>, Error<types::ErrorEnvelope>> {
            let Self { client, cursor, limit } = self;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let url = format!("{}/api/v1/api-keys", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_api_keys",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::create_api_key`]

[`Client::create_api_key`]: super::Client::create_api_key*/
    #[derive(Debug, Clone)]
    pub struct CreateApiKey<'a> {
        client: &'a super::Client,
        idempotency_key: Result<Option<::std::string::String>, String>,
        body: Result<types::builder::CreateApiKey, String>,
    }
    impl<'a> CreateApiKey<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateApiKey>,
            <V as std::convert::TryInto<types::CreateApiKey>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `CreateApiKey` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::CreateApiKey,
            ) -> types::builder::CreateApiKey,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/api/v1/api-keys`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::CreatedApiKey>, Error<types::ErrorEnvelope>> {
            let Self { client, idempotency_key, body } = self;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::CreateApiKey::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/api/v1/api-keys", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_api_key",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::revoke_api_key`]

[`Client::revoke_api_key`]: super::Client::revoke_api_key*/
    #[derive(Debug, Clone)]
    pub struct RevokeApiKey<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> RevokeApiKey<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/api/v1/api-keys/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<()>, Error<types::ErrorEnvelope>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/api-keys/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "revoke_api_key",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_channel_types`]

[`Client::list_channel_types`]: super::Client::list_channel_types*/
    #[derive(Debug, Clone)]
    pub struct ListChannelTypes<'a> {
        client: &'a super::Client,
    }
    impl<'a> ListChannelTypes<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/api/v1/channel-types`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::TypeList>, Error<types::ErrorEnvelope>> {
            let Self { client } = self;
            let url = format!("{}/api/v1/channel-types", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_channel_types",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_check_types`]

[`Client::list_check_types`]: super::Client::list_check_types*/
    #[derive(Debug, Clone)]
    pub struct ListCheckTypes<'a> {
        client: &'a super::Client,
    }
    impl<'a> ListCheckTypes<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/api/v1/check-types`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::TypeList>, Error<types::ErrorEnvelope>> {
            let Self { client } = self;
            let url = format!("{}/api/v1/check-types", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_check_types",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_events`]

[`Client::list_events`]: super::Client::list_events*/
    #[derive(Debug, Clone)]
    pub struct ListEvents<'a> {
        client: &'a super::Client,
        cursor: Result<Option<::std::string::String>, String>,
        limit: Result<Option<u32>, String>,
        monitor_id: Result<Option<::std::string::String>, String>,
        status: Result<Option<types::ListEventsStatus>, String>,
    }
    impl<'a> ListEvents<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                cursor: Ok(None),
                limit: Ok(None),
                monitor_id: Ok(None),
                status: Ok(None),
            }
        }
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for cursor failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u32` for limit failed".to_string());
            self
        }
        pub fn monitor_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.monitor_id = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for monitor_id failed"
                        .to_string()
                });
            self
        }
        pub fn status<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ListEventsStatus>,
        {
            self.status = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `ListEventsStatus` for status failed".to_string()
                });
            self
        }
        ///Sends a `GET` request to `/api/v1/events`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::EventPage>, Error<types::ErrorEnvelope>> {
            let Self { client, cursor, limit, monitor_id, status } = self;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let monitor_id = monitor_id.map_err(Error::InvalidRequest)?;
            let status = status.map_err(Error::InvalidRequest)?;
            let url = format!("{}/api/v1/events", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .query(&progenitor_client::QueryParam::new("monitorId", &monitor_id))
                .query(&progenitor_client::QueryParam::new("status", &status))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_events",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_event`]

[`Client::get_event`]: super::Client::get_event*/
    #[derive(Debug, Clone)]
    pub struct GetEvent<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> GetEvent<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/api/v1/events/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Event>, Error<types::ErrorEnvelope>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/events/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_event",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::acknowledge_event`]

[`Client::acknowledge_event`]: super::Client::acknowledge_event*/
    #[derive(Debug, Clone)]
    pub struct AcknowledgeEvent<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> AcknowledgeEvent<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/api/v1/events/{id}/acknowledge`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Event>, Error<types::ErrorEnvelope>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/events/{}/acknowledge", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "acknowledge_event",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::health`]

[`Client::health`]: super::Client::health*/
    #[derive(Debug, Clone)]
    pub struct Health<'a> {
        client: &'a super::Client,
    }
    impl<'a> Health<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/api/v1/health`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Health>, Error<types::ErrorEnvelope>> {
            let Self { client } = self;
            let url = format!("{}/api/v1/health", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "health",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::readiness`]

[`Client::readiness`]: super::Client::readiness*/
    #[derive(Debug, Clone)]
    pub struct Readiness<'a> {
        client: &'a super::Client,
    }
    impl<'a> Readiness<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/api/v1/health/ready`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Readiness>, Error<types::ErrorEnvelope>> {
            let Self { client } = self;
            let url = format!("{}/api/v1/health/ready", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "readiness",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::heartbeat`]

[`Client::heartbeat`]: super::Client::heartbeat*/
    #[derive(Debug, Clone)]
    pub struct Heartbeat<'a> {
        client: &'a super::Client,
        token: Result<::std::string::String, String>,
        rid: Result<Option<::std::string::String>, String>,
    }
    impl<'a> Heartbeat<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                token: Err("token was not initialized".to_string()),
                rid: Ok(None),
            }
        }
        pub fn token<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.token = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for token failed"
                        .to_string()
                });
            self
        }
        pub fn rid<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.rid = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for rid failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/api/v1/heartbeat/{token}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, Error<types::ErrorEnvelope>> {
            let Self { client, token, rid } = self;
            let token = token.map_err(Error::InvalidRequest)?;
            let rid = rid.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/heartbeat/{}", client.baseurl, encode_path(& token
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .query(&progenitor_client::QueryParam::new("rid", &rid))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "heartbeat",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::heartbeat_with_output`]

[`Client::heartbeat_with_output`]: super::Client::heartbeat_with_output*/
    #[derive(Debug)]
    pub struct HeartbeatWithOutput<'a> {
        client: &'a super::Client,
        token: Result<::std::string::String, String>,
        rid: Result<Option<::std::string::String>, String>,
        body: Result<reqwest::Body, String>,
    }
    impl<'a> HeartbeatWithOutput<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                token: Err("token was not initialized".to_string()),
                rid: Ok(None),
                body: Err("body was not initialized".to_string()),
            }
        }
        pub fn token<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.token = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for token failed"
                        .to_string()
                });
            self
        }
        pub fn rid<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.rid = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for rid failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<String>,
        {
            self.body = value
                .try_into()
                .map_err(|_| "conversion to `String` for body failed".to_string())
                .map(|v| v.into());
            self
        }
        ///Sends a `POST` request to `/api/v1/heartbeat/{token}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, Error<types::ErrorEnvelope>> {
            let Self { client, token, rid, body } = self;
            let token = token.map_err(Error::InvalidRequest)?;
            let rid = rid.map_err(Error::InvalidRequest)?;
            let body = body.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/heartbeat/{}", client.baseurl, encode_path(& token
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::CONTENT_TYPE,
                    ::reqwest::header::HeaderValue::from_static("text/plain"),
                )
                .body(body)
                .query(&progenitor_client::QueryParam::new("rid", &rid))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "heartbeat_with_output",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::heartbeat_signal`]

[`Client::heartbeat_signal`]: super::Client::heartbeat_signal*/
    #[derive(Debug, Clone)]
    pub struct HeartbeatSignal<'a> {
        client: &'a super::Client,
        token: Result<::std::string::String, String>,
        signal: Result<::std::string::String, String>,
        rid: Result<Option<::std::string::String>, String>,
    }
    impl<'a> HeartbeatSignal<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                token: Err("token was not initialized".to_string()),
                signal: Err("signal was not initialized".to_string()),
                rid: Ok(None),
            }
        }
        pub fn token<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.token = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for token failed"
                        .to_string()
                });
            self
        }
        pub fn signal<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.signal = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for signal failed"
                        .to_string()
                });
            self
        }
        pub fn rid<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.rid = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for rid failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/api/v1/heartbeat/{token}/{signal}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, Error<types::ErrorEnvelope>> {
            let Self { client, token, signal, rid } = self;
            let token = token.map_err(Error::InvalidRequest)?;
            let signal = signal.map_err(Error::InvalidRequest)?;
            let rid = rid.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/heartbeat/{}/{}", client.baseurl, encode_path(& token
                .to_string()), encode_path(& signal.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .query(&progenitor_client::QueryParam::new("rid", &rid))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "heartbeat_signal",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::heartbeat_signal_with_output`]

[`Client::heartbeat_signal_with_output`]: super::Client::heartbeat_signal_with_output*/
    #[derive(Debug)]
    pub struct HeartbeatSignalWithOutput<'a> {
        client: &'a super::Client,
        token: Result<::std::string::String, String>,
        signal: Result<::std::string::String, String>,
        rid: Result<Option<::std::string::String>, String>,
        body: Result<reqwest::Body, String>,
    }
    impl<'a> HeartbeatSignalWithOutput<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                token: Err("token was not initialized".to_string()),
                signal: Err("signal was not initialized".to_string()),
                rid: Ok(None),
                body: Err("body was not initialized".to_string()),
            }
        }
        pub fn token<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.token = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for token failed"
                        .to_string()
                });
            self
        }
        pub fn signal<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.signal = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for signal failed"
                        .to_string()
                });
            self
        }
        pub fn rid<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.rid = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for rid failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<String>,
        {
            self.body = value
                .try_into()
                .map_err(|_| "conversion to `String` for body failed".to_string())
                .map(|v| v.into());
            self
        }
        ///Sends a `POST` request to `/api/v1/heartbeat/{token}/{signal}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, Error<types::ErrorEnvelope>> {
            let Self { client, token, signal, rid, body } = self;
            let token = token.map_err(Error::InvalidRequest)?;
            let signal = signal.map_err(Error::InvalidRequest)?;
            let rid = rid.map_err(Error::InvalidRequest)?;
            let body = body.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/heartbeat/{}/{}", client.baseurl, encode_path(& token
                .to_string()), encode_path(& signal.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::CONTENT_TYPE,
                    ::reqwest::header::HeaderValue::from_static("text/plain"),
                )
                .body(body)
                .query(&progenitor_client::QueryParam::new("rid", &rid))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "heartbeat_signal_with_output",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_maintenance_windows`]

[`Client::list_maintenance_windows`]: super::Client::list_maintenance_windows*/
    #[derive(Debug, Clone)]
    pub struct ListMaintenanceWindows<'a> {
        client: &'a super::Client,
        cursor: Result<Option<::std::string::String>, String>,
        limit: Result<Option<u32>, String>,
    }
    impl<'a> ListMaintenanceWindows<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                cursor: Ok(None),
                limit: Ok(None),
            }
        }
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for cursor failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u32` for limit failed".to_string());
            self
        }
        ///Sends a `GET` request to `/api/v1/maintenance-windows`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<types::MaintenanceWindowPage>,
            Error<types::ErrorEnvelope>,
        > {
            let Self { client, cursor, limit } = self;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let url = format!("{}/api/v1/maintenance-windows", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_maintenance_windows",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::create_maintenance_window`]

[`Client::create_maintenance_window`]: super::Client::create_maintenance_window*/
    #[derive(Debug, Clone)]
    pub struct CreateMaintenanceWindow<'a> {
        client: &'a super::Client,
        idempotency_key: Result<Option<::std::string::String>, String>,
        body: Result<types::builder::CreateMaintenanceWindow, String>,
    }
    impl<'a> CreateMaintenanceWindow<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateMaintenanceWindow>,
            <V as std::convert::TryInto<
                types::CreateMaintenanceWindow,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!(
                        "conversion to `CreateMaintenanceWindow` for body failed: {}", s
                    )
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::CreateMaintenanceWindow,
            ) -> types::builder::CreateMaintenanceWindow,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/api/v1/maintenance-windows`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<types::MaintenanceWindow>,
            Error<types::ErrorEnvelope>,
        > {
            let Self { client, idempotency_key, body } = self;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::CreateMaintenanceWindow::try_from(v)
                        .map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/api/v1/maintenance-windows", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_maintenance_window",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_maintenance_window`]

[`Client::get_maintenance_window`]: super::Client::get_maintenance_window*/
    #[derive(Debug, Clone)]
    pub struct GetMaintenanceWindow<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> GetMaintenanceWindow<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/api/v1/maintenance-windows/{id}`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<types::MaintenanceWindow>,
            Error<types::ErrorEnvelope>,
        > {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/maintenance-windows/{}", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_maintenance_window",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::delete_maintenance_window`]

[`Client::delete_maintenance_window`]: super::Client::delete_maintenance_window*/
    #[derive(Debug, Clone)]
    pub struct DeleteMaintenanceWindow<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
        if_match: Result<Option<::std::string::String>, String>,
    }
    impl<'a> DeleteMaintenanceWindow<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                if_match: Ok(None),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        pub fn if_match<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.if_match = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for if_match failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/api/v1/maintenance-windows/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<()>, Error<types::ErrorEnvelope>> {
            let Self { client, id, if_match } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let if_match = if_match.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/maintenance-windows/{}", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = if_match {
                header_map.append("If-Match", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "delete_maintenance_window",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::update_maintenance_window`]

[`Client::update_maintenance_window`]: super::Client::update_maintenance_window*/
    #[derive(Debug, Clone)]
    pub struct UpdateMaintenanceWindow<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
        if_match: Result<Option<::std::string::String>, String>,
        body: Result<types::builder::UpdateMaintenanceWindow, String>,
    }
    impl<'a> UpdateMaintenanceWindow<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                if_match: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        pub fn if_match<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.if_match = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for if_match failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::UpdateMaintenanceWindow>,
            <V as std::convert::TryInto<
                types::UpdateMaintenanceWindow,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!(
                        "conversion to `UpdateMaintenanceWindow` for body failed: {}", s
                    )
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::UpdateMaintenanceWindow,
            ) -> types::builder::UpdateMaintenanceWindow,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PATCH` request to `/api/v1/maintenance-windows/{id}`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<types::MaintenanceWindow>,
            Error<types::ErrorEnvelope>,
        > {
            let Self { client, id, if_match, body } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let if_match = if_match.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::UpdateMaintenanceWindow::try_from(v)
                        .map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/maintenance-windows/{}", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = if_match {
                header_map.append("If-Match", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .patch(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "update_maintenance_window",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::end_maintenance_window`]

[`Client::end_maintenance_window`]: super::Client::end_maintenance_window*/
    #[derive(Debug, Clone)]
    pub struct EndMaintenanceWindow<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> EndMaintenanceWindow<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/api/v1/maintenance-windows/{id}/end`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<types::MaintenanceWindow>,
            Error<types::ErrorEnvelope>,
        > {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/maintenance-windows/{}/end", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "end_maintenance_window",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_monitors`]

[`Client::list_monitors`]: super::Client::list_monitors*/
    #[derive(Debug, Clone)]
    pub struct ListMonitors<'a> {
        client: &'a super::Client,
        cursor: Result<Option<::std::string::String>, String>,
        group: Result<Option<::std::string::String>, String>,
        limit: Result<Option<u32>, String>,
        owner: Result<Option<::std::string::String>, String>,
        q: Result<Option<::std::string::String>, String>,
        status: Result<Option<types::ListMonitorsStatus>, String>,
        tag: Result<Option<::std::string::String>, String>,
        type_: Result<Option<::std::string::String>, String>,
    }
    impl<'a> ListMonitors<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                cursor: Ok(None),
                group: Ok(None),
                limit: Ok(None),
                owner: Ok(None),
                q: Ok(None),
                status: Ok(None),
                tag: Ok(None),
                type_: Ok(None),
            }
        }
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for cursor failed"
                        .to_string()
                });
            self
        }
        pub fn group<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.group = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for group failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u32` for limit failed".to_string());
            self
        }
        pub fn owner<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.owner = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for owner failed"
                        .to_string()
                });
            self
        }
        pub fn q<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.q = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for q failed".to_string()
                });
            self
        }
        pub fn status<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ListMonitorsStatus>,
        {
            self.status = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `ListMonitorsStatus` for status failed".to_string()
                });
            self
        }
        pub fn tag<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.tag = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for tag failed"
                        .to_string()
                });
            self
        }
        pub fn type_<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.type_ = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for type_ failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/api/v1/monitors`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::MonitorPage>, Error<types::ErrorEnvelope>> {
            let Self { client, cursor, group, limit, owner, q, status, tag, type_ } = self;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let group = group.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let owner = owner.map_err(Error::InvalidRequest)?;
            let q = q.map_err(Error::InvalidRequest)?;
            let status = status.map_err(Error::InvalidRequest)?;
            let tag = tag.map_err(Error::InvalidRequest)?;
            let type_ = type_.map_err(Error::InvalidRequest)?;
            let url = format!("{}/api/v1/monitors", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("group", &group))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .query(&progenitor_client::QueryParam::new("owner", &owner))
                .query(&progenitor_client::QueryParam::new("q", &q))
                .query(&progenitor_client::QueryParam::new("status", &status))
                .query(&progenitor_client::QueryParam::new("tag", &tag))
                .query(&progenitor_client::QueryParam::new("type", &type_))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_monitors",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::create_monitor`]

[`Client::create_monitor`]: super::Client::create_monitor*/
    #[derive(Debug, Clone)]
    pub struct CreateMonitor<'a> {
        client: &'a super::Client,
        idempotency_key: Result<Option<::std::string::String>, String>,
        body: Result<types::CreateMonitor, String>,
    }
    impl<'a> CreateMonitor<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                idempotency_key: Ok(None),
                body: Err("body was not initialized".to_string()),
            }
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateMonitor>,
        {
            self.body = value
                .try_into()
                .map_err(|_| {
                    "conversion to `CreateMonitor` for body failed".to_string()
                });
            self
        }
        ///Sends a `POST` request to `/api/v1/monitors`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Monitor>, Error<types::ErrorEnvelope>> {
            let Self { client, idempotency_key, body } = self;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body.map_err(Error::InvalidRequest)?;
            let url = format!("{}/api/v1/monitors", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_monitor",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::upsert_monitor`]

[`Client::upsert_monitor`]: super::Client::upsert_monitor*/
    #[derive(Debug, Clone)]
    pub struct UpsertMonitor<'a> {
        client: &'a super::Client,
        external_ref: Result<::std::string::String, String>,
        if_match: Result<Option<::std::string::String>, String>,
        body: Result<types::CreateMonitor, String>,
    }
    impl<'a> UpsertMonitor<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                external_ref: Err("external_ref was not initialized".to_string()),
                if_match: Ok(None),
                body: Err("body was not initialized".to_string()),
            }
        }
        pub fn external_ref<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.external_ref = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for external_ref failed"
                        .to_string()
                });
            self
        }
        pub fn if_match<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.if_match = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for if_match failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateMonitor>,
        {
            self.body = value
                .try_into()
                .map_err(|_| {
                    "conversion to `CreateMonitor` for body failed".to_string()
                });
            self
        }
        ///Sends a `PUT` request to `/api/v1/monitors/by-ref/{externalRef}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Monitor>, Error<types::ErrorEnvelope>> {
            let Self { client, external_ref, if_match, body } = self;
            let external_ref = external_ref.map_err(Error::InvalidRequest)?;
            let if_match = if_match.map_err(Error::InvalidRequest)?;
            let body = body.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/monitors/by-ref/{}", client.baseurl, encode_path(&
                external_ref.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = if_match {
                header_map.append("If-Match", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "upsert_monitor",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_monitor`]

[`Client::get_monitor`]: super::Client::get_monitor*/
    #[derive(Debug, Clone)]
    pub struct GetMonitor<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> GetMonitor<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/api/v1/monitors/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Monitor>, Error<types::ErrorEnvelope>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/monitors/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_monitor",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::delete_monitor`]

[`Client::delete_monitor`]: super::Client::delete_monitor*/
    #[derive(Debug, Clone)]
    pub struct DeleteMonitor<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
        if_match: Result<Option<::std::string::String>, String>,
    }
    impl<'a> DeleteMonitor<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                if_match: Ok(None),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        pub fn if_match<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.if_match = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for if_match failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/api/v1/monitors/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<()>, Error<types::ErrorEnvelope>> {
            let Self { client, id, if_match } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let if_match = if_match.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/monitors/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = if_match {
                header_map.append("If-Match", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "delete_monitor",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::update_monitor`]

[`Client::update_monitor`]: super::Client::update_monitor*/
    #[derive(Debug, Clone)]
    pub struct UpdateMonitor<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
        if_match: Result<Option<::std::string::String>, String>,
        body: Result<types::builder::UpdateMonitor, String>,
    }
    impl<'a> UpdateMonitor<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                if_match: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        pub fn if_match<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.if_match = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for if_match failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::UpdateMonitor>,
            <V as std::convert::TryInto<types::UpdateMonitor>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `UpdateMonitor` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::UpdateMonitor,
            ) -> types::builder::UpdateMonitor,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PATCH` request to `/api/v1/monitors/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Monitor>, Error<types::ErrorEnvelope>> {
            let Self { client, id, if_match, body } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let if_match = if_match.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::UpdateMonitor::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/monitors/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = if_match {
                header_map.append("If-Match", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .patch(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "update_monitor",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::check_monitor`]

[`Client::check_monitor`]: super::Client::check_monitor*/
    #[derive(Debug, Clone)]
    pub struct CheckMonitor<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> CheckMonitor<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/api/v1/monitors/{id}/check`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::CheckResult>, Error<types::ErrorEnvelope>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/monitors/{}/check", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "check_monitor",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_checks`]

[`Client::list_checks`]: super::Client::list_checks*/
    #[derive(Debug, Clone)]
    pub struct ListChecks<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
        cursor: Result<Option<::std::string::String>, String>,
        from: Result<Option<::jiff::Timestamp>, String>,
        limit: Result<Option<u32>, String>,
        region: Result<Option<::std::string::String>, String>,
        status: Result<Option<types::ListChecksStatus>, String>,
        to: Result<Option<::jiff::Timestamp>, String>,
    }
    impl<'a> ListChecks<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                cursor: Ok(None),
                from: Ok(None),
                limit: Ok(None),
                region: Ok(None),
                status: Ok(None),
                to: Ok(None),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for cursor failed"
                        .to_string()
                });
            self
        }
        pub fn from<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::jiff::Timestamp>,
        {
            self.from = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: jiff :: Timestamp` for from failed".to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u32` for limit failed".to_string());
            self
        }
        pub fn region<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.region = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for region failed"
                        .to_string()
                });
            self
        }
        pub fn status<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ListChecksStatus>,
        {
            self.status = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `ListChecksStatus` for status failed".to_string()
                });
            self
        }
        pub fn to<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::jiff::Timestamp>,
        {
            self.to = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: jiff :: Timestamp` for to failed".to_string()
                });
            self
        }
        ///Sends a `GET` request to `/api/v1/monitors/{id}/checks`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::CheckPage>, Error<types::ErrorEnvelope>> {
            let Self { client, id, cursor, from, limit, region, status, to } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let from = from.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let region = region.map_err(Error::InvalidRequest)?;
            let status = status.map_err(Error::InvalidRequest)?;
            let to = to.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/monitors/{}/checks", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("from", &from))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .query(&progenitor_client::QueryParam::new("region", &region))
                .query(&progenitor_client::QueryParam::new("status", &status))
                .query(&progenitor_client::QueryParam::new("to", &to))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_checks",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::pause_monitor`]

[`Client::pause_monitor`]: super::Client::pause_monitor*/
    #[derive(Debug, Clone)]
    pub struct PauseMonitor<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> PauseMonitor<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/api/v1/monitors/{id}/pause`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Monitor>, Error<types::ErrorEnvelope>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/monitors/{}/pause", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "pause_monitor",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_pings`]

[`Client::list_pings`]: super::Client::list_pings*/
    #[derive(Debug, Clone)]
    pub struct ListPings<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
        cursor: Result<Option<::std::string::String>, String>,
        limit: Result<Option<u32>, String>,
    }
    impl<'a> ListPings<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                cursor: Ok(None),
                limit: Ok(None),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for cursor failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u32` for limit failed".to_string());
            self
        }
        ///Sends a `GET` request to `/api/v1/monitors/{id}/pings`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::PingPage>, Error<types::ErrorEnvelope>> {
            let Self { client, id, cursor, limit } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/monitors/{}/pings", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_pings",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::resume_monitor`]

[`Client::resume_monitor`]: super::Client::resume_monitor*/
    #[derive(Debug, Clone)]
    pub struct ResumeMonitor<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> ResumeMonitor<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/api/v1/monitors/{id}/resume`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Monitor>, Error<types::ErrorEnvelope>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/monitors/{}/resume", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "resume_monitor",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_channels`]

[`Client::list_channels`]: super::Client::list_channels*/
    #[derive(Debug, Clone)]
    pub struct ListChannels<'a> {
        client: &'a super::Client,
        cursor: Result<Option<::std::string::String>, String>,
        limit: Result<Option<u32>, String>,
    }
    impl<'a> ListChannels<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                cursor: Ok(None),
                limit: Ok(None),
            }
        }
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for cursor failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u32` for limit failed".to_string());
            self
        }
        ///Sends a `GET` request to `/api/v1/notification-channels`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ChannelPage>, Error<types::ErrorEnvelope>> {
            let Self { client, cursor, limit } = self;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let url = format!("{}/api/v1/notification-channels", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_channels",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::create_channel`]

[`Client::create_channel`]: super::Client::create_channel*/
    #[derive(Debug, Clone)]
    pub struct CreateChannel<'a> {
        client: &'a super::Client,
        idempotency_key: Result<Option<::std::string::String>, String>,
        body: Result<types::CreateChannel, String>,
    }
    impl<'a> CreateChannel<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                idempotency_key: Ok(None),
                body: Err("body was not initialized".to_string()),
            }
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateChannel>,
        {
            self.body = value
                .try_into()
                .map_err(|_| {
                    "conversion to `CreateChannel` for body failed".to_string()
                });
            self
        }
        ///Sends a `POST` request to `/api/v1/notification-channels`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Channel>, Error<types::ErrorEnvelope>> {
            let Self { client, idempotency_key, body } = self;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body.map_err(Error::InvalidRequest)?;
            let url = format!("{}/api/v1/notification-channels", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_channel",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_channel`]

[`Client::get_channel`]: super::Client::get_channel*/
    #[derive(Debug, Clone)]
    pub struct GetChannel<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> GetChannel<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/api/v1/notification-channels/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Channel>, Error<types::ErrorEnvelope>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/notification-channels/{}", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_channel",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::delete_channel`]

[`Client::delete_channel`]: super::Client::delete_channel*/
    #[derive(Debug, Clone)]
    pub struct DeleteChannel<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> DeleteChannel<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/api/v1/notification-channels/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<()>, Error<types::ErrorEnvelope>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/notification-channels/{}", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "delete_channel",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::update_channel`]

[`Client::update_channel`]: super::Client::update_channel*/
    #[derive(Debug, Clone)]
    pub struct UpdateChannel<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
        if_match: Result<Option<::std::string::String>, String>,
        body: Result<types::builder::UpdateChannel, String>,
    }
    impl<'a> UpdateChannel<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                if_match: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        pub fn if_match<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.if_match = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for if_match failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::UpdateChannel>,
            <V as std::convert::TryInto<types::UpdateChannel>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `UpdateChannel` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::UpdateChannel,
            ) -> types::builder::UpdateChannel,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PATCH` request to `/api/v1/notification-channels/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Channel>, Error<types::ErrorEnvelope>> {
            let Self { client, id, if_match, body } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let if_match = if_match.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::UpdateChannel::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/notification-channels/{}", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = if_match {
                header_map.append("If-Match", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .patch(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "update_channel",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::rotate_channel_secret`]

[`Client::rotate_channel_secret`]: super::Client::rotate_channel_secret*/
    #[derive(Debug, Clone)]
    pub struct RotateChannelSecret<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
        body: Result<types::builder::RotateSecret, String>,
    }
    impl<'a> RotateChannelSecret<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::RotateSecret>,
            <V as std::convert::TryInto<types::RotateSecret>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `RotateSecret` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::RotateSecret,
            ) -> types::builder::RotateSecret,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/api/v1/notification-channels/{id}/rotate-secret`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Channel>, Error<types::ErrorEnvelope>> {
            let Self { client, id, body } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::RotateSecret::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/notification-channels/{}/rotate-secret", client.baseurl,
                encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "rotate_channel_secret",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::test_channel`]

[`Client::test_channel`]: super::Client::test_channel*/
    #[derive(Debug, Clone)]
    pub struct TestChannel<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> TestChannel<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/api/v1/notification-channels/{id}/test`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ChannelTest>, Error<types::ErrorEnvelope>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/notification-channels/{}/test", client.baseurl, encode_path(&
                id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "test_channel",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_rules`]

[`Client::list_rules`]: super::Client::list_rules*/
    #[derive(Debug, Clone)]
    pub struct ListRules<'a> {
        client: &'a super::Client,
        cursor: Result<Option<::std::string::String>, String>,
        limit: Result<Option<u32>, String>,
    }
    impl<'a> ListRules<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                cursor: Ok(None),
                limit: Ok(None),
            }
        }
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for cursor failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u32` for limit failed".to_string());
            self
        }
        ///Sends a `GET` request to `/api/v1/notification-rules`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::RulePage>, Error<types::ErrorEnvelope>> {
            let Self { client, cursor, limit } = self;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let url = format!("{}/api/v1/notification-rules", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_rules",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::create_rule`]

[`Client::create_rule`]: super::Client::create_rule*/
    #[derive(Debug, Clone)]
    pub struct CreateRule<'a> {
        client: &'a super::Client,
        idempotency_key: Result<Option<::std::string::String>, String>,
        body: Result<types::builder::CreateRule, String>,
    }
    impl<'a> CreateRule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateRule>,
            <V as std::convert::TryInto<types::CreateRule>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `CreateRule` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::CreateRule,
            ) -> types::builder::CreateRule,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/api/v1/notification-rules`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Rule>, Error<types::ErrorEnvelope>> {
            let Self { client, idempotency_key, body } = self;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| types::CreateRule::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/api/v1/notification-rules", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_rule",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_rule`]

[`Client::get_rule`]: super::Client::get_rule*/
    #[derive(Debug, Clone)]
    pub struct GetRule<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> GetRule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/api/v1/notification-rules/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Rule>, Error<types::ErrorEnvelope>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/notification-rules/{}", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_rule",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::delete_rule`]

[`Client::delete_rule`]: super::Client::delete_rule*/
    #[derive(Debug, Clone)]
    pub struct DeleteRule<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> DeleteRule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/api/v1/notification-rules/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<()>, Error<types::ErrorEnvelope>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/notification-rules/{}", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "delete_rule",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::update_rule`]

[`Client::update_rule`]: super::Client::update_rule*/
    #[derive(Debug, Clone)]
    pub struct UpdateRule<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
        if_match: Result<Option<::std::string::String>, String>,
        body: Result<types::builder::UpdateRule, String>,
    }
    impl<'a> UpdateRule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                if_match: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        pub fn if_match<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.if_match = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for if_match failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::UpdateRule>,
            <V as std::convert::TryInto<types::UpdateRule>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `UpdateRule` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::UpdateRule,
            ) -> types::builder::UpdateRule,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PATCH` request to `/api/v1/notification-rules/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Rule>, Error<types::ErrorEnvelope>> {
            let Self { client, id, if_match, body } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let if_match = if_match.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| types::UpdateRule::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/notification-rules/{}", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = if_match {
                header_map.append("If-Match", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .patch(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "update_rule",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_notifications`]

[`Client::list_notifications`]: super::Client::list_notifications*/
    #[derive(Debug, Clone)]
    pub struct ListNotifications<'a> {
        client: &'a super::Client,
        channel_id: Result<Option<::std::string::String>, String>,
        cursor: Result<Option<::std::string::String>, String>,
        limit: Result<Option<u32>, String>,
        monitor_id: Result<Option<::std::string::String>, String>,
        status: Result<Option<types::ListNotificationsStatus>, String>,
    }
    impl<'a> ListNotifications<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                channel_id: Ok(None),
                cursor: Ok(None),
                limit: Ok(None),
                monitor_id: Ok(None),
                status: Ok(None),
            }
        }
        pub fn channel_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.channel_id = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for channel_id failed"
                        .to_string()
                });
            self
        }
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for cursor failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u32` for limit failed".to_string());
            self
        }
        pub fn monitor_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.monitor_id = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for monitor_id failed"
                        .to_string()
                });
            self
        }
        pub fn status<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ListNotificationsStatus>,
        {
            self.status = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `ListNotificationsStatus` for status failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/api/v1/notifications`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<types::NotificationPage>,
            Error<types::ErrorEnvelope>,
        > {
            let Self { client, channel_id, cursor, limit, monitor_id, status } = self;
            let channel_id = channel_id.map_err(Error::InvalidRequest)?;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let monitor_id = monitor_id.map_err(Error::InvalidRequest)?;
            let status = status.map_err(Error::InvalidRequest)?;
            let url = format!("{}/api/v1/notifications", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("channelId", &channel_id))
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .query(&progenitor_client::QueryParam::new("monitorId", &monitor_id))
                .query(&progenitor_client::QueryParam::new("status", &status))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_notifications",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::specification`]

[`Client::specification`]: super::Client::specification*/
    #[derive(Debug, Clone)]
    pub struct Specification<'a> {
        client: &'a super::Client,
    }
    impl<'a> Specification<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/api/v1/openapi.json`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<::serde_json::Map<::std::string::String, ::serde_json::Value>>,
            Error<types::ErrorEnvelope>,
        > {
            let Self { client } = self;
            let url = format!("{}/api/v1/openapi.json", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "specification",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_silences`]

[`Client::list_silences`]: super::Client::list_silences*/
    #[derive(Debug, Clone)]
    pub struct ListSilences<'a> {
        client: &'a super::Client,
        cursor: Result<Option<::std::string::String>, String>,
        limit: Result<Option<u32>, String>,
    }
    impl<'a> ListSilences<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                cursor: Ok(None),
                limit: Ok(None),
            }
        }
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for cursor failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u32` for limit failed".to_string());
            self
        }
        ///Sends a `GET` request to `/api/v1/silences`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::SilencePage>, Error<types::ErrorEnvelope>> {
            let Self { client, cursor, limit } = self;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let url = format!("{}/api/v1/silences", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_silences",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::create_silence`]

[`Client::create_silence`]: super::Client::create_silence*/
    #[derive(Debug, Clone)]
    pub struct CreateSilence<'a> {
        client: &'a super::Client,
        idempotency_key: Result<Option<::std::string::String>, String>,
        body: Result<types::builder::CreateSilence, String>,
    }
    impl<'a> CreateSilence<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateSilence>,
            <V as std::convert::TryInto<types::CreateSilence>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `CreateSilence` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::CreateSilence,
            ) -> types::builder::CreateSilence,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/api/v1/silences`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Silence>, Error<types::ErrorEnvelope>> {
            let Self { client, idempotency_key, body } = self;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::CreateSilence::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/api/v1/silences", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_silence",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_silence`]

[`Client::get_silence`]: super::Client::get_silence*/
    #[derive(Debug, Clone)]
    pub struct GetSilence<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> GetSilence<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/api/v1/silences/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Silence>, Error<types::ErrorEnvelope>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/silences/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_silence",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::delete_silence`]

[`Client::delete_silence`]: super::Client::delete_silence*/
    #[derive(Debug, Clone)]
    pub struct DeleteSilence<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
        if_match: Result<Option<::std::string::String>, String>,
    }
    impl<'a> DeleteSilence<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                if_match: Ok(None),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        pub fn if_match<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.if_match = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for if_match failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/api/v1/silences/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<()>, Error<types::ErrorEnvelope>> {
            let Self { client, id, if_match } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let if_match = if_match.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/silences/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = if_match {
                header_map.append("If-Match", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "delete_silence",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::update_silence`]

[`Client::update_silence`]: super::Client::update_silence*/
    #[derive(Debug, Clone)]
    pub struct UpdateSilence<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
        if_match: Result<Option<::std::string::String>, String>,
        body: Result<types::builder::UpdateSilence, String>,
    }
    impl<'a> UpdateSilence<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                if_match: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        pub fn if_match<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.if_match = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for if_match failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::UpdateSilence>,
            <V as std::convert::TryInto<types::UpdateSilence>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `UpdateSilence` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::UpdateSilence,
            ) -> types::builder::UpdateSilence,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PATCH` request to `/api/v1/silences/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Silence>, Error<types::ErrorEnvelope>> {
            let Self { client, id, if_match, body } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let if_match = if_match.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::UpdateSilence::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/silences/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = if_match {
                header_map.append("If-Match", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .patch(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "update_silence",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::end_silence`]

[`Client::end_silence`]: super::Client::end_silence*/
    #[derive(Debug, Clone)]
    pub struct EndSilence<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> EndSilence<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/api/v1/silences/{id}/end`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Silence>, Error<types::ErrorEnvelope>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/api/v1/silences/{}/end", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "end_silence",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                412u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                421u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                423u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
}
