//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use services::demo::Scale;

use crate::Failure;
use crate::commands::{demo, doctor, export, import, invite, migrate, serve, verify, work};
use crate::config::{Asked, Config, LogFormat, Source};

/// The exit status when some rows of an import were refused.
pub const SOME_REFUSED: u8 = 3;

/// Work experience in health and care: one program that serves the site and does its work.
#[derive(Debug, Parser)]
#[command(name = "wex", version, about, after_long_help = SETTINGS, arg_required_else_help = true)]
struct Cli {
    /// The file of settings. Without it, wex.toml in this folder is read where there is one.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

const SETTINGS: &str = "\
Settings come from the environment, or from the file in small letters without WEX_ (base_url = \"…\"):
  DATABASE_URL           sqlite:PATH or postgres://user:password@host/name (sqlite:var/wex.sqlite)
  WEX_LISTEN             where to listen (127.0.0.1:3000)
  WEX_BASE_URL           the site's own address; links in messages begin with it (http://LISTEN)
  WEX_SECRET_KEY         64 hexadecimal digits that seal secrets at rest (made in var/secret.key on localhost)
  WEX_MAIL               folder:PATH, smtps://user:password@host:port or smtp://host:port (folder:var/mail)
  WEX_MAIL_FROM          from whom emails are
  WEX_TEXT_MESSAGES      file:PATH, where text messages are written (file:var/texts.jsonl)
  WEX_DOCUMENTS          folder:PATH or s3://BUCKET/PREFIX with AWS_…, where documents lie (folder:var/documents)
  WEX_CLAMD              HOST:PORT or unix:PATH of a clamd that looks at documents for viruses
  WEX_CONTACT            an email address for the contact page
  WEX_LOG                json or plain (plain)
  WEX_LOG_LEVEL          error, warn, info, debug or trace (info)
  WEX_SEARCH_PER_MINUTE  searches a minute from one address, 0 for no limit (600)
  WEX_WORKER             whether `wex serve` also does the work that is due, yes or no (yes)
  WEX_TRUSTED_PROXY      how many proxies in front are believed about a visitor's address (0)";

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the site, and does the work that is due
    Serve(Serve),
    /// Does the work that is due, without serving: deadlines, reminders, messages
    ///
    /// Goes on until it is stopped, and then finishes the message in its hands. With --once it does what
    /// is due now and ends.
    Work(Work),
    /// Brings the database up to this version
    ///
    /// Each migration is one transaction: interrupted, the database is as before it or as after it.
    Migrate,
    /// Reads a file into the database
    #[command(subcommand)]
    Import(Import),
    /// Writes what the database holds into a file
    #[command(subcommand)]
    Export(Export),
    /// Fills a new database with demonstration data
    ///
    /// Refuses a database that holds anything else. One transaction: interrupted, nothing was written. With
    /// --scale there are many: interrupted, the database says that it holds a part, and is not served.
    Demo(Demo),
    /// Checks a certificate's signed record or an Open Badge with a key, without the network
    ///
    /// Ends with status 1 when it was changed or another key signed it.
    Verify(Verify),
    /// Invites a member of staff: prints the link where they choose a password
    Invite(Invite),
    /// Checks settings, database, mail, disk, clock and files, and says what to mend
    ///
    /// Ends with status 1 when something is wrong.
    Doctor {
        /// Check what `wex serve --demo` would use
        #[arg(long)]
        demo: bool,
    },
}

/// See [`Command::Verify`].
#[derive(Debug, Args)]
pub struct Verify {
    /// The signed record (JSON), or the badge (a JSON Web Token)
    pub file: PathBuf,
    /// The service's public key, or a file with its JSON Web Key Set
    #[arg(long, value_name = "KEY")]
    pub key: String,
}

/// See [`Command::Demo`].
#[derive(Debug, Args)]
pub struct Demo {
    /// How much: `national` (25,000 live opportunities, 400,000 learners, 1,000,000 applications), or a number of
    /// live opportunities, from 500, with the rest in proportion
    #[arg(long, value_name = "national|N", value_parser = scale)]
    pub scale: Option<Scale>,
}

