//! What helps people to find an opportunity and to come.

use domain::search::{Audience, Setting};
use domain::understand::{self, is_not_known};

use super::row::{RowReader, uncapitalised};
use crate::fields::Field;

impl RowReader<'_> {
    /// With patients or not. What cannot be read is left as it is, with a note: nothing depends on it.
    pub(super) fn setting(&mut self) -> Option<Setting> {
        let written = self.line(Field::Setting).filter(|written| !is_not_known(written))?;
        match understand::setting(&written) {
            Ok(taken) => Some(self.take(Field::Setting, taken)),
            Err(problem) => self.not_taken(Field::Setting, &problem),
        }
    }

    /// For whom above all; nothing where the row does not say.
    pub(super) fn audiences(&mut self) -> Option<Vec<Audience>> {
        let written = self.paragraphs(Field::Audiences).filter(|written| !is_not_known(written))?;
        match understand::audiences(&written) {
            Ok(taken) => Some(self.take(Field::Audiences, taken)),
            Err(problem) => self.not_taken(Field::Audiences, &problem),
        }
    }

    pub(super) fn nothing_needed(&mut self) -> Option<bool> {
        let written = self.line(Field::NothingNeeded)?;
        match understand::nothing_needed(&written) {
            Ok(said) => said,
            Err(problem) => self.not_taken(Field::NothingNeeded, &problem),
        }
    }

    fn not_taken<T>(&mut self, field: Field, problem: &understand::Problem) -> Option<T> {
        self.note(field, format!("not taken: {}. {}", uncapitalised(&problem.reason), problem.mend));
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::{Given, Mapping, opportunities, read};

    /// Rows are known again by the hash of their JSON: a list without these columns must give the same as before
    /// there were any, or each stored row would count as changed once.
    #[test]
    fn a_list_without_these_columns_says_nothing_of_them() {
        let text = "Trust code,Title,Type,Start\nRAE,A week,Work experience,05/07/2027\n";
        let sheet = read(text.as_bytes(), "list.csv").unwrap();
        let given = Given::on("2027-03-01".parse().unwrap());
        let understood = opportunities(&sheet, &Mapping::find(&sheet).unwrap(), &given);
        let json = serde_json::to_value(&understood.rows[0]).unwrap();
        let names: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        assert!(names.contains(&"contact_email"), "{names:?}");
        for name in ["setting", "audiences", "nothing_needed", "by_bus", "equipment", "steps_before", "steps_after"] {
            assert!(!names.contains(&name), "{name}");
        }
    }
}
