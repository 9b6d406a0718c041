//! Invented providers all over England, with sites and a coordinator each.

use domain::Role;
use domain::ids::{AccountId, OrganisationId, SiteId};
use store::accounts::{Account, Membership};
use store::opportunities::Site;
use store::organisations::Organisation;

use super::super::providers::Setting;
use super::super::stage::at;
use super::super::towns::{self, Town};
use super::Scale;
use super::maker::Maker;
use crate::{Result, Services};

/// About as many adverts as one provider has.
const ADVERTS_EACH: usize = 32;

/// First and last halves of places that are on no map of ours.
const FIRST: &[&str] = &[
    "Alder", "Amber", "Ash", "Birch", "Bracken", "Bright", "Brindle", "Copper", "Crane", "Dapple", "Elder", "Fallow",
    "Fern", "Flint", "Gorse", "Harrow", "Hazel", "Heron", "Hollow", "Ivory", "Juniper", "Kestrel", "Larch", "Linnet",
    "Mallow", "Marl", "Merlin", "Moss", "Oaken", "Otter", "Plover", "Quill", "Rowan", "Rush", "Saffron", "Sedge",
    "Silver", "Sorrel", "Swallow", "Tansy", "Teasel", "Thistle", "Umber", "Vetch", "Willow", "Wren", "Yarrow",
];
const LAST: &[&str] = &[
    "beck", "bourne", "bridge", "brook", "combe", "croft", "dale", "den", "fell", "field", "ford", "garth", "gate",
    "ham", "holme", "hurst", "leigh", "mere", "moor", "shaw", "stead", "thorpe", "water", "well", "wick", "wold",
];

/// Kind, what stands behind the name, what it has, and how many of a hundred are such.
type Sort = (&'static str, &'static str, &'static [Setting], i64);
const SORTS: &[Sort] = &[
    ("nhs_trust", "Hospitals NHS Foundation Trust", &[Setting::Hospital], 30),
    ("nhs_trust", "Mental Health NHS Trust", &[Setting::Mental], 12),
    ("nhs_trust", "Ambulance Service NHS Trust", &[Setting::Ambulance], 3),
    ("gp_practice", "Surgery", &[Setting::Practice], 18),
    ("dental_practice", "Dental Care", &[Setting::Dental], 5),
    ("pharmacy", "Pharmacy", &[Setting::Pharmacy], 6),
    ("social_care", "Care", &[Setting::Care], 16),
    ("voluntary", "Hospice", &[Setting::Hospice, Setting::Charity], 4),
    ("voluntary", "Community Trust", &[Setting::Charity], 6),
];

/// A site and its town.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub id: SiteId,
    pub town: &'static str,
}

/// A provider, as far as adverts need to know it.
#[derive(Debug)]
pub(super) struct Provider {
    pub id: OrganisationId,
    pub coordinator: AccountId,
    pub host: String,
    pub settings: &'static [Setting],
    pub places: Vec<Place>,
}

/// Writes as many as there are adverts for.
pub(super) async fn write(services: &Services, maker: &mut Maker, scale: Scale) -> Result<Vec<Provider>> {
    let count = scale.opportunities.div_ceil(ADVERTS_EACH);
    let opened = maker.day(-3000);
    let joined = at(maker.day(-700), 600);
    let mut tx = services.db.write().await?;
    let mut organisations = Vec::new();
    let mut providers = Vec::new();
    for number in 0..count {
        let (kind, what, settings, _) = sort(maker.number(1, 100));
        // Every pair of halves once, before the numbers begin.
        let pair = number * 53 % (FIRST.len() * LAST.len());
        let name = format!("{}{}", FIRST[pair % FIRST.len()], LAST[pair / FIRST.len()]);
        let round = number / (FIRST.len() * LAST.len());
        let full = if round == 0 { format!("{name} {what}") } else { format!("{name} {what} {}", round + 1) };
        let id = OrganisationId(maker.id());
        let mut places = Vec::new();
        for site in 0..maker.number(1, 3) {
            let (town, at) = towns::nth(maker.below(towns::COUNT));
            places.push((town, at, site));
        }
        let (town, middle, _) = places[0];
        organisations.push(Organisation {
            id,
            code: format!("DEMO{:05}", number + 1),
            name: full,
            kind: kind.into(),
            region_code: None,
            icb_code: None,
            address: Some(format!("{name} Road")),
            town: Some(town.into()),
            postcode: Some(towns::postcode(middle, number)),
            opened_on: Some(opened),
            closed_on: None,
            successor_code: None,
        });
        let host = format!("{}{}", name.to_lowercase(), number + 1);
        let coordinator = AccountId(maker.id());
        providers.push((Provider { id, coordinator, host, settings, places: Vec::new() }, name, places));
    }
    store::organisations::save_all(&mut tx, &organisations).await?;
    let mut written = Vec::new();
    for (mut provider, name, places) in providers {
        for (town, middle, number) in places {
            let site = site(maker, &provider, &name, town, middle, number);
            provider.places.push(Place { id: store::opportunities::find_or_insert_site(&mut tx, &site).await?, town });
        }
        let account = Account {
            id: provider.coordinator,
            email: format!("coordinator@{}.example", provider.host),
            name: format!("Coordinator of {name}"),
            created_at: joined,
            password_hash: None,
            totp_secret: None,
            totp_last_step: None,
            demonstration: false,
        };
        store::accounts::insert_account(&mut tx, &account).await?;
        let membership = Membership {
            account: provider.coordinator,
            organisation: Some(provider.id),
            organisation_name: String::new(),
            role: Role::Coordinator,
            can_post: true,
            can_decide: true,
            can_see_sensitive: true,
            can_manage: true,
        };
        store::accounts::insert_membership(&mut tx, &membership).await?;
        written.push(provider);
    }
    tx.commit().await?;
    Ok(written)
}

fn sort(mut share: i64) -> Sort {
    for sort in SORTS {
        share -= sort.3;
        if share <= 0 {
            return *sort;
        }
    }
    SORTS[0]
}

fn site(maker: &mut Maker, provider: &Provider, name: &str, town: &str, middle: Town, number: i64) -> Site {
    let building = ["House", "Centre", "Clinic"][usize::try_from(number).unwrap_or(0) % 3];
    Site {
        id: SiteId(maker.id()),
        organisation: provider.id,
        name: format!("{name} {building}"),
        address: Some(format!("{} {name} Road", maker.number(1, 90))),
        town: Some(town.into()),
        postcode: Some(towns::postcode(middle, maker.below(32))),
        // Within about 10 miles of the town's middle.
        latitude: Some(middle.latitude + maker.aside(0.14)),
        longitude: Some(middle.longitude + maker.aside(0.2)),
        directions: Some("Ask at the desk behind the main door. There is level access.".into()),
    }
}
