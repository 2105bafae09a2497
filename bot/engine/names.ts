/** How flows, steps and options may be called. */

/** A word of the domain, as it stands in conditions (`answers.city`) and in text keys. */
export const ID = /^[a-z][A-Za-z0-9]{0,39}$/
/** Flows are also file names: `monthly-report`. */
export const FLOW_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
/** `capability.action` */
export const ACTION_NAME = /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$/
/** What fits into a button's data beside its token (Telegram allows 64 bytes in all). */
export const DATA_ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/

/** A target in place of a step: the flow is done. */
export const END = 'end'
