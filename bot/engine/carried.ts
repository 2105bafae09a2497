/**
 * Texts that a flow brings along. Their keys name its version (`report@0a1b2c3d4e5f:extra`), so that whoever says them finds the flow; a
 * text that it does not bring stands under locales/, as if it brought none (`report:extra`).
 */
import type { Flow } from './model.js'
import type { FlowSource } from './read-flow.js'

/** What stands before the colon in the keys of a flow's texts. */
export const spaceOf = ({ flow, version }: Pick<FlowSource, 'flow' | 'version'>): string =>
  flow.texts ? `${flow.flow}@${version}` : flow.flow

const CARRIED = /^([a-z0-9-]+)@([0-9a-f]{12}):(.+)$/

export type CarriedKey = { flow: string; version: string; name: string; plain: string }

/** The parts of such a key, and the key under locales/ that stands in for it; undefined for every other key. */
export function carriedKey(key: string): CarriedKey | undefined {
  // Asked for every text of every message: most of them stop here
  if (!key.includes('@')) return undefined
  const [, flow, version, name] = CARRIED.exec(key) ?? []
  return flow && version && name ? { flow, version, name, plain: `${flow}:${name}` } : undefined
}

export const carriedText = (flow: Flow | undefined, language: string, name: string): string | undefined =>
  flow?.texts.get(language)?.get(name)
