/** Debian packages that building a Python package from source takes, beside what every builder has. */
const BUILD: Readonly<Record<string, readonly string[]>> = {
  psycopg2: ['libpq-dev'],
  'psycopg-c': ['libpq-dev'],
  mysqlclient: ['default-libmysqlclient-dev', 'pkg-config'],
  'python-ldap': ['libldap2-dev', 'libsasl2-dev'],
  pycairo: ['libcairo2-dev', 'pkg-config'],
  xmlsec: ['libxml2-dev', 'libxmlsec1-dev', 'pkg-config'],
  lxml: ['libxml2-dev', 'libxslt1-dev'],
  pillow: ['libfreetype-dev', 'libjpeg-dev', 'zlib1g-dev'],
  cryptography: ['cargo', 'libssl-dev', 'rustc'],
  pyodbc: ['unixodbc-dev'],
  pymssql: ['freetds-dev'],
  pylibmc: ['libmemcached-dev', 'zlib1g-dev'],
  pygraphviz: ['libgraphviz-dev'],
  gssapi: ['libkrb5-dev'],
  maturin: ['cargo', 'rustc'],
  'setuptools-rust': ['cargo', 'rustc'],
}

/**
 * @param names normalised names of packages that are built from source, and of what builds them
 * @returns Debian packages for the builder, sorted
 * @see https://packages.debian.org
 */
export function buildPackagesFor(names: Iterable<string>): readonly string[] {
  return [...new Set([...names].flatMap((name) => BUILD[name] ?? []))].sort()
}
