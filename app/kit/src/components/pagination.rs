//! Pages of results, and the pages before and after.

use super::icon::{Icon, icon};
use super::text::Link;
use leptos::prelude::*;

/// How many pages are shown on each side of the current one.
const AROUND: u32 = 2;

/// Which pages to show: the first, the last, some around the current; `None` for a gap.
fn shown(current: u32, total: u32) -> Vec<Option<u32>> {
    let mut pages: Vec<Option<u32>> = Vec::new();
    let mut before = 0;
    for page in (1..=total).filter(|&page| page == 1 || page == total || page.abs_diff(current) <= AROUND) {
        if page == before + 2 {
            // A gap of one page takes as much room as the page itself.
            pages.push(Some(before + 1));
        } else if page > before + 1 {
            pages.push(None);
        }
        pages.push(Some(page));
        before = page;
    }
    pages
}

/// Numbered pages of results. Nothing when there is one page.
#[component]
pub fn Pagination<F>(
    /// The page shown, from 1.
    current: u32,
    /// The number of pages.
    total: u32,
    /// The address of a page.
    href: F,
    /// Name of the landmark; needed when a page has two.
    #[prop(default = "Pagination".to_owned(), into)]
    label: String,
) -> impl IntoView
where
    F: Fn(u32) -> String + Send + 'static,
{
    (total > 1).then(|| {
        let items = shown(current, total)
            .into_iter()
            .map(|page| match page {
                None => {
                    view! { <li class="nhsuk-pagination__item nhsuk-pagination__item--ellipsis">"⋯"</li> }.into_any()
                }
                Some(page) => {
                    let class = if page == current {
                        "nhsuk-pagination__item nhsuk-pagination__item--current"
                    } else {
                        "nhsuk-pagination__item"
                    };
                    view! {
                        <li class=class>
                            <a
                                class="nhsuk-pagination__link"
                                href=href(page)
                                aria-label=format!("Page {page}")
                                aria-current=(page == current).then_some("page")
                            >
                                {page.to_string()}
                            </a>
                        </li>
                    }
                    .into_any()
                }
            })
            .collect_view();
        let previous = (current > 1).then(|| {
            view! {
                <a href=href(current - 1) class="nhsuk-pagination__previous" rel="prev">
                    {icon(Icon::ArrowLeft)}
                    {title("Previous")}
                </a>
            }
        });
        let next = (current < total).then(|| {
            view! {
                <a href=href(current + 1) class="nhsuk-pagination__next" rel="next">
                    {title("Next")}
                    {icon(Icon::ArrowRight)}
                </a>
            }
        });
        view! {
            <nav class="nhsuk-pagination nhsuk-pagination--numbered" role="navigation" aria-label=label>
                {previous}
                <ul class="nhsuk-pagination__list">{items}</ul>
                {next}
            </nav>
        }
    })
}

/// The page before and the page after, by name, as when going through applications.
#[component]
pub fn PreviousNext(
    /// The page before.
    #[prop(optional_no_strip)]
    previous: Option<Link>,
    /// The page after.
    #[prop(optional_no_strip)]
    next: Option<Link>,
    /// Name of the landmark; needed when a page has two.
    #[prop(default = "Pagination".to_owned(), into)]
    label: String,
) -> impl IntoView {
    let item = |link: Link, word: &'static str, side: &'static str, rel: &'static str, arrow: Icon| {
        view! {
            <li class=format!("nhsuk-pagination-item--{side}")>
                <a class=format!("nhsuk-pagination__link nhsuk-pagination__link--{rel}") href=link.href rel=rel>
                    {title(word)}
                    <span class="nhsuk-u-visually-hidden">":"</span>
                    <span class="nhsuk-pagination__page">{link.text}</span>
                    {icon(arrow)}
                </a>
            </li>
        }
    };
    view! {
        <nav class="nhsuk-pagination" role="navigation" aria-label=label>
            <ul class="nhsuk-list nhsuk-pagination__list">
                {previous.map(|link| item(link, "Previous", "previous", "prev", Icon::ArrowLeft))}
                {next.map(|link| item(link, "Next", "next", "next", Icon::ArrowRight))}
            </ul>
        </nav>
    }
}

fn title(word: &'static str) -> AnyView {
    view! {
        <span class="nhsuk-pagination__title">
            {word}
            <span class="nhsuk-u-visually-hidden">" page"</span>
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn gaps_stand_for_two_pages_or_more() {
        assert_eq!(shown(2, 3), [Some(1), Some(2), Some(3)]);
        assert_eq!(shown(10, 40), [Some(1), None, Some(8), Some(9), Some(10), Some(11), Some(12), None, Some(40)]);
        assert_eq!(shown(5, 9), (1..=9).map(Some).collect::<Vec<_>>());
        assert_eq!(shown(1, 0), []);
    }
}
