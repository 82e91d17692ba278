/** Packages whose modules have another name. @see the packages' own documents */
const PACKAGES: Readonly<Record<string, string>> = {
  bs4: 'beautifulsoup4',
  Crypto: 'pycryptodome',
  cv2: 'opencv-python-headless',
  dateutil: 'python-dateutil',
  decouple: 'python-decouple',
  dotenv: 'python-dotenv',
  environ: 'django-environ',
  git: 'gitpython',
  jose: 'python-jose',
  jwt: 'pyjwt',
  MySQLdb: 'mysqlclient',
  PIL: 'pillow',
  pkg_resources: 'setuptools<82',
  psycopg2: 'psycopg2-binary',
  sklearn: 'scikit-learn',
  yaml: 'pyyaml',
}

/** The requirement that brings a module of another name. @returns undefined where it is none of the known ones */
export function packageOfModule(module: string): string | undefined {
  return Object.hasOwn(PACKAGES, module) ? PACKAGES[module] : undefined
}
