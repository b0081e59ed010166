-- An association has one plan for a year.
CREATE UNIQUE INDEX one_plan_for_association_and_year ON documents (association_id, year) WHERE kind = 'plan';
