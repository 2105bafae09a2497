/** What whoever sends payloads can see of the stand-in: people, the staff's channel, threads, messages, what stands on them. */
export type Shown = { channel: string; ts: string; thread?: string | undefined; element: Record<string, unknown> }

export type Scene = {
  people(): readonly string[]
  members(): readonly string[]
  channel(): string
  directOf(user: string): string
  threads(): readonly string[]
  /** Buttons, menus and pickers of the app's in this conversation, the newest first. */
  elements(conversation: string): readonly Shown[]
  messages(conversation: string): readonly string[]
  files(): readonly string[]
  nextTs(): string
  /** A number that was not given yet. */
  next(): number
}
