//! Where adverts are. Those at one spot are numbered in a row, and spots that are near to each other have near
//! numbers: a search around a place looks at spots, of which there are few, and at short stretches of numbers.

use domain::Delivery;
use domain::search::{Listing, Place};

use crate::bits::Bits;

const EARTH_RADIUS_MILES: f64 = 3958.8;

/// The square of the straight line through the sphere to what is so many miles away.
pub fn chord_squared(miles: f64) -> f32 {
    let half = (miles / EARTH_RADIUS_MILES / 2.0).min(std::f64::consts::FRAC_PI_2);
    (4.0 * half.sin().powi(2)) as f32
}

fn point(latitude: f64, longitude: f64) -> [f64; 3] {
    let (lat, lon) = (latitude.to_radians(), longitude.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// What adverts are numbered by: smaller is first. Something online has no spot, wherever its provider is, and
/// goes to the end like what is nowhere.
pub fn number_by(one: &Listing) -> [u64; 3] {
    match one.at {
        Some((latitude, longitude)) if one.delivery != Delivery::Online => {
            [cell(latitude, longitude), latitude.to_bits(), longitude.to_bits()]
        }
        _ => [u64::MAX; 3],
    }
}

/// The bits of both coordinates in turn (Morton's order): what is near on the map is mostly near in this order.
fn cell(latitude: f64, longitude: f64) -> u64 {
    // Wherever somebody is on Earth; in England each step is about half a metre.
    let steps = |part: f64| (part.clamp(0.0, 1.0) * f64::from(u32::MAX)) as u64;
    spread(steps((latitude + 90.0) / 180.0)) << 1 | spread(steps((longitude + 180.0) / 360.0))
}

/// Puts a zero before each of the lower 32 bits.
fn spread(mut bits: u64) -> u64 {
    for (shift, mask) in [
        (16, 0x0000_FFFF_0000_FFFF),
        (8, 0x00FF_00FF_00FF_00FF),
        (4, 0x0F0F_0F0F_0F0F_0F0F),
        (2, 0x3333_3333_3333_3333),
        (1, 0x5555_5555_5555_5555),
    ] {
        bits = (bits | bits << shift) & mask;
    }
    bits
}

/// The spots of a segment.
#[derive(Debug, Default)]
pub struct Spots {
    /// Each on a sphere of radius 1.
    points: Vec<[f64; 3]>,
    /// The number of its first advert; one more at the end, of the first that is nowhere.
    first: Vec<u32>,
    /// By advert: its spot. What is nowhere has the one after the last.
    of: Vec<u32>,
}

impl Spots {
    /// The spots of adverts that are in the order of [`number_by`].
    pub fn of(listings: &[Listing]) -> Self {
        let mut spots = Self::default();
        let mut before = None;
        for (doc, one) in listings.iter().enumerate() {
            let at = number_by(one);
            if before != Some(at) {
                before = Some(at);
                spots.first.push(u32::try_from(doc).unwrap_or(u32::MAX));
                if let Some((latitude, longitude)) = one.at.filter(|_| at[0] != u64::MAX) {
                    spots.points.push(point(latitude, longitude));
                }
            }
            spots.of.push(u32::try_from(spots.first.len() - 1).unwrap_or(u32::MAX));
        }
        if spots.first.len() == spots.points.len() {
            spots.first.push(u32::try_from(listings.len()).unwrap_or(u32::MAX));
        }
        spots
    }

    /// How far each spot is, as the square of the straight line; infinitely far for what is nowhere, at the end.
    pub fn distances(&self, from: &Place) -> Vec<f32> {
        let [x, y, z] = point(from.latitude, from.longitude);
        let squared = |n: f64| n * n;
        let away = |[a, b, c]: &[f64; 3]| (squared(a - x) + squared(b - y) + squared(c - z)) as f32;
        let mut all = Vec::with_capacity(self.points.len() + 1);
        all.extend(self.points.iter().map(away));
        all.push(f32::INFINITY);
        all
    }

    /// The spot of an advert.
    pub fn spot(&self, doc: usize) -> usize {
        self.of[doc] as usize
    }

    /// How many spots there are.
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// The numbers of the adverts at a spot.
    pub fn adverts(&self, spot: usize) -> std::ops::Range<usize> {
        self.first[spot] as usize..self.first[spot + 1] as usize
    }

    /// The numbers of what is nowhere, of so many adverts.
    pub fn nowhere(&self, adverts: usize) -> std::ops::Range<usize> {
        self.first[self.len()] as usize..adverts
    }

    /// The adverts at spots that are at most so far away.
    pub fn within(&self, distances: &[f32], most: f32) -> Bits {
        let mut near = Bits::none(self.of.len());
        for spot in (0..self.len()).filter(|spot| distances[*spot] <= most) {
            near.insert_all(self.adverts(spot));
        }
        near
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_spots_have_near_numbers() {
        let (leeds, bradford, truro) = (cell(53.80, -1.55), cell(53.79, -1.75), cell(50.26, -5.05));
        assert!(leeds.abs_diff(bradford) < leeds.abs_diff(truro));
        assert_eq!(cell(-90.0, -180.0), 0);
        assert_eq!(cell(90.0, 180.0), u64::MAX);
        assert_eq!(spread(0b1011), 0b100_0101);
    }

    #[test]
    fn a_chord_is_as_long_as_it_should_be() {
        let (a, b) = (point(53.8, -1.55), point(53.8, -1.3));
        let squared = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>() as f32;
        // Ten and a quarter miles, by the formula for great circles.
        assert!(squared > chord_squared(10.1) && squared < chord_squared(10.4));
    }
}
