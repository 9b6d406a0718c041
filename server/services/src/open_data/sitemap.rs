//! A sitemap: every page that search engines should know.

use domain::Profession;

use crate::{Ctx, Error, Result};

/// The most addresses that one sitemap may have, by the protocol.
pub const SITEMAP_MOST: usize = 50_000;

/// The whole sitemap, or part `part` (from 1) of it where one is too small; `None` for the index, which is the
/// whole where that fits.
///
/// # Errors
/// [`Error::NotFound`] for a part that there is not.
pub async fn sitemap(ctx: &Ctx, part: Option<usize>) -> Result<String> {
    let services = &ctx.services;
    let mut tx = services.db.read().await?;
    let held = services.catalogue.current_in(&mut tx, services).await?;
    drop(tx);
    let today = services.today();
    let base_url = &services.settings.base_url;
    let fixed = ["/", "/opportunities", "/roles", "/roles/new-to-me", "/open-data", "/accessibility", "/privacy"];
    let fixed = fixed.map(|path| format!("{base_url}{path}"));
    let families = Profession::ALL.iter().map(|family| format!("{base_url}/roles/family/{}", family.as_str()));
    let roles = domain::roles::all().map(|role| format!("{base_url}/roles/{}", role.slug));
    let mut pages: Vec<String> = held
        .index
        .listings()
        .filter(|listing| listing.is_open(today))
        .map(|listing| format!("{base_url}/opportunities/{}", listing.slug))
        .collect();
    pages.sort_unstable();
    let all: Vec<String> = fixed.into_iter().chain(families).chain(roles).chain(pages).collect();
    let parts: Vec<&[String]> = all.chunks(SITEMAP_MOST).collect();
    match part {
        None if parts.len() > 1 => {
            let lines: String = (1..=parts.len())
                .map(|n| format!("<sitemap><loc>{base_url}/sitemap-{n}.xml</loc></sitemap>\n"))
                .collect();
            Ok(document("sitemapindex", &lines))
        }
        None => Ok(document("urlset", &urls(&all))),
        Some(part) => {
            let urls_of = part.checked_sub(1).and_then(|at| parts.get(at)).ok_or(Error::NotFound)?;
            Ok(document("urlset", &urls(urls_of)))
        }
    }
}

/// Addresses hold letters, digits and dashes alone, so nothing has to be escaped but the service's own `&`.
fn urls(pages: &[String]) -> String {
    pages.iter().map(|page| format!("<url><loc>{}</loc></url>\n", page.replace('&', "&amp;"))).collect()
}

fn document(root: &str, lines: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{lines}</{root}>\n"
    )
}
