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

/** Debian packages whose libraries a Python package opens by name: nothing in its files tells of them. */
const OPENED: Readonly<Record<string, readonly string[]>> = {
  psycopg: ['libpq5'],
  'python-magic': ['libmagic1'],
  weasyprint: ['fonts-dejavu-core', 'libpango-1.0-0', 'libpangoft2-1.0-0'],
  cairocffi: ['libcairo2'],
  pyenchant: ['libenchant-2-2'],
  pyzbar: ['libzbar0'],
  // Linked, but by wheels that are downloaded, so that no builder looks at them.
  'opencv-python': ['libgl1', 'libglib2.0-0'],
  'opencv-contrib-python': ['libgl1', 'libglib2.0-0'],
}

/** Packages that bring the library along. */
const BUNDLED: Readonly<Record<string, string>> = { psycopg: 'psycopg-binary' }

/**
 * @param names normalised names of the packages that the release holds
 * @returns Debian packages for the release, sorted
 */
export function runtimePackagesFor(names: Iterable<string>): readonly string[] {
  const all = new Set(names)
  const opened = [...all].filter((name) => !all.has(BUNDLED[name] ?? ''))
  return [...new Set(opened.flatMap((name) => OPENED[name] ?? []))].sort()
}

/** Which Debian package holds a library; where its name differs between releases, the name that both know. */
const LIBRARIES: readonly (readonly [soname: RegExp, name: string])[] = [
  [/^libpq\.so\.5/, 'libpq5'],
  [/^libmariadb\.so\.3/, 'libmariadb3'],
  [/^libmysqlclient\.so\.21/, 'libmysqlclient21'],
  [/^libldap-2\.5\.so\.0|^liblber-2\.5\.so\.0/, 'libldap-2.5-0'],
  [/^libldap\.so\.2|^liblber\.so\.2/, 'libldap2'],
  [/^libsasl2\.so\.2/, 'libsasl2-2'],
  [/^libmagic\.so\.1/, 'libmagic1'],
  [/^libpango-1\.0\.so\.0/, 'libpango-1.0-0'],
  [/^libpangoft2-1\.0\.so\.0/, 'libpangoft2-1.0-0'],
  [/^libpangocairo-1\.0\.so\.0/, 'libpangocairo-1.0-0'],
  [/^libcairo\.so\.2/, 'libcairo2'],
  [/^libgdk_pixbuf-2\.0\.so\.0/, 'libgdk-pixbuf-2.0-0'],
  [/^libxmlsec1-openssl\.so\.1/, 'libxmlsec1-openssl'],
  [/^libxmlsec1\.so\.1/, 'libxmlsec1'],
  [/^libgdal\.so/, 'gdal-bin'],
  [/^libgeos_c\.so\.1/, 'libgeos-c1v5'],
  [/^libproj\.so\.25/, 'libproj25'],
  [/^libspatialite\.so/, 'libsqlite3-mod-spatialite'],
  [/^libxml2\.so\.2/, 'libxml2'],
  [/^libxslt\.so\.1|^libexslt\.so\.0/, 'libxslt1.1'],
  [/^libjpeg\.so\.62/, 'libjpeg62-turbo'],
  [/^libpng16\.so\.16/, 'libpng16-16'],
  [/^libtiff\.so\.6/, 'libtiff6'],
  [/^libwebp\.so\.7/, 'libwebp7'],
  [/^libopenjp2\.so\.7/, 'libopenjp2-7'],
  [/^libfreetype\.so\.6/, 'libfreetype6'],
  [/^libfontconfig\.so\.1/, 'libfontconfig1'],
  [/^libffi\.so\.8/, 'libffi8'],
  [/^libssl\.so\.3|^libcrypto\.so\.3/, 'libssl3'],
  [/^libcurl\.so\.4/, 'libcurl4'],
  [/^libGL\.so\.1/, 'libgl1'],
  [/^libEGL\.so\.1/, 'libegl1'],
  [/^lib(glib|gthread|gobject|gio)-2\.0\.so\.0/, 'libglib2.0-0'],
  [/^libSM\.so\.6/, 'libsm6'],
  [/^libICE\.so\.6/, 'libice6'],
  [/^libX11\.so\.6/, 'libx11-6'],
  [/^libXext\.so\.6/, 'libxext6'],
  [/^libXrender\.so\.1/, 'libxrender1'],
  [/^libxcb\.so\.1/, 'libxcb1'],
  [/^libodbc\.so\.2/, 'libodbc2'],
  [/^libodbcinst\.so\.2/, 'libodbcinst2'],
  [/^libsybdb\.so\.5/, 'libsybdb5'],
  [/^libct\.so\.4/, 'libct4'],
  [/^libmemcached\.so\.11/, 'libmemcached11'],
  [/^libcgraph\.so\.6/, 'libcgraph6'],
  [/^libgvc\.so\.6/, 'libgvc6'],
  [/^libcdt\.so\.5/, 'libcdt5'],
  [/^libgssapi_krb5\.so\.2/, 'libgssapi-krb5-2'],
  [/^libkrb5\.so\.3/, 'libkrb5-3'],
  [/^libgomp\.so\.1/, 'libgomp1'],
  [/^libgfortran\.so\.5/, 'libgfortran5'],
  [/^libopenblas\.so\.0/, 'libopenblas0'],
  [/^libstdc\+\+\.so\.6/, 'libstdc++6'],
  [/^libatomic\.so\.1/, 'libatomic1'],
  [/^libexpat\.so\.1/, 'libexpat1'],
  [/^libz\.so\.1/, 'zlib1g'],
  [/^libbz2\.so\.1/, 'libbz2-1.0'],
  [/^liblzma\.so\.5/, 'liblzma5'],
  [/^libsqlite3\.so\.0/, 'libsqlite3-0'],
  [/^libpcre2-8\.so\.0/, 'libpcre2-8-0'],
  [/^libpcre\.so\.3/, 'libpcre3'],
  [/^libyaml-0\.so\.2/, 'libyaml-0-2'],
  [/^libsodium\.so\.23/, 'libsodium23'],
  [/^libzmq\.so\.5/, 'libzmq5'],
  [/^librdkafka\.so\.1/, 'librdkafka1'],
  [/^libsnappy\.so\.1/, 'libsnappy1v5'],
  [/^libhdf5[\w-]*\.so\.103/, 'libhdf5-103-1'],
  [/^libsndfile\.so\.1/, 'libsndfile1'],
  [/^libportaudio\.so\.2/, 'libportaudio2'],
  [/^libusb-1\.0\.so\.0/, 'libusb-1.0-0'],
  [/^libzbar\.so\.0/, 'libzbar0'],
  [/^libenchant-2\.so\.2/, 'libenchant-2-2'],
  [/^libnss3\.so|^libnspr4\.so/, 'libnss3'],
]

/**
 * @param soname as a program links it, e.g. `libpq.so.5`
 * @returns the Debian package that holds it; undefined where that is not known
 * @see https://packages.debian.org
 */
export function packageOfLibrary(soname: string): string | undefined {
  return LIBRARIES.find(([pattern]) => pattern.test(soname))?.[1]
}
