/** All flows that conversations may be in: the newest of each, and the older versions that somebody is still on. */
import { FlowError } from '../errors.js'
import type { Flow } from './model.js'
import { remember } from './remember.js'
import type { Json } from './types.js'

export type Audience = Flow['audience']

export type Library = {
  /** The newest version of every flow. */
  flows: readonly Flow[]
  newest(flow: string): Flow | undefined
  version(flow: string, version: string): Flow | undefined
  /** Command → flow. */
  commands: ReadonlyMap<string, string>
  /** What begins when nothing is open. */
  defaultOf(audience: Audience): Flow | undefined
  /**
   * Checks and compiles a flow without adding it.
   * @throws FlowError
   */
  compile(file: string, text: string): Flow
  /**
   * Adds a version from its stored text, so that those who are on it can go on, or that some begin it in place of the newest. Adding one twice does nothing.
   * @throws FlowError when it no longer fits the actions of this program; whoever is on it gets an apology and the menu
   */
  addVersion(file: string, text: string): Flow
}

export function createLibrary(flows: readonly Flow[], compileOld: (file: string, text: string) => Flow): Library {
  const newest = new Map(flows.map((flow) => [flow.name, flow]))
  const versions = new Map(flows.map((flow) => [flow.name, new Map([[flow.version, flow]])]))
  const commands = new Map<string, string>()
  const defaults = new Map<Audience, Flow>()
  for (const flow of flows) {
    if (flow.command !== undefined) {
      const other = commands.get(flow.command)
      if (other) throw new FlowError('FLOW_COMMAND', flow.source.file, `/${flow.command} already begins "${other}".`)
      commands.set(flow.command, flow.name)
    }
    if (!flow.isDefault) continue
    const other = defaults.get(flow.audience)
    if (other)
      throw new FlowError(
        'FLOW_DEFAULT',
        flow.source.file,
        `"${other.name}" is already what begins for a ${flow.audience}.`,
      )
    defaults.set(flow.audience, flow)
  }
  return {
    flows,
    newest: (flow) => newest.get(flow),
    version: (flow, version) => versions.get(flow)?.get(version),
    commands,
    defaultOf: (audience) => defaults.get(audience),
    compile: compileOld,
    addVersion(file, text) {
      const flow = compileOld(file, text)
      const known = remember(versions, flow.name, () => new Map<string, Flow>())
      return remember(known, flow.version, () => flow)
    },
  }
}

const STAFF_ROLES: readonly Json[] = ['consultant', 'trainer', 'coordinator', 'administrator', 'staff']

/** Whose flows a person of this role may begin. */
export function audienceOf(role: Json | undefined): Audience {
  if (role === 'worker') return 'worker'
  return STAFF_ROLES.includes(role ?? null) ? 'staff' : 'client'
}

/** Whether they may begin it. What a client may do with what is kept of them, a worker may do too, where the flow says so. */
export const isFor = (flow: Flow | undefined, audience: Audience): flow is Flow =>
  flow !== undefined && (flow.audience === audience || (flow.forWorkers && audience === 'worker'))
