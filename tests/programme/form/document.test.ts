/** What a coordinator may do to a form: whatever they do, it loads, and old reports stay readable. */
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actionSpecs } from '../../../bot/actions.js'
import { ROOT } from '../../../bot/config.js'
import { UserError } from '../../../bot/errors.js'
import { readFlows } from '../../../bot/flows.js'
import { checkedFlow } from '../../../bot/programme/form/check.js'
import { defaultForm } from '../../../bot/programme/form/default-form.js'
import { formDifferences } from '../../../bot/programme/form/differences.js'
import {
  ADDED_KINDS,
  FormDocument,
  liveOptions,
  NOTHING_CHANGED,
  QUESTIONS_MAX,
} from '../../../bot/programme/form/document.js'
import { edited, type FormEdit, UnfitForm } from '../../../bot/programme/form/edits.js'
import { flowOf, reportFlow } from '../../../bot/programme/form/flow.js'
import { formOf, optionName, questionName, questionsOfAll } from '../../../bot/programme/reports/form.js'
import { STAFF_LANGUAGES } from '../../../bot/text/languages.js'
import { loadTexts } from '../../../bot/text/texts.js'
import { inEach, label, lines, question } from './words.js'

const library = readFlows(join(ROOT, 'flows'), actionSpecs())
const texts = loadTexts(join(ROOT, 'locales'))
const base = defaultForm(reportFlow(library))
const ground = { base, isPublished: () => true }

const edit = (document: FormDocument, ...edits: FormEdit[]) =>
  edits.reduce((before, each) => edited(before, each, ground), document)
const withQuestion = (name: string, more = {}) =>
  edit(NOTHING_CHANGED, { do: 'addQuestion', question: question(name, more) })
const refusal = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error instanceof UnfitForm ? error.fields : error instanceof UserError ? error.code : error
  }
  return 'done'
}

describe('a form', () => {
  it('is the default one where nothing is changed', () => {
    expect(flowOf(library, NOTHING_CHANGED)).toBe(reportFlow(library))
  })

  it('asks a new question where it was put, and goes on as before', () => {
    const flow = flowOf(library, withQuestion('Bikes', { after: 'city' }))
    const [city, bikes, clients] = formOf(flow).questions
    expect([city?.id, clients?.id]).toEqual(['city', 'clients'])
    expect(bikes).toMatchObject({ kind: 'number', optional: false, words: { uk: { name: 'Bikes uk' } } })
    expect(flow.version).not.toBe(reportFlow(library).version)
  })

  it('leaves out what goes with a question that is left out, and never what everybody answers', () => {
    const ids = (document: FormDocument) => formOf(flowOf(library, document)).questions.map(({ id }) => id)
    const without = edit(NOTHING_CHANGED, { do: 'hide', id: 'topics' })
    expect(ids(without)).not.toContain('topics')
    expect(ids(without)).not.toContain('top')
    expect(ids(edit(without, { do: 'show', id: 'topics' }))).toEqual(ids(NOTHING_CHANGED))
    expect(refusal(() => edit(NOTHING_CHANGED, { do: 'hide', id: 'clients' }))).toBe('badRequest')
    expect(refusal(() => edit(NOTHING_CHANGED, { do: 'hide', id: 'send' }))).toBe('badRequest')
  })

  it('keeps the order that was given, and says what was moved', () => {
    const three = ['One', 'Two', 'Three'].reduce(
      (document, name) => edit(document, { do: 'addQuestion', question: question(name) }),
      NOTHING_CHANGED,
    )
    const [one, two, three_] = three.questions.map(({ id }) => id) as [string, string, string]
    const up = { do: 'up', id: three_ } as const
    const turned = edit(three, up, up, up, { do: 'retire', id: two })
    const own = formOf(flowOf(library, turned)).questions.flatMap(({ id, words }) => (words ? [id] : []))
    expect(own).toEqual([three_, one])
    const behind = edit(turned, { do: 'addQuestion', question: question('Four', { after: one }) })
    expect(behind.questions[2]?.words.en.short).toBe('Four en')
    expect(formDifferences(three, turned)).toEqual([
      { what: 'notAsked', question: two },
      { what: 'moved', question: three_ },
      { what: 'moved', question: one },
    ])
  })

  it('takes from a list what it offers, but not the last of it', () => {
    const options = (base.lists.topics ?? []).map((option) => ({ do: 'retireOption', list: 'topics', option }) as const)
    expect(refusal(() => edit(NOTHING_CHANGED, ...options))).toBe('lastOption')
    const own = edit(NOTHING_CHANGED, { do: 'addOption', list: 'topics', words: label('Pets') }, ...options)
    const asked = formOf(flowOf(library, own)).questions.find(({ id }) => id === 'topics')
    expect(asked?.words?.cs?.options).toEqual({ [own.options[0]?.id ?? '']: 'Pets cs' })
    expect(checkedFlow(library, texts, own).problems).toEqual([])
  })
})

