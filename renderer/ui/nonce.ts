/** The style nonce of this page, from the tag Vite writes; a browser shows it to script only as a property. */
export const styleNonce = (): string | undefined =>
  document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce || undefined;
