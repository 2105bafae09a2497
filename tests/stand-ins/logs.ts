/** Logs of what was called and told. They are whole unless a run is so long that they would be all that grows. */
export function note<T>(log: T[], item: T, keep = Number.POSITIVE_INFINITY): void {
  log.push(item)
  if (log.length > keep) log.splice(0, log.length - keep)
}
