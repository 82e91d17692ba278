/** A service that a variable of the commands' environment names. */
export interface Service {
  readonly variable: string
  readonly host: string
  readonly port: number
}

/** Schemes of databases, caches and queues, with the port that is meant where none stands. */
const PORTS: ReadonlyMap<string, number> = new Map([
  ['postgres', 5432],
  ['postgresql', 5432],
  ['postgis', 5432],
  ['psql', 5432],
  ['pgsql', 5432],
  ['mysql', 3306],
  ['mariadb', 3306],
  ['mssql', 1433],
  ['redis', 6379],
  ['rediss', 6379],
  ['valkey', 6379],
  ['amqp', 5672],
  ['amqps', 5671],
  ['mongodb', 27017],
  ['memcached', 11211],
  ['memcache', 11211],
])

/**
 * The services that URLs in the environment point to, such as `DATABASE_URL=postgresql://ada:…@db:5432/shop`; the
 * scheme may name a driver too (`postgresql+psycopg`). Each host and port once, by the first variable that names it.
 */
export function servicesIn(env: Readonly<Record<string, string>>): readonly Service[] {
  const found = new Map<string, Service>()
  for (const [variable, value] of Object.entries(env)) {
    const url = /^([a-z]+)(?:\+[a-z0-9_]+)?:\/\/(?:[^/?#]*@)?([^/?#@]+)/i.exec(value.trim())
    const usual = PORTS.get(url?.[1]?.toLowerCase() ?? '')
    if (!url || usual === undefined) continue
    for (const place of (url[2] ?? '').split(',')) {
      const [, host = '', port] = /^(\[[0-9a-f:]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(place) ?? []
      const service = { variable, host: host.replace(/^\[|\]$/g, ''), port: port ? Number(port) : usual }
      const name = `${service.host}:${service.port}`
      if (host && !found.has(name)) found.set(name, service)
    }
  }
  return [...found.values()]
}
