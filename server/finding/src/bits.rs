//! A set of opportunities by their numbers, one bit each.

/// A set over a fixed range of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bits {
    blocks: Vec<u64>,
    len: usize,
}

impl Bits {
    /// The empty set over the numbers below `len`.
    pub fn none(len: usize) -> Self {
        Self { blocks: vec![0; len.div_ceil(64)], len }
    }

    /// The full set over the numbers below `len`.
    pub fn all(len: usize) -> Self {
        let mut all = Self { blocks: vec![u64::MAX; len.div_ceil(64)], len };
        if !len.is_multiple_of(64)
            && let Some(last) = all.blocks.last_mut()
        {
            *last = (1 << (len % 64)) - 1;
        }
        all
    }

    /// The numbers for which it is true.
    pub fn when(len: usize, is: impl Fn(usize) -> bool) -> Self {
        let mut bits = Self::none(len);
        for (at, block) in bits.blocks.iter_mut().enumerate() {
            for bit in 0..64.min(len - at * 64) {
                *block |= u64::from(is(at * 64 + bit)) << bit;
            }
        }
        bits
    }

    /// Puts a number in.
    pub fn insert(&mut self, number: usize) {
        self.blocks[number / 64] |= 1 << (number % 64);
    }

    /// Puts a number in, or takes it out.
    pub fn set(&mut self, number: usize, is_in: bool) {
        let block = &mut self.blocks[number / 64];
        *block = *block & !(1 << (number % 64)) | u64::from(is_in) << (number % 64);
    }

    /// Puts all numbers of a stretch in.
    pub fn insert_all(&mut self, numbers: std::ops::Range<usize>) {
        for (at, mask) in stretch(&numbers) {
            self.blocks[at] |= mask;
        }
    }

    /// How many of a stretch are in.
    pub fn count_in(&self, numbers: &std::ops::Range<usize>) -> usize {
        stretch(numbers).map(|(at, mask)| (self.blocks[at] & mask).count_ones() as usize).sum()
    }

    /// The numbers of a stretch that are in, from the lowest.
    pub fn iter_in(&self, numbers: &std::ops::Range<usize>) -> impl Iterator<Item = usize> + '_ {
        stretch(numbers).flat_map(|(at, mask)| ones_of(self.blocks[at] & mask).map(move |bit| at * 64 + bit))
    }

    /// Whether a number is in.
    pub fn has(&self, number: usize) -> bool {
        self.blocks[number / 64] >> (number % 64) & 1 == 1
    }

    /// Keeps what is in the other too.
    pub fn and(&mut self, other: &Self) {
        for (mine, theirs) in self.blocks.iter_mut().zip(&other.blocks) {
            *mine &= theirs;
        }
    }

    /// Takes in what is in the other.
    pub fn or(&mut self, other: &Self) {
        for (mine, theirs) in self.blocks.iter_mut().zip(&other.blocks) {
            *mine |= theirs;
        }
    }

    /// Takes out what is in the other.
    pub fn minus(&mut self, other: &Self) {
        for (mine, theirs) in self.blocks.iter_mut().zip(&other.blocks) {
            *mine &= !theirs;
        }
    }

    /// Where anything is in, in pieces of 1,024 numbers.
    pub fn pieces(&self) -> Pieces {
        let any = |piece: &[u64]| piece.iter().any(|block| *block != 0);
        let of = self.blocks.chunks(PIECE).enumerate().filter(|(_, piece)| any(piece));
        Pieces { at: of.map(|(at, _)| at as u32).collect(), all: self.blocks.len().div_ceil(PIECE) }
    }

    /// How many are in both; all of one of them lies in these pieces.
    pub fn count_with_in(&self, other: &Self, pieces: &Pieces) -> usize {
        // Jumping from piece to piece costs more than going straight on.
        if pieces.at.len() * 2 > pieces.all {
            return self.count_with(other);
        }
        let mut ones = Ones::default();
        for at in &pieces.at {
            let from = *at as usize * PIECE;
            let to = self.blocks.len().min(from + PIECE);
            ones.add(&self.blocks[from..to], &other.blocks[from..to]);
        }
        ones.count()
    }

    /// How many are in.
    pub fn count(&self) -> usize {
        self.count_with(self)
    }

    /// How many are in both.
    pub fn count_with(&self, other: &Self) -> usize {
        let mut ones = Ones::default();
        ones.add(&self.blocks, &other.blocks);
        ones.count()
    }

    /// The numbers that are in, from the lowest.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.blocks.iter().enumerate().flat_map(|(at, block)| ones_of(*block).map(move |bit| at * 64 + bit))
    }
}

/// Blocks in a piece.
const PIECE: usize = 8 * LANES;

/// Some pieces of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pieces {
    at: Vec<u32>,
    /// How many the set has.
    all: usize,
}

impl Pieces {
    /// Whichever are fewer.
    pub fn fewer<'a>(&'a self, other: &'a Self) -> &'a Self {
        if other.at.len() < self.at.len() { other } else { self }
    }
}

/// The bits that are set, from the lowest.
fn ones_of(block: u64) -> impl Iterator<Item = usize> {
    let mut left = block;
    std::iter::from_fn(move || {
        (left != 0).then(|| {
            let bit = left.trailing_zeros() as usize;
            left &= left - 1;
            bit
        })
    })
}

