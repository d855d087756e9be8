"""The index that search asks: GIN over the tokens on PostgreSQL, an FTS5 table kept by triggers on SQLite."""

from django.db import migrations

SQLITE = [
    # `ascii` takes every Korean letter as part of a word and folds nothing; tokens are made so that nothing splits them.
    """CREATE VIRTUAL TABLE households_search USING fts5(
        tokens, content='households_household', content_rowid='id', detail=none, columnsize=0, tokenize='ascii')""",
    """CREATE TRIGGER households_search_add AFTER INSERT ON households_household BEGIN
        INSERT INTO households_search(rowid, tokens) VALUES (new.id, new.tokens); END""",
    """CREATE TRIGGER households_search_drop AFTER DELETE ON households_household BEGIN
        INSERT INTO households_search(households_search, rowid, tokens) VALUES ('delete', old.id, old.tokens); END""",
    """CREATE TRIGGER households_search_change AFTER UPDATE OF tokens ON households_household
        WHEN old.tokens IS NOT new.tokens BEGIN
        INSERT INTO households_search(households_search, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        INSERT INTO households_search(rowid, tokens) VALUES (new.id, new.tokens); END""",
    "INSERT INTO households_search(households_search) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER households_search_add",
    "DROP TRIGGER households_search_drop",
    "DROP TRIGGER households_search_change",
    "DROP TABLE households_search",
]
POSTGRESQL = ["CREATE INDEX ix_household_tokens ON households_household USING gin (tokens) WITH (fastupdate = off)"]
POSTGRESQL_BACK = ["DROP INDEX ix_household_tokens"]


def forward(_apps, editor):
    """Make the index of this database."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(statement)


def backward(_apps, editor):
    """Take it away again."""
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("households", "0001_initial")]

    operations = [migrations.RunPython(forward, backward)]
