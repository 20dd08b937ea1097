//! A program's arguments as a shell would take them: exact, and fit to be pasted.

/// Words that need no quotes consist of these besides letters and digits.
const SAFE: &str = "-_./:=@%+,^";

/// The command line.
pub(super) fn command_line(argv: &[String]) -> String {
    argv.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    // The program's own variables are expanded in a runbook, not by a shell: they stay readable.
    let variable = word
        .strip_prefix("$BACKTRACKCTL_")
        .is_some_and(|rest| rest.chars().all(|each| each.is_ascii_uppercase() || each == '_'));
    let safe = !word.is_empty()
        && word
            .chars()
            .all(|each| each.is_ascii_alphanumeric() || SAFE.contains(each));
    if variable {
        format!("\"{word}\"")
    } else if safe {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(argv: &[&str]) -> String {
        command_line(&argv.iter().map(|&word| word.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn arguments_are_quoted_only_where_a_shell_would_take_them_apart() {
        assert_eq!(
            line(&["kubectl", "scale", "deploy/shop", "--replicas=0"]),
            "kubectl scale deploy/shop --replicas=0"
        );
        assert_eq!(
            line(&["sh", "-c", "echo 'it is off'; exit 0", ""]),
            r"sh -c 'echo '\''it is off'\''; exit 0' ''"
        );
        assert_eq!(line(&["curl", "$BACKTRACKCTL_LAB"]), "curl \"$BACKTRACKCTL_LAB\"");
        assert_eq!(line(&["echo", "$HOME"]), "echo '$HOME'");
    }
}
