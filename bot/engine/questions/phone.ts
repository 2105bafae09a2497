import { z } from 'zod'
import { readPhone } from '../../text/phones.js'
import { defineQuestion, invalid, valid } from './question.js'

/** A phone number, shared by the channel's own button or typed; the answer is E.164 ("+79161234567"). */
export const phone = defineQuestion({
  kind: 'phone',
  options: z.strictObject({}),
  texts: ['phone.unreadable'],
  shape: () => 'string',
  request: 'phone',
  read(given, _options, { country }) {
    const written = given.kind === 'phone' ? given.phone : given.kind === 'text' ? given.text : undefined
    // Channels share numbers with their code, but not all write the plus
    const international = given.kind === 'phone' && /^\d{10,15}$/.test(given.phone) ? `+${given.phone}` : undefined
    const number =
      (international && readPhone(international)) ??
      (written === undefined ? undefined : readPhone(written, country || undefined))
    return number === undefined ? invalid('phone.unreadable') : valid(number)
  },
  show: (value) => String(value),
})
