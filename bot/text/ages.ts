/** How old somebody says they are: bands, never a date (S10). */
export const AGE_BANDS = ['under14', 'from14', 'adult'] as const

/** Whether somebody of this band is a child: "every human being below the age of eighteen" (UN Convention on the Rights of the Child, article 1). */
export const isMinor = (band: string | null | undefined): boolean => band === 'under14' || band === 'from14'
