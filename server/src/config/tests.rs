use super::*;

fn load(environment: &[(&str, &str)], file: Option<&str>) -> Result<Config, Vec<String>> {
    let key = "0f".repeat(32);
    let environment = environment
        .iter()
        .copied()
        .chain([("WEX_SECRET_KEY", key.as_str())])
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let source =
        Source::new(environment, file.map(|text| ("wex.toml", text))).map_err(|wrong| vec![wrong.to_string()])?;
    Config::load(&source, &Asked::default()).map_err(|wrong| wrong.iter().map(ToString::to_string).collect())
}

#[test]
fn defaults_and_where_settings_come_from() {
    let config = load(&[], None).unwrap();
    assert_eq!(
        (config.database_url.as_str(), config.listen.port(), config.search_per_minute, config.worker),
        ("sqlite:var/wex.sqlite", 3000, 600, true)
    );
    assert_eq!(config.base_url, "http://127.0.0.1:3000");
    // The environment is stronger than the file.
    let config = load(
        &[("WEX_SEARCH_PER_MINUTE", "0")],
        Some("search_per_minute = 7\nworker = false\nbase_url = \"https://wex.example.org/\""),
    )
    .unwrap();
    assert_eq!(
        (config.search_per_minute, config.worker, config.base_url.as_str(), config.is_https()),
        (0, false, "https://wex.example.org", true)
    );
}

#[test]
fn the_command_line_is_strongest() {
    let source = Source::new([("WEX_LISTEN".to_owned(), "127.0.0.1:1".to_owned())], None).unwrap();
    let config = Config::load(&source, &Asked { listen: Some("localhost:4000".into()), demo: true }).unwrap();
    assert_eq!((config.listen.port(), config.database_url.as_str()), (4000, "sqlite:var/demo.sqlite"));
    assert_eq!(config.base_url, "http://127.0.0.1:4000");
}

#[test]
fn a_demonstration_writes_to_nobody() {
    let source = Source::new([("WEX_MAIL".to_owned(), "smtp://mail.example.com".to_owned())], None).unwrap();
    let config = Config::load(&source, &Asked { listen: None, demo: true }).unwrap();
    assert_eq!(config.mail, Mail::Folder("var/demo-mail".into()));
}

#[test]
fn a_wrong_setting_is_named_with_what_was_expected() {
    for (name, value, expected) in [
        ("DATABASE_URL", "mysql://root:hunter2@db/wex", "must be sqlite:PATH or postgres://"),
        ("DATABASE_URL", "sqlite:", "must be sqlite:PATH"),
        ("WEX_LISTEN", "3000", "must be ADDRESS:PORT"),
        ("WEX_BASE_URL", "wex.example.org", "must be the site's address"),
        ("WEX_BASE_URL", "https://wex.example.org/path", "without a path"),
        ("WEX_SECRET_KEY", "hunter2", "64 hexadecimal digits"),
        ("WEX_MAIL", "imap://me:hunter2@mail", "must be folder:PATH"),
        ("WEX_MAIL", "smtp://", "is not a mail server's address"),
        ("WEX_MAIL_FROM", "nobody", "must be an email address"),
        ("WEX_DOCUMENTS", "ftp://host", "must be folder:PATH"),
        ("WEX_CLAMD", "nowhere", "must be HOST:PORT"),
        ("WEX_TEXT_MESSAGES", "https://text.example.com?key=1", "must be file:PATH"),
        ("WEX_TEXT_MESSAGES", "notify:hunter2", "the identifier of a template"),
        ("WEX_MAIL", "notify:", "the identifier of a template"),
        ("WEX_NOTIFY_KEY", "hunter2", "must be an API key"),
        ("WEX_NOTIFY_CALLBACK", "hunter2", "20 characters or more"),
        ("WEX_NOTIFY_URL", "http://notify.example", "must begin with https://"),
        ("WEX_CONTACT", "ask me", "must be an email address"),
        ("WEX_LOG", "xml", "must be json or plain"),
        ("WEX_SEARCH_PER_MINUTE", "-1", "must be a whole number"),
        ("WEX_WORKER", "maybe", "must be yes or no"),
        ("WEX_TRUSTED_PROXY", "99", "from 0 to 10"),
    ] {
        let key = ("WEX_SECRET_KEY".to_owned(), "0f".repeat(32));
        let source = Source::new([key, (name.to_owned(), value.to_owned())], None).unwrap();
        let wrong = Config::load(&source, &Asked::default()).unwrap_err();
        let text: Vec<String> = wrong.iter().map(ToString::to_string).collect();
        assert!(text.iter().any(|line| line.starts_with(name) && line.contains(expected)), "{name}={value}: {text:?}");
        assert!(!text.iter().any(|line| line.contains("hunter2")), "{text:?}");
    }
}

#[test]
fn every_wrong_setting_is_named_at_once() {
    let wrong = load(&[("WEX_LOG", "xml"), ("WEX_WORKER", "maybe")], Some("colour = \"blue\"")).unwrap_err();
    assert_eq!(wrong.len(), 3, "{wrong:?}");
    assert!(wrong[0].contains("\"colour\"") && wrong[0].contains("database_url"));
    let wrong = load(&[], Some("mail = \"smtp://a:hunter2@x\"\nlisten = ")).unwrap_err();
    assert!(wrong[0].starts_with("wex.toml is not TOML at line 2") && !wrong[0].contains("hunter2"), "{wrong:?}");
    assert!(load(&[], Some("worker = [1]")).unwrap_err()[0].contains("must be text"));
}

#[test]
fn messages_by_notify_need_its_key() {
    const ID: &str = "f33517ff-2a88-4f6e-b855-c550268ce08a";
    let mail = format!("notify:{ID}");
    let wrong = load(&[("WEX_MAIL", &mail)], None).unwrap_err();
    assert!(wrong[0].starts_with("WEX_NOTIFY_KEY is missing"), "{wrong:?}");
    let key = format!("live-{ID}-{ID}");
    let config = load(&[("WEX_MAIL", &mail), ("WEX_TEXT_MESSAGES", &mail), ("WEX_NOTIFY_KEY", &key)], None).unwrap();
    assert_eq!((config.mail.clone(), config.notify.text_template.as_deref()), (Mail::Notify, Some(ID)));
    assert!(!format!("{config:?}").contains(ID), "a secret is shown");
}
