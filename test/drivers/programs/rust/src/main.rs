//! Answers each line of its input with a new connection, made as the settings name it.
use std::error::Error;
use std::io::BufRead;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio_postgres_rustls::MakeRustlsConnect;

type Fallible<T> = Result<T, Box<dyn Error>>;

struct Settings(serde_json::Value);

impl Settings {
    fn get(&self, name: &str) -> Option<&str> {
        self.0[name].as_str()
    }
}

/// docs/drivers.md has this function.
fn connector(settings: &Settings) -> Fallible<MakeRustlsConnect> {
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(settings.get("ca").unwrap())? {
        roots.add(certificate?)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots);
    let config = match (settings.get("certificate"), settings.get("key")) {
        (Some(certificate), Some(key)) => {
            let chain = CertificateDer::pem_file_iter(certificate)?.collect::<Result<Vec<_>, _>>()?;
            builder.with_client_auth_cert(chain, PrivateKeyDer::from_pem_file(key)?)?
        }
        _ => builder.with_no_client_auth(),
    };
    Ok(MakeRustlsConnect::new(config))
}

async fn ask_tokio_postgres(settings: &Settings, connector: MakeRustlsConnect) -> Fallible<String> {
    let config: tokio_postgres::Config = settings.get("text").unwrap().parse()?;
    let (client, connection) = config.connect(connector).await?;
    tokio::spawn(connection);
    Ok(client.query_one(settings.get("query").unwrap(), &[]).await?.get(0))
}

fn text_of(error: &dyn Error) -> String {
    let causes = std::iter::successors(error.source(), |cause: &&(dyn Error + 'static)| (**cause).source()).map(ToString::to_string);
    let all: Vec<String> = std::iter::once(error.to_string()).chain(causes).collect();
    all.join(": ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Fallible<()> {
    let settings = Settings(serde_json::from_str(&std::env::var("DRIVER_SETTINGS")?)?);
    let way = settings.get("way").unwrap().to_owned();
    // What a program makes once; an error of it is the answer to every line.
    let kept = connector(&settings);
    let options = match way.as_str() {
        "sqlx" => settings.get("text").unwrap().parse()?,
        _ => PgConnectOptions::new(),
    };
    let pool = PgPoolOptions::new()
        .max_connections(10)
        .acquire_timeout(Duration::from_secs(20))
        .connect_lazy_with(options);
    let mut held = Vec::new();
    for _ in std::io::stdin().lock().lines() {
        let answer = match (way.as_str(), &kept) {
            ("sqlx" | "sqlx, variables", _) => match pool.acquire().await {
                Ok(mut connection) => {
                    let query = sqlx::AssertSqlSafe(settings.get("query").unwrap().to_owned());
                    let answer = sqlx::query_scalar::<_, String>(query).fetch_one(&mut *connection).await;
                    held.push(connection);
                    answer.map_err(Into::into)
                }
                Err(error) => Err(error.into()),
            },
            ("tokio-postgres", Ok(kept)) => ask_tokio_postgres(&settings, kept.clone()).await,
            ("tokio-postgres", Err(error)) => Err(error.to_string().into()),
            _ => match connector(&settings) {
                Ok(fresh) => ask_tokio_postgres(&settings, fresh).await,
                Err(error) => Err(error),
            },
        };
        match answer {
            Ok(row) => println!("ok {row}"),
            Err(error) => println!("error {}", text_of(error.as_ref())),
        }
    }
    Ok(())
}
