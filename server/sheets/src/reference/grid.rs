//! Ordnance Survey's national grid, in metres, as degrees.

use proj4rs::Proj;
use proj4rs::transform::transform;

use super::ListError;

/// The grid over OSGB36, with Ordnance Survey's own seven figures for its shift from WGS84. They hold to
/// about five metres all over Great Britain; the exact shift is a table of 20 MB.
const GRID: &str = "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy \
                    +towgs84=446.448,-125.157,542.06,0.1502,0.247,0.8421,-20.4894 +units=m +no_defs";
const DEGREES: &str = "+proj=longlat +ellps=WGS84 +datum=WGS84 +no_defs";

pub(super) struct Grid {
    from: Proj,
    to: Proj,
}

impl Grid {
    pub(super) fn new() -> Result<Self, ListError> {
        let proj = |words| Proj::from_proj_string(words).map_err(|_| ListError::Grid);
        Ok(Self { from: proj(GRID)?, to: proj(DEGREES)? })
    }

    /// Degrees north and east; nothing where that is not on the grid.
    pub(super) fn degrees(&self, easting: f64, northing: f64) -> Option<(f64, f64)> {
        let on_it = (0.0..=700_000.0).contains(&easting) && (0.0..=1_300_000.0).contains(&northing);
        let mut at = (easting, northing, 0.0);
        if !on_it || transform(&self.from, &self.to, &mut at).is_err() {
            return None;
        }
        Some((at.1.to_degrees(), at.0.to_degrees()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two of the points by which Ordnance Survey has its exact conversion tested: at the tower of Caister and
    /// on the Isles of Scilly; and a street in Sunderland that another library converts by the same figures.
    #[test]
    fn it_agrees_with_ordnance_survey_to_a_few_metres() {
        let grid = Grid::new().unwrap();
        for (easting, northing, north, east, metres) in [
            (651_409.804, 313_177.450, 52.658_007_833, 1.716_073_973, 6.0),
            (91_492.146, 11_318.804, 49.922_263_917, -6.299_777_521, 6.0),
            (439_725.0, 557_002.0, 54.906_163_255, -1.381_979_747, 0.1),
        ] {
            let (latitude, longitude) = grid.degrees(easting, northing).unwrap();
            let off_north = (latitude - north) * 111_200.0;
            let off_east = (longitude - east) * 111_200.0 * f64::to_radians(north).cos();
            assert!(off_north.hypot(off_east) < metres, "{easting}, {northing}: {off_north} m, {off_east} m");
        }
        assert_eq!(grid.degrees(-1.0, 300_000.0), None);
        assert_eq!(grid.degrees(4_288_090.0, 433_421.0), None);
    }
}
