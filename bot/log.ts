/** The log: an allow-list of fields, so that no text, name, id or token can slip in (S29). */
import pino from 'pino'
import type { Log } from './conversation/house.js'

/** What may stand beside a message; anything else is left out. */
const FIELDS = [
  'code',
  'channel',
  'policy',
  'attempts',
  'worker',
  'count',
  'state',
  'what',
  'ms',
  'port',
  'country',
  'status',
]

export function createLog(stream?: pino.DestinationStream): Log {
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
    stream,
  )
  const allowed = (fields: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => FIELDS.includes(name)))
  return {
    info: (fields, message) => logger.info(allowed(fields), message),
    warn: (fields, message) => logger.warn(allowed(fields), message),
  }
}
