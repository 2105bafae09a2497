/** A logger for the library that says nothing: what it would write holds words, names and addresses (S29). */
import { type Logger, LogLevel } from '@slack/bolt'

const nothing = () => {}

export const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
}
