//! `monitorah completions`: what a shell needs to complete our commands.

use super::{Cli, Outcome, print};
use clap::{Args, CommandFactory};
use clap_complete::Shell;

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell.
    shell: Shell,
}

pub(super) fn run(args: &CompletionsArgs) -> Outcome {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "monitorah", &mut out);
    print(&String::from_utf8_lossy(&out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Command, ValueEnum};

    /// Every command and every long option below it.
    fn words(command: &Command, into: &mut Vec<String>) {
        into.extend(
            command
                .get_arguments()
                .filter_map(|one| one.get_long().map(str::to_owned)),
        );
        for below in command.get_subcommands() {
            into.push(below.get_name().to_owned());
            words(below, into);
        }
    }

    #[test]
    fn every_command_and_option_is_in_the_completions_of_every_shell_and_in_the_manual() {
        let mut all = Vec::new();
        words(&Cli::command(), &mut all);
        for expected in ["backup", "api-keys", "create", "data-dir", "force"] {
            assert!(all.iter().any(|word| word == expected), "{expected}");
        }
        for shell in Shell::value_variants() {
            let mut out = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "monitorah", &mut out);
            let out = String::from_utf8(out).unwrap();
            for word in &all {
                assert!(out.contains(word), "{shell}: {word}");
            }
        }
        let folder = tempfile::tempdir().unwrap();
        clap_mangen::generate_to(Cli::command(), folder.path()).unwrap();
        let mut manual = String::new();
        for page in std::fs::read_dir(folder.path()).unwrap() {
            manual.push_str(&std::fs::read_to_string(page.unwrap().path()).unwrap());
        }
        let manual = manual.replace('\\', "");
        for word in &all {
            assert!(manual.contains(word), "{word}");
        }
    }
}
