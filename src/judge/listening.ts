const LISTEN = '0A'
/** Addresses of 127.0.0.0/8, ::1 and the first of these within IPv6, as Linux writes them on machines of little endian. */
const LOOPBACK = /^(?:[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F)$/

/** What a container does with a port: nothing listens there yet, only programs of the container reach it, or all do. */
export type Reach = 'none' | 'loopback' | 'all'

/**
 * How a port of a container is reached.
 * @param table the texts of /proc/net/tcp and tcp6 there
 * @see https://docs.kernel.org/networking/proc_net_tcp.html
 */
export function reachOf(port: number, table: string): Reach {
  const addresses = table.split('\n').flatMap((row) => {
    const [, local = '', , state] = row.trim().split(/\s+/)
    const [address = '', hex = ''] = local.split(':')
    return state === LISTEN && Number.parseInt(hex, 16) === port ? [address] : []
  })
  if (addresses.length === 0) return 'none'
  return addresses.every((address) => LOOPBACK.test(address)) ? 'loopback' : 'all'
}

/** The container's port of `8000:80`, `127.0.0.1:8000:80/tcp` and the like; undefined for ranges and UDP. */
export function containerPort(published: string): number | undefined {
  const [, port] = /(?:^|:)(\d{1,5})(?:\/tcp)?$/.exec(published) ?? []
  return port === undefined ? undefined : Number(port)
}
