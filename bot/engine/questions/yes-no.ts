import { z } from 'zod'
import { readYesNo } from '../../text/yes-no.js'
import { defineQuestion, invalid, valid } from './question.js'

/** Yes or no, by a button or as people say it. */
export const yesNo = defineQuestion({
  kind: 'confirm',
  options: z.strictObject({}),
  texts: ['confirm.unreadable'],
  shape: () => 'bool',
  buttons: [
    { id: 'yes', label: 'common:yes' },
    { id: 'no', label: 'common:no' },
  ],
  read(given, _options, { language }) {
    if (given.kind === 'button' && (given.id === 'yes' || given.id === 'no')) return valid(given.id === 'yes')
    const said = given.kind === 'text' ? readYesNo(given.text, language) : undefined
    return said === undefined ? invalid('confirm.unreadable') : valid(said)
  },
  show: (value, { words }) => words(value === true ? 'common:yes' : 'common:no') ?? String(value),
})
