/** One thing of Debian that Python packages need, in all the forms in which it is asked for. */
export interface DebianThing {
  /** Debian packages with its headers and tools, for the builder. */
  readonly headers?: readonly string[]
  /** Python packages that are compiled with the headers, normalised. */
  readonly compiles?: readonly string[]
  /** What a failed build says for want of the headers. */
  readonly wants?: RegExp
  /** Debian packages for the release; where a name differs between releases of Debian, the one that all know. */
  readonly runtime?: readonly string[]
  /** Its libraries, as programs link them. */
  readonly library?: RegExp
  /** Its programs, as they are called. */
  readonly programs?: readonly string[]
  /** What is said by those that look for it and do not find it, where neither library nor program stands there in full. */
  readonly misses?: RegExp
  /** Python packages that open the library by name or call the program, normalised: nothing in their files tells of it. */
  readonly users?: readonly string[]
  /** Packages that bring it along, or require one of the users and do without it: then no user counts that the project does not require. */
  readonly unless?: readonly string[]
}

/**
 * What of Debian the well-known Python packages are compiled with, load and call. The first row that fits a complaint is meant.
 * @see https://packages.debian.org
 */
export const DEBIAN: readonly DebianThing[] = [
  // databases
  {
    headers: ['libpq-dev'],
    compiles: ['psycopg2', 'psycopg-c'],
    wants: /pg_config executable not found|libpq-fe\.h/,
    runtime: ['libpq5'],
    library: /^libpq\.so\.5/,
    misses: /libpq library not found/,
    users: ['psycopg'],
    unless: ['psycopg-binary'],
  },
  {
    headers: ['default-libmysqlclient-dev', 'pkg-config'],
    compiles: ['mysqlclient'],
    wants: /mysql_config|pkg-config.*(mysqlclient|mariadb)|mysql\.h|Can not find valid pkg-config name/,
    runtime: ['libmariadb3'],
    library: /^libmariadb\.so\.3/,
  },
  { runtime: ['libmysqlclient21'], library: /^libmysqlclient\.so\.21/ },
  {
    headers: ['libldap2-dev', 'libsasl2-dev'],
    compiles: ['python-ldap'],
    wants: /lber\.h|ldap\.h|sasl\.h/,
    runtime: ['libldap-2.5-0'],
    library: /^libldap-2\.5\.so\.0|^liblber-2\.5\.so\.0/,
  },
  { runtime: ['libldap2'], library: /^libldap\.so\.2|^liblber\.so\.2/ },
  { runtime: ['libsasl2-2'], library: /^libsasl2\.so\.2/ },

  // what compiling itself takes
  { headers: ['python3-dev'], wants: /Python\.h/ },
  { headers: ['libffi-dev'], wants: /ffi\.h/, runtime: ['libffi8'], library: /^libffi\.so\.8/ },
  {
    headers: ['libssl-dev', 'pkg-config'],
    wants: /openssl\/\w+\.h|Could not find directory of OpenSSL|openssl-sys/,
    runtime: ['libssl3'],
    library: /^libssl\.so\.3|^libcrypto\.so\.3/,
  },
  { headers: ['cargo', 'libssl-dev', 'rustc'], compiles: ['cryptography'] },

  // documents and pictures
  {
    headers: ['libxmlsec1-dev', 'libxml2-dev', 'pkg-config'],
    compiles: ['xmlsec'],
    wants: /xmlsec1/,
    runtime: ['libxmlsec1-openssl'],
    library: /^libxmlsec1-openssl\.so\.1/,
  },
  { runtime: ['libxmlsec1'], library: /^libxmlsec1\.so\.1/ },
  { runtime: ['xmlsec1'], programs: ['xmlsec1'], misses: /Cannot find \['xmlsec1/, users: ['pysaml2'] },
  {
    headers: ['libxml2-dev', 'libxslt1-dev'],
    compiles: ['lxml'],
    wants: /libxml\/\w+\.h|xml2-config|libxslt/,
    runtime: ['libxml2'],
    library: /^libxml2\.so\.2/,
  },
  { runtime: ['libxslt1.1'], library: /^libxslt\.so\.1|^libexslt\.so\.0/ },
  {
    headers: ['libjpeg-dev', 'zlib1g-dev'],
    wants: /jpeglib\.h|headers or library files could not be found for jpeg/,
    runtime: ['libjpeg62-turbo'],
    library: /^libjpeg\.so\.62/,
  },
  {
    headers: ['zlib1g-dev'],
    wants: /zlib\.h|headers or library files could not be found for zlib/,
    runtime: ['zlib1g'],
    library: /^libz\.so\.1/,
  },
  { headers: ['libfreetype-dev'], wants: /ft2build\.h/, runtime: ['libfreetype6'], library: /^libfreetype\.so\.6/ },
  { headers: ['libfreetype-dev', 'libjpeg-dev', 'zlib1g-dev'], compiles: ['pillow'] },
  {
    headers: ['libcairo2-dev', 'pkg-config'],
    compiles: ['pycairo'],
    wants: /cairo\.h|Dependency "cairo" not found|No package 'cairo'/,
    runtime: ['libcairo2'],
    library: /^libcairo\.so\.2/,
    misses: /no library called "cairo/,
    users: ['cairocffi'],
  },
  // Text without a font is drawn as empty boxes.
  {
    runtime: ['fonts-dejavu-core', 'libpango-1.0-0', 'libpangoft2-1.0-0'],
    misses: /cannot load library '(?:libgobject|libpango|gobject|pango)/,
    users: ['weasyprint'],
  },
  { runtime: ['libpango-1.0-0'], library: /^libpango-1\.0\.so\.0/ },
  { runtime: ['libpangoft2-1.0-0'], library: /^libpangoft2-1\.0\.so\.0/ },
  { runtime: ['libpangocairo-1.0-0'], library: /^libpangocairo-1\.0\.so\.0/ },
  { runtime: ['libgdk-pixbuf-2.0-0'], library: /^libgdk_pixbuf-2\.0\.so\.0/ },
  { runtime: ['libmagic1'], library: /^libmagic\.so\.1/, misses: /failed to find libmagic/, users: ['python-magic'] },
  { runtime: ['libzbar0'], library: /^libzbar\.so\.0/, misses: /find zbar shared library/, users: ['pyzbar'] },
  { runtime: ['libdmtx0b'], library: /^libdmtx\.so\.0/, misses: /find dmtx shared library/, users: ['pylibdmtx'] },
  { runtime: ['libvips42'], library: /^libvips(-cpp)?\.so\.42/, users: ['pyvips'], unless: ['pyvips-binary'] },
  { runtime: ['libimage-exiftool-perl'], programs: ['exiftool'], users: ['pyexiftool'] },
  // Its library has another name in each release; the programs bring it.
  {
    runtime: ['imagemagick'],
    programs: ['convert', 'identify', 'magick', 'mogrify'],
    misses: /MagickWand shared library not found/,
    users: ['wand'],
  },
  {
    runtime: ['poppler-utils'],
    programs: ['pdfinfo', 'pdftoppm', 'pdftocairo', 'pdftotext'],
    misses: /Is poppler installed/,
    users: ['pdf2image'],
  },
  { runtime: ['tesseract-ocr'], programs: ['tesseract'], misses: /tesseract is not installed/, users: ['pytesseract'] },
  {
    runtime: ['ghostscript', 'tesseract-ocr'],
    users: ['ocrmypdf'],
  },
  { runtime: ['ghostscript'], programs: ['gs'], misses: /Ghostscript (?:library|is not installed)/i, users: ['ghostscript'] },
  { runtime: ['pandoc'], programs: ['pandoc'], misses: /No pandoc was found/, users: ['pypandoc'], unless: ['pypandoc-binary'] },
  { runtime: ['wkhtmltopdf'], programs: ['wkhtmltopdf', 'wkhtmltoimage'] },
  { runtime: ['libreoffice-core'], programs: ['soffice', 'libreoffice'] },
  { runtime: ['qpdf'], programs: ['qpdf'] },
  {
    headers: ['libgraphviz-dev'],
    compiles: ['pygraphviz'],
    wants: /graphviz\/\w+\.h/,
    runtime: ['graphviz'],
    programs: ['dot', 'neato', 'fdp', 'sfdp', 'twopi', 'circo'],
    users: ['graphviz', 'pydot', 'pygraphviz'],
  },
  { runtime: ['libcgraph6'], library: /^libcgraph\.so\.6/ },
  { runtime: ['libgvc6'], library: /^libgvc\.so\.6/ },
  { runtime: ['libcdt5'], library: /^libcdt\.so\.5/ },
  { runtime: ['libtiff6'], library: /^libtiff\.so\.6/ },
  { runtime: ['libwebp7'], library: /^libwebp\.so\.7/ },
  { runtime: ['libopenjp2-7'], library: /^libopenjp2\.so\.7/ },
  { runtime: ['libpng16-16'], library: /^libpng16\.so\.16/ },
  { runtime: ['libfontconfig1'], library: /^libfontconfig\.so\.1/ },

  // places
  {
    headers: ['libgdal-dev'],
    compiles: ['gdal'],
    wants: /gdal-config|gdal\.h/,
    runtime: ['gdal-bin'],
    library: /^libgdal\.so/,
    misses: /find the GDAL library/,
  },
  { runtime: ['gdal-bin'], programs: ['ogr2ogr', 'gdalinfo', 'gdal_translate', 'gdalwarp'] },
  { runtime: ['libgeos-c1v5'], library: /^libgeos_c\.so\.1/, misses: /find the GEOS library/ },
  { runtime: ['libproj25'], library: /^libproj\.so\.25/ },
  { runtime: ['libsqlite3-mod-spatialite'], library: /^(?:lib|mod_)spatialite(?:\.so|$)/, misses: /load the SpatiaLite library/ },

  // sound, moving pictures, speech
  { runtime: ['ffmpeg'], programs: ['ffmpeg', 'ffprobe', 'ffplay'], misses: /find ffmpeg or avconv/, users: ['ffmpeg-python', 'pydub'] },
  { runtime: ['sox'], programs: ['sox'], users: ['sox'] },
  { runtime: ['libsndfile1'], library: /^libsndfile\.so\.1/, misses: /sndfile library not found/ },
  { runtime: ['libportaudio2'], library: /^libportaudio\.so\.2/, misses: /PortAudio library not found/, users: ['sounddevice'] },
  { runtime: ['libespeak1'], library: /^libespeak\.so\.1/, users: ['pyttsx3'] },
  { runtime: ['libenchant-2-2'], library: /^libenchant-2\.so\.2/, misses: /'enchant' C library was not found/, users: ['pyenchant'] },

  // repositories, other machines
  {
    runtime: ['git'],
    programs: ['git'],
    misses: /Bad git executable/,
    users: ['gitpython'],
    unless: ['streamlit', 'mlflow', 'mlflow-skinny', 'wandb'],
  },
  { runtime: ['mercurial'], programs: ['hg'] },
  { runtime: ['subversion'], programs: ['svn'] },
  { runtime: ['gnupg'], programs: ['gpg', 'gpg2'], misses: /Unable to run gpg/, users: ['python-gnupg'] },
  { runtime: ['openssh-client'], programs: ['ssh', 'scp', 'sftp', 'ssh-keygen', 'ssh-keyscan'] },
  { runtime: ['nmap'], programs: ['nmap'], misses: /nmap program was not found/, users: ['python-nmap'] },
  { runtime: ['rsync'], programs: ['rsync'] },
  { runtime: ['curl'], programs: ['curl'] },
  { runtime: ['wget'], programs: ['wget'] },
  { runtime: ['postgresql-client'], programs: ['psql', 'pg_dump', 'pg_restore', 'pg_isready'] },
  { runtime: ['default-mysql-client'], programs: ['mysql', 'mysqldump', 'mariadb', 'mariadb-dump'] },
  { runtime: ['redis-tools'], programs: ['redis-cli'] },
  { runtime: ['sqlite3'], programs: ['sqlite3'] },

  // browsers and other interpreters
  { runtime: ['chromium', 'chromium-driver'], programs: ['chromedriver'], misses: /Unable to obtain driver for chrome/ },
  { runtime: ['chromium'], programs: ['chromium', 'chrome', 'google-chrome', 'chromium-browser'] },
  { runtime: ['nodejs'], programs: ['node', 'nodejs'] },
  { runtime: ['npm'], programs: ['npm', 'npx'] },
  { runtime: ['default-jre-headless'], programs: ['java'], misses: /JAVA_HOME is not set|No JVM shared library file/ },
  { runtime: ['perl'], programs: ['perl'] },
  { runtime: ['bash'], programs: ['bash'] },

  // small tools
  { runtime: ['gettext'], programs: ['msgfmt', 'msgmerge', 'xgettext', 'envsubst'], misses: /Can't find msg(?:fmt|merge|uniq)/ },
  { runtime: ['procps'], programs: ['ps', 'pgrep', 'pkill', 'free', 'top'] },
  { runtime: ['iproute2'], programs: ['ip', 'ss'] },
  { runtime: ['iputils-ping'], programs: ['ping'] },
  { runtime: ['zip'], programs: ['zip'] },
  { runtime: ['unzip'], programs: ['unzip'] },
  { runtime: ['p7zip-full'], programs: ['7z', '7za'] },
  { runtime: ['jq'], programs: ['jq'] },

  // other libraries
  { headers: ['libmemcached-dev', 'zlib1g-dev'], compiles: ['pylibmc'] },
  { headers: ['libmemcached-dev'], wants: /libmemcached\/memcached\.h/, runtime: ['libmemcached11'], library: /^libmemcached\.so\.11/ },
  {
    headers: ['libcurl4-openssl-dev', 'libssl-dev'],
    wants: /curl-config|curl\/curl\.h/,
    runtime: ['libcurl4'],
    library: /^libcurl\.so\.4/,
  },
  { headers: ['libsystemd-dev', 'pkg-config'], wants: /libsystemd/, runtime: ['libsystemd0'], library: /^libsystemd\.so\.0/ },
  { headers: ['unixodbc-dev'], compiles: ['pyodbc'], wants: /sql\.h/, runtime: ['libodbc2'], library: /^libodbc\.so\.2/ },
  { runtime: ['libodbcinst2'], library: /^libodbcinst\.so\.2/ },
  {
    headers: ['freetds-dev'],
    compiles: ['pymssql'],
    wants: /sybfront\.h|sqlfront\.h/,
    runtime: ['libsybdb5'],
    library: /^libsybdb\.so\.5/,
  },
  { runtime: ['libct4'], library: /^libct\.so\.4/ },
  {
    headers: ['libkrb5-dev'],
    compiles: ['gssapi'],
    wants: /krb5-config|gssapi\.h/,
    runtime: ['libgssapi-krb5-2'],
    library: /^libgssapi_krb5\.so\.2/,
  },
  { runtime: ['libkrb5-3'], library: /^libkrb5\.so\.3/ },
  // Linked, but by wheels that are downloaded, so that no builder looks at them.
  { runtime: ['libgl1', 'libglib2.0-0'], users: ['opencv-python', 'opencv-contrib-python'] },
  { runtime: ['libgl1'], library: /^libGL\.so\.1/ },
  { runtime: ['libegl1'], library: /^libEGL\.so\.1/ },
  { runtime: ['libglib2.0-0'], library: /^lib(glib|gthread|gobject|gio)-2\.0\.so\.0/ },
  { runtime: ['libsm6'], library: /^libSM\.so\.6/ },
  { runtime: ['libice6'], library: /^libICE\.so\.6/ },
  { runtime: ['libx11-6'], library: /^libX11\.so\.6/ },
  { runtime: ['libxext6'], library: /^libXext\.so\.6/ },
  { runtime: ['libxrender1'], library: /^libXrender\.so\.1/ },
  { runtime: ['libxcb1'], library: /^libxcb\.so\.1/ },
  { runtime: ['libgomp1'], library: /^libgomp\.so\.1/ },
  { runtime: ['libgfortran5'], library: /^libgfortran\.so\.5/ },
  { runtime: ['libopenblas0'], library: /^libopenblas\.so\.0/ },
  { runtime: ['libstdc++6'], library: /^libstdc\+\+\.so\.6/ },
  { runtime: ['libatomic1'], library: /^libatomic\.so\.1/ },
  { runtime: ['libexpat1'], library: /^libexpat\.so\.1/ },
  { runtime: ['libbz2-1.0'], library: /^libbz2\.so\.1/ },
  { runtime: ['liblzma5'], library: /^liblzma\.so\.5/ },
  { runtime: ['libsqlite3-0'], library: /^libsqlite3\.so\.0/ },
  { runtime: ['libpcre2-8-0'], library: /^libpcre2-8\.so\.0/ },
  { runtime: ['libpcre3'], library: /^libpcre\.so\.3/ },
  { runtime: ['libyaml-0-2'], library: /^libyaml-0\.so\.2/ },
  { runtime: ['libsodium23'], library: /^libsodium\.so\.23/ },
  { runtime: ['libzmq5'], library: /^libzmq\.so\.5/ },
  { runtime: ['librdkafka1'], library: /^librdkafka\.so\.1/ },
  { runtime: ['libsnappy1v5'], library: /^libsnappy\.so\.1/ },
  { runtime: ['libhdf5-103-1'], library: /^libhdf5[\w-]*\.so\.103/ },
  { runtime: ['libusb-1.0-0'], library: /^libusb-1\.0\.so\.0/ },
  { runtime: ['libnss3'], library: /^libnss3\.so|^libnspr4\.so/ },

  // compilers, whose names stand in many other complaints
  {
    headers: ['rustc', 'cargo'],
    compiles: ['maturin', 'setuptools-rust'],
    wants:
      /cargo.*not found|can't find Rust compiler|Rust toolchain|rustc.*not found|cargo, the Rust package manager, is not installed|Rust not found, installing/i,
  },
  { headers: ['cmake'], wants: /cmake.*not found|CMake must be installed|No CMAKE_/i },
  { headers: ['gfortran'], wants: /gfortran|Fortran compiler/i },
  { headers: ['build-essential'], wants: /\b(gcc|cc|g\+\+|c\+\+)\b.*(not found|No such file)|unable to execute '?(gcc|cc)/ },
]
