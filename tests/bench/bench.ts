/**
 * `npm run bench`: how fast it is, each part with its goal. All of them take a quarter of an hour; `npm run bench -- matrix checkin` runs
 * those that are named. What is measured by the clock is worth as much as the machine is free: each part says the best of its rounds
 * beside the usual one, and a goal that is missed on a busy machine is looked at again on an idle one.
 *
 * A number looks at memory for that long: `npm run bench -- relay 50000` relays so many messages.
 */
const PARTS: Record<string, (length: number | undefined) => Promise<void>> = {
  engine: async () => (await import('./engine.js')).benchEngine(),
  // Only when its turn has come: the whole house in memory would slow the engine
  relay: async (length) => (await import('./relay.js')).benchRelay(length),
  matrix: async () => (await import('./matrix.js')).benchMatrix(),
  checkin: async () => (await import('./checkin.js')).benchCheckin(),
  reminders: async (length) => (await import('./reminders.js')).benchReminders(length),
  export: async (length) => (await import('./export.js')).benchExport(length),
}

const words = process.argv.slice(2)
const unknown = words.find((word) => !/^\d+$/.test(word) && !Object.hasOwn(PARTS, word))
if (unknown) {
  console.error(`There is no part "${unknown}". Parts: ${Object.keys(PARTS).join(', ')}.`)
  process.exit(1)
}
const length = Number(words.find((word) => /^\d+$/.test(word))) || undefined
const named = words.filter((word) => Object.hasOwn(PARTS, word))
for (const [name, part] of Object.entries(PARTS)) if (named.length === 0 || named.includes(name)) await part(length)
