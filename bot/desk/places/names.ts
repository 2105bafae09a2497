/** The channels on which staff can work in groups. */
export const STAFF_CHANNELS = ['telegram', 'slack'] as const
export type StaffChannel = (typeof STAFF_CHANNELS)[number]

export const isStaffChannel = (channel: string): channel is StaffChannel =>
  STAFF_CHANNELS.some((each) => each === channel)

/** Where the house's own secrets are sealed, as the vault's associated data. */
export const SEALED = {
  group: 'staff_group.sealed',
  place: 'place.sealed',
  head: 'place.head_key',
  copy: 'copy.sealed',
  remark: 'remark.reply_to',
} as const
