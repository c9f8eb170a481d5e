import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { Refusal } from '#base'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

const isLoopback = async (host: string): Promise<boolean> => {
  // A name that nobody knows is not this machine; listening there says so itself.
  const found = isIP(host) ? [{ address: host }] : await lookup(host, { all: true }).catch(() => [])
  return (
    found.length > 0 &&
    found.every(({ address }) => loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'))
  )
}

/**
 * A demo has accounts whose passwords were printed and invented people that look like real ones: it listens to this machine
 * only. Refuses with `app.demo-not-local`.
 */
export const keepDemoLocal = async (host: string): Promise<void> => {
  if (!(await isLoopback(host))) throw new Refusal('app.demo-not-local', { host })
}
