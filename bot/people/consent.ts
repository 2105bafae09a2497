/**
 * What a person may decide about what we keep: consent, language, place, erasure, lifetimes. No casework.
 *
 * Consent: asked with a dated text, kept as it was given, withdrawn at any time (S01–S04).
 */
import { z } from 'zod'
import { defineAction } from '../conversation/action.js'
import { NOTICE_VERSION } from '../conversation/notice.js'
import type { Turn } from '../conversation/turn.js'
import { count } from '../store/counters.js'
import type { Tx } from '../store/store.js'

/** Keeps the answer to the notice. A refusal keeps nothing else: what was written so far goes, and only a number remains (S02). */
export const keepConsent = defineAction({
  name: 'people.consent',
  input: z.object({ given: z.boolean() }),
  output: z.object({}),
  async run({ given }, { tx, turn, now }) {
    await tx.consent.create({
      data: {
        personId: turn.loaded.personId,
        kind: 'case',
        given,
        version: NOTICE_VERSION,
        language: turn.language,
        channel: turn.loaded.channel,
        at: now,
      },
    })
    turn.consents.case = { given, version: NOTICE_VERSION, withdrawn: false }
    if (!given) {
      await dropWords(tx, turn)
      await count(tx, now, 'consent-refused', null)
    }
    return {}
  },
})

/** Takes back every consent: an open case ends, and the bot informs without keeping anything (S03). */
export async function withdrawConsent(tx: Tx, turn: Turn): Promise<void> {
  await tx.consent.updateMany({
    where: { personId: turn.loaded.personId, withdrawnAt: null },
    data: { withdrawnAt: turn.now },
  })
  for (const consent of Object.values(turn.consents)) consent.withdrawn = true
  await dropWords(tx, turn)
}

/** Forgets what was said; rows that still have to go out stay until they did. */
async function dropWords(tx: Tx, turn: Turn): Promise<void> {
  await tx.message.updateMany({
    where: { conversationId: turn.loaded.conversationId, state: { notIn: ['due', 'sending'] } },
    data: { body: null },
  })
}
