/** The edits of a form, one at a time: pure, and each leaves a document that `flow.ts` can read. */
import { UserError } from '../../errors.js'
import { STAFF_LANGUAGES, type StaffLanguage } from '../../text/languages.js'
import type { DefaultForm } from './default-form.js'
import {
  ADDED_KINDS,
  type AddedQuestion,
  Asked,
  AT_START,
  FormDocument,
  hasOptions,
  Label,
  liveOptions,
  OPTIONS_MAX,
  ownId,
  QUESTIONS_MAX,
} from './document.js'

/** `fields`: what cannot be as it was written (`cs.ask`), and why (`empty`, `long`, `unseen`, `lines`). */
export class UnfitForm extends UserError {
  constructor(readonly fields: Readonly<Record<string, string>>) {
    super('unfitForm')
  }
}

export type WrittenQuestion = {
  kind: string
  words: Record<StaffLanguage, { ask: string; short: string }>
  optional: boolean
  personal: boolean
  after: string
  /** For a choice: one option a line, the same in every language. */
  options: Record<StaffLanguage, string[]>
}

export type FormEdit =
  | { do: 'addQuestion'; question: WrittenQuestion }
  /** Its kind stays, so that one column means one thing. */
  | { do: 'changeQuestion'; id: string; question: Omit<WrittenQuestion, 'kind' | 'options'> }
  | { do: 'addOption'; list: string; words: Record<StaffLanguage, string> }
  | { do: 'retire' | 'restore' | 'up' | 'down' | 'hide' | 'show'; id: string }
  | { do: 'retireOption' | 'restoreOption'; list: string; option: string }

/** What an edit knows of beside the document: the default form, and what was ever published. */
export type Ground = { base: DefaultForm; isPublished(id: string): boolean }

/** @throws UnfitForm, UserError badRequest, tooManyQuestions, tooManyOptions, lastOption, formFull */
export function edited(document: FormDocument, edit: FormEdit, ground: Ground): FormDocument {
  const read = FormDocument.safeParse(applied(document, edit, ground))
  // Of the parts each was checked already; what is left is how many there are, with what was retired
  return read.success ? read.data : refuse('formFull')
}

function applied(document: FormDocument, edit: FormEdit, ground: Ground): FormDocument {
  switch (edit.do) {
    case 'addQuestion':
      return withQuestion(document, edit.question, ground)
    case 'changeQuestion':
      return withChanged(document, edit.id, edit.question, ground)
    case 'addOption':
      return withOption(document, edit.list, edit.words, ground)
    case 'retireOption':
    case 'restoreOption':
      return withOptionState(document, edit, ground)
    case 'hide':
    case 'show':
      return withHidden(document, edit, ground)
    case 'up':
    case 'down':
      return moved(document, edit)
    default:
      return withRetired(document, edit, ground)
  }
}

const refuse = (code = 'badRequest', values = {}): never => {
  throw new UserError(code, values)
}

const questionOf = ({ questions }: FormDocument, id: string): AddedQuestion =>
  questions.find((each) => each.id === id) ?? refuse()

type Read<T> =
  | { success: true; data: T }
  | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } }

/** What was read, or every field that cannot be so; what is no string at all is empty. */
function readOr<T>(read: Read<T>, wrong: Record<string, string>, prefix = ''): T | undefined {
  if (read.success) return read.data
  for (const { path, message } of read.error.issues) {
    const field = prefix + path.map(String).join('.')
    wrong[field] ??= ['long', 'unseen', 'empty'].includes(message) ? message : 'empty'
  }
  return undefined
}

const mustBePlace = (after: string, { base }: Ground): string =>
  after === AT_START || base.questions.some(({ id }) => id === after) ? after : refuse()

/** Behind a question of one's own is behind the same question of the default form, and next to it. */
function placeOf(document: FormDocument, after: string, ground: Ground): { after: string; at: number } {
  const own = document.questions.findIndex(({ id }) => id === after)
  if (own >= 0) return { after: document.questions[own]?.after ?? AT_START, at: own + 1 }
  return { after: mustBePlace(after, ground), at: 0 }
}

/** The last of those behind that place, when a question of the default form was named. */
const endOf = ({ questions }: FormDocument, after: string): number =>
  questions.findLastIndex((each) => each.after === after) + 1

function withQuestion(document: FormDocument, written: WrittenQuestion, ground: Ground): FormDocument {
  if (document.questions.filter(({ retired }) => !retired).length >= QUESTIONS_MAX)
    refuse('tooManyQuestions', { max: QUESTIONS_MAX })
  const kind = ADDED_KINDS.find((each) => each === written.kind) ?? refuse()
  const wrong: Record<string, string> = {}
  const words = readOr(Asked.safeParse(written.words), wrong)
  const labels = hasOptions(kind) ? labelsOf(written.options, wrong) : []
  if (!words || Object.keys(wrong).length > 0) throw new UnfitForm(wrong)
  const { after, at } = placeOf(document, written.after, ground)
  const { optional, personal } = written
  const added = { id: ownId('q'), kind, words, optional, personal, after, retired: false }
  const place = at || endOf(document, after) || document.questions.length
  return {
    ...document,
    questions: document.questions.toSpliced(place, 0, added),
    options: [
      ...document.options,
      ...labels.map((label) => ({ id: ownId('o'), list: added.id, words: label, retired: false })),
    ],
  }
}

