//! The results on an outline of England, counted by region: drawn here, from no other host. Its table says
//! the same in words, with the boards of each region.

use domain::search::{Query, Results, View};
use leptos::prelude::*;

/// The coast and the borders of England, coarse: degrees north and east. Drawn for wex.
const ENGLAND: &[(f64, f64)] = &[
    (55.81, -2.03),
    (55.68, -1.80),
    (55.58, -1.63),
    (55.13, -1.50),
    (55.01, -1.42),
    (54.91, -1.36),
    (54.69, -1.19),
    (54.62, -1.10),
    (54.49, -0.61),
    (54.28, -0.39),
    (54.12, -0.08),
    (53.91, -0.16),
    (53.58, 0.12),
    (53.72, -0.30),
    (53.70, -0.60),
    (53.58, -0.07),
    (53.34, 0.27),
    (53.14, 0.34),
    (52.98, 0.10),
    (52.80, 0.33),
    (52.94, 0.49),
    (52.97, 0.85),
    (52.93, 1.30),
    (52.61, 1.74),
    (52.48, 1.76),
    (52.09, 1.58),
    (51.95, 1.34),
    (51.78, 1.15),
    (51.62, 0.93),
    (51.53, 0.79),
    (51.50, 0.45),
    (51.44, 0.75),
    (51.36, 1.03),
    (51.38, 1.44),
    (51.12, 1.33),
    (50.92, 0.97),
    (50.85, 0.59),
    (50.74, 0.24),
    (50.82, -0.14),
    (50.80, -0.54),
    (50.73, -0.79),
    (50.79, -1.10),
    (50.90, -1.40),
    (50.71, -1.56),
    (50.73, -1.80),
    (50.59, -2.02),
    (50.62, -2.25),
    (50.52, -2.45),
    (50.72, -2.94),
    (50.61, -3.42),
    (50.40, -3.48),
    (50.22, -3.64),
    (50.21, -3.83),
    (50.35, -4.15),
    (50.31, -4.76),
    (50.13, -5.00),
    (49.96, -5.20),
    (50.10, -5.45),
    (50.05, -5.70),
    (50.21, -5.48),
    (50.42, -5.08),
    (50.66, -4.76),
    (51.02, -4.53),
    (51.05, -4.25),
    (51.20, -4.20),
    (51.23, -3.80),
    (51.21, -3.05),
    (51.49, -2.75),
    (51.64, -2.67),
    (51.83, -2.68),
    (52.07, -3.12),
    (52.35, -3.08),
    (52.60, -3.05),
    (52.92, -3.08),
    (53.08, -2.87),
    (53.20, -2.95),
    (53.38, -3.19),
    (53.44, -3.05),
    (53.34, -2.80),
    (53.56, -3.10),
    (53.74, -2.85),
    (53.92, -3.05),
    (54.17, -2.85),
    (54.06, -3.25),
    (54.36, -3.45),
    (54.49, -3.61),
    (54.87, -3.39),
    (55.00, -3.04),
    (55.18, -2.62),
    (55.35, -2.35),
    (55.65, -2.24),
];
const ISLE_OF_WIGHT: &[(f64, f64)] = &[(50.76, -1.30), (50.69, -1.08), (50.58, -1.29), (50.66, -1.58)];

/// About where the number of each region stands, by its ODS code.
const MIDDLES: &[(&str, f64, f64)] = &[
    ("Y56", 51.51, -0.12),
    ("Y58", 50.95, -3.20),
    ("Y59", 51.15, -1.05),
    ("Y60", 52.65, -1.75),
    ("Y61", 52.40, 0.75),
    ("Y62", 53.75, -2.65),
    ("Y63", 54.35, -1.45),
];

const WIDTH: f64 = 300.0;
const NORTH: f64 = 55.9;
const WEST: f64 = -5.9;
/// How many units a degree to the north is; one to the east is shorter by the cosine of 53 degrees.
const DEGREE: f64 = 62.0;

fn at(latitude: f64, longitude: f64) -> (f64, f64) {
    ((longitude - WEST) * DEGREE * 0.602, (NORTH - latitude) * DEGREE)
}

fn path(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (number, (latitude, longitude)) in points.iter().enumerate() {
        let (x, y) = at(*latitude, *longitude);
        path.push_str(&format!("{}{x:.1} {y:.1}", if number == 0 { "M" } else { "L" }));
    }
    path.push('Z');
    path
}

