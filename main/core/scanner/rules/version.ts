/**
 * Part of every rule set's hash. Raise it with any change to how contents are matched that the rules themselves do
 * not show: windows, decoding, check sums, placeholders. Every cache is then read anew.
 */
export const MATCHER_VERSION = 1;