describe('what a hostile hand writes', () => {
  it.each([
    ['nothing to read', '‽ … !', 'empty'],
    ['marks that turn the text', 'How many\u202Egnihton?', 'unseen'],
    ['a zero-width space', 'Bi\u200Bkes', 'unseen'],
    ['a novel', 'long '.repeat(100), 'long'],
  ])('%s is refused beside its field', (_, ask, why) => {
    const words = { ...question('Bikes').words, cs: { ask, short: 'Kola' } }
    expect(refusal(() => withQuestion('', { words }))).toEqual({ 'cs.ask': why })
  })

  it('is shown as it was typed, whether it looks like markup, a condition or a placeholder', () => {
    const ask = ['<b>{{month}}</b> $', '{answers.city} $t(common:yes) answers.clients > 3 ? {{- x}}'].join('')
    const words = inEach(() => ({ ask, short: 'Markup' }))
    const { flow, problems } = checkedFlow(library, texts, withQuestion('', { words, kind: 'text' }))
    expect(problems).toEqual([])
    const [id] = formOf(flow ?? reportFlow(library)).questions.flatMap(({ id, words }) => (words ? [id] : []))
    const kept = flow?.texts.get('cs')?.get(id ?? '') ?? ''
    const shown = texts.fill('cs', 'x', kept, { month: 'LEAK', x: 'LEAK', answers: 'LEAK' })
    expect(shown.replaceAll('\u2060', '')).toBe(ask)
  })

  it('is never a step, a list or an option of ours', () => {
    for (const after of ['send', 'check', '__proto__', 'constructor', 'end'])
      expect(refusal(() => withQuestion('Bikes', { after }))).toBe('badRequest')
    for (const list of ['__proto__', 'month', 'toString'])
      expect(refusal(() => edit(NOTHING_CHANGED, { do: 'addOption', list, words: label('x') }))).toBe('badRequest')
    const step = { ...question('Bikes'), id: 'send' }
    expect(FormDocument.safeParse({ questions: [{ ...step, retired: false }] }).success).toBe(false)
  })

  it('is at most so many questions and options', () => {
    const ten_thousand = () => {
      let document = NOTHING_CHANGED
      for (let n = 0; n < 10_000; n++) document = edit(document, { do: 'addQuestion', question: question(`Q${n}`) })
    }
    expect(refusal(ten_thousand)).toBe('tooManyQuestions')
    expect(QUESTIONS_MAX).toBeLessThan(100)
    const many = lines(...Array.from({ length: 10_000 }, (_, n) => `o${n}`))
    expect(refusal(() => withQuestion('List', { kind: 'many', options: many }))).toBe('tooManyOptions')
    const retired = () => {
      let document = NOTHING_CHANGED
      for (;;) {
        document = edit(document, { do: 'addQuestion', question: question('Q') })
        document = edit(document, { do: 'retire', id: document.questions.at(-1)?.id ?? '' })
      }
    }
    expect(refusal(retired)).toBe('formFull')
  })

  it('is told by the linter of flow files where two options are called the same', () => {
    const same = { ...label('Pets'), cs: 'Bydlení' }
    const { problems } = checkedFlow(
      library,
      texts,
      edit(NOTHING_CHANGED, { do: 'addOption', list: 'topics', words: same }),
    )
    expect(problems.map(({ code, question }) => [code, question])).toEqual([['LABEL_TWICE', 'topics']])
    const way = edit(NOTHING_CHANGED, { do: 'addOption', list: 'topics', words: { ...label('Pets'), en: 'Menu' } })
    expect(checkedFlow(library, texts, way).problems.map(({ code }) => code)).toEqual(['WORD_TAKEN'])
    const uneven = { ...lines('a', 'b'), uk: ['один'] }
    expect(refusal(() => withQuestion('List', { kind: 'choice', options: uneven }))).toEqual({ 'uk.options': 'lines' })
  })
})