/// The map of an answer, and its table.
pub(crate) fn map_view(results: &Results) -> AnyView {
    let (_, height) = at(49.8, WEST);
    let regions: Vec<_> = results.counts.areas.iter().filter(|area| area.region.is_none()).collect();
    let most = regions.iter().map(|area| area.count).max().unwrap_or(0).max(1);
    let list = |code: &str| {
        Query { areas: vec![code.to_owned()], view: View::List, month: None, page: 1, ..results.query.clone() }
            .address()
    };
    let circles = MIDDLES
        .iter()
        .filter_map(|(code, latitude, longitude)| {
            let area = regions.iter().find(|area| area.code == *code && area.count > 0)?;
            let (x, y) = at(*latitude, *longitude);
            // By area, so that twice the number looks twice as large; never too small to be hit.
            let radius = 13.0 + 14.0 * (area.count as f64 / most as f64).sqrt();
            Some(view! {
                <circle cx=format!("{x:.1}") cy=format!("{y:.1}") r=format!("{radius:.1}") />
                <text x=format!("{x:.1}") y=format!("{:.1}", y + 5.0) text-anchor="middle">
                    {area.count}
                </text>
            })
        })
        .collect_view();
    let rows = results
        .counts
        .areas
        .iter()
        .map(|area| {
            let class = if area.region.is_some() { "nhsuk-table__cell wex-map__board" } else { "nhsuk-table__cell" };
            let name = if area.count > 0 {
                view! { <a href=list(&area.code)>{area.name.clone()}</a> }.into_any()
            } else {
                area.name.clone().into_any()
            };
            view! {
                <tr class="nhsuk-table__row">
                    <td class=class>{name}</td>
                    <td class="nhsuk-table__cell nhsuk-table__cell--numeric">{area.count}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="wex-map">
            <svg class="wex-map__picture" viewBox=format!("0 0 {WIDTH} {height:.0}") aria-hidden="true" focusable="false">
                <path d=format!("{}{}", path(ENGLAND), path(ISLE_OF_WIGHT)) />
                {circles}
            </svg>
            <table class="nhsuk-table wex-map__table">
                <caption class="nhsuk-table__caption nhsuk-table__caption--s">"Opportunities by area"</caption>
                <thead class="nhsuk-table__head">
                    <tr class="nhsuk-table__row">
                        <th class="nhsuk-table__header" scope="col">
                            "Area"
                        </th>
                        <th class="nhsuk-table__header nhsuk-table__header--numeric" scope="col">
                            "Opportunities"
                        </th>
                    </tr>
                </thead>
                <tbody class="nhsuk-table__body">{rows}</tbody>
            </table>
        </div>
        <p>"What is online has no place on the map. It counts for the area of its provider."</p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::search::{AreaCount, Counts};

    use super::*;

    #[test]
    fn the_table_says_what_the_picture_shows() {
        let area = |code: &str, name: &str, region: Option<&str>, count| AreaCount {
            code: code.into(),
            name: name.into(),
            region: region.map(Into::into),
            count,
        };
        let results = Results {
            query: Query { view: View::Map, what: "nurse".into(), page: 1, ..Query::default() },
            total: 12,
            counts: Counts {
                areas: vec![
                    area("Y63", "North East and Yorkshire", None, 12),
                    area("QWO", "West Yorkshire", Some("Y63"), 5),
                    area("Y56", "London", None, 0),
                ],
                ..Counts::default()
            },
            ..Results::default()
        };
        let html = Owner::new().with(|| map_view(&results).to_html());
        assert_eq!(html.matches("<circle").count(), 1, "{html}");
        assert!(html.contains(r#"href="/opportunities?what=nurse&amp;area=QWO""#), "{html}");
        assert!(!html.contains("area=Y56"), "nothing leads to nothing: {html}");
    }

    #[test]
    fn everything_drawn_is_inside_the_picture() {
        let (_, height) = at(49.8, WEST);
        for (latitude, longitude) in
            ENGLAND.iter().chain(ISLE_OF_WIGHT).copied().chain(MIDDLES.iter().map(|m| (m.1, m.2)))
        {
            let (x, y) = at(latitude, longitude);
            assert!((0.0..WIDTH).contains(&x) && (0.0..height).contains(&y), "{latitude} {longitude}: {x} {y}");
        }
    }
}
