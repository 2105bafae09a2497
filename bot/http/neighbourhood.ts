/** Who stands behind an address of the internet, as far as an address can tell. */
import { isIPv6 } from 'node:net'

/** Whoever has one IPv6 address has a whole network of them. */
export const neighbourhood = (ip: string): string => (isIPv6(ip) ? ip.split(':').slice(0, 4).join(':') : ip)

/** This machine itself: somebody at work here, or a proxy that tells nobody's address. */
export const isHere = (ip: string): boolean => /^(127\.|::1$|::ffff:127\.)/.test(ip)