type Command = { what: number; which: number; kind: number; n: number }

const pick = <T>(list: readonly T[], which: number): T | undefined => list[which % Math.max(1, list.length)]

/** Any of the buttons of the page, pressed on anything that is there. */
function commandOf(document: FormDocument, { what, which, kind, n }: Command): FormEdit {
  const own = pick(document.questions, which)
  const places = [...base.questions.map(({ id }) => id), ...document.questions.map(({ id }) => id), '']
  const lists = [...Object.keys(base.lists), ...document.questions.map(({ id }) => id)]
  const list = pick(lists, which) ?? 'topics'
  const options = [
    ...(base.lists[list] ?? []),
    ...document.options.filter((each) => each.list === list).map(({ id }) => id),
  ]
  const some = pick(base.questions, which)?.id ?? ''
  const choice = {
    kind: pick(ADDED_KINDS, kind) ?? 'number',
    after: pick(places, which) ?? '',
    optional: n % 2 === 0,
    options: lines(`a${n}`, `b${n}`),
  }
  const edits: FormEdit[] = [
    { do: 'addQuestion', question: question(`Q${n}`, choice) },
    { do: 'addOption', list, words: label(`O${n}`) },
    { do: pick(['up', 'down', 'retire', 'restore'] as const, kind) ?? 'up', id: own?.id ?? 'none' },
    { do: kind % 2 ? 'hide' : 'show', id: some },
    { do: kind % 2 ? 'retireOption' : 'restoreOption', list, option: pick(options, n) ?? 'none' },
    {
      do: 'changeQuestion',
      id: own?.id ?? 'none',
      question: question(`Changed${n}`, { after: pick(places, kind) ?? '' }),
    },
  ]
  return pick(edits, what) ?? { do: 'show', id: '' }
}

it('loads after any sequence of edits, and whatever was answered on the way can be read for ever', () => {
  const command = fc.record({ what: fc.nat(5), which: fc.nat(60), kind: fc.nat(9), n: fc.nat(1_000_000) })
  fc.assert(
    fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
      let document = NOTHING_CHANGED
      const forms = [formOf(reportFlow(library))]
      for (const [nth, each] of commands.entries()) {
        const next = commandOf(document, each)
        // Two options of one name are the linter's to refuse; here each has a name of its own
        const twice = document.options.some(({ words }) => JSON.stringify(next).includes(JSON.stringify(words)))
        try {
          if (!twice) document = edited(document, next, { base, isPublished: () => nth % 3 > 0 })
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
        if (nth % 8 === 0) forms.unshift(formOf(flowOf(library, document)))
      }
      const { flow, problems } = checkedFlow(library, texts, document)
      expect(problems.filter(({ code }) => code !== 'LABEL_TWICE')).toEqual([])
      expect(flow).toBeDefined()
      for (const question of questionsOfAll(forms))
        for (const language of STAFF_LANGUAGES) {
          expect(questionName(texts, language, question)).not.toBe(question.id)
          for (const { questions } of forms)
            for (const id of Object.keys(
              questions.find((each) => each.id === question.id)?.words?.[language]?.options ?? {},
            ))
              expect(optionName(texts, language, question, id)).not.toBe(id)
        }
      for (const { id } of document.questions) expect(liveOptions(document, id).length).toBeLessThanOrEqual(40)
    }),
    { seed: 20261130, numRuns: 30 },
  )
})
