/** One line for each chat: its updates in order, one at a time; different chats side by side. */
export function createLanes() {
  const ends = new Map<string, Promise<unknown>>()
  return {
    /** Runs `task` after all earlier tasks of this chat, whether they failed or not. Settles as the task does. */
    run<T>(chat: string, task: () => Promise<T>): Promise<T> {
      const before = ends.get(chat) ?? Promise.resolve()
      const result = before.then(task)
      const end = result.then(
        () => {},
        () => {},
      )
      ends.set(chat, end)
      void end.then(() => {
        if (ends.get(chat) === end) ends.delete(chat)
      })
      return result
    },
    /** Resolves when no line has anything left. */
    async idle() {
      while (ends.size > 0) await Promise.all(ends.values())
    },
  }
}
