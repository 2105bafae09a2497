/** What Slack allows, each number with its document; those that bind the whole house stand in `bot/limits.ts`. */
import { BUTTONS_MAX, FILE_MAX_BYTES } from '../../bot/limits.js'
import type { Budget, Limits } from '../adapter.js'

/**
 * https://docs.slack.dev/reference/block-kit/blocks/section-block: "Maximum length for the text in this field is 3000 characters".
 * For rich text, which is what we send, no document names a number; we keep to the section's in each block.
 */
export const SLACK_BLOCK_TEXT_MAX = 3000
/** Four full blocks: as much as Slack takes of Markdown in one message, https://docs.slack.dev/reference/block-kit/blocks/markdown-block */
const SLACK_MESSAGE_MAX = 4 * SLACK_BLOCK_TEXT_MAX
/** https://docs.slack.dev/reference/methods/chat.postMessage#truncating: "limit the number of characters in the text field to 4,000". */
export const SLACK_FALLBACK_TEXT_MAX = 4000
/** https://docs.slack.dev/reference/block-kit/blocks: "You can include up to 50 blocks in each message". */
export const SLACK_BLOCKS_MAX = 50
/** https://docs.slack.dev/reference/block-kit/blocks/actions-block: "There is a maximum of 25 elements in each action block". */
export const SLACK_ACTIONS_MAX = 25
/** https://docs.slack.dev/reference/block-kit/block-elements/button-element: `text`, and its `value`. */
const SLACK_LABEL_MAX = 75
export const SLACK_BUTTON_VALUE_MAX = 2000
/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object: `value`; its `text` is as long as a button's. */
export const SLACK_OPTION_VALUE_MAX = 150
/** https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element: "Maximum number of options is 100". */
export const SLACK_OPTIONS_MAX = 100
/** https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element: `action_id`, as of every element. */
export const SLACK_ACTION_ID_MAX = 255
/** In no document: more buttons than this are a wall on a phone, and become one menu. */
export const SLACK_BUTTONS_READABLE = 10
/** https://docs.slack.dev/reference/views/modal-views: `title`, `submit` and `close`. */
export const SLACK_MODAL_TITLE_MAX = 24
/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element: `max_length`. */
export const SLACK_INPUT_MAX = 3000
/** https://docs.slack.dev/reference/block-kit/blocks/input-block: `label`. */
export const SLACK_INPUT_LABEL_MAX = 2000
/** https://docs.slack.dev/interactivity/handling-user-interaction: "within three seconds"; a moment is left for the way. */
export const SLACK_ANSWER_WITHIN_MS = 2500
/** The same for a form, whose answer must itself still be on time when the house is not. */
export const SLACK_FORM_WITHIN_MS = 2000
/** https://docs.slack.dev/authentication/verifying-requests-from-slack: older requests may be a replay. */
export const SLACK_SIGNATURE_WINDOW_S = 5 * 60
/** https://slack.com/help/articles/201330736: 1 GB for people; what we send is held in memory, so no more than people send us. */
const SLACK_UPLOAD_MAX_BYTES = FILE_MAX_BYTES

export const limits: Limits = {
  text: SLACK_MESSAGE_MAX,
  caption: SLACK_BLOCK_TEXT_MAX,
  label: SLACK_LABEL_MAX,
  buttonDataBytes: SLACK_OPTION_VALUE_MAX,
  // One menu holds as many options: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
  buttons: BUTTONS_MAX,
  fileBytesIn: FILE_MAX_BYTES,
  fileBytesOut: SLACK_UPLOAD_MAX_BYTES,
}

/**
 * https://docs.slack.dev/apis/web-api/rate-limits: one message a second in a channel, all its threads together, and "several hundred
 * messages per minute" in a workspace.
 */
export const budget: Budget = { perSecond: 5, perChatPerSecond: 1, perGroupPerMinute: 60 }
