//! Notification rules. What a rule names is a set, kept in tables of its own.

use super::{
    Db, Page, Store, Tx, account, after, commit, explain_untouched, fault, note, sql, touch, unique,
};
use crate::sql::{
    row,
    value::{micros, to_json},
};
use async_trait::async_trait;
use monitorah_core::{
    Act, RuleId, StoreError, StoreErrorKind, StoreResult, Tenant,
    alert::{Rule, RuleScope},
    port::RuleStore,
};

async fn add_members(tx: &mut Tx, tenant: &Tenant, rule: &Rule) -> StoreResult<()> {
    let mut members: Vec<(&'static str, &[u8])> = Vec::new();
    for channel in &rule.channels {
        members.push((sql::RULE_CHANNEL_INSERT, channel.as_bytes()));
    }
    if let RuleScope::Monitors(monitors) = &rule.scope {
        for monitor in monitors {
            members.push((sql::RULE_MONITOR_INSERT, monitor.as_bytes()));
        }
    }
    for (text, member) in members {
        sqlx::query(text)
            .bind(account(tenant))
            .bind(rule.id.as_bytes().as_slice())
            .bind(member)
            .execute(&mut **tx)
            .await
            .map_err(fault)?;
    }
    Ok(())
}

/// Open events that the rule, written before in the same transaction, is about and that nobody took
/// on are reminded of from now on, whatever the rules said when they opened.
async fn plan_reminders(tx: &mut Tx, tenant: &Tenant, rule: &Rule, act: &Act) -> StoreResult<()> {
    let Some(next) = rule.first_reminder(act.at) else {
        return Ok(());
    };
    let id = rule.id.as_bytes().as_slice();
    sqlx::query(sql::REMINDERS_GUARD)
        .bind(account(tenant))
        .bind(id)
        .execute(&mut **tx)
        .await
        .map_err(fault)?;
    sqlx::query(sql::REMINDERS_PLAN)
        .bind(account(tenant))
        .bind(id)
        .bind(next.as_microsecond())
        .execute(&mut **tx)
        .await
        .map_err(fault)?;
    Ok(())
}

/// A rule with what it names, read on one connection, so that both are of the same moment or the
/// names are of a later one.
async fn complete(store: &Store, tenant: &Tenant, rule: row::RuleRow) -> StoreResult<Rule> {
    let mut names = [Vec::new(), Vec::new()];
    for (text, into) in [sql::RULE_CHANNELS, sql::RULE_MONITORS]
        .into_iter()
        .zip(&mut names)
    {
        *into = sqlx::query_scalar::<Db, Vec<u8>>(text)
            .bind(account(tenant))
            .bind(rule.id.as_slice())
            .fetch_all(store.readers())
            .await
            .map_err(fault)?;
    }
    let [channels, monitors] = names;
    rule.read(&channels, &monitors)
}

#[async_trait]
impl RuleStore for Store {
    async fn create_rule(&self, tenant: &Tenant, rule: &Rule, act: &Act) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        sqlx::query(sql::RULE_INSERT)
            .bind(account(tenant))
            .bind(rule.id.as_bytes().as_slice())
            .bind(rule.name.as_str())
            .bind(rule.scope == RuleScope::AllMonitors)
            .bind(to_json(&rule.kinds)?)
            .bind(rule.remind_every.map(micros))
            .bind(rule.enabled)
            .bind(rule.version)
            .bind(rule.created_at.as_microsecond())
            .execute(&mut *tx)
            .await
            .map_err(unique(
                StoreErrorKind::AlreadyExists,
                "the rule is there already",
            ))?;
        add_members(&mut tx, tenant, rule).await?;
        plan_reminders(&mut tx, tenant, rule, act).await?;
        commit(tx).await
    }

    async fn rule(&self, tenant: &Tenant, id: RuleId) -> StoreResult<Rule> {
        let rule = sqlx::query_as::<Db, row::RuleRow>(sql::RULE)
            .bind(account(tenant))
            .bind(id.as_bytes().as_slice())
            .fetch_optional(self.readers())
            .await
            .map_err(fault)?
            .ok_or_else(|| StoreError::not_found("rule"))?;
        complete(self, tenant, rule).await
    }

    async fn rules(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Rule>> {
        let rows = sqlx::query_as::<Db, row::RuleRow>(sql::RULES)
            .bind(account(tenant))
            .bind(after(page))
            .bind(i64::from(page.limit))
            .fetch_all(self.readers())
            .await
            .map_err(fault)?;
        let mut rules = Vec::with_capacity(rows.len());
        for rule in rows {
            rules.push(complete(self, tenant, rule).await?);
        }
        Ok(rules)
    }

    async fn update_rule(&self, tenant: &Tenant, rule: &Rule, act: &Act) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        let id = rule.id.as_bytes().as_slice();
        let done = sqlx::query(sql::RULE_UPDATE)
            .bind(account(tenant))
            .bind(id)
            .bind(rule.name.as_str())
            .bind(rule.scope == RuleScope::AllMonitors)
            .bind(to_json(&rule.kinds)?)
            .bind(rule.remind_every.map(micros))
            .bind(rule.enabled)
            .bind(rule.version)
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        if done.rows_affected() == 0 {
            return Err(explain_untouched(&mut tx, sql::RULE_EXISTS, tenant, id, "rule").await);
        }
        touch(&mut tx, sql::RULE_CHANNELS_DELETE, tenant, id).await?;
        touch(&mut tx, sql::RULE_MONITORS_DELETE, tenant, id).await?;
        add_members(&mut tx, tenant, rule).await?;
        plan_reminders(&mut tx, tenant, rule, act).await?;
        commit(tx).await
    }

    async fn delete_rule(
        &self,
        tenant: &Tenant,
        id: RuleId,
        expected: Option<i64>,
        act: &Act,
    ) -> StoreResult<()> {
        super::remove(
            self,
            tenant,
            (sql::RULE_DELETE, sql::RULE_EXISTS, "rule"),
            (id.as_bytes(), expected),
            act,
        )
        .await
    }
}
