//! Where settings stand: the environment and a file.

use std::collections::BTreeMap;
use std::path::Path;

use super::Wrong;

/// Every setting's name in the file; the environment has them in capitals, with `WEX_` before all but
/// the first.
const NAMES: &[&str] = &[
    "database_url",
    "listen",
    "base_url",
    "secret_key",
    "mail",
    "mail_from",
    "text_messages",
    "notify_key",
    "notify_callback",
    "notify_url",
    "documents",
    "clamd",
    "contact",
    "log",
    "log_level",
    "search_per_minute",
    "worker",
    "trusted_proxy",
];

/// Settings as they were found.
#[derive(Debug, Clone, Default)]
pub struct Source {
    environment: BTreeMap<String, String>,
    file: BTreeMap<String, String>,
    file_name: String,
}

impl Source {
    /// From these variables and this text of a file.
    ///
    /// # Errors
    /// When the text is not TOML, or a value in it is neither text nor number nor yes or no.
    pub fn new(
        environment: impl IntoIterator<Item = (String, String)>,
        file: Option<(&str, &str)>,
    ) -> Result<Self, Wrong> {
        let (file_name, text) = file.unwrap_or_default();
        // The parser's own message would show the line, and with it perhaps a secret.
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            Wrong::new(file_name, format!("is not TOML at line {line}: {}", error.message()))
        })?;
        let mut values = BTreeMap::new();
        for (name, value) in table {
            let text = match value {
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Boolean(yes) => yes.to_string(),
                _ => {
                    return Err(Wrong::new(
                        file_name,
                        format!("has {name}, which must be text, a number, or true or false"),
                    ));
                }
            };
            values.insert(name, text);
        }
        Ok(Self { environment: environment.into_iter().collect(), file: values, file_name: file_name.to_owned() })
    }

    /// From this process's environment and the file at `path`, or `wex.toml` where there is one.
    ///
    /// # Errors
    /// As [`Self::new`], and when the file that was asked for cannot be read.
    pub fn of_process(path: Option<&Path>) -> Result<Self, Wrong> {
        let environment: Vec<_> = std::env::vars().collect();
        let name = path.unwrap_or(Path::new("wex.toml"));
        match std::fs::read_to_string(name) {
            Ok(text) => Self::new(environment, Some((&name.display().to_string(), &text))),
            Err(error) if path.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                Self::new(environment, None)
            }
            Err(error) => Err(Wrong::new(&name.display().to_string(), format!("cannot be read: {error}"))),
        }
    }

    /// A setting by its name in capitals, without prefix. An empty one counts as absent.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let variable = if name == "DATABASE_URL" { name.to_owned() } else { format!("WEX_{name}") };
        let found = self.environment.get(&variable).or_else(|| self.file.get(&name.to_lowercase()));
        found.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// What the file has and nobody knows.
    pub(super) fn unknown(&self) -> Vec<Wrong> {
        let unknown = self.file.keys().filter(|name| !NAMES.contains(&name.as_str()));
        unknown
            .map(|name| {
                Wrong::new(
                    &self.file_name,
                    format!("has a setting {name:?} that wex does not know; it knows {}", NAMES.join(", ")),
                )
            })
            .collect()
    }
}
