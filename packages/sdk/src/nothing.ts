/** What there is to do for who need do nothing. */
export const nothing = (): void => undefined;