/** Line by line: the third in one language is the third in every other. */
function labelsOf(lines: WrittenQuestion['options'], wrong: Record<string, string>): Label[] {
  const [first] = STAFF_LANGUAGES
  const count = lines[first].length
  for (const language of STAFF_LANGUAGES) if (lines[language].length !== count) wrong[`${language}.options`] = 'lines'
  if (count === 0) wrong[`${first}.options`] = 'empty'
  if (count > OPTIONS_MAX) refuse('tooManyOptions', { max: OPTIONS_MAX })
  if (Object.keys(wrong).length > 0) return []
  return lines[first].flatMap((_, nth) => {
    const one: Record<string, string> = {}
    const words = Object.fromEntries(STAFF_LANGUAGES.map((each) => [each, lines[each][nth] ?? '']))
    const label = readOr(Label.safeParse(words), one)
    for (const [language, why] of Object.entries(one)) wrong[`${language}.options`] ??= why
    return label ? [label] : []
  })
}

function withChanged(
  document: FormDocument,
  id: string,
  written: Omit<WrittenQuestion, 'kind' | 'options'>,
  ground: Ground,
): FormDocument {
  const known = questionOf(document, id)
  const wrong: Record<string, string> = {}
  const words = readOr(Asked.safeParse(written.words), wrong)
  if (!words) throw new UnfitForm(wrong)
  const { optional, personal } = written
  const changed = { ...known, words, optional, personal }
  if (written.after === known.after)
    return { ...document, questions: document.questions.map((each) => (each.id === id ? changed : each)) }
  const without = { ...document, questions: document.questions.filter((each) => each.id !== id) }
  const { after, at } = placeOf(without, written.after, ground)
  const place = at || endOf(without, after) || without.questions.length
  return { ...document, questions: without.questions.toSpliced(place, 0, { ...changed, after }) }
}

/** Lists that can be added to: those of the default form, and those of choices of one's own. */
function mustBeList({ questions }: FormDocument, list: string, { base }: Ground): void {
  const own = questions.find(({ id }) => id === list)
  if (own ? !hasOptions(own.kind) : !Object.hasOwn(base.lists, list)) refuse()
}

function withOption(
  document: FormDocument,
  list: string,
  words: Record<StaffLanguage, string>,
  ground: Ground,
): FormDocument {
  mustBeList(document, list, ground)
  if (liveOptions(document, list).length >= OPTIONS_MAX) refuse('tooManyOptions', { max: OPTIONS_MAX })
  const wrong: Record<string, string> = {}
  const label = readOr(Label.safeParse(words), wrong)
  if (!label) throw new UnfitForm(wrong)
  return { ...document, options: [...document.options, { id: ownId('o'), list, words: label, retired: false }] }
}

function withOptionState(
  document: FormDocument,
  { do: what, list, option }: Extract<FormEdit, { option: string }>,
  ground: Ground,
): FormDocument {
  mustBeList(document, list, ground)
  const retired = what === 'retireOption'
  const isIt = (each: { id: string; list: string }) => each.id === option && each.list === list
  const own = document.options.find(isIt)
  if (!own && !base(ground, list).includes(option)) refuse()
  const withoutIt = document.hiddenOptions.filter((each) => each.list !== list || each.option !== option)
  const after = own
    ? {
        ...document,
        options:
          retired && !ground.isPublished(option)
            ? document.options.filter((each) => !isIt(each))
            : document.options.map((each) => (isIt(each) ? { ...each, retired } : each)),
      }
    : { ...document, hiddenOptions: retired ? [...withoutIt, { list, option }] : withoutIt }
  const offered = base(ground, list).filter(
    (id) => !after.hiddenOptions.some((each) => each.list === list && each.option === id),
  )
  if (offered.length + liveOptions(after, list).length === 0) refuse('lastOption')
  if (liveOptions(after, list).length > OPTIONS_MAX) refuse('tooManyOptions', { max: OPTIONS_MAX })
  return after
}

const base = ({ base }: Ground, list: string): readonly string[] => base.lists[list] ?? []

/** What everybody has to answer cannot be left out: reports of other groups could not be laid beside these. */
function withHidden(
  document: FormDocument,
  { do: what, id }: { do: string; id: string },
  ground: Ground,
): FormDocument {
  if (!ground.base.questions.some((each) => each.id === id && each.optional)) refuse()
  const hidden = document.hidden.filter((each) => each !== id)
  return { ...document, hidden: what === 'hide' ? [...hidden, id] : hidden }
}

function withRetired(
  document: FormDocument,
  { do: what, id }: { do: string; id: string },
  ground: Ground,
): FormDocument {
  const known = questionOf(document, id)
  const retired = what === 'retire'
  // What nobody was ever asked leaves no trace
  if (retired && !ground.isPublished(id))
    return {
      ...document,
      questions: document.questions.filter((each) => each !== known),
      options: document.options.filter(({ list }) => list !== id),
    }
  const live = document.questions.filter((each) => !each.retired && each !== known).length
  if (!retired && live >= QUESTIONS_MAX) refuse('tooManyQuestions', { max: QUESTIONS_MAX })
  return { ...document, questions: document.questions.map((each) => (each === known ? { ...each, retired } : each)) }
}

/** Past its neighbour behind the same question; the first does not go up. */
function moved(document: FormDocument, { do: what, id }: { do: string; id: string }): FormDocument {
  const known = questionOf(document, id)
  const beside = document.questions.filter(({ after, retired }) => after === known.after && !retired)
  const neighbour = beside[beside.indexOf(known) + (what === 'up' ? -1 : 1)]
  if (known.retired || !neighbour) return document
  const swapped = (each: AddedQuestion) => (each === known ? neighbour : each === neighbour ? known : each)
  return { ...document, questions: document.questions.map(swapped) }
}