fn scale(typed: &str) -> Result<Scale, String> {
    if typed == "national" {
        return Ok(Scale::NATIONAL);
    }
    match typed.replace(',', "").parse() {
        Ok(number @ Scale::LEAST..=Scale::MOST) => Ok(Scale::of(number)),
        _ => Err(format!(
            "Enter “national”, or how many opportunities from {} to {}, like 5000.",
            Scale::LEAST,
            Scale::MOST
        )),
    }
}

/// See [`Command::Serve`].
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen, instead of WEX_LISTEN
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// Serve a demonstration: invented data in var/demo.sqlite (or DATABASE_URL), a page /demo that signs
    /// in as anybody, and a clock that can be moved. Nothing is sent to anyone
    #[arg(long)]
    pub demo: bool,
}

/// See [`Command::Work`].
#[derive(Debug, Args)]
pub struct Work {
    /// Do what is due now, then end
    #[arg(long)]
    pub once: bool,
}

/// Every import is one transaction: interrupted, it has changed nothing. Importing a file again changes
/// nothing. Ends with status 0 when every row was taken, 3 when some were refused, 1 when the file could
/// not be read.
#[derive(Debug, Subcommand)]
enum Import {
    /// Opportunities from a provider's spreadsheet: CSV or XLSX, in its own manner
    #[command(after_help = IMPORT_STATUS)]
    Opportunities(ImportOpportunities),
    /// NHS trusts, from the ODS file `etr`
    #[command(after_help = IMPORT_STATUS)]
    Trusts(ImportList),
    /// Schools and colleges, from GIAS
    #[command(after_help = IMPORT_STATUS)]
    Schools(ImportList),
    /// Where postcodes are: ONS Postcode Directory, Code-Point Open, or a list of districts
    #[command(after_help = IMPORT_STATUS)]
    Places(ImportPlaces),
    /// Integrated care boards, regions or local authorities, from NHS England or ONS
    #[command(after_help = IMPORT_STATUS)]
    Areas(ImportList),
    /// Bank holidays, as www.gov.uk/bank-holidays.json has them: the service counts working days by them.
    BankHolidays(ImportList),
}

const IMPORT_STATUS: &str = "\
One transaction: interrupted, nothing has changed. Importing a file again changes nothing.
Exit status: 0 when every row was taken, 3 when some were refused, 1 when the file could not be read.";

/// See [`Import::Opportunities`].
#[derive(Debug, Args)]
pub struct ImportOpportunities {
    /// The spreadsheet
    pub file: PathBuf,
    /// The organisation, by its code, of rows that name none
    #[arg(long, value_name = "CODE")]
    pub organisation: Option<String>,
    /// Say what would become of each row, and save nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Save every row as a draft; otherwise rows that are complete are published
    #[arg(long)]
    pub drafts: bool,
    /// The report as JSON
    #[arg(long)]
    pub json: bool,
}

/// See [`Import::Places`].
#[derive(Debug, Args)]
pub struct ImportPlaces {
    /// The publisher's files, unpacked, as they are: one or several, or the folder in which they stand
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The report as JSON
    #[arg(long)]
    pub json: bool,
}

/// See [`Import`].
#[derive(Debug, Args)]
pub struct ImportList {
    /// The publisher's file, as it is
    pub file: PathBuf,
    /// The report as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
enum Export {
    /// Opportunities with their sessions
    Opportunities(ExportTo),
    /// Applications: references, states and dates, without names or answers
    Applications(ExportTo),
}

/// See [`Export`].
#[derive(Debug, Args)]
pub struct ExportTo {
    /// The file to write, which appears whole or not at all; - for the screen
    pub file: PathBuf,
    /// Only this organisation's, by its code
    #[arg(long, value_name = "CODE")]
    pub organisation: Option<String>,
    /// How
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub format: Format,
}

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For spreadsheets
    Csv,
    /// For programs
    Json,
}

