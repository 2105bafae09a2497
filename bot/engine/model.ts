/** A flow as the engine runs it: everything that can be known before the first message is worked out here. */
import type { Expression } from './cel.js'
import type { QuestionKind } from './questions/question.js'
import type { FlowSource } from './read-flow.js'
import type { FlowFile } from './schema.js'
import type { Json } from './types.js'

/** A step's place in its flow, or `FINISH`. */
export type Place = number
export const FINISH: Place = -1

export type Inputs = readonly { name: string; expression?: Expression; literal?: Json }[]
export type Branch = { when: Expression | undefined; to: Place }
export type Alarm = { key: string; afterMs: number; go: Place | undefined; text: string }

/** Where the options of a choice come from. `texts` is where their labels are: `<texts>.options.<id>`. */
export type OptionSource =
  | { kind: 'ids'; ids: readonly string[]; texts: string }
  | { kind: 'answers'; step: string; field: string | undefined; texts: string | undefined }
  | { kind: 'action'; action: string; inputs: Inputs }

type Base = {
  id: string
  place: Place
  /** Its text. */
  key: string
  when: Expression | undefined
  next: readonly Branch[]
  /** The step below it. */
  below: Place
  values: Inputs
  /** Steps whose answers decide whether and how it is asked or done. */
  needs: ReadonlySet<string>
  /** What it says, as JSON: two versions' steps are the same when this is. */
  definition: string
}

export type Ask = Base & {
  form: 'ask'
  kind: QuestionKind
  options: unknown
  source: OptionSource | undefined
  many: boolean
  orText: boolean
  optional: boolean
  privacy: 'personal' | 'sensitive' | undefined
  alarms: readonly Alarm[]
  /** When words that are no answer here are kept for the opening question. */
  keeps: Expression | undefined
}
export type SayStep = Base & { form: 'say'; buttons: readonly { id: string; flow?: string; step?: string }[] }
export type Do = Base & {
  form: 'do'
  action: string
  inputs: Inputs
  otherwise: ReadonlyMap<string, Place>
  human: boolean
}
export type Run = Base & { form: 'run'; flow: string; inputs: Inputs }
export type Review = Base & { form: 'review'; alarms: readonly Alarm[] }
export type End = Base & { form: 'end'; outcome: 'done' | 'cancelled' }

export type Step = Ask | SayStep | Do | Run | Review | End
/** A step that waits for the person. */
export type Stop = Ask | Review

export type Flow = {
  name: string
  version: string
  source: FlowSource
  audience: FlowFile['for']
  /** Workers may begin it too. */
  forWorkers: boolean
  /** What it brings along of its texts: language → name → text. */
  texts: ReadonlyMap<string, ReadonlyMap<string, string>>
  steps: readonly Step[]
  byId: ReadonlyMap<string, Step>
  /** Ids that have a place in `answers`. */
  answered: ReadonlySet<string>
  isDefault: boolean
  command: string | undefined
  hasWords: boolean
  interrupt: boolean
  /** What is said in it is not for whoever has the case. */
  apart: boolean
  /** What is said in it is not kept; its answers are let go as soon as an action has taken them. */
  traceless: boolean
  draftMs: number | undefined
  opening: string | undefined
  navigation: readonly string[]
  /** Steps that a button of a `say` may jump to. */
  jumps: ReadonlySet<string>
  /** Step → the steps that must be asked or done again when its answer changes. */
  dependants: ReadonlyMap<string, ReadonlySet<string>>
  /** Steps whose answers decide the way. */
  steers: ReadonlySet<string>
  /** Whether what an action called its options is needed after they were chosen. */
  keepsLabels: boolean
  moves: ReadonlyMap<string, Readonly<Record<string, string | null>>>
}

export const isStop = (step: Step): step is Stop => step.form === 'ask' || step.form === 'review'