/// The blocks of a stretch of numbers, each with its bits that belong to it.
fn stretch(numbers: &std::ops::Range<usize>) -> impl Iterator<Item = (usize, u64)> + use<> {
    let (start, end) = (numbers.start, numbers.end.max(numbers.start));
    (start / 64..end.div_ceil(64)).map(move |at| {
        let from = start.saturating_sub(at * 64);
        let to = 64.min(end - at * 64);
        (at, if from >= to { 0 } else { u64::MAX << from & u64::MAX >> (64 - to) })
    })
}

/// Blocks that a processor takes at once.
const LANES: usize = 2;
type Lanes = [u64; LANES];

/// Counts the bits that are set in two sets. Processors of every age run this, so it cannot count on an instruction
/// that counts: eight pairs of blocks are added up bit by bit first (Harley and Seal's way), and only what carries
/// is counted.
#[derive(Default)]
struct Ones {
    one: Lanes,
    two: Lanes,
    four: Lanes,
    eights: usize,
    rest: usize,
}

/// Adds three bits of each position: the sum, and what carries.
#[inline(always)]
fn add(a: Lanes, b: Lanes, c: Lanes) -> (Lanes, Lanes) {
    let (mut sum, mut carry) = ([0; LANES], [0; LANES]);
    for lane in 0..LANES {
        sum[lane] = a[lane] ^ b[lane] ^ c[lane];
        carry[lane] = a[lane] & b[lane] | (a[lane] ^ b[lane]) & c[lane];
    }
    (sum, carry)
}

impl Ones {
    /// Adds what is in both of these, which are as long as each other.
    #[inline]
    fn add(&mut self, mine: &[u64], theirs: &[u64]) {
        let (mine, mine_left) = mine.as_chunks::<PIECE>();
        let (theirs, theirs_left) = theirs.as_chunks::<PIECE>();
        for (a, b) in mine.iter().zip(theirs) {
            self.piece(a, b);
        }
        self.rest += mine_left.iter().zip(theirs_left).map(|(a, b)| (a & b).count_ones() as usize).sum::<usize>();
    }

    #[inline(always)]
    fn piece(&mut self, a: &[u64; PIECE], b: &[u64; PIECE]) {
        let both = |at: usize| -> Lanes { [a[at * LANES] & b[at * LANES], a[at * LANES + 1] & b[at * LANES + 1]] };
        let (sum, two_a) = add(self.one, both(0), both(1));
        let (sum, two_b) = add(sum, both(2), both(3));
        let (pairs, four_a) = add(self.two, two_a, two_b);
        let (sum, two_c) = add(sum, both(4), both(5));
        let (sum, two_d) = add(sum, both(6), both(7));
        self.one = sum;
        let (pairs, four_b) = add(pairs, two_c, two_d);
        self.two = pairs;
        let (fours, eights) = add(self.four, four_a, four_b);
        self.four = fours;
        self.eights += ones(eights);
    }

    fn count(&self) -> usize {
        8 * self.eights + 4 * ones(self.four) + 2 * ones(self.two) + ones(self.one) + self.rest
    }
}

fn ones(lanes: Lanes) -> usize {
    lanes.iter().map(|lane| lane.count_ones() as usize).sum()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn of(len: usize, set: &BTreeSet<usize>) -> Bits {
        Bits::when(len, |n| set.contains(&n))
    }

    proptest! {
        #[test]
        fn they_do_what_sets_do(
            len in 1usize..2000,
            a in prop::collection::btree_set(0usize..2000, 0..800),
            b in prop::collection::btree_set(0usize..2000, 0..800),
            stretch in (0usize..2000, 0usize..2000),
            // Few enough for pieces in which nothing is.
            few in any::<bool>(),
        ) {
            let a: BTreeSet<usize> = a.into_iter().filter(|n| *n < len).collect();
            let b: BTreeSet<usize> = b.into_iter().filter(|n| *n < len).collect();
            let a: BTreeSet<usize> = if few { a.into_iter().take(3).collect() } else { a };
            let (x, y) = (of(len, &a), of(len, &b));
            prop_assert_eq!(x.iter().collect::<BTreeSet<_>>(), a.clone());
            prop_assert_eq!(x.count(), a.len());
            prop_assert_eq!(x.count_with(&y), a.intersection(&b).count());
            let (mut and, mut or, mut minus) = (x.clone(), x.clone(), x.clone());
            and.and(&y);
            or.or(&y);
            minus.minus(&y);
            prop_assert_eq!(and, of(len, &a.intersection(&b).copied().collect()));
            prop_assert_eq!(or, of(len, &a.union(&b).copied().collect()));
            prop_assert_eq!(minus, of(len, &a.difference(&b).copied().collect()));
            prop_assert_eq!(Bits::all(len).count(), len);
            let mut put = Bits::none(len);
            for n in &a {
                put.insert(*n);
                prop_assert!(put.has(*n));
                put.set(*n, false);
                prop_assert!(!put.has(*n));
                put.set(*n, true);
            }
            prop_assert_eq!(&put, &x);
            let (from, to) = (stretch.0.min(len), stretch.1.min(len));
            let inside: BTreeSet<usize> = a.iter().copied().filter(|n| (from..to).contains(n)).collect();
            prop_assert_eq!(x.count_in(&(from..to)), inside.len());
            prop_assert_eq!(x.iter_in(&(from..to)).collect::<BTreeSet<_>>(), inside);
            let mut more = x.clone();
            more.insert_all(from..to);
            prop_assert_eq!(more, of(len, &a.iter().copied().chain(from..to).collect()));
            for pieces in [x.pieces(), y.pieces(), x.pieces().fewer(&y.pieces()).clone()] {
                prop_assert_eq!(x.count_with_in(&y, &pieces), a.intersection(&b).count());
            }
        }
    }
}
