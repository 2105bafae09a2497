/** The fields of one question: its words in every language of workers, and how it is asked. */
import { type Html, html } from '../../../../http/html.js'
import { ADDED_KINDS, ASK_MAX, AT_START, SHORT_MAX } from '../../../../programme/form/document.js'
import type { WrittenQuestion } from '../../../../programme/form/edits.js'
import { LANGUAGE_NAMES, STAFF_LANGUAGES, type StaffLanguage } from '../../../../text/languages.js'
import { box, field, group, input, type Option, select } from '../../house/parts.js'
import type { View } from '../../view.js'

export type Wrong = Readonly<Record<string, string>>

const said = ({ coordination }: View, wrong: Wrong, path: string): string | undefined =>
  wrong[path] && coordination(`form.wrong.${wrong[path]}`)

/** `fresh`: a new one, of which also the kind and the options are chosen. */
export function questionFields(
  view: View,
  { kind, words, optional, personal, after, options }: WrittenQuestion,
  { wrong, places, fresh }: { wrong: Wrong; places: readonly Option[]; fresh: boolean },
): Html {
  const { coordination } = view
  const text = (language: StaffLanguage, part: 'ask' | 'short', max: number) =>
    field(
      `${coordination(`form.${part}`)}`,
      input(
        `${part}.${language}`,
        words[language][part],
        html`maxlength="${max}" lang="${language}" autocomplete="off" required`,
      ),
      { problem: said(view, wrong, `${language}.${part}`) },
    )
  const lines = (language: StaffLanguage) =>
    field(
      coordination('form.options'),
      html`<textarea name="options.${language}" rows="3" lang="${language}">${options[language].join('\n')}</textarea>`,
      { problem: said(view, wrong, `${language}.options`) },
    )
  return html`${
    fresh &&
    field(
      coordination('form.kind'),
      select(
        'kind',
        ADDED_KINDS.map((each) => ({ value: each, label: coordination(`form.kind.${each}`) })),
        kind,
      ),
      { hint: coordination('form.kindHint') },
    )
  }
${field(coordination('form.after'), select('after', [{ value: AT_START, label: coordination('form.atStart') }, ...places], after))}
${STAFF_LANGUAGES.map((each) => group(LANGUAGE_NAMES[each], html`${text(each, 'ask', ASK_MAX)}${text(each, 'short', SHORT_MAX)}${fresh && lines(each)}`))}
<p><label class="box">${box('optional', optional)} ${coordination('form.optional')}</label></p>
<p><label class="box">${box('personal', personal)} ${coordination('form.personal')}</label></p>`
}

/** One word for an option, in every language. */
export const labelFields = (view: View, words: Record<StaffLanguage, string> | undefined, wrong: Wrong): Html =>
  html`${STAFF_LANGUAGES.map((each) =>
    field(
      LANGUAGE_NAMES[each],
      input(
        `word.${each}`,
        words?.[each] ?? '',
        html`maxlength="${SHORT_MAX}" lang="${each}" autocomplete="off" required`,
      ),
      { problem: said(view, wrong, each) },
    ),
  )}`