/// See [`Command::Invite`].
#[derive(Debug, Args)]
pub struct Invite {
    /// The person's work email address
    pub email: String,
    /// The person's name
    #[arg(long)]
    pub name: String,
    /// coordinator, supervisor, adviser or national
    #[arg(long)]
    pub role: String,
    /// The organisation, by its code; the national team has none
    #[arg(long, value_name = "CODE")]
    pub organisation: Option<String>,
    /// Rights, separated by commas: post, decide, see-sensitive, manage (all of them when left out)
    #[arg(long, value_delimiter = ',', value_enum)]
    pub rights: Option<Vec<Right>>,
}

/// A coordinator's right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Right {
    /// Post opportunities
    Post,
    /// Decide applications
    Decide,
    /// See access needs
    SeeSensitive,
    /// Manage members
    Manage,
}

/// Runs what the command line asks for.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("wex: the program cannot begin: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(dispatch(cli)) {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            eprintln!("wex: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(cli: Cli) -> Result<u8, Failure> {
    let asked = match &cli.command {
        Command::Serve(serve) => Asked { listen: serve.listen.clone(), demo: serve.demo },
        Command::Doctor { demo } => Asked { listen: None, demo: *demo },
        Command::Demo(_) => Asked { listen: None, demo: true },
        _ => Asked::default(),
    };
    if let Command::Verify(asked) = &cli.command {
        return verify::run(asked);
    }
    let source = Source::of_process(cli.config.as_deref()).map_err(|wrong| Failure::new(wrong.to_string()));
    let config = source.and_then(|source| {
        Config::load(&source, &asked).map_err(|wrong| {
            let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
            Failure::new(format!("settings are wrong:\n  {}", lines.join("\n  ")))
        })
    });
    if let Command::Doctor { demo } = &cli.command {
        return Ok(doctor::run(config, *demo).await);
    }
    let config = config?;
    match cli.command {
        Command::Serve(serve) => {
            crate::telemetry::begin(config.log_format, &config.log_level).map_err(Failure::new)?;
            serve::run(&config, &serve).await
        }
        Command::Work(work) => {
            crate::telemetry::begin(config.log_format, &config.log_level).map_err(Failure::new)?;
            work::run(&config, &work).await
        }
        other => {
            // At the command line people read results; the log says only what went wrong.
            crate::telemetry::begin(LogFormat::Plain, "warn").map_err(Failure::new)?;
            short(&config, other).await
        }
    }
}

async fn short(config: &Config, command: Command) -> Result<u8, Failure> {
    use services::reference::List;
    match command {
        Command::Migrate => migrate::run(config).await,
        Command::Import(Import::Opportunities(asked)) => import::opportunities(config, &asked).await,
        Command::Import(Import::Trusts(asked)) => import::list(config, List::Trusts, &asked).await,
        Command::Import(Import::Schools(asked)) => import::list(config, List::Schools, &asked).await,
        Command::Import(Import::Places(asked)) => import::places(config, &asked).await,
        Command::Import(Import::Areas(asked)) => import::list(config, List::Areas, &asked).await,
        Command::Import(Import::BankHolidays(asked)) => import::list(config, List::BankHolidays, &asked).await,
        Command::Export(Export::Opportunities(asked)) => export::run(config, export::What::Opportunities, &asked).await,
        Command::Export(Export::Applications(asked)) => export::run(config, export::What::Applications, &asked).await,
        Command::Demo(asked) => demo::run(config, &asked).await,
        Command::Invite(asked) => invite::run(config, &asked).await,
        Command::Serve(_) | Command::Work(_) | Command::Verify(_) | Command::Doctor { .. } => Ok(0),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound_and_each_command_explains_itself() {
        let command = Cli::command();
        command.clone().debug_assert();
        for sub in command.get_subcommands() {
            assert!(sub.get_about().is_some(), "{}", sub.get_name());
        }
    }
}
