-- Whose service key said who the person is: what comes of such a sign-in is good for that organization's pages only.
-- An id of organization, which later migrations create.
ALTER TABLE sign_in ADD COLUMN vouched_by bigint;
