/** Attribute that holds a checked https address of a link in an answer. Links have no `href`, see safe-markdown.ts. */
export const LINK_ATTRIBUTE = 'data-url';
