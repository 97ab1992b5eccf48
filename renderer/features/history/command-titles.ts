// What the commands are called that work from every screen: apart from the other messages, because the window starts
// with them.
export const COMMAND_TITLES = {
  search: 'Search history',
  removeAll: 'Delete all history…',
} as const;
