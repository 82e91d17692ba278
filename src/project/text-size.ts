/** Bytes of a text that people write by hand, such as pyproject.toml or a Procfile: far more than any has. */
export const TEXT_SIZE = 1 << 20

/** Bytes of a text that tools write: a lock, or requirements with hashes. */
export const LOCK_SIZE = 64 << 20

/** Bytes of all texts of a project together, as a tree may hold any number of files by the names that are read. */
export const TREE_SIZE = 256 << 20
