/** What was said and done in the play, by whom, where and when: all that the accountant sees. */

export type Where = 'telegram' | 'slack' | 'console' | 'room' | 'page'

export type Did =
  /** In a chat: words, a button, what came back. */
  | 'writes'
  | 'presses'
  | 'hears'
  /** In the room: stands before the screen of `about.group`, `about.module`, and scans or types what it shows. */
  | 'comes'
  /** In the console, by its forms. */
  | 'programme'
  | 'group'
  | 'takes in'
  | 'plans'
  | 'marks'
  | 'welcomes'
  | 'closes'
  | 'approves'
  | 'returns'
  | 'locks'
  | 'issues'
  /** A client, on the page of a code. */
  | 'answers'

export type Entry = {
  at: Date
  who: string
  where: Where
  did: Did
  text: string
  /** What was chosen in a form. */
  about?: Readonly<Record<string, string>>
}

export type Transcript = readonly Entry[]

/** `listen` hears every line as it is said. */
export function createTranscript(now: () => Date, listen: (entry: Entry) => void = () => undefined) {
  const entries: Entry[] = []
  return {
    entries: entries as Transcript,
    note(entry: Omit<Entry, 'at'>): void {
      const whole = { at: now(), ...entry }
      entries.push(whole)
      listen(whole)
    },
  }
}
export type Notes = ReturnType<typeof createTranscript>
