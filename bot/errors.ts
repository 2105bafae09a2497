/**
 * One class of error for each audience. Each has a code, which tests and documents can name, and tells the remedy:
 * a sentence for whoever installs or writes flows, a text key in their own language for whoever chats.
 */
export class SetupError extends Error {
  constructor(
    readonly code: string,
    sentence: string,
  ) {
    super(sentence)
    this.name = 'SetupError'
  }
}

/** `where` is the file and the step, e.g. `flows/hotline.yaml: steps.city`. */
export class FlowError extends Error {
  constructor(
    readonly code: string,
    readonly where: string,
    sentence: string,
  ) {
    super(`${where}: ${sentence}`)
    this.name = 'FlowError'
  }
}

/** What a client reads is the text `errors:<code>` in their language, with these values; staff read `console:errors.<code>`. */
export class UserError extends Error {
  constructor(
    readonly code: string,
    readonly values: Record<string, string | number> = {},
  ) {
    super(code)
    this.name = 'UserError'
  }
}
