-- Who may fix a version of an association's plan as decided. The relay does not understand plans: whoever reads one shows
-- a version as decided only where its author, whom the relay has checked, has this right. It goes with being an editor.
ALTER TABLE memberships ADD COLUMN may_decide INTEGER NOT NULL DEFAULT 0 CHECK (may_decide IN (0, 1));

-- Whoever has had the right, also where right, membership or account is gone since: what they decided stays decided.
CREATE TABLE deciders (
    user_id        BLOB NOT NULL CHECK (length(user_id) = 16),
    association_id TEXT NOT NULL REFERENCES associations (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, association_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER decider_added AFTER INSERT ON memberships WHEN NEW.may_decide = 1 BEGIN
    INSERT OR IGNORE INTO deciders (user_id, association_id) VALUES (NEW.user_id, NEW.association_id);
END;
CREATE TRIGGER decider_made AFTER UPDATE OF may_decide ON memberships WHEN NEW.may_decide = 1 BEGIN
    INSERT OR IGNORE INTO deciders (user_id, association_id) VALUES (NEW.user_id, NEW.association_id);
END;
