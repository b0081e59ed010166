-- How many of the people who were erased had taken part in what a line of the budget paid for, so that the cost per
-- participant stays what it was.
CREATE TABLE course_line_counts (
    owner     TEXT NOT NULL,
    year      INTEGER NOT NULL,
    cost_line BLOB NOT NULL CHECK (length(cost_line) = 16),
    attended  INTEGER NOT NULL,
    PRIMARY KEY (owner, year, cost_line)
) STRICT, WITHOUT ROWID;
