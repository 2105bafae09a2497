/**
 * Which centre a case belongs to, who may take it, and which one is next. Pure: what the database knows comes in as data, what follows
 * goes out as data, and the codes in it are said in words elsewhere.
 *
 * What routing knows of cases, centres and colleagues.
 */
import type { DangerKind } from '../../danger/detect.js'
import type { Country } from '../../text/countries.js'
import type { Language } from '../../text/languages.js'
import type { HoursChannel } from '../hours/hours.js'

/** What a colleague is trained to do for clients; their `StaffRole` says what the desk lets them press. */
export const CASE_ROLES = ['social', 'lawyer', 'safeguarding', 'trafficking'] as const
export type CaseRole = (typeof CASE_ROLES)[number]

/** Columns of the database may be null. */
type Maybe<T> = T | null | undefined

export type CaseFacts = {
  country?: Maybe<Country>
  /** An id or a name of `CITIES`; others are in no known place. */
  city?: Maybe<string>
  language: Language
  /** What the client understands besides; Russian when nobody asked. */
  secondLanguage?: Maybe<Language>
  /** A topic of the articles. */
  topic?: Maybe<string>
  danger?: Maybe<DangerKind | 'sos'>
  minor?: Maybe<boolean>
  channel: HoursChannel
  /** The client's own choice of another city; it comes before where they are. */
  wantedCity?: Maybe<string>
  /** Staff whom the client does not want, or who may not see it. Nothing overrides this. */
  avoid: readonly string[]
  /** Who helped before. */
  preferred?: Maybe<string>
  /** Staff of other centres to whom the case was offered. */
  invited?: Maybe<readonly string[]>
  /** False when the client refused that another country sees the case (S04). */
  mayCrossBorders?: Maybe<boolean>
}

export type Centre = {
  id: string
  country: Country
  /** An id or a name of `CITIES`. */
  city: string
  languages: readonly Language[]
  /** Absent: all. */
  channels?: Maybe<readonly HoursChannel[]>
  /** Another centre that takes its cases for now. */
  divertedTo?: Maybe<string>
  /** Now, for this case's language and channel. */
  open: boolean
  /** Epoch ms of its next opening, when it is closed; undefined when none is known. */
  opensAt?: Maybe<number>
}

export type Colleague = {
  id: string
  centreId: string
  languages: readonly Language[]
  roles: readonly CaseRole[]
  /** Topics that they know best. */
  skills: readonly string[]
  /** Cases at a time. */
  capacity: number
  /** Cases they have now. */
  load: number
  /** On shift, and not absent. */
  present: boolean
  /** Epoch ms; null when never. */
  lastCaseAt: number | null
}

/** In lists of centres the order is the preference among equals. */
export type World = {
  now: number
  centres: readonly Centre[]
  staff: readonly Colleague[]
  /** A centre that stays closed longer than this has an open one named beside it; 12 hours unless told. */
  closedTooLongMs?: number | undefined
}
