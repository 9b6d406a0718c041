//! A session's places lie in pools: open ones, ones reserved for learners who meet a priority, and ones
//! reserved for learners of one school or college.

crate::words_enum! {
    /// Where a place lies.
    Pool {
        /// Anybody may have it.
        Open = "open",
        /// Only for learners who meet a priority.
        Priority = "priority",
        /// Only for learners of the session's named school or college.
        School = "school",
    }
}

/// Which reserved places a learner may have. Everybody may have an open one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Qualifies {
    /// An adviser's evidence statement is in force.
    pub priority: bool,
    /// They go to the school or college that places are reserved for.
    pub school: bool,
}

impl Qualifies {
    /// The pools that a learner may take from, in the order in which they do: **those who qualify take
    /// reserved places first, so that open ones stay open to everybody.** The school's come before the
    /// priority's, because fewer people can use them.
    #[must_use]
    pub fn pools(self) -> Vec<Pool> {
        let mut pools = Vec::with_capacity(3);
        if self.school {
            pools.push(Pool::School);
        }
        if self.priority {
            pools.push(Pool::Priority);
        }
        pools.push(Pool::Open);
        pools
    }
}

/// How many places a session has, and how many are held, pool by pool.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Places {
    /// All places.
    pub capacity: i64,
    /// Those only for learners who meet a priority.
    pub reserved_priority: i64,
    /// Those only for learners of the named school or college.
    pub reserved_school: i64,
    /// Held in the open pool.
    pub held_open: i64,
    /// Held in the priority's pool.
    pub held_priority: i64,
    /// Held in the school's pool.
    pub held_school: i64,
}

/// Why numbers cannot be changed to what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooFew {
    /// A number is below nought, or there is no place at all.
    NoPlaces,
    /// More reserved places than places.
    Reserved,
    /// More people hold a place than there would be places.
    Held {
        /// How many hold one.
        held: i64,
    },
    /// As many places as people, but too few open ones for those who can only have an open one.
    Open {
        /// How many have to have an open place.
        need: i64,
    },
}

impl Places {
    /// How many places a pool has.
    #[must_use]
    pub fn size(&self, pool: Pool) -> i64 {
        match pool {
            Pool::Open => self.capacity - self.reserved_priority - self.reserved_school,
            Pool::Priority => self.reserved_priority,
            Pool::School => self.reserved_school,
        }
    }
    /// How many of a pool's places are held.
    #[must_use]
    pub fn held_in(&self, pool: Pool) -> i64 {
        match pool {
            Pool::Open => self.held_open,
            Pool::Priority => self.held_priority,
            Pool::School => self.held_school,
        }
    }
    /// How many of a pool's places nobody holds.
    #[must_use]
    pub fn free(&self, pool: Pool) -> i64 {
        (self.size(pool) - self.held_in(pool)).max(0)
    }
    /// How many places are held.
    #[must_use]
    pub fn held(&self) -> i64 {
        self.held_open + self.held_priority + self.held_school
    }
    /// How many places nobody holds.
    #[must_use]
    pub fn left(&self) -> i64 {
        (self.capacity - self.held()).max(0)
    }
    /// Whether any place is reserved.
    #[must_use]
    pub fn has_reserved(&self) -> bool {
        self.reserved_priority + self.reserved_school > 0
    }
    /// Whether no pool holds more than it has, and no number is below nought.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        Pool::ALL.iter().all(|pool| self.held_in(*pool) >= 0 && self.held_in(*pool) <= self.size(*pool))
    }
    /// One place more or fewer held in a pool.
    pub fn add(&mut self, pool: Pool, change: i64) {
        match pool {
            Pool::Open => self.held_open += change,
            Pool::Priority => self.held_priority += change,
            Pool::School => self.held_school += change,
        }
    }
    /// "3 of 5 held".
    #[must_use]
    pub fn in_words(&self) -> String {
        format!("{} of {} held", self.held(), self.capacity)
    }
}
