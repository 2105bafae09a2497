/**
 * Remembers the newest keys and lets the oldest go: for every map whose keys strangers choose (addresses, visitors, updates), so that a
 * flood of them costs memory up to a limit and no more.
 */
export function putNewest<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, max: number): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= max) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
